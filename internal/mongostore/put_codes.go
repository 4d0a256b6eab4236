package mongostore

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"

	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
)

// PutCodes writes new codes, all or none; ErrExists when a lookup or a living code of the same participant is there.
func (s *Store) PutCodes(ctx context.Context, codes []fieldwork.Code) error {
	list := newCodeList(codes)
	if list.collides() {
		return fmt.Errorf("put %d codes: %w", len(codes), fault.ErrExists)
	}
	err := s.writeBatch(ctx, func(ctx context.Context, batch batchID) (bool, error) {
		return s.stageCodes(ctx, batch, list)
	}, s.discardCodes)
	if err != nil {
		return fmt.Errorf("put %d codes: %w", len(codes), err)
	}
	return nil
}

// codeList is codes and the ids that they take, everything in the order of those, in which everybody writes.
type codeList struct {
	byLookup, living []fieldwork.Code
	lookups, keys    []string
}

func newCodeList(codes []fieldwork.Code) codeList {
	list := codeList{byLookup: slices.Clone(codes), living: slices.Clone(codes)}
	list.living = slices.DeleteFunc(list.living, func(code fieldwork.Code) bool { return code.Dead })
	slices.SortFunc(list.byLookup, func(a, b fieldwork.Code) int { return strings.Compare(a.Lookup, b.Lookup) })
	slices.SortFunc(list.living, func(a, b fieldwork.Code) int {
		return strings.Compare(responseID(keyOf(a)), responseID(keyOf(b)))
	})
	for _, code := range list.byLookup {
		list.lookups = append(list.lookups, code.Lookup)
	}
	for _, code := range list.living {
		list.keys = append(list.keys, responseID(keyOf(code)))
	}
	return list
}

// collides says whether two codes of the list exclude each other.
func (l codeList) collides() bool {
	return len(slices.Compact(slices.Clone(l.lookups))) < len(l.lookups) || len(slices.Compact(slices.Clone(l.keys))) < len(l.keys)
}

// stageCodes writes a list that nobody sees yet; false when somebody else took one of its ids meanwhile.
func (s *Store) stageCodes(ctx context.Context, batch batchID, list codeList) (bool, error) {
	for _, ids := range []struct {
		in  *mongo.Collection
		ids []string
	}{{s.writes.codes, list.lookups}, {s.writes.livingCodes, list.keys}} {
		switch taken, err := s.clear(ctx, ids.in, ids.ids); {
		case err != nil:
			return false, err
		case taken:
			return false, fault.ErrExists
		}
	}
	for chunk := range slices.Chunk(list.byLookup, chunkSize) {
		docs := make([]any, len(chunk))
		for i, code := range chunk {
			docs[i] = docOfCode(code, batch)
		}
		if staged, err := s.writeChunk(ctx, s.writes.codes, docs, nil); err != nil || !staged {
			return false, err
		}
	}
	for chunk := range slices.Chunk(list.living, chunkSize) {
		docs := make([]any, len(chunk))
		for i, code := range chunk {
			docs[i] = livingDocOf(code, batch)
		}
		if staged, err := s.writeChunk(ctx, s.writes.livingCodes, docs, nil); err != nil || !staged {
			return false, err
		}
	}
	return true, nil
}

// clear says whether one of the ids is taken, after it has removed what aborted batches left under them.
func (s *Store) clear(ctx context.Context, in *mongo.Collection, ids []string) (taken bool, err error) {
	for chunk := range slices.Chunk(ids, chunkSize) {
		docs, err := findAll[struct {
			Batch batchID `bson:"batch"`
		}](ctx, in, bson.D{{Key: "_id", Value: bson.D{{Key: "$in", Value: chunk}}}})
		if err != nil {
			return false, err
		}
		batches := map[batchID]bool{}
		for _, doc := range docs {
			batches[doc.Batch] = true
		}
		for batch := range batches {
			state, err := s.settle(ctx, batch)
			if err == nil && state == aborted {
				err = s.discardBatch(ctx, in, batch)
			}
			if err != nil {
				return false, err
			}
			taken = taken || state == committed
		}
	}
	return taken, nil
}

// discardCodes removes what an aborted batch left.
func (s *Store) discardCodes(ctx context.Context, batch batchID) error {
	return errors.Join(s.discardBatch(ctx, s.writes.livingCodes, batch), s.discardBatch(ctx, s.writes.codes, batch))
}

func (s *Store) discardBatch(ctx context.Context, from *mongo.Collection, batch batchID) error {
	ctx, done, err := s.beginWrite(context.WithoutCancel(ctx), bulkTimeout)
	if err != nil {
		return err
	}
	defer done()
	_, err = from.DeleteMany(ctx, bson.D{{Key: "batch", Value: batch}})
	return kindOf(ctx, err)
}
