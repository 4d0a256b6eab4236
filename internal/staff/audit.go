package staff

import (
	"context"
	"fmt"
)

// Audit writes one line to the audit log; its time is now. What it speaks of must not happen when it gives an error.
func (s *Service) Audit(ctx context.Context, e Event) error {
	e.At = s.now()
	if err := s.store.AppendEvent(ctx, e); err != nil {
		return fmt.Errorf("audit %s by %s: %w", e.Action, e.Who, err)
	}
	return nil
}

// Events gives the newest n lines of the audit log, newest first.
func (s *Service) Events(ctx context.Context, n int) ([]Event, error) {
	events, err := s.store.Events(ctx, n)
	if err != nil {
		return nil, fmt.Errorf("read the audit log: %w", err)
	}
	return events, nil
}
