package sqlitestore

import (
	"bytes"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"time"
)

// errNotUTF8 is why a value was not stored: JSON cannot hold it unchanged.
var errNotUTF8 = errors.New("text is not valid UTF-8")

// encode gives a value as the JSON that is stored.
func encode[T any](value T) (string, error) {
	body, err := json.Marshal(value)
	if err != nil {
		return "", fmt.Errorf("encode %T: %w", value, err)
	}
	// The encoder replaces bytes that are not UTF-8 by \ufffd without a word; see whether it did.
	if bytes.Contains(body, []byte(`\ufffd`)) {
		again, err := decode[T](body)
		if err != nil {
			return "", err
		}
		if !reflect.DeepEqual(again, value) {
			return "", fmt.Errorf("encode %T: %w", value, errNotUTF8)
		}
	}
	return string(body), nil
}

func decode[T any](body []byte) (T, error) {
	var value T
	if err := json.Unmarshal(body, &value); err != nil {
		return value, fmt.Errorf("decode %T: %w", value, err)
	}
	return value, nil
}

// millis is a time as it is stored: milliseconds since 1970 in UTC. The zero time comes back as the zero time.
func millis(t time.Time) int64 { return t.UnixMilli() }

func timeOf(millis int64) time.Time { return time.UnixMilli(millis).UTC() }

func endOfRows(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

func text(value driver.Value) string {
	written, _ := value.(string)
	return written
}

func integer(value driver.Value) int64 {
	number, _ := value.(int64)
	return number
}

// firstError gives err, or otherwise when there is none.
func firstError(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}
