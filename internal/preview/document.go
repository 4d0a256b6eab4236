package preview

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"surveyd/internal/catalog"
	"surveyd/internal/diag"
	"surveyd/internal/instrument"
	"surveyd/internal/render"
)

// documentKey names a file in addresses.
type documentKey string

func keyOf(name string) documentKey {
	sum := sha256.Sum256([]byte(name))
	return documentKey(hex.EncodeToString(sum[:6]))
}

// document is one instrument file as it was last read. It does not change: a new reading makes a new one.
type document struct {
	key  documentKey
	name string // relative to the root, with slashes
	rev  int    // of the shelf, at the last change that can be seen of the document

	id       instrument.ID
	includes []string // of a battery: what it includes

	missing  bool  // there is no such file
	trouble  error // it cannot be read
	source   []byte
	own      []diag.Diagnostic // what the file itself says; without what it says together with others
	problems []diag.Diagnostic
	rests    stamps

	read  *instrument.Instrument // nil when the file has an error
	shown *edition               // the last that could be shown; nil when there was none
	stale bool                   // what is shown is older than the file
	since int                    // the number of the shelf at which what is shown came
}

// counts gives how many errors and warnings the document has.
func (d *document) counts() (failures, warnings int) { return diag.Count(d.problems) }

// reader reads the documents of a root.
type reader struct {
	at        root
	pages     *render.Renderer
	libraries []catalog.Library
}

// read reads and checks one file. What could be shown before stays on show while it cannot. Beside are the other documents
// of the root, which a battery may include.
func (r *reader) read(name string, before *document, beside []*document) *document {
	path := r.at.path(name)
	next := &document{key: keyOf(name), name: name, rests: stamps{path: stampOf(path)}} // before the bytes: a change in between is seen next time
	if before != nil {
		next.rev, next.since, next.shown = before.rev, before.since, before.shown
	}
	source, err := catalog.Read(os.DirFS(r.at.dir), name)
	if err != nil {
		next.missing = errors.Is(err, fs.ErrNotExist)
		if !next.missing {
			next.trouble = err
		}
		next.stale = next.shown != nil
		return next
	}
	next.source = source.Bytes
	head := instrument.Parse(name, source.Bytes)
	next.id, next.includes = head.ID(), head.Includes()
	source.Files = &noted{FS: source.Files, folder: filepath.Dir(path), rests: next.rests}
	loaded, list := catalog.Check(append([]catalog.Source{source}, r.included(next, beside)...), r.libraries...)
	for _, problem := range list {
		if problem.File == name {
			next.own = append(next.own, problem)
		}
	}
	next.read = loaded[0].Instrument
	show := next.read
	if show == nil {
		show = loaded[0].Failing
	}
	switch {
	case show == nil:
		next.stale = next.shown != nil
	case next.shown == nil || next.shown.in.Hash != show.Hash || next.shown.in.Digest != show.Digest:
		next.shown = newEdition(show, r.pages)
	}
	return next
}

// included are the documents of the root that a battery may mean, as sources; the battery rests on them from now on.
func (r *reader) included(battery *document, beside []*document) []catalog.Source {
	var sources []catalog.Source
	for _, d := range beside {
		if d.name == battery.name || d.source == nil || !slices.ContainsFunc(battery.includes, func(ref string) bool { return strings.HasPrefix(ref, string(d.id)+"@") || ref == string(d.id) }) {
			continue
		}
		source, err := catalog.Read(os.DirFS(r.at.dir), d.name)
		if err != nil {
			continue // it has gone since, which the next look sees
		}
		battery.rests[r.at.path(d.name)] = stampOf(r.at.path(d.name))
		sources = append(sources, source)
	}
	return sources
}

// noted is a folder that remembers which of its files were asked for, there or not.
type noted struct {
	fs.FS
	folder string
	rests  stamps
}

func (n *noted) Open(name string) (fs.File, error) {
	n.note(name)
	return n.FS.Open(name)
}

// Lstat and ReadLink let the check refuse a link here too: asked for what a link leads to alone, it would see a file.
func (n *noted) Lstat(name string) (fs.FileInfo, error) {
	n.note(name)
	return fs.Lstat(n.FS, name)
}

func (n *noted) ReadLink(name string) (string, error) { return fs.ReadLink(n.FS, name) }

func (n *noted) note(name string) {
	path := filepath.Join(n.folder, filepath.FromSlash(name))
	n.rests[path] = stampOf(path)
}

// looksLike says whether somebody who has seen other would see nothing new.
func (d *document) looksLike(other *document) bool {
	return d.missing == other.missing && (d.trouble == nil) == (other.trouble == nil) && d.stale == other.stale && d.shown == other.shown &&
		slices.Equal(d.problems, other.problems) && string(d.source) == string(other.source)
}
