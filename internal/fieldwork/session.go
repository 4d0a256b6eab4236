package fieldwork

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"surveyd/internal/fault"
	"surveyd/internal/instrument"
)

// Stage is where a student stands in a session.
type Stage string

// The stages.
const (
	StageAssent Stage = "assent"
	StageSurvey Stage = "survey"
	StageDone   Stage = "done"
)

// Session is a student who has typed a code.
type Session struct {
	Key        ResponseKey
	Generation int    // of the code
	SID        string // names the response in addresses without saying whose it is
	Language   instrument.Lang
	Stage      Stage
	Opened     time.Time
	Used       time.Time // when it was sealed last
}

const (
	// sessionLifetime bounds a cookie that is in use; a class period is far shorter.
	sessionLifetime = 12 * time.Hour
	// sessionIdle bounds one that nobody ended: who walks away from a shared device leaves nothing open for long.
	sessionIdle = time.Hour
)

// ErrWrongSession says that a cookie does not belong to the address that it was sent to, is old or was not used for a while,
// or was made with another key, or that the code which opened it has been replaced.
var ErrWrongSession = errors.New("session does not belong here")

// CodeProblem says why a code opens nothing.
type CodeProblem string

// The problems of a code.
const (
	CodeMistyped CodeProblem = "mistyped"
	CodeUnknown  CodeProblem = "unknown"
	CodeExpired  CodeProblem = "expired"  // replaced by a new one
	CodeClosed   CodeProblem = "closed"   // the survey is over
	CodeNotOpen  CodeProblem = "not_open" // the survey has not begun
	CodePaused   CodeProblem = "paused"
)

// CodeError says that a code opens nothing, and why. It never holds the code.
type CodeError struct {
	Problem CodeProblem
	Opens   time.Time // for CodeNotOpen
}

func (e *CodeError) Error() string { return "code: " + string(e.Problem) }

// Enter opens a session for a typed code. *CodeError when it opens nothing.
func (s *Service) Enter(ctx context.Context, typed string) (Session, error) {
	text, err := normalizeCode(typed)
	if err != nil {
		return Session{}, &CodeError{Problem: CodeMistyped}
	}
	code, err := s.store.CodeByLookup(ctx, s.keys.codeLookup(text))
	if errors.Is(err, fault.ErrNotFound) {
		return Session{}, &CodeError{Problem: CodeUnknown}
	}
	if err != nil {
		return Session{}, fmt.Errorf("look a code up: %w", err)
	}
	if code.Dead {
		return Session{}, &CodeError{Problem: CodeExpired}
	}
	key := ResponseKey{Administration: code.Administration, Participant: code.Participant}
	session := Session{Key: key, Generation: code.Generation, SID: s.keys.responseSID(key, code.Generation), Opened: s.now(), Used: s.now()}

	a, err := s.store.Administration(ctx, key.Administration)
	if err != nil {
		return Session{}, fmt.Errorf("administration of a code: %w", err)
	}
	response, err := s.store.Response(ctx, key)
	switch {
	case errors.Is(err, fault.ErrNotFound):
		if problem := a.begin(s.now()); problem != nil {
			return Session{}, problem
		}
		session.Stage = StageAssent
		session.Language, err = s.rosterLanguage(ctx, key.Participant, a)
		return session, err
	case err != nil:
		return Session{}, fmt.Errorf("response of a code: %w", err)
	}
	session.Language = response.Language
	session.Stage = StageDone
	if !response.Final() {
		if problem := a.resume(s.now()); problem != nil {
			return Session{}, problem
		}
		session.Stage = StageSurvey
	}
	return session, nil
}

// rosterLanguage is the roster's language where the administration offers it; empty when the browser should decide.
func (s *Service) rosterLanguage(ctx context.Context, id ParticipantID, a Administration) (instrument.Lang, error) {
	p, err := s.store.Participant(ctx, id)
	if err != nil {
		return "", fmt.Errorf("participant of a code: %w", err)
	}
	for _, l := range a.Languages {
		if l == p.Language {
			return l, nil
		}
	}
	return "", nil
}

// begin says why nobody may begin at a moment; nil when they may.
func (a Administration) begin(now time.Time) error {
	switch {
	case a.Status == Closed || !now.Before(a.Closes):
		return &CodeError{Problem: CodeClosed}
	case a.Status == Paused:
		return &CodeError{Problem: CodePaused}
	case now.Before(a.Opens):
		return &CodeError{Problem: CodeNotOpen, Opens: a.Opens}
	}
	return nil
}

// resume says why somebody who has begun may not go on; nil when they may.
func (a Administration) resume(now time.Time) error {
	if a.Status == Paused {
		return &CodeError{Problem: CodePaused}
	}
	if !now.Before(a.Closes.Add(Grace)) {
		return &CodeError{Problem: CodeClosed}
	}
	return nil
}

// sealedSession is what a session's cookie holds.
type sealedSession struct {
	A AdministrationID `json:"a"`
	P ParticipantID    `json:"p"`
	G int              `json:"g"`
	L instrument.Lang  `json:"l,omitempty"`
	O int64            `json:"o"` // opened, Unix seconds
	U int64            `json:"u"` // sealed, Unix seconds
}

// SealSession writes a session for a cookie: encrypted, and bound to the session's address. It is used now: whoever uses it
// on must seal it again before it has been idle for an hour.
func (s *Service) SealSession(session Session) (string, error) {
	plain, err := json.Marshal(sealedSession{
		A: session.Key.Administration, P: session.Key.Participant, G: session.Generation,
		L: session.Language, O: session.Opened.Unix(), U: s.now().Unix(),
	})
	if err != nil {
		return "", fmt.Errorf("seal session: %w", err)
	}
	sealed, err := s.keys.seal(s.keys.sessions, plain, []byte(session.SID))
	if err != nil {
		return "", fmt.Errorf("seal session: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(sealed), nil
}

// OpenSession reads what SealSession wrote. ErrWrongSession when it was sealed for another address or with another key, is
// too old or idle, or its code has been replaced. Stage is not set: it can have changed since.
func (s *Service) OpenSession(ctx context.Context, sid, token string) (Session, error) {
	sealed, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		return Session{}, ErrWrongSession
	}
	plain, err := open(s.keys.sessions, sealed, []byte(sid))
	if err != nil {
		return Session{}, ErrWrongSession
	}
	var in sealedSession
	if err := json.Unmarshal(plain, &in); err != nil {
		return Session{}, ErrWrongSession
	}
	session := Session{
		Key: ResponseKey{Administration: in.A, Participant: in.P}, Generation: in.G,
		SID: sid, Language: in.L, Opened: time.Unix(in.O, 0).UTC(), Used: time.Unix(in.U, 0).UTC(),
	}
	if s.now().Sub(session.Opened) > sessionLifetime || s.now().Sub(session.Used) > sessionIdle {
		return Session{}, ErrWrongSession
	}
	code, err := s.store.CodeOf(ctx, session.Key)
	if errors.Is(err, fault.ErrNotFound) {
		return Session{}, ErrWrongSession
	}
	if err != nil {
		return Session{}, fmt.Errorf("code of a session: %w", err)
	}
	if code.Generation != session.Generation {
		return Session{}, ErrWrongSession
	}
	return session, nil
}

// DraftKey is the key under which a device may encrypt what it could not yet send: the same on every visit, another for
// every response.
func (s *Service) DraftKey(session Session) []byte { return s.keys.draftKey(session.SID) }
