package instrument

// Asset is a file beside an instrument: a picture or a recording.
type Asset struct {
	Path   string // relative to the instrument, with slashes
	Type   string // media type, e.g. "image/svg+xml" or "audio/mpeg"
	Digest string // hex SHA-256 of Bytes
	Bytes  []byte
}
