// Command bundle makes the files that browsers get out of script/ and style/: one file for each page's script, one for
// each stylesheet, minified. It runs by go generate in the folder of a package that has pages: dist/ there is made from
// the files named as arguments. Esbuild stays out of the product.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

func main() {
	files, err := bundle(".", os.Args[1:])
	if err == nil {
		err = write("dist", files)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		os.Exit(1)
	}
}

// bundle gives the content of each file of dist by its name. Dir is the folder of a package, entries are the files in it
// that a page or the browser asks for by name.
func bundle(dir string, entries []string) (map[string][]byte, error) {
	if len(entries) == 0 {
		return nil, errors.New("name the scripts and stylesheets to bundle")
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	paths := make([]string, len(entries))
	for i, entry := range entries {
		paths[i] = filepath.Join(dir, entry)
	}
	result := api.Build(api.BuildOptions{
		EntryPoints: paths, EntryNames: "[name]", Outdir: filepath.Join(dir, "dist"), AbsWorkingDir: dir,
		Bundle: true, MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true,
		Format: api.FormatIIFE, Target: api.ES2020, Charset: api.CharsetUTF8, LegalComments: api.LegalCommentsNone,
	})
	if len(result.Errors) > 0 {
		lines := api.FormatMessages(result.Errors, api.FormatMessagesOptions{Kind: api.ErrorMessage})
		problems := make([]error, len(lines))
		for i, line := range lines {
			problems[i] = errors.New(line)
		}
		return nil, errors.Join(problems...)
	}
	files := map[string][]byte{}
	for _, file := range result.OutputFiles {
		files[filepath.Base(file.Path)] = file.Contents
	}
	return files, nil
}

func write(dir string, files map[string][]byte) error {
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
