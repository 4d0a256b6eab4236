package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// writeOut writes to the file named path, or to stdout when it is empty. The file appears whole or not at all, readable
// by its owner alone.
func writeOut(path string, stdout io.Writer, write func(io.Writer) error) error {
	if path == "" {
		return writeBuffered(stdout, write)
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer os.Remove(f.Name())
	err = writeBuffered(f, write)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return os.Rename(f.Name(), path)
}

// outBuffer is how much is gathered before it is written, in bytes.
const outBuffer = 1 << 16

func writeBuffered(w io.Writer, write func(io.Writer) error) error {
	buffered := bufio.NewWriterSize(w, outBuffer)
	if err := write(buffered); err != nil {
		return err
	}
	return buffered.Flush()
}
