package preview

import (
	"encoding/json"
	"maps"
	"net/http"

	"surveyd/internal/instrument"
	"surveyd/internal/render"
)

// maxBody is what a save may have, as on a server.
const maxBody = 256 << 10

// saveBody is what the script of a student's page sends: see docs/student-protocol.md.
type saveBody struct {
	Seq      int64                                     `json:"seq"`
	Save     string                                    `json:"save"`
	Language instrument.Lang                           `json:"language"`
	Reached  int                                       `json:"reached"`
	Answers  map[instrument.ItemID][]string            `json:"answers"`
	Seconds  map[instrument.PageID]float64             `json:"seconds"`
	Order    map[instrument.PageID][]instrument.ItemID `json:"order"`
}

type itemProblem struct {
	Item    instrument.ItemID `json:"item"`
	Problem string            `json:"problem"`
	Message string            `json:"message"`
}

// save takes answers as a server would, but for two things: nothing is stored, and it lets both frames of a tab save to
// one trial as they like, for the workbench keeps them in step. So the page is never told that another device was faster.
func (w *Workbench) save(rw http.ResponseWriter, req *http.Request) {
	w.take(rw, req, func(t *trial) any { return map[string]int64{"seq": t.seq} })
}

func (w *Workbench) submit(rw http.ResponseWriter, req *http.Request) {
	w.take(rw, req, func(t *trial) any {
		t.outcome = render.OutcomeSubmitted
		return map[string]string{"receipt": sampleReceipt, "next": "thanks"}
	})
}

func (w *Workbench) take(rw http.ResponseWriter, req *http.Request, reply func(*trial) any) {
	var body saveBody
	if err := json.NewDecoder(http.MaxBytesReader(rw, req.Body, maxBody)).Decode(&body); err != nil {
		sendJSON(rw, http.StatusBadRequest, map[string]string{"problem": "malformed"})
		return
	}
	f, ok := w.frameOf(rw, req)
	if !ok {
		return
	}
	_, problems := parse(f.of.in, body.Answers)
	if len(problems) > 0 {
		words := w.pages.Words(body.Language)
		list := make([]itemProblem, len(problems))
		for i, p := range problems {
			said := render.AnswerProblem(p)
			list[i] = itemProblem{Item: p.Item, Problem: string(p.Code), Message: words.T(said.ID, said.Data)}
		}
		sendJSON(rw, http.StatusUnprocessableEntity, map[string]any{"problem": "answers", "items": list})
		return
	}
	var said any
	w.trials.with(f.id, func(t *trial) {
		if t.outcome == "" {
			maps.Copy(t.answers, body.Answers)
			t.seconds, t.order = body.Seconds, body.Order
			t.seq = max(t.seq, body.Seq)
		}
		said = reply(t)
	})
	sendJSON(rw, http.StatusOK, said)
}

func sendJSON(rw http.ResponseWriter, status int, body any) {
	rw.Header().Set("Content-Type", "application/json")
	rw.WriteHeader(status)
	_ = json.NewEncoder(rw).Encode(body) // a browser that has gone needs no reply
}
