package app

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"longhand/library"
	"longhand/library/manage"
	"longhand/library/trash"
	"longhand/library/watch"
)

// linksPatience is how long it may take to count the links to an article before it
// goes: in a large library it goes without.
const linksPatience = 250 * time.Millisecond

// trashed is what went to the trash and can be brought back.
type trashed struct {
	item  *trash.Item
	title string
	rel   string      // the article
	paths []string    // all articles of it
	open  bool        // it was the open one
	docs  []*document // with words that came too late to be saved
}

// duplicate copies an article of the library and opens the copy.
func (w *window) duplicate(rel string) {
	lib := w.lib
	w.alone(w.savedFirst(func(path string) bool { return path == rel }), func() {
		w.saves.Go(func() {
			to, err := manage.Duplicate(w.ctx, lib, rel, time.Now())
			var a *library.Article
			caret := 0
			if err == nil {
				read, doc := library.Read(lib.File(to), to)
				a, caret = read, beginning(doc, read.Body)
			}
			w.do(func() {
				w.over()
				if err != nil {
					w.fail(err)
					return
				}
				w.listInFull(a)
				w.reshelve([]*library.Article{a}, nil, watch.Changes{Paths: []string{to}})
				w.openThen(lib.File(to), caret, true, func() {
					w.status.tell("This is the copy, a draft: "+to, "Rename…", func() { w.rename(to) })
				})
			})
		})
	})
}

// savedFirst is for [window.alone]: it saves the open texts of some articles before.
func (w *window) savedFirst(concerned func(path string) bool) func() bool {
	return func() bool {
		ready := true
		for _, d := range w.documents() {
			if d.inside && concerned(d.rel) && d.dirty && d.failed == nil && !d.conflict {
				w.saveDoc(d)
				ready = false
			}
		}
		return ready
	}
}

// discard moves an article of the library to the trash, with its folder if it has one.
// It asks only where other articles lie in there.
func (w *window) discard(rel string) {
	if w.win.Canvas().Overlays().Top() != nil {
		return
	}
	lib, o := w.lib, w.options()
	go func() {
		extent, others, err := manage.Extent(w.ctx, lib, rel)
		links := 0
		if err == nil {
			ctx, cancel := context.WithTimeout(w.ctx, linksPatience)
			_, links, _ = manage.LinksTo(ctx, lib, rel, o)
			cancel()
		}
		w.do(func() {
			if err != nil {
				w.fail(err)
				return
			}
			t := &trashed{rel: rel, title: nameOf(rel), paths: append([]string{rel}, others...)}
			if a := w.shelf.byPath[rel]; a != nil {
				t.title = a.Title
			}
			if len(others) == 0 {
				w.throw(t, extent, links)
				return
			}
			w.ask("Other articles lie in this folder",
				"With “"+t.title+"” goes the folder "+extent+", and with it "+namesOf(others)+".",
				choice{"Keep all", func() {}},
				choice{"Move all to the trash", func() { w.throw(t, extent, links) }})
		})
	}()
}

// namesOf names up to three paths and says how many more there are.
func namesOf(paths []string) string {
	const most = 3
	text := strings.Join(paths[:min(len(paths), most)], ", ")
	if more := len(paths) - most; more > 0 {
		text += " and " + count(more, "other")
	}
	return text
}

// throw moves a file or folder to the trash, after what is open of it was saved.
func (w *window) throw(t *trashed, extent string, links int) {
	if w.shelf.filled() && w.shelf.byPath[t.rel] == nil {
		return // it was asked for twice
	}
	concerned := func(path string) bool { return slices.Contains(t.paths, path) }
	w.alone(w.savedFirst(concerned), func() {
		for _, d := range w.documents() {
			if d.inside && concerned(d.rel) && d.dirty {
				w.over()
				w.fail(&library.Problem{Path: d.file, Message: "not moved to the trash: its last words are not saved", Remedy: "save it first", Err: d.failed})
				return
			}
		}
		bin, file := trash.New(w.cfg.Trash), w.lib.File(extent)
		w.saves.Go(func() {
			item, err := bin.Put(file, time.Now())
			w.do(func() {
				if err == nil {
					t.item = item
					w.thrown(t, concerned)
				}
				w.over()
				if err != nil {
					w.fail(err)
					return
				}
				text := "“" + t.title + "” is in the trash"
				switch {
				case links == 1:
					text += "; 1 article links to it"
				case links > 1:
					text += "; " + count(links, "article") + " link to it"
				}
				w.status.tell(text, "Undo", func() { w.restore(t) })
				if item.Left != nil {
					w.showProblems([]*library.Problem{item.Left})
				}
			})
		})
	})
}

