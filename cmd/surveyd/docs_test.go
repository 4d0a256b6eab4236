package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// docsPath is where a page of the documentation stands.
func docsPath(name string) string { return filepath.Join("..", "..", "docs", name) }

// block is a fenced block of a page.
type block struct {
	info string // what stands behind the backticks: a word for highlighting, then what a test does with it
	text string
	line int // of the page, from 1
}

// option gives the value of a word such as file=NAME of the block's info.
func (b block) option(name string) string {
	for _, word := range strings.Fields(b.info) {
		if value, ok := strings.CutPrefix(word, name+"="); ok {
			return value
		}
	}
	return ""
}

// blocksOf reads the fenced blocks of a page.
func blocksOf(page string) ([]block, error) {
	var blocks []block
	var open *block
	for i, line := range strings.Split(page, "\n") {
		switch info, fence := strings.CutPrefix(line, "```"); {
		case !fence && open != nil:
			open.text += line + "\n"
		case !fence:
		case open == nil:
			open = &block{info: info, line: i + 1}
		case info != "":
			return nil, fmt.Errorf("line %d: a block begins within the block of line %d", i+1, open.line)
		default:
			blocks = append(blocks, *open)
			open = nil
		}
	}
	if open != nil {
		return nil, fmt.Errorf("the block of line %d does not end", open.line)
	}
	return blocks, nil
}

func readPage(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(docsPath(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
