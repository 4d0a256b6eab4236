package web

// routes is the whole route table.
func (s *Server) routes() {
	s.app.Use(s.observe, s.guard, s.takeBody, s.sameOrigin, s.deadline)

	// Students; docs/student-protocol.md is the contract with the pages' script.
	s.app.Get("/", s.showEntry)
	s.app.Post("/", s.enter)
	s.app.Get("/s/:sid/assent", s.showAssent)
	s.app.Post("/s/:sid/assent", s.decide)
	s.app.Get("/s/:sid/survey", s.showSurvey)
	s.app.Post("/s/:sid/survey", s.postSurvey)
	s.app.Post("/s/:sid/save", s.save)
	s.app.Post("/s/:sid/submit", s.submit)
	s.app.Get("/s/:sid/thanks", s.showThanks)

	// Staff.
	s.app.Get("/staff", s.showStaffHome)
	s.app.Get("/staff/sign-in", s.showSignIn)
	s.app.Post("/staff/sign-in", s.signIn)
	s.app.Post("/staff/sign-out", s.signOut)
	s.app.Get("/staff/link/:token", s.showLink)
	s.app.Post("/staff/link/:token", s.takeLink)
	s.app.Get("/staff/administrations/:id/export", s.export)

	// Files of the pages, and what watches over the process.
	s.app.Get("/assets/:file", s.asset)
	s.app.Get("/sw.js", s.asset)
	s.app.Get("/media/:file", s.media)
	s.app.Get("/healthz", s.healthz)
	s.app.Get("/readyz", s.readyz)
}
