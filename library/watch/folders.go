package watch

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/fsnotify/fsnotify"

	"longhand/library"
)

// authors is the folder that is watched besides those with articles.
const authors = "authors"

// slowness is how many times longer than a walk takes it is until the next one,
// where watching does not do.
const slowness = 50

// watch watches the folders, and no others.
func (w *Watcher) watch(f walked) {
	w.followed = true
	w.interval = min(max(f.took*slowness, w.least), w.most)
	if !w.able {
		w.poll = true
		return
	}
	want := map[string]bool{}
	for _, rel := range f.folders {
		want[rel] = true
	}
	if info, err := os.Stat(w.lib.File(authors)); err == nil && info.IsDir() {
		want[authors] = true
	}
	for rel := range w.folders {
		if !want[rel] {
			w.forget(rel)
		}
	}
	w.poll = false
	fresh := false
	for rel := range want {
		if !w.folders[rel] && w.begin(rel) {
			fresh = true
		}
	}
	for rel := range w.folders {
		if w.folders[rel] && w.remote(w.lib.File(rel)) {
			w.poll = true
			break
		}
	}
	if fresh {
		w.everything()
	}
}

// begin watches a folder, and reports whether it does.
func (w *Watcher) begin(rel string) bool {
	err := w.open()
	if err == nil {
		dir := w.lib.File(rel)
		if w.add != nil {
			err = w.add(dir)
		} else {
			err = w.notify.Add(dir)
		}
	}
	switch {
	case err == nil:
		w.folders[rel] = true
		return true
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission):
		// The folder above tells when that changes.
	default: // there are no more watches to be had, most likely
		w.poll = true
	}
	return false
}

// open makes what watches, if there is none.
func (w *Watcher) open() error {
	if w.notify != nil {
		return nil
	}
	n, err := fsnotify.NewWatcher()
	if err != nil {
		return err
	}
	w.notify, w.events, w.errors = n, n.Events, n.Errors
	return nil
}

// stop watches nothing any more.
func (w *Watcher) stop() {
	if w.notify != nil {
		w.notify.Close()
	}
	w.notify, w.events, w.errors = nil, nil, nil
	clear(w.folders)
}

// forget ends the watch of a folder and of those below it.
func (w *Watcher) forget(rel string) {
	for dir := range w.folders {
		if dir == rel || strings.HasPrefix(dir, rel+"/") {
			delete(w.folders, dir)
			if w.notify != nil {
				_ = w.notify.Remove(w.lib.File(dir)) // it may have ended by itself
			}
		}
	}
}

// event takes note of what may have changed.
func (w *Watcher) event(e fsnotify.Event) {
	rel, err := filepath.Rel(w.lib.Dir(), e.Name)
	if e.Name == "" || err != nil || !filepath.IsLocal(rel) {
		return
	}
	rel = filepath.ToSlash(rel)
	went := e.Has(fsnotify.Remove) || e.Has(fsnotify.Rename)
	switch {
	case w.folders[rel]:
		switch {
		case went && rel == ".":
			w.lost()
		case went:
			w.forget(rel)
			w.everything()
		case e.Op != fsnotify.Write: // which on Windows tells only that a file in it changed
			w.everything()
		}
	case e.Has(fsnotify.Create) && isFolder(e.Name):
		if rel == authors || library.IsWalked(rel) {
			w.everything()
		}
	case library.IsListed(rel), rel == "site.toml", path.Dir(rel) == authors && library.IsListed(path.Base(rel)):
		w.note(rel)
	}
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}
