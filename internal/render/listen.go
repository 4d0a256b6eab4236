package render

import (
	"surveyd/internal/instrument"
)

// listens says whether an item can be listened to: everything where all who are asked learn to read or it is shown as to early readers, elsewhere what somebody
// has recorded.
func (b *surveyBuilder) listens(item *instrument.Item) bool {
	return b.early || b.in.Audience.LearnsToRead() || item.Audio[b.lang] != nil
}

// recording is the address of an item's text as a person reads it; empty when nobody has recorded it.
func (b *surveyBuilder) recording(item *instrument.Item) string {
	if clip := item.Audio[b.lang]; clip != nil {
		return MediaPath(clip)
	}
	return ""
}
