package codebook

import (
	"encoding/json"
	"fmt"
	"io"
)

// jsonFormat is raised when a key changes its meaning or goes; further keys may come without it.
const jsonFormat = 1

// WriteJSON writes the book, which Say has given its words, as one indented JSON object in every language it has. The keys
// are those of Book with "format" before them.
func WriteJSON(w io.Writer, said Book) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(struct {
		Format int `json:"format"`
		Book
	}{jsonFormat, said})
	if err != nil {
		return fmt.Errorf("codebook as JSON: %w", err)
	}
	return nil
}
