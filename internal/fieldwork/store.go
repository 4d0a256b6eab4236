package fieldwork

import "context"

// Rosters keeps participants, by id; they are few enough per site that listing is a scan.
type Rosters interface {
	// Participant gives one participant; ErrNotFound.
	Participant(ctx context.Context, id ParticipantID) (Participant, error)
	// Participants calls each for every participant ordered by site, group and student id, until it gives an error.
	Participants(ctx context.Context, each func(Participant) error) error
	// PutParticipants writes all or none: an existing id is replaced.
	PutParticipants(ctx context.Context, list []Participant) error
}

// Publications keeps the exact source of every published instrument version for ever.
type Publications interface {
	// Publish stores p unless its hash is there already (the first stored source stays). ErrConflict when another
	// content is published under the same id and version.
	Publish(ctx context.Context, p PublishedInstrument) error
	// Published gives what is stored under a content hash; ErrNotFound.
	Published(ctx context.Context, hash string) (PublishedInstrument, error)
	// PublishedVersion gives what is stored under an id and version; ErrNotFound.
	PublishedVersion(ctx context.Context, id, version string) (PublishedInstrument, error)
}

// Files keeps the pictures and recordings of published instruments for ever, each once, by its digest.
type Files interface {
	// PutFile stores f unless its digest is there already.
	PutFile(ctx context.Context, f File) error
	// File gives what is stored under a digest; ErrNotFound.
	File(ctx context.Context, digest string) (File, error)
}

// Administrations keeps administrations.
type Administrations interface {
	// Administration gives one; ErrNotFound.
	Administration(ctx context.Context, id AdministrationID) (Administration, error)
	// Administrations gives all, newest first.
	Administrations(ctx context.Context) ([]Administration, error)
	// CreateAdministration stores a new one; ErrExists.
	CreateAdministration(ctx context.Context, a Administration) error
	// ReplaceAdministration stores the new state of one that is there; ErrNotFound.
	ReplaceAdministration(ctx context.Context, a Administration) error
}

// Codes keeps the students' codes.
type Codes interface {
	// CodeByLookup finds a code, dead or alive, by the HMAC of what was typed; ErrNotFound.
	CodeByLookup(ctx context.Context, lookup string) (Code, error)
	// CodeOf gives the living code of a participant in an administration; ErrNotFound.
	CodeOf(ctx context.Context, key ResponseKey) (Code, error)
	// CodesOf gives the living codes of an administration, ordered by participant.
	CodesOf(ctx context.Context, id AdministrationID) ([]Code, error)
	// PutCodes writes new codes, all or none; ErrExists when a lookup or a living code of the same participant is there.
	PutCodes(ctx context.Context, codes []Code) error
	// ReplaceCode kills old and writes new in one step; ErrConflict when old is dead already.
	ReplaceCode(ctx context.Context, old, new Code) error
}

// Responses keeps responses. A write is durable when the call returns.
type Responses interface {
	// Response gives one; ErrNotFound.
	Response(ctx context.Context, key ResponseKey) (Response, error)
	// CreateResponse stores a first version; ErrExists.
	CreateResponse(ctx context.Context, r Response) error
	// ReplaceResponse stores r if the stored one still has sequence number seq; else ErrConflict. ErrNotFound.
	ReplaceResponse(ctx context.Context, r Response, seq int64) error
	// EachResponse calls each for every response of an administration ordered by participant, until it gives an error.
	EachResponse(ctx context.Context, id AdministrationID, each func(Response) error) error
	// ResponseStandings gives where each response of an administration stands, ordered by participant.
	ResponseStandings(ctx context.Context, id AdministrationID) ([]ResponseStanding, error)
	// UnfinishedResponses gives the keys of started responses of an administration.
	UnfinishedResponses(ctx context.Context, id AdministrationID) ([]ResponseKey, error)
}

// ResponseStanding is how far one response has come, and where it began.
type ResponseStanding struct {
	Participant ParticipantID
	Site        SiteID
	Group       GroupID
	Status      ResponseStatus
}

// Marks keeps small facts about the store itself, such as which secret key its pseudonyms were made with.
type Marks interface {
	// Mark stores value under name unless something is there already, and gives what is there then.
	Mark(ctx context.Context, name, value string) (stored string, err error)
}

// Store is everything that fieldwork keeps. The errors named on its methods are package fault's kinds; any method may
// give fault.ErrUnavailable.
type Store interface {
	Rosters
	Publications
	Files
	Administrations
	Codes
	Responses
	Marks
	// Ready says whether the store can be used now; ErrUnavailable when not.
	Ready(ctx context.Context) error
	Close() error
}
