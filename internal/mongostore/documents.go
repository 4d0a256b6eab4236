package mongostore

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"surveyd/internal/fault"
)

// findOne gives the document that matches; ErrNotFound.
func findOne[T any](ctx context.Context, from *mongo.Collection, filter bson.D) (doc T, err error) {
	limited, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	err = from.FindOne(limited, filter).Decode(&doc)
	return doc, kindOf(ctx, err)
}

// findAll gives all documents that match.
func findAll[T any](ctx context.Context, from *mongo.Collection, filter bson.D, opts ...options.Lister[options.FindOptions]) ([]T, error) {
	limited, cancel := context.WithTimeout(ctx, bulkTimeout)
	defer cancel()
	cursor, err := from.Find(limited, filter, opts...)
	if err != nil {
		return nil, kindOf(ctx, err)
	}
	var docs []T
	err = cursor.All(limited, &docs)
	return docs, kindOf(ctx, err)
}

// insertOne stores a document; ErrExists when its _id or another unique field is there.
func (s *Store) insertOne(ctx context.Context, into *mongo.Collection, doc any) error {
	limited, done, err := s.beginWrite(ctx, writeTimeout)
	if err != nil {
		return err
	}
	defer done()
	_, err = into.InsertOne(limited, doc)
	if mongo.IsDuplicateKeyError(err) {
		return fault.ErrExists
	}
	return kindOf(limited, err)
}

// replaceOne stores doc in the place of the one that matches; false when none does.
func (s *Store) replaceOne(ctx context.Context, in *mongo.Collection, filter bson.D, doc any) (replaced bool, err error) {
	limited, done, err := s.beginWrite(ctx, writeTimeout)
	if err != nil {
		return false, err
	}
	defer done()
	result, err := in.ReplaceOne(limited, filter, doc)
	if err != nil {
		return false, kindOf(limited, err)
	}
	return result.MatchedCount == 1, nil
}

// putOne stores doc under its _id, whether one is there or not.
func (s *Store) putOne(ctx context.Context, into *mongo.Collection, id string, doc any) error {
	limited, done, err := s.beginWrite(ctx, writeTimeout)
	if err != nil {
		return err
	}
	defer done()
	for attempt := 0; ; attempt++ {
		_, err = into.ReplaceOne(limited, byID(id), doc, options.Replace().SetUpsert(true))
		// Two upserts of the same new document may meet; whoever comes second then finds it there.
		if attempt > 0 || !mongo.IsDuplicateKeyError(err) {
			return kindOf(limited, err)
		}
	}
}
