package sqlitestore

import (
	"context"
	"database/sql"
	"fmt"
)

// statements are the queries, prepared once for each connection that uses them.
type statements struct {
	participant, participants                                   *sql.Stmt
	published, publishedVersion, file                           *sql.Stmt
	administration, administrations                             *sql.Stmt
	codeByLookup, codeOf, codesOf                               *sql.Stmt
	response, responsesAfter, responseStandings, unfinishedKeys *sql.Stmt
	account, accounts, link, session, events                    *sql.Stmt
}

func prepareStatements(ctx context.Context, db *sql.DB) (on statements, err error) {
	for _, each := range []struct {
		to    **sql.Stmt
		query string
	}{
		{&on.participant, participantQuery},
		{&on.participants, participantsQuery},
		{&on.published, publishedQuery},
		{&on.publishedVersion, publishedVersionQuery},
		{&on.file, fileQuery},
		{&on.administration, administrationQuery},
		{&on.administrations, administrationsQuery},
		{&on.codeByLookup, codeByLookupQuery},
		{&on.codeOf, codeOfQuery},
		{&on.codesOf, codesOfQuery},
		{&on.response, responseQuery},
		{&on.responsesAfter, responsesAfterQuery},
		{&on.responseStandings, responseStandingsQuery},
		{&on.unfinishedKeys, unfinishedResponsesQuery},
		{&on.account, accountQuery},
		{&on.accounts, accountsQuery},
		{&on.link, linkQuery},
		{&on.session, sessionQuery},
		{&on.events, eventsQuery},
	} {
		if *each.to, err = db.PrepareContext(ctx, each.query); err != nil {
			return on, fmt.Errorf("prepare %q: %w", each.query, err)
		}
	}
	return on, nil
}
