package app

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"longhand/editor/markdown"
	"longhand/library"
)

const (
	recentArticles = 50 // kept for a library
	recentCommands = 20
	// readingPause is how often one looks whether the library has been read.
	readingPause = 200 * time.Millisecond
)

// openPalette lays a palette over the window, in place of another. It does not
// come above a dialog. Asked for again it goes.
func (w *window) openPalette(hint, query string, source func(p *palette) func(string) (*listing, string)) {
	c := w.win.Canvas()
	if old := w.palette; old != nil && c.Overlays().Top() == fyne.CanvasObject(old) {
		old.close()
		if old.box.PlaceHolder == hint && query == "" {
			return
		}
	}
	if c.Overlays().Top() != nil {
		return
	}
	if k, ok := c.Focused().(desktop.Keyable); ok { // which will not see Shift go up
		k.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
		k.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftRight})
	}
	p := newPalette(hint, w.theme, w.letters, w.colours)
	p.do = w.do
	p.above = func() float32 { return w.win.Content().Position().Y }
	p.source = source(p)
	p.closed = func() {
		if w.palette == p {
			w.palette = nil
			c.Overlays().Remove(p) // the keyboard is where it was below it
			if c.Focused() != nil {
				w.followPanes() // the window may have become smaller
			}
		}
	}
	w.palette = p
	c.Overlays().Add(p)
	c.Focus(p.box)
	if query != "" {
		p.box.SetText(query)
		p.box.CursorColumn = len([]rune(query))
	} else {
		p.look()
	}
}

// commandPalette offers all commands of the table, those used last first.
func (w *window) commandPalette() {
	list := commands()
	rank := func(c command) int {
		if i := slices.Index(w.session.Commands, c.id()); i >= 0 {
			return i
		}
		return recentCommands
	}
	slices.SortStableFunc(list, func(a, b command) int { return rank(a) - rank(b) })
	items := make([]item, len(list))
	for i, c := range list {
		items[i] = item{text: c.title, side: c.menu, end: c.keyText(), on: c.on != nil && c.on(w)}
	}
	l := &listing{n: len(list), item: func(i int) item { return items[i] }}
	l.choose = func(i int) {
		w.session.Commands = recent(w.session.Commands, list[i].id(), recentCommands)
		w.menuItem(list[i]).Action()
	}
	w.openPalette("Run a command", "", func(*palette) func(string) (*listing, string) {
		return func(query string) (*listing, string) { return l, query }
	})
}

// id names a command in the session.
func (c command) id() string { return c.menu + "/" + c.title }

// quickOpen offers all articles, those opened last first, and after # the
// headings of the open one.
func (w *window) quickOpen() { w.quick("") }

// goToHeading offers the headings of the open article.
func (w *window) goToHeading() {
	if w.doc != nil && w.showsEditor() {
		w.quick("#")
	}
}

func (w *window) quick(query string) {
	w.openPalette("Open an article, or # for a heading", query, func(p *palette) func(string) (*listing, string) {
		var articles, headings *listing
		var of []*library.Article // what articles lists
		var asked, reading bool
		return func(query string) (*listing, string) {
			if rest, ok := strings.CutPrefix(query, "#"); ok {
				if !asked {
					asked = true
					w.headings(func(l *listing) {
						headings = l
						if w.palette == p {
							p.ask()
						}
					})
				}
				return headings, strings.TrimLeft(rest, "#")
			}
			if now := w.shelf.articles; articles == nil || len(now) != len(of) || len(now) > 0 && &now[0] != &of[0] {
				articles, of = w.articleListing(), now
			}
			if !w.shelf.filled() && w.lib != nil && !reading {
				reading = true
				time.AfterFunc(readingPause, func() {
					w.do(func() {
						reading = false
						if w.palette == p {
							p.ask()
						}
					})
				})
			}
			return articles, query
		}
	})
}

// articleListing lists the articles of the library: those opened last, the open
// one after them, for one wants another, then the newest.
func (w *window) articleListing() *listing {
	all := w.shelf.articles
	l := &listing{n: len(all), none: "No articles yet"}
	switch {
	case w.lib == nil:
		l.none = "No library"
	case !w.shelf.filled():
		l.none = "Reading the library…"
	}
	order := byRecent(all, w.session.Recent[w.key()], w.openPath())
	l.item = func(i int) item { return articleItem(all[order[i]]) }
	l.choose = func(i int) {
		w.focusEditor()
		w.open(w.lib.File(all[order[i]].Path))
	}
	return l
}

func articleItem(a *library.Article) item {
	it := item{text: a.Title, side: strings.Join(a.Tags, ", ")}
	if strings.TrimSpace(it.text) == "" {
		it.text = a.Path
	}
	if !a.Date.IsZero() {
		it.end = shortDate(a.Date)
	}
	return it
}

// openPath is the path of the open article in the library; empty for none.
func (w *window) openPath() string {
	if w.doc == nil {
		return ""
	}
	return pathOf(w.doc.rel, w.doc.inside)
}

// byRecent returns the articles' indexes: first those opened last, but the open
// one behind the others of them, then the rest in order.
func byRecent(all []*library.Article, recent []string, open string) []int32 {
	at := make(map[string]int32, len(recent))
	for _, path := range recent {
		at[path] = -1
	}
	rest := make([]int32, 0, len(all))
	for i, a := range all {
		if _, ok := at[a.Path]; ok {
			at[a.Path] = int32(i)
		} else {
			rest = append(rest, int32(i))
		}
	}
	order := make([]int32, 0, len(all))
	last := int32(-1)
	for _, path := range recent {
		switch i := at[path]; {
		case i < 0: // it is gone
		case path == open:
			last = i
		default:
			order = append(order, i)
			at[path] = -1
		}
	}
	if last >= 0 {
		order = append(order, last)
	}
	return append(order, rest...)
}

// opened remembers that the writer went to an article.
func (w *window) opened(d *document) {
	if path := pathOf(d.rel, d.inside); path != "" {
		w.session.Recent[w.key()] = recent(w.session.Recent[w.key()], path, recentArticles)
	}
}

// headings lists the headings of the open article. They are found in the
// background.
func (w *window) headings(then func(*listing)) {
	if w.doc == nil || !w.showsEditor() {
		then(&listing{none: "No article is open"})
		return
	}
	d, index := w.doc, w.editor.Index()
	go func() {
		found, err := index.Headings(w.ctx)
		if err != nil {
			return // the window is closing
		}
		w.do(func() { then(w.headingListing(d, found)) })
	}()
}

func (w *window) headingListing(d *document, found []markdown.Heading) *listing {
	l := &listing{n: len(found), none: "This article has no headings"}
	top := 6
	for _, h := range found {
		top = min(top, h.Level)
	}
	l.item = func(i int) item { return item{text: found[i].Text, indent: found[i].Level - top} }
	l.choose = func(i int) {
		if w.doc == d {
			w.showText()
			w.focusEditor()
			w.editor.GoTo(found[i].Offset)
		}
	}
	return l
}
