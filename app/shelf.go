package app

import (
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"longhand/library"
	"longhand/library/search"
	"longhand/library/site"
)

// shelf is the library as the window knows it. It is replaced as a whole when
// the folder is read again; a save changes the one article. Lists are copied, not
// changed, for others may be reading them; byPath belongs to the main thread.
type shelf struct {
	articles []library.Loaded // newest first
	byPath   map[string]*library.Article
	site     *site.Site // nil until the library is read
	problems []*library.Problem
}

// reading is the state of reading the folder: one at a time, again when
// something was saved meanwhile.
type reading struct{ busy, again bool }

// filled reports whether the library has been read.
func (s *shelf) filled() bool { return s.site != nil }

// reload reads the library in the background and shows it.
func (w *window) reload() {
	if w.lib == nil {
		w.sidebar.show(nil, "No library", "")
		return
	}
	if w.reading.busy {
		w.reading.again = true
		return
	}
	w.reading.busy = true
	if !w.shelf.filled() {
		w.sidebar.show(nil, "Reading the library…", "")
	}
	lib, ctx, first, index := w.lib, w.ctx, !w.shelf.filled(), w.index
	go func() {
		if index == nil {
			index = w.openIndex(lib)
		}
		articles, problems, err := lib.Load(ctx)
		if err != nil {
			return // the window is closing
		}
		if first {
			lib.Sweep(articles)
		}
		bodies := make(map[string]string, len(articles))
		fresh := shelf{articles: articles, byPath: make(map[string]*library.Article, len(articles)), problems: problems}
		for i, a := range articles {
			fresh.byPath[a.Path] = a.Article
			bodies[a.Path] = a.Body
			articles[i].Body = "" // the index has the texts from here on
		}
		var more []*library.Problem
		fresh.site, more = site.New(lib, articles)
		fresh.problems = append(fresh.problems, more...)
		w.do(func() { w.loaded(fresh) })
		err = w.sync(lib, index, fresh, bodies)
		w.do(func() { w.synced(err) })
	}()
}

// loaded shows the library that was read. The index follows.
func (w *window) loaded(fresh shelf) {
	first, told := !w.shelf.filled(), summary(w.shelf.problems)
	if w.reading.again && !first {
		return // what is shown is newer
	}
	w.shelf = fresh
	w.find()
	w.redraw()
	if now := summary(fresh.problems); now != "" && now != told {
		w.tellProblems()
	}
	if first {
		w.tellRescued()
	}
}

// summary is equal for the same problems.
func summary(problems []*library.Problem) string {
	var b strings.Builder
	for _, p := range problems {
		b.WriteString(p.Error() + "\n")
	}
	return b.String()
}

// tellProblems says in the status bar that some files are not well.
func (w *window) tellProblems() {
	problems := w.shelf.problems
	w.status.tell(count(len(problems), "file")+" of the library could not be read whole", "Show", func() {
		w.showProblems(problems)
	})
}

// update takes a saved article into the list and the index.
func (w *window) update(rel string, a *library.Article, body string) {
	if w.reading.busy {
		w.reading.again = true
	}
	if !w.shelf.filled() || !library.IsListed(rel) {
		return
	}
	fresh := library.Loaded{Article: a}
	articles := make([]library.Loaded, 0, len(w.shelf.articles)+1)
	for _, other := range w.shelf.articles {
		if other.Path != rel {
			articles = append(articles, other)
		}
	}
	at, _ := slices.BinarySearchFunc(articles, fresh, func(x, y library.Loaded) int { return library.Newer(x.Article, y.Article) })
	w.shelf.articles = slices.Insert(articles, at, fresh)
	w.shelf.byPath[rel] = a
	w.shelf.site = w.shelf.site.With(w.shelf.articles)
	w.putInIndex(search.EntryOf(a, body, w.shelf.site.Authors()))
	w.find()
}

// showList shows the posts of an author, or all articles.
func (w *window) showList() {
	if w.by != "" {
		w.showPostsBy(w.by)
		return
	}
	entries := make([]entry, len(w.shelf.articles))
	for i, a := range w.shelf.articles {
		entries[i] = entry{Article: a.Article}
	}
	caption := "All articles, newest first"
	if len(entries) == 0 {
		caption = "No articles yet"
	}
	w.sidebar.show(entries, caption, itoa(len(entries)))
}

// showEverything goes back to the whole list.
func (w *window) showEverything() {
	w.by = ""
	w.sidebar.box.SetText("")
	w.find()
}

// focusSearch leads the keyboard to the search box, its text selected.
func (w *window) focusSearch() {
	if w.panes.hideLibrary {
		w.toggleLibrary()
	}
	if !w.sidebar.Visible() {
		w.panes.bring(w.panes.library)
	}
	w.win.Canvas().Focus(w.sidebar.box)
	w.sidebar.box.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// enterFound opens what is chosen in the list, else the first, and goes there;
// when the results are still to come, then.
func (w *window) enterFound() {
	if w.finding.enter = w.finding.cancel != nil; w.finding.enter {
		return
	}
	if len(w.sidebar.entries) == 0 {
		return
	}
	if w.doc == nil {
		w.win.Canvas().Unfocus() // there is no text yet to lead the keyboard to
	} else {
		w.focusEditor()
	}
	w.openFound(w.sidebar.entries[max(w.sidebar.index(), 0)].Path, true)
}

// leaveSearch empties the search box and goes back to writing.
func (w *window) leaveSearch() {
	if w.sidebar.box.Text != "" || w.by != "" {
		w.showEverything()
	}
	if w.doc != nil {
		w.focusEditor()
	}
}

// relative is the path of a file in the library; its name for one outside.
func (w *window) relative(file string) (rel string, inside bool) {
	if w.lib != nil {
		if rel, ok := w.lib.Rel(file); ok {
			return rel, true
		}
	}
	return filepath.Base(file), false
}
