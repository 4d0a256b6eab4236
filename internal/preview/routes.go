package preview

import "net/http"

// Handler answers every request of the workbench. It answers to loopback names alone, and where listening, the address
// that was asked for, lets other machines in, also to addresses in digits and to the name in it.
func (w *Workbench) Handler(listening string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", w.home)
	mux.HandleFunc("GET /list", w.listPart)
	mux.HandleFunc("GET /events", w.events)
	mux.HandleFunc("GET /assets/{name}", w.asset)
	mux.HandleFunc("GET /i/{key}", w.bench)
	mux.HandleFunc("GET /i/{key}/part", w.benchPart)
	mux.HandleFunc("POST /i/{key}/score", w.score)
	mux.HandleFunc("GET /i/{key}/codebook", w.codebook)
	mux.HandleFunc("GET /media/{name}", w.media)

	mux.HandleFunc("GET /s/{trial}/assent", w.assentPage)
	mux.HandleFunc("POST /s/{trial}/assent", w.assentForm)
	mux.HandleFunc("GET /s/{trial}/survey", w.surveyPage)
	mux.HandleFunc("POST /s/{trial}/survey", w.surveyForm)
	mux.HandleFunc("POST /s/{trial}/save", w.save)
	mux.HandleFunc("POST /s/{trial}/submit", w.submit)
	mux.HandleFunc("POST /s/{trial}/restart", w.restart)
	mux.HandleFunc("GET /s/{trial}/thanks", w.thanksPage)
	return guard(listening, mux)
}
