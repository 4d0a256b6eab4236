package preview

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"time"

	"surveyd/internal/render"
)

//go:generate go run ../render/bundle script/workbench.js style/workbench.css

//go:embed dist
var dist embed.FS

// ownAssets finds the workbench's own files by the name that templates use.
type ownAssets map[string]ownAsset

type ownAsset struct {
	path, contentType string
	body              []byte
}

func loadAssets() (ownAssets, error) {
	found := ownAssets{}
	for _, name := range []string{"workbench.js", "workbench.css"} {
		body, err := dist.ReadFile("dist/" + name)
		if err != nil {
			return nil, fmt.Errorf("read asset: %w", err)
		}
		sum := sha256.Sum256(body)
		stem, extension, _ := strings.Cut(name, ".")
		contentType := "text/css; charset=utf-8"
		if extension == "js" {
			contentType = "text/javascript; charset=utf-8"
		}
		found[name] = ownAsset{path: "/assets/" + stem + "." + hex.EncodeToString(sum[:8]) + "." + extension, contentType: contentType, body: body}
	}
	return found, nil
}

// address gives where an asset is found. Errors: a name that is not there.
func (a ownAssets) address(name string) (string, error) {
	asset, ok := a[name]
	if !ok {
		return "", fmt.Errorf("no asset %q", name)
	}
	return asset.path, nil
}

// asset serves the files of the workbench and those of students' pages.
func (w *Workbench) asset(rw http.ResponseWriter, req *http.Request) {
	for _, own := range w.desk.assets {
		if own.path == req.URL.Path {
			sendAsset(rw, own.contentType, own.body)
			return
		}
	}
	for _, asset := range w.pages.Assets() {
		if asset.Path == req.URL.Path {
			sendAsset(rw, asset.ContentType, asset.Identity)
			return
		}
	}
	http.NotFound(rw, req)
}

func sendAsset(rw http.ResponseWriter, contentType string, body []byte) {
	rw.Header().Set("Content-Type", contentType)
	rw.Header().Set("Cache-Control", "public, max-age=31536000, immutable") // its name says its content
	_, _ = rw.Write(body)
}

// media serves a file beside an instrument that the instrument shows or plays.
func (w *Workbench) media(rw http.ResponseWriter, req *http.Request) {
	documents, _, _ := w.shelf.all()
	for _, d := range documents {
		if d.shown == nil {
			continue
		}
		if file := d.shown.media(req.URL.Path); file != nil {
			rw.Header().Set("Content-Security-Policy", render.MediaSecurityPolicy)
			rw.Header().Set("Content-Type", file.Type)
			// A recording is listened to from anywhere in it.
			http.ServeContent(rw, req, "", time.Time{}, bytes.NewReader(file.Bytes))
			return
		}
	}
	http.NotFound(rw, req)
}
