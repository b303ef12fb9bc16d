package app

import (
	"context"
	"io/fs"
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
	rel   string   // the article
	paths []string // all articles of it
	open  bool     // it was the open one
}

// duplicate copies an article of the library and opens the copy.
func (w *window) duplicate(rel string) {
	lib := w.lib
	w.alone(w.savedFirst(func(path string) bool { return path == rel }), func() {
		w.shell.saves.Go(func() {
			to, err := manage.Duplicate(w.ctx, lib, rel, time.Now())
			var a *library.Article
			caret := 0
			if err == nil {
				read, doc := library.Read(lib.File(to), to)
				a, caret = read, beginning(doc, read.Body)
			}
			w.do(func() {
				w.over(err)
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
			if d.inside && concerned(d.rel) && d.dirty && d.failed == nil && !d.waits() {
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
		var open []*document
		for _, d := range w.documents() {
			if !d.inside || !concerned(d.rel) {
				continue
			}
			if d.dirty {
				err := &library.Problem{Path: d.file, Message: "not moved to the trash: its last words are not saved", Remedy: "save it first", Err: d.failed}
				w.over(err)
				w.fail(err)
				return
			}
			open = append(open, d)
		}
		bin, file := trash.New(w.cfg.Trash), w.lib.File(extent)
		w.shell.saves.Go(func() {
			item, err := bin.Put(file, time.Now())
			if err == nil {
				for _, d := range open {
					d.landed.Store(&landing{file: inTrash(item, d.file), trashed: true})
				}
			}
			w.do(func() {
				if err != nil {
					w.over(err)
					w.fail(err)
					return
				}
				t.item = item
				w.writeLate(w.thrown(t, concerned), func(kept []string, err error) {
					w.over(err)
					text := "“" + t.title + "” is in the trash"
					switch {
					case err != nil:
						w.fail(err)
					case len(kept) > 0:
						text += "; its last words are kept in " + short(kept[0])
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
	})
}

// inTrash is where a file lies that went to the trash with an item.
func inTrash(item *trash.Item, file string) string {
	rel, err := filepath.Rel(item.From, file)
	if err != nil || !filepath.IsLocal(rel) {
		return item.In
	}
	return filepath.Join(item.In, rel)
}

// writeLate writes words that came while their articles went to the trash into the
// files there, or else into the state folder: then is called with the names of those.
// What can be written nowhere stays an unsaved text, and the error names it.
func (w *window) writeLate(docs []*document, then func(kept []string, err error)) {
	if len(docs) == 0 {
		then(nil, nil)
		return
	}
	w.shell.saves.Go(func() {
		var kept []string
		var failed error
		lost := map[*document]error{}
		for _, d := range docs {
			file, data := d.landed.Load().file, d.text.Bytes() // nobody edits it any more
			if _, err := library.Save(file, data, d.disk); err == nil {
				d.discardLog() // the words lie in a file
				continue
			}
			name, err := w.keepAside(d.file, data)
			if err == nil {
				kept = append(kept, name)
				d.discardLog()
			} else {
				lost[d], failed = err, err
			}
		}
		w.do(func() {
			for _, d := range docs {
				if err := lost[d]; err != nil {
					d.failed, w.docs[d.file] = err, d
				}
			}
			then(kept, failed)
		})
	})
}

// thrown takes note that articles are gone, and returns those with words that are in
// no file yet. The next one of the list is opened in the place of one that was open;
// the keyboard is then in the list, lest one writes on in the wrong text.
func (w *window) thrown(t *trashed, gone func(path string) bool) (late []*document) {
	w.moving.trashed = append(w.moving.trashed, t)
	next := w.beside(gone)
	dropped := false
	if what := w.opening.what; what != nil {
		if rel, ok := w.lib.Within(what.file); ok && gone(rel) {
			dropped = true
			w.opening.next()
		}
	}
	for _, d := range w.documents() {
		if !d.inside || !gone(d.rel) {
			continue
		}
		if d.timer != nil {
			d.timer.Stop()
		}
		if d.dirty {
			late = append(late, d)
		} else {
			d.release()
		}
		delete(w.docs, d.file)
		if d != w.doc {
			continue
		}
		t.open = true
		w.carets[d.file] = w.editor.Caret()
		w.doc = nil
		if w.session.Open[w.key()].File == d.file {
			delete(w.session.Open, w.key())
		}
	}
	w.session.Recent[w.key()] = slices.DeleteFunc(slices.Clone(w.session.Recent[w.key()]), gone)
	w.reshelve(nil, t.paths, watch.Changes{Paths: t.paths})
	switch {
	case !t.open && !dropped:
		return late
	case w.doc != nil:
		w.sidebar.choose(pathOf(w.doc.rel, w.doc.inside))
		return late
	}
	c := w.win.Canvas()
	if focused := c.Focused(); focused == fyne.Focusable(w.editor) || w.isPage(focused) {
		if w.sidebar.Visible() && next != "" {
			c.Focus(w.sidebar.list)
		} else {
			c.Unfocus()
		}
	}
	switch {
	case w.opening.what != nil: // another is on its way
	case next != "":
		w.openAt(w.lib.File(next), lastCaret, false)
	default:
		w.sidebar.choose("")
		w.closeText()
	}
	return late
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
		for _, d := range w.documents() {
			if d.inside && slices.Contains(t.paths, d.rel) {
				err := &library.Problem{Path: d.file, Message: "not brought back: a text of this name is open", Remedy: "save and rename it, then try again", Err: fs.ErrExist}
				w.over(err)
				w.fail(err)
				return
			}
		}
		w.shell.saves.Go(func() {
			err := t.item.Restore()
			var back []*library.Article
			if err == nil {
				for _, rel := range t.paths {
					a, _ := library.Read(lib.File(rel), rel)
					back = append(back, a)
				}
			}
			w.do(func() {
				w.over(err)
				if err != nil {
					w.fail(err)
					return
				}
				w.moving.trashed = slices.DeleteFunc(w.moving.trashed, func(other *trashed) bool { return other == t })
				w.reshelve(back, nil, watch.Changes{Paths: t.paths})
				said := func() { w.status.tell("“"+t.title+"” is back", "", nil) }
				if t.open {
					w.openThen(filepath.FromSlash(lib.File(t.rel)), lastCaret, false, said)
				}
				said()
			})
		})
	})
}
