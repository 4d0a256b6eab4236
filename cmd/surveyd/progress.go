package main

import (
	"fmt"
	"io"
	"os"
	"time"
)

// progress tells somebody who waits at a terminal how far a long file is read. Anywhere else it says nothing.
type progress struct {
	to          io.Writer // nil when nobody waits
	name        string
	size, read  int64 // in bytes; size is 0 when unknown
	begun, last time.Time
	told        bool
}

// The first word comes after a second, the next ones a fifth of a second apart.
const (
	progressAfter = time.Second
	progressEvery = 200 * time.Millisecond
)

func newProgress(stderr io.Writer, name string, file *os.File) *progress {
	p := &progress{name: name, begun: time.Now()}
	if terminal, ok := stderr.(*os.File); ok {
		if info, err := terminal.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			p.to = terminal
		}
	}
	if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
		p.size = info.Size()
	}
	return p
}

// count counts what is read from src.
func (p *progress) count(src io.Reader) io.Reader { return countingReader{src, p} }

type countingReader struct {
	src io.Reader
	p   *progress
}

func (r countingReader) Read(b []byte) (int, error) {
	n, err := r.src.Read(b)
	r.p.read += int64(n)
	return n, err
}

func (p *progress) tell(persons int) {
	now := time.Now()
	if p.to == nil || now.Sub(p.begun) < progressAfter || now.Sub(p.last) < progressEvery {
		return
	}
	p.last, p.told = now, true
	if p.size > 0 {
		fmt.Fprintf(p.to, "\r%s: %d rows, %d %%\x1b[K", p.name, persons, min(100, 100*p.read/p.size))
		return
	}
	fmt.Fprintf(p.to, "\r%s: %d rows\x1b[K", p.name, persons)
}

// compute says that a long file is read and what it says is now computed.
func (p *progress) compute(persons int) {
	if p.told {
		fmt.Fprintf(p.to, "\r%s: %d rows read, computing\x1b[K", p.name, persons)
	}
}

// end takes the line off the terminal.
func (p *progress) end() {
	if p.told {
		fmt.Fprint(p.to, "\r\x1b[K")
	}
}
