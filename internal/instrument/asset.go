package instrument

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Asset is a file beside an instrument: a picture or a recording.
type Asset struct {
	Path   string // relative to the instrument, with slashes
	Type   string // media type, e.g. "image/svg+xml" or "audio/mpeg"
	Digest string // hex SHA-256 of Bytes
	Bytes  []byte
}

// maxAssets is what all files beside an instrument may have together, in bytes. A server holds them in memory, and a class
// of thirty fetches them within minutes: sixty spoken questions in two languages fit.
const maxAssets = 16 << 20

// assetKind is what pictures and recordings differ in.
type assetKind struct {
	what       string // how reports name one
	Code       string // of the report on a path that cannot be one
	limit      int    // bytes
	why        string // there is a limit
	types      []assetType
	save, none string // what would be right: of a wrong ending, and of a file that does not hold what its ending says
}

// assetType is one format of file: its endings, and what is wrong with bytes that should be one.
type assetType struct {
	endings []string
	media   string
	check   func([]byte) error
}

// typeOf finds the format that a path's ending names.
func (k *assetKind) typeOf(p string) (assetType, bool) {
	ext := strings.ToLower(path.Ext(p))
	for _, t := range k.types {
		if slices.Contains(t.endings, ext) {
			return t, true
		}
	}
	return assetType{}, false
}

// asset reads a file beside the instrument that a node names. It is nil when the file is in error, or files are not looked
// for.
func (l *loader) asset(n *yaml.Node, s string, kind *assetKind) *Asset {
	format, ok := kind.typeOf(s)
	if !ok {
		l.errAt(n, kind.Code, fmt.Sprintf("the %s %q is %s", kind.what, s, kind.none), kind.save)
		return nil
	}
	if !fs.ValidPath(s) || strings.Contains(s, `\`) {
		l.errAt(n, kind.Code, fmt.Sprintf("the %s %q does not stand beside the instrument", kind.what, s),
			"put it into the same folder or one below, and write its path with /")
		return nil
	}
	if l.opt.Files == nil {
		return nil
	}
	if found, read := l.assets[s]; read {
		return found // nil when it is in error, which has been said
	}
	found := l.readAsset(n, s, kind, format)
	if l.assets == nil {
		l.assets = map[string]*Asset{}
	}
	l.assets[s] = found
	return found
}

func (l *loader) readAsset(n *yaml.Node, s string, kind *assetKind, format assetType) *Asset {
	body, err := readBeside(l.opt.Files, s, kind.limit)
	switch {
	case errors.Is(err, errTooLarge):
		l.errAt(n, "file-too-large", fmt.Sprintf("the %s %q has more than %d KB", kind.what, s, kind.limit>>10), kind.why)
		return nil
	case errors.Is(err, errLink):
		l.errAt(n, "missing-file", fmt.Sprintf("the %s %q is a link to another place", kind.what, s),
			"put the file itself beside the instrument: what it leads to may be another file tomorrow")
		return nil
	case err != nil:
		l.errAt(n, "missing-file", fmt.Sprintf("the %s %q cannot be read", kind.what, s), "put it beside the instrument, or correct its name")
		return nil
	}
	if err := format.check(body); err != nil {
		message := fmt.Sprintf("the %s %q %v", kind.what, s, err)
		if !isDoubt(err) {
			l.errAt(n, "broken-file", message, hintOf(err, kind.save))
			return nil
		}
		l.warnAt(n, "broken-file", message, hintOf(err, kind.save))
	}
	l.assetBytes += len(body)
	if l.assetBytes > maxAssets {
		if l.assetBytes-len(body) <= maxAssets { // said once, at the first that is too much
			l.errAt(n, "file-too-large", fmt.Sprintf("with the %s %q the files beside the instrument have more than %d MB", kind.what, s, maxAssets>>20),
				"make recordings shorter or smaller: speech in mono at 48 kbit/s is clear")
		}
		return nil
	}
	digest := sha256.Sum256(body)
	return &Asset{Path: s, Type: format.media, Digest: hex.EncodeToString(digest[:]), Bytes: body}
}

var (
	errTooLarge = errors.New("too large")
	errLink     = errors.New("a link")
)

// readBeside reads a file of at most limit bytes; no more than that is ever in memory, whatever the file's size. A link is
// not followed: it could lead out of the folder.
func readBeside(files fs.FS, name string, limit int) ([]byte, error) {
	for at := 0; at >= 0; {
		part := name
		if i := strings.IndexByte(name[at:], '/'); i >= 0 {
			part, at = name[:at+i], at+i+1
		} else {
			at = -1
		}
		info, err := fs.Lstat(files, part)
		switch {
		case err != nil:
			return nil, err
		case info.Mode()&fs.ModeSymlink != 0:
			return nil, errLink
		case at < 0 && !info.Mode().IsRegular():
			return nil, errors.New("not a file")
		case at < 0 && info.Size() > int64(limit):
			return nil, errTooLarge
		}
	}
	f, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(f, int64(limit)+1))
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	if len(body) > limit {
		return nil, errTooLarge
	}
	return body, nil
}

// contentError is what is wrong with the content of a file, and what would be right. With doubt the file is of the right kind, and
// may be less than its author thinks.
type contentError struct {
	wrong, right string
	doubt        bool
}

func (e *contentError) Error() string { return e.wrong }

func isDoubt(err error) bool {
	var content *contentError
	return errors.As(err, &content) && content.doubt
}

func hintOf(err error, otherwise string) string {
	var content *contentError
	if errors.As(err, &content) && content.right != "" {
		return content.right
	}
	return otherwise
}

// Extension is how an address of the asset ends, such as ".svg": one for each media type.
func (a *Asset) Extension() string { return ExtensionOf(a.Type) }

// ExtensionOf is the ending of a media type's files, such as ".mp3"; empty for one that no instrument has.
func ExtensionOf(media string) string {
	for _, kind := range []*assetKind{&pictureKind, &audioKind} {
		for _, t := range kind.types {
			if t.media == media {
				return t.endings[0]
			}
		}
	}
	return ""
}

// assetList gives the files that were read, by path.
func (l *loader) assetList() []*Asset {
	var list []*Asset
	for _, a := range l.assets {
		if a != nil {
			list = append(list, a)
		}
	}
	slices.SortFunc(list, func(a, b *Asset) int { return strings.Compare(a.Path, b.Path) })
	return list
}
