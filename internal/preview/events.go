package preview

import (
	"fmt"
	"net/http"
	"time"
)

// breath is how often an event stream says something although nothing has changed, so that a connection that is gone is
// found out.
const breath = 20 * time.Second

// events tells a page what number its document has now, since which number the same pages are on show, and the number of the
// shelf as a whole, whenever one of them changes. Of several
// changes in a row only the last is told: a page asks for what it lacks, so it can miss nothing.
func (w *Workbench) events(rw http.ResponseWriter, req *http.Request) {
	key := documentKey(req.URL.Query().Get("key"))
	news, done := w.shelf.listen()
	defer done()
	stream := http.NewResponseController(rw)
	rw.Header().Set("Content-Type", "text/event-stream")
	fmt.Fprint(rw, "retry: 500\n\n")
	alive := time.NewTicker(breath)
	defer alive.Stop()
	told := ""
	for {
		now := w.revisionsFor(key)
		if now != told {
			told = now
			fmt.Fprintf(rw, "event: now\ndata: %s\n\n", now)
		}
		if stream.Flush() != nil {
			return // the page has gone
		}
		select {
		case <-req.Context().Done():
			return
		case <-news:
		case <-alive.C:
			fmt.Fprint(rw, ": still here\n\n")
		}
	}
}

func (w *Workbench) revisionsFor(key documentKey) string {
	_, rev, _ := w.shelf.all()
	own, since := 0, 0
	if d := w.shelf.find(key); d != nil {
		own, since = d.rev, d.since
	}
	if key != "" {
		rev = 0 // a page of one document does not care for the others
	}
	return fmt.Sprintf(`{"list":%d,"document":%d,"since":%d}`, rev, own, since)
}
