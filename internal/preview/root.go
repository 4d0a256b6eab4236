package preview

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"surveyd/internal/catalog"
)

// root is what is looked at: one instrument file, or every one in a folder and the folders in it.
type root struct {
	given string // as it was asked for
	dir   string // absolute
	only  string // the one file's name in dir; empty when the whole folder is meant
}

// newRoot finds out whether a path means a file or a folder. One that does not exist means a file when it is named like
// an instrument.
func newRoot(path string) (root, error) {
	whole, err := filepath.Abs(path)
	if err != nil {
		return root{}, err
	}
	info, err := os.Stat(whole)
	file := err == nil && !info.IsDir()
	if err != nil {
		ext := strings.ToLower(filepath.Ext(whole))
		file = ext == ".yaml" || ext == ".yml"
	}
	if file {
		return root{given: path, dir: filepath.Dir(whole), only: filepath.Base(whole)}, nil
	}
	return root{given: path, dir: whole}, nil
}

// names lists the instrument files, relative to dir, with slashes. The one file is listed even while it is away. Errors: a
// folder that cannot be read; one that is not there has no files.
func (r root) names() ([]string, error) {
	if r.only != "" {
		return []string{r.only}, nil
	}
	names, err := catalog.Names(os.DirFS(r.dir), ".")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return names, err
}

// path is where a file of the root, or beside one of its instruments, stands.
func (r root) path(name string) string { return filepath.Join(r.dir, filepath.FromSlash(name)) }

// isFolder says whether every instrument of a folder is meant.
func (r root) isFolder() bool { return r.only == "" }
