package preview

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	// settle is how long files must be quiet before they are read: editors save in several steps.
	settle = 25 * time.Millisecond
	// longestSettle bounds that while something writes without pause.
	longestSettle = 150 * time.Millisecond
	// lookAround is how often files are looked at without being told: a network drive or a container's mount tells nothing.
	lookAround = 1500 * time.Millisecond
)

// watch reads again what has changed until ctx ends. Errors: the system gives no watcher.
func (w *Workbench) watch(ctx context.Context) error {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch %s: %w", w.root.given, err)
	}
	defer watcher.Close()
	w.follow(watcher)
	w.shelf.refresh(nil) // what changed before the folders were watched

	changed := map[string]bool{}
	quiet, late, around := stopped(), stopped(), time.NewTicker(lookAround)
	defer around.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case event, open := <-watcher.Events:
			if !open {
				return nil
			}
			if event.Op == fsnotify.Chmod {
				continue // an indexer or a backup has touched it
			}
			if len(changed) == 0 {
				late.Reset(longestSettle)
			}
			changed[filepath.Clean(event.Name)] = true
			quiet.Reset(settle)
			continue
		case <-watcher.Errors: // events were lost: every file is looked at
		case <-quiet.C:
		case <-late.C:
		case <-around.C:
		}
		quiet.Stop()
		late.Stop()
		w.shelf.refresh(changed)
		clear(changed)
		w.follow(watcher)
	}
}

func stopped() *time.Timer {
	timer := time.NewTimer(time.Hour)
	timer.Stop()
	return timer
}

// follow watches the folders that matter now. Folders are watched rather than files: an editor that saves by renaming
// leaves a watched file behind, and a file that is not there cannot be watched.
func (w *Workbench) follow(watcher *fsnotify.Watcher) {
	wanted := w.folders()
	for _, folder := range watcher.WatchList() {
		if !wanted[folder] {
			_ = watcher.Remove(folder) // it may be gone, which is why it is not wanted
		}
		delete(wanted, folder)
	}
	for folder := range wanted {
		_ = watcher.Add(folder) // what cannot be watched is looked at every lookAround
	}
}

// folders are those of the root and of every file that a reading rested on; of one that is not there, the nearest above it.
func (w *Workbench) folders() map[string]bool {
	found := map[string]bool{existing(w.root.dir): true}
	if w.root.isFolder() {
		found[existing(filepath.Dir(w.root.dir))] = true // the folder itself may go and come back
		_ = filepath.WalkDir(w.root.dir, func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return nil // gone meanwhile
			case !entry.IsDir():
			case strings.HasPrefix(entry.Name(), ".") && path != w.root.dir:
				return fs.SkipDir
			default:
				found[path] = true
			}
			return nil
		})
	}
	documents, _, _ := w.shelf.all()
	for _, d := range documents {
		for file := range d.rests {
			found[existing(filepath.Dir(file))] = true
		}
	}
	return found
}

// existing is the folder itself, or the nearest one above it that is there.
func existing(folder string) string {
	for {
		if info, err := os.Stat(folder); err == nil && info.IsDir() {
			return folder
		}
		above := filepath.Dir(folder)
		if above == folder {
			return folder
		}
		folder = above
	}
}
