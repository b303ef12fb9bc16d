package app

import (
	"errors"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"longhand/library"
)

// knownLibrary is a library that was opened once.
type knownLibrary struct {
	Dir  string `json:"dir"`            // absolute
	Name string `json:"name,omitempty"` // that it gives itself in site.toml
}

// recentLibraries is how many are remembered.
const recentLibraries = 30

// name is how a library is called: by itself, else by its folder. A folder whose
// name says little is told with the one around it.
func (k knownLibrary) name() string {
	base := filepath.Base(k.Dir)
	switch {
	case k.Name != "":
		return k.Name
	case slices.Contains([]string{"library", "content", "posts", "_posts", "blog", "src", "docs"}, base):
		return filepath.Join(filepath.Base(filepath.Dir(k.Dir)), base)
	}
	return base
}

// nameLibrary remembers the library that is open, as the one used last, and shows
// its name where the writer has others too.
func (w *window) nameLibrary() {
	if w.lib == nil {
		return
	}
	now := knownLibrary{Dir: w.key()}
	others := make([]knownLibrary, 0, len(w.session.Libraries)+1)
	for _, k := range w.session.Libraries {
		if k.Dir == now.Dir {
			now.Name = k.Name
		} else {
			others = append(others, k)
		}
	}
	if w.shelf.filled() {
		now.Name = w.shelf.site.Title
	}
	if len(w.session.Libraries) > 0 && w.session.Libraries[0] == now && w.named {
		return
	}
	w.named = true
	all := slices.Insert(others, 0, now)
	w.session.Libraries = all[:min(len(all), recentLibraries)]
	hint := "Search articles"
	if len(others) > 0 {
		hint = elide("Search "+now.name(), titleSize, false, minPane)
	}
	w.sidebar.box.SetPlaceHolder(hint)
	w.setTitle(w.titled)
}

// setTitle names the article that is open, "" for none, in the title of the
// window, and the library where there are several.
func (w *window) setTitle(article string) {
	w.titled = article
	title := "Longhand"
	if len(w.session.Libraries) > 1 && w.lib != nil {
		title = w.session.Libraries[0].name() + " – " + title
	}
	if article != "" {
		title = article + " – " + title
	}
	w.win.SetTitle(title)
}

// openLibraryDialog asks for the folder of a library.
func (w *window) openLibraryDialog() {
	ask := dialog.NewFolderOpen(func(dir fyne.ListableURI, err error) {
		if err == nil && dir != nil {
			w.switchTo(dir.Path())
		}
	}, w.win)
	ask.Show()
	ask.Resize(fyne.NewSize(900, 600))
}

// switchLibrary offers the libraries opened last. The first is the one before this
// one, which itself comes last.
func (w *window) switchLibrary() {
	list := slices.Clone(w.session.Libraries)
	open := -1
	if w.lib != nil && len(list) > 0 {
		list = append(list[1:], list[0])
		open = len(list) - 1
	}
	l := &listing{n: len(list) + 1}
	l.item = func(i int) item {
		if i == len(list) {
			return item{text: "Another folder…"}
		}
		return item{text: list[i].name(), side: short(list[i].Dir), on: i == open}
	}
	l.choose = func(i int) {
		if i == len(list) {
			w.openLibraryDialog()
			return
		}
		w.switchTo(list[i].Dir)
	}
	w.openPalette("Switch to a library", "", func(*palette) func(string) (*listing, string) {
		return func(query string) (*listing, string) { return l, query }
	})
}

// switchTo opens the library of a folder in place of this one, which stays if that
// cannot be.
func (w *window) switchTo(dir string) {
	go func() {
		lib, err := library.Open(dir)
		w.do(func() {
			var p *library.Problem
			switch {
			case errors.As(err, &p):
				told := *p
				told.Remedy = "choose another folder; nothing was closed"
				w.fail(&told)
			case err != nil:
				w.fail(err)
			case w.lib != nil && lib.Dir() == w.lib.Dir():
				w.status.tell("This library is open already", "", nil)
			default:
				w.saveAndSwitch(lib)
			}
		})
	}()
}

// saveAndSwitch saves what is open and then turns to the library. What cannot be
// saved, or waits for the writer to decide, is kept open there.
func (w *window) saveAndSwitch(lib *library.Library) {
	if w.settled != nil || w.holdsPanel() {
		return // the window is closing, or turning to another library
	}
	w.remember()
	for _, d := range w.documents() {
		if !d.waits() {
			w.saveDoc(d)
		}
	}
	w.whenSettled(func() {
		for _, d := range w.documents() {
			if d.dirty && d.failed == nil && !d.waits() { // a letter came while its text was being saved
				w.saveAndSwitch(lib)
				return
			}
		}
		w.turnTo(lib)
	})
}

// turnTo shows another library. No save is under way.
func (w *window) turnTo(lib *library.Library) {
	w.remember()
	var kept []*document
	for _, d := range w.documents() {
		if d.dirty {
			kept = append(kept, d)
		} else {
			d.release()
		}
		if d.timer != nil {
			d.timer.Stop()
		}
	}
	cfg, s := w.cfg, w.session.clone()
	cfg.Library, s.Library = lib.Dir(), lib.Dir()
	w.retire()
	next := w.shell.show(cfg, w.settings, s, lib)
	cfg.meeting.follow(w.shell.ctx, lib.Dir())
	next.carets, next.reduced = w.carets, w.reduced
	for _, d := range kept {
		d.rel, d.inside = next.relative(d.file)
		next.docs[d.file] = d
		d.log.Moved(next.journalAbout(d))
		if d.failed != nil && !d.waits() {
			next.retryLater(d) // what was planned belonged to this window
		}
	}
	next.showState()
	if _, ok := s.Open[next.key()]; ok {
		next.openLast()
	} else {
		next.focusSearch()
	}
	next.keepSession()
}

// retire ends all work for this library and takes what lies over the window away.
// What goroutines still hand over is dropped; the index closes itself.
func (w *window) retire() {
	w.main.drop()
	w.cancel()
	w.editor.Stop()
	w.preview.Stop()
	c := w.win.Canvas()
	c.Unfocus()
	for top := c.Overlays().Top(); top != nil; top = c.Overlays().Top() {
		c.Overlays().Remove(top)
	}
}
