package render

import (
	"embed"
	"fmt"
	"path"
	"strings"
)

//go:generate go run ./bundle script/survey.js script/entry.js script/thanks.js script/sw.js script/aloud.js style/student.css style/staff.css style/aloud.css

//go:embed dist
var dist embed.FS

// Asset is one file that pages ask for. The path of all but the service worker names its content and may be cached for
// ever; the service worker, at /sw.js, must be asked for again each time.
type Asset struct {
	Path        string
	ContentType string
	Immutable   bool
	Encoded
}

// assets finds files by the name that templates use, such as "student.css".
type assets map[string]Asset

func loadAssets() (assets, error) {
	entries, err := dist.ReadDir("dist")
	if err != nil {
		return nil, fmt.Errorf("list the assets: %w", err)
	}
	found := assets{}
	for _, entry := range entries {
		name := entry.Name()
		body, err := dist.ReadFile(path.Join("dist", name))
		if err != nil {
			return nil, fmt.Errorf("read asset %s: %w", name, err)
		}
		asset := Asset{Path: "/sw.js", ContentType: "text/javascript; charset=utf-8"}
		if asset.Encoded, err = encode(body); err != nil {
			return nil, fmt.Errorf("asset %s: %w", name, err)
		}
		extension := path.Ext(name)
		if extension == ".css" {
			asset.ContentType = "text/css; charset=utf-8"
		}
		if name != "sw.js" {
			asset.Path = "/assets/" + strings.TrimSuffix(name, extension) + "." + digest(body) + extension
			asset.Immutable = true
		}
		found[name] = asset
	}
	return found, nil
}

// path gives the address of an asset. Errors: a name that is not there.
func (a assets) path(name string) (string, error) {
	asset, ok := a[name]
	if !ok {
		return "", fmt.Errorf("no asset %q", name)
	}
	return asset.Path, nil
}

// Assets are all files that the pages ask for.
func (r *Renderer) Assets() []Asset {
	all := make([]Asset, 0, len(r.assets))
	for _, asset := range r.assets {
		all = append(all, asset)
	}
	return all
}
