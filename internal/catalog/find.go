package catalog

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"surveyd/internal/instrument"
)

// Find reads every instrument file below root, in order of their names. Folders and files whose names begin with a dot are
// passed over. Errors: a folder or file that cannot be read.
func Find(fsys fs.FS, root string) ([]Source, error) {
	names, err := Names(fsys, root)
	if err != nil {
		return nil, err
	}
	var files []Source
	for _, name := range names {
		source, err := Read(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("find instruments: %w", err)
		}
		files = append(files, source)
	}
	return files, nil
}

// Names lists the instrument files that Find would read, without reading them. Errors: a folder that cannot be read.
func Names(fsys fs.FS, root string) ([]string, error) {
	var names []string
	err := fs.WalkDir(fsys, root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if hidden := strings.HasPrefix(entry.Name(), ".") && name != root; hidden {
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if !isInstrument(name) || !isFile(fsys, name) {
			return nil
		}
		names = append(names, name)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("find instruments: %w", err)
	}
	return names, nil
}

// isFile says whether a name is that of a file, or leads to one. A folder, a pipe or a device may be called like an instrument;
// to read from the last two could go on for ever. A link that leads nowhere counts, so that it is said to when it is read.
func isFile(fsys fs.FS, name string) bool {
	info, err := fs.Stat(fsys, name)
	return err != nil || info.Mode().IsRegular()
}

// Read reads one instrument file, of one that is too large only as much as shows that. Errors: it cannot be read.
func Read(fsys fs.FS, name string) (Source, error) {
	src, err := readStart(fsys, name)
	if err != nil {
		return Source{}, fmt.Errorf("read instrument: %w", err)
	}
	folder, err := fs.Sub(fsys, path.Dir(name))
	if err != nil {
		return Source{}, fmt.Errorf("read instrument: %w", err)
	}
	return Source{Name: name, Bytes: src, Files: folder}, nil
}

func readStart(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	src, err := io.ReadAll(io.LimitReader(f, instrument.MaxSource+1))
	return src, errors.Join(err, f.Close())
}

// isInstrument says whether a file is one of instruments, by its name.
func isInstrument(name string) bool {
	ext := path.Ext(name)
	return ext == ".yaml" || ext == ".yml"
}
