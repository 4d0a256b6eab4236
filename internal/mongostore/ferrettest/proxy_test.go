package ferrettest

import (
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// proxy stands between a store and its server, and can be cut.
type proxy struct {
	t       testing.TB
	address string // its own; the same after every restore
	server  string

	mutex       sync.Mutex
	listener    net.Listener
	connections map[net.Conn]bool
	messages    int // how many more may pass to the server before an outage; 0: any number
	outages     sync.WaitGroup
}

// startProxy gives a proxy to the server that uri names, and the URI of a new database that leads through it.
func startProxy(t testing.TB, uri string) (*proxy, string) {
	t.Helper()
	server := strings.TrimSuffix(strings.TrimPrefix(uri, "mongodb://"), "/")
	p := &proxy{t: t, address: "127.0.0.1:0", server: server, connections: map[net.Conn]bool{}}
	p.restore()
	t.Cleanup(p.cut)
	return p, newDatabase("mongodb://" + p.address + "/")
}

// cut refuses new connections and breaks those that there are.
func (p *proxy) cut() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.listener != nil {
		_ = p.listener.Close()
		p.listener = nil
	}
	for connection := range p.connections {
		_ = connection.Close()
	}
	clear(p.connections)
}

func (p *proxy) restore() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	var listener net.Listener
	var err error
	for range 50 { // the port may be busy for a moment
		if listener, err = net.Listen("tcp", p.address); err == nil {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if err != nil {
		p.t.Error(err)
		return
	}
	p.listener, p.address = listener, listener.Addr().String()
	go p.accept(listener)
}

func (p *proxy) accept(listener net.Listener) {
	for {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", p.server)
		if err != nil {
			_ = client.Close()
			continue
		}
		if !p.keep(listener, client, server) {
			return
		}
		go p.forward(client, server, true)
		go p.forward(server, client, false)
	}
}

// keep remembers connections; false when the proxy was cut meanwhile.
func (p *proxy) keep(listener net.Listener, connections ...net.Conn) bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for _, connection := range connections {
		if p.listener != listener {
			_ = connection.Close()
			continue
		}
		p.connections[connection] = true
	}
	return p.listener == listener
}

func (p *proxy) forward(from, to net.Conn, toServer bool) {
	defer func() {
		_ = from.Close()
		_ = to.Close()
	}()
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		if err != nil {
			return
		}
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
		if toServer {
			p.countMessage()
		}
	}
}

// outageAfter makes a short outage after so many more messages to the server: the last of them gets through, its answer
// does not.
func (p *proxy) outageAfter(messages int) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.messages = messages
	p.outages.Add(1)
}

func (p *proxy) countMessage() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.messages == 0 {
		return
	}
	if p.messages--; p.messages == 0 {
		go func() {
			defer p.outages.Done()
			p.cut()
			time.Sleep(20 * time.Millisecond)
			p.restore()
		}()
	}
}

// calm waits until an outage is over and gives up one that has not begun.
func (p *proxy) calm() {
	p.mutex.Lock()
	if p.messages > 0 {
		p.messages = 0
		p.outages.Done()
	}
	p.mutex.Unlock()
	p.outages.Wait()
}
