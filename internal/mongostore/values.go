package mongostore

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"go.mongodb.org/mongo-driver/v2/bson"

	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
)

// errNotUTF8 is why a value was not stored: BSON strings are UTF-8, and not every server looks.
var errNotUTF8 = errors.New("text is not valid UTF-8")

// registry is the driver's own way of writing values, except that text must be UTF-8.
func registry() *bson.Registry {
	registry := bson.NewRegistry()
	registry.RegisterKindEncoder(reflect.String, bson.ValueEncoderFunc(
		func(_ bson.EncodeContext, writer bson.ValueWriter, value reflect.Value) error {
			if !utf8.ValidString(value.String()) {
				return errNotUTF8
			}
			return writer.WriteString(value.String())
		}))
	return registry
}

// joinKey puts the parts of a natural key into one _id, so that different parts never give the same one.
func joinKey(parts ...string) string {
	for i, part := range parts {
		parts[i] = keyEscaper.Replace(part)
	}
	return strings.Join(parts, "/")
}

var keyEscaper = strings.NewReplacer("%", "%25", "/", "%2F")

func responseID(key fieldwork.ResponseKey) string {
	return joinKey(string(key.Administration), string(key.Participant))
}

// utc gives a time as BSON keeps it: in milliseconds since 1970.
func utc(t time.Time) bson.DateTime { return bson.DateTime(t.UnixMilli()) }

func timeOf(at bson.DateTime) time.Time { return time.UnixMilli(int64(at)).UTC() }

// textDoc is one language of a text. Languages are values and not field names: those may hold no dot and no leading $.
type textDoc struct {
	Lang instrument.Lang `bson:"lang"`
	Text string          `bson:"text"`
}

func textDocs(text instrument.Text) []textDoc {
	if text == nil {
		return nil
	}
	docs := make([]textDoc, 0, len(text))
	for lang, words := range text {
		docs = append(docs, textDoc{lang, words})
	}
	slices.SortFunc(docs, func(a, b textDoc) int { return strings.Compare(string(a.Lang), string(b.Lang)) })
	return docs
}

func textOf(docs []textDoc) instrument.Text {
	if docs == nil {
		return nil
	}
	text := make(instrument.Text, len(docs))
	for _, doc := range docs {
		text[doc.Lang] = doc.Text
	}
	return text
}

func byID(id string) bson.D { return bson.D{{Key: "_id", Value: id}} }