// thrown takes note that articles are gone. The next one of the list is opened in the
// place of one that was open; the keyboard is then in the list, lest one writes on in
// the wrong text.
func (w *window) thrown(t *trashed, gone func(path string) bool) {
	w.moving.trashed = append(w.moving.trashed, t)
	next := w.beside(gone)
	for _, d := range w.documents() {
		if !d.inside || !gone(d.rel) {
			continue
		}
		if d.timer != nil {
			d.timer.Stop()
		}
		if d.dirty {
			t.docs = append(t.docs, d)
		}
		delete(w.docs, d.file)
		if d != w.doc {
			continue
		}
		t.open = true
		w.carets[d.file] = w.editor.Caret()
		w.doc = nil
		w.opening.next()
		if w.session.Open[w.key()].File == d.file {
			delete(w.session.Open, w.key())
		}
	}
	w.session.Recent[w.key()] = slices.DeleteFunc(slices.Clone(w.session.Recent[w.key()]), gone)
	w.reshelve(nil, t.paths, watch.Changes{Paths: t.paths})
	if !t.open {
		return
	}
	c := w.win.Canvas()
	if focused := c.Focused(); focused == fyne.Focusable(w.editor) || w.isPage(focused) {
		if w.sidebar.Visible() && next != "" {
			c.Focus(w.sidebar.list)
		} else {
			c.Unfocus()
		}
	}
	if next != "" {
		w.openAt(w.lib.File(next), lastCaret, false)
		return
	}
	w.sidebar.choose("")
	w.closeText()
}

// beside is the path of the article that takes the place of the open one in the list
// when some are gone; "" for none.
func (w *window) beside(gone func(path string) bool) string {
	entries, at := w.sidebar.entries, max(w.sidebar.index(), 0)
	for i := at; i < entries.len(); i++ {
		if !gone(entries.at(i).Path) {
			return entries.at(i).Path
		}
	}
	for i := min(at, entries.len()) - 1; i >= 0; i-- {
		if !gone(entries.at(i).Path) {
			return entries.at(i).Path
		}
	}
	return ""
}

// bringBack brings back what went to the trash last.
func (w *window) bringBack() {
	if n := len(w.moving.trashed); n > 0 {
		w.restore(w.moving.trashed[n-1])
		return
	}
	w.status.tell("Nothing went to the trash since this library was opened", "", nil)
}

// restore brings something back from the trash.
func (w *window) restore(t *trashed) {
	if !slices.Contains(w.moving.trashed, t) {
		return // it is back
	}
	lib := w.lib
	w.alone(nil, func() {
		w.saves.Go(func() {
			err := t.item.Restore()
			var back []*library.Article
			if err == nil {
				for _, rel := range t.paths {
					a, _ := library.Read(lib.File(rel), rel)
					back = append(back, a)
				}
			}
			w.do(func() {
				w.over()
				if err != nil {
					w.fail(err)
					return
				}
				w.moving.trashed = slices.DeleteFunc(w.moving.trashed, func(other *trashed) bool { return other == t })
				w.reshelve(back, nil, watch.Changes{Paths: t.paths})
				for _, d := range t.docs {
					d.saving = false
					w.docs[d.file] = d
					w.saveDoc(d)
				}
				said := func() { w.status.tell("“"+t.title+"” is back", "", nil) }
				if t.open {
					w.openThen(filepath.FromSlash(lib.File(t.rel)), lastCaret, false, said)
				}
				said()
			})
		})
	})
}
