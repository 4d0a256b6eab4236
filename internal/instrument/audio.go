package instrument

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"surveyd/internal/diag"
)

// maxAudio is the largest recording of one question, in bytes: half a minute of clear speech has a third of it.
const maxAudio = 512 << 10

var audioKind = assetKind{
	what: "recording", Code: "unknown-recording", limit: maxAudio, why: "make it shorter or smaller: speech in mono at 48 kbit/s is clear",
	types: []assetType{
		{endings: []string{".mp3"}, media: "audio/mpeg", check: holds("an MP3")},
		{endings: []string{".m4a"}, media: "audio/mp4", check: holds("an M4A")},
		{endings: []string{".ogg", ".opus"}, media: "audio/ogg", check: holds("an Ogg")},
	},
	save: "save it as .mp3 or .m4a, which every browser plays, or as .ogg or .opus", none: "neither MP3, M4A nor Ogg",
}

// readAudio reads the recordings of an item's text, one for each language.
func (l *loader) readAudio(d *draft, it *itemDraft, what string) {
	n := it.m.value("audio")
	if n == nil {
		return
	}
	of := "the audio of " + what
	if n.Kind != yaml.MappingNode {
		l.errAt(n, "text-without-language", of+" does not say which language it is in", `write it once for each language: {en: q1.en.mp3, es: q1.es.mp3}`)
		return
	}
	clips := map[Lang]*Asset{}
	said := map[Lang]bool{}
	for _, p := range l.mapping(n, of).pairs {
		lang := Lang(p.key.Value)
		said[lang] = true
		if len(d.in.Languages) > 0 && !slices.Contains(d.in.Languages, lang) {
			names := make([]string, len(d.in.Languages))
			for i, known := range d.in.Languages {
				names[i] = string(known)
			}
			l.errAt(p.key, "unknown-language", fmt.Sprintf("%s has a recording in %q, which is not among the languages", what, lang),
				diag.DidYouMean(p.key.Value, names, "add it to languages, or take the recording away"))
			continue
		}
		if isNull(p.value) {
			said[lang] = false
			continue
		}
		if s, ok := l.word(p.value, of+" in "+p.key.Value); ok {
			if clip := l.asset(p.value, s, &audioKind); clip != nil {
				clips[lang] = clip
			}
		}
	}
	var missing []string
	for _, lang := range d.in.Languages {
		if !said[lang] {
			missing = append(missing, string(lang))
		}
	}
	if len(missing) > 0 {
		l.errAt(it.m.key("audio"), "missing-recording", fmt.Sprintf("%s has no recording in %s", what, strings.Join(missing, ", ")),
			"record it too, or take audio away: one language would have a voice and the other none")
	}
	if len(clips) > 0 {
		it.Audio = clips
	}
}

// holds makes the check that a file is of a format by what is in it.
func holds(format string) func([]byte) error {
	return func(b []byte) error {
		switch got := soundFormat(b); got {
		case format:
			if format == "an MP3" && !isSound(afterTitle(b)) {
				return &contentError{wrong: "has a title, and behind it no sound that could be found", right: "listen to it, and save it anew if there is nothing to hear", doubt: true}
			}
			return nil
		case "":
			return &contentError{wrong: "holds no sound that a browser plays, whatever its name says"}
		default:
			return &contentError{wrong: fmt.Sprintf("is %s file inside, not %s file", got, format), right: "convert it, or correct its name: a new ending alone changes nothing"}
		}
	}
}

// soundFormat recognizes a recording by its first bytes; empty when it is none that anybody records with.
func soundFormat(b []byte) string {
	switch {
	case isMP3(b):
		return "an MP3"
	case isM4A(b):
		return "an M4A"
	case isOgg(b):
		return "an Ogg"
	case len(b) > 12 && bytes.HasPrefix(b, []byte("RIFF")) && bytes.Equal(b[8:12], []byte("WAVE")):
		return "a WAV"
	case bytes.HasPrefix(b, []byte("\x1a\x45\xdf\xa3")):
		return "a WebM"
	case bytes.HasPrefix(b, []byte("fLaC")):
		return "a FLAC"
	case len(b) > 12 && bytes.Equal(b[4:8], []byte("ftyp")):
		return "a video or another MP4"
	}
	return ""
}

// isMP3 says whether a file begins as an MP3 does: with a title or with sound.
func isMP3(b []byte) bool { return hasTitle(b) || isSound(b) }

// hasTitle looks for the header of an ID3v2 tag (id3.org, ID3v2.3.0, 3.1), which nothing but an MP3 begins with.
func hasTitle(b []byte) bool { return len(b) >= 10 && bytes.HasPrefix(b, []byte("ID3")) }

// afterTitle is what stands behind the ID3v2 tag, if there is one.
func afterTitle(b []byte) []byte {
	if !hasTitle(b) {
		return b
	}
	size := int(b[6]&0x7f)<<21 | int(b[7]&0x7f)<<14 | int(b[8]&0x7f)<<7 | int(b[9]&0x7f)
	return bytes.TrimLeft(b[min(10+size, len(b)):], "\x00")
}

// isSound looks for the header of a frame of MPEG layer III (ISO/IEC 11172-3, 2.4.1.3).
func isSound(b []byte) bool {
	if len(b) < 4 || b[0] != 0xff || b[1]&0xe0 != 0xe0 {
		return false
	}
	version, layer := b[1]>>3&3, b[1]>>1&3
	bitrate, rate := b[2]>>4, b[2]>>2&3
	return version != 1 && layer == 1 && bitrate != 15 && bitrate != 0 && rate != 3
}

// isM4A looks for an MP4 file (ISO/IEC 14496-12, 4.3) with a track of sound and none of pictures.
func isM4A(b []byte) bool {
	return len(b) > 12 && bytes.Equal(b[4:8], []byte("ftyp")) && bytes.Contains(b, []byte("soun")) && !bytes.Contains(b, []byte("vide"))
}

// isOgg looks for the first page of an Ogg stream (RFC 3533, 6) that begins Opus (RFC 7845, 5.1) or Vorbis.
func isOgg(b []byte) bool {
	if len(b) < 36 || !bytes.HasPrefix(b, []byte("OggS")) {
		return false
	}
	body := b[min(len(b), 27+int(b[26])):]
	return bytes.HasPrefix(body, []byte("OpusHead")) || bytes.HasPrefix(body, []byte("\x01vorbis"))
}
