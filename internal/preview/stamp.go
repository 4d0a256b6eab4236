package preview

import (
	"os"
	"time"
)

// stamp tells one state of a file from another without reading it. The zero value is a file that is not there.
type stamp struct {
	size int64
	at   time.Time
	mode os.FileMode
}

func stampOf(path string) stamp {
	info, err := os.Stat(path)
	if err != nil {
		return stamp{}
	}
	return stamp{size: info.Size(), at: info.ModTime(), mode: info.Mode()}
}

// stamps are the states of every file that a reading rested on, by absolute path.
type stamps map[string]stamp

// stale says whether any of the files is in another state now, or is said to have changed.
func (s stamps) stale(changed map[string]bool) bool {
	for path, before := range s {
		if changed[path] || stampOf(path) != before {
			return true
		}
	}
	return false
}
