package app

import (
	"context"
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
	index    *search.Index
	site     *site.Site
	problems []*library.Problem
}

// reading is the state of reading the folder: one at a time, again when
// something was saved meanwhile.
type reading struct{ busy, again bool }

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
	if w.shelf.index == nil {
		w.sidebar.show(nil, "Reading the library…", "")
	}
	lib, ctx, first := w.lib, w.ctx, w.shelf.index == nil
	go func() {
		articles, problems, err := lib.Load(ctx)
		if err != nil {
			return // the window is closing
		}
		if first {
			lib.Sweep(articles)
		}
		fresh := shelf{articles: articles, byPath: map[string]*library.Article{}, index: search.New(), problems: problems}
		for _, a := range articles {
			fresh.byPath[a.Path] = a.Article
			fresh.index.Put(indexed(a))
		}
		var more []*library.Problem
		fresh.site, more = site.New(lib, articles)
		fresh.problems = append(fresh.problems, more...)
		w.do(func() { w.loaded(fresh) })
	}()
}

func (w *window) loaded(fresh shelf) {
	w.reading.busy = false
	if w.reading.again {
		w.reading.again = false
		w.reload()
		if w.shelf.index != nil {
			return // what is shown is newer
		}
	}
	first, told := w.shelf.index == nil, summary(w.shelf.problems)
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

func indexed(a library.Loaded) search.Entry {
	return search.Entry{Path: a.Path, Title: a.Title, Tags: a.Tags, Body: a.Body, Date: a.Date}
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
	if w.shelf.index == nil || !library.IsListed(rel) {
		return
	}
	fresh := library.Loaded{Article: a, Body: body}
	articles := make([]library.Loaded, 0, len(w.shelf.articles)+1)
	for _, other := range w.shelf.articles {
		if other.Path != rel {
			articles = append(articles, other)
		}
	}
	at, _ := slices.BinarySearchFunc(articles, fresh, func(x, y library.Loaded) int { return library.Newer(x.Article, y.Article) })
	w.shelf.articles = slices.Insert(articles, at, fresh)
	w.shelf.byPath[rel] = a
	index := w.shelf.index
	go func() { // the text of a long article takes a while to fold
		index.Put(indexed(fresh))
		w.do(w.find)
	}()
	w.shelf.site = w.shelf.site.With(w.shelf.articles)
	w.find()
}

// finder is the state of searching.
type finder struct {
	generation
	cancel context.CancelFunc // of the search under way; nil when there is none
	query  string             // whose results are shown
	enter  bool               // Enter was pressed before they came
}

// maxFound is how many results the list shows.
const maxFound = 300

// find shows what the search box asks for: all articles when it is empty.
func (w *window) find() {
	if w.finding.cancel != nil {
		w.finding.cancel()
		w.finding.cancel = nil
	}
	turn := w.finding.next()
	if w.shelf.index == nil {
		return
	}
	query := w.sidebar.box.Text
	if len(search.Keywords(query)) == 0 {
		w.finding.query, w.finding.enter = "", false
		w.markPage()
		w.showList()
		return
	}
	ctx, cancel := context.WithCancel(w.ctx)
	w.finding.cancel = cancel
	index, byPath := w.shelf.index, w.shelf.byPath
	go func() {
		defer cancel()
		found, err := index.Search(ctx, query, maxFound)
		if err != nil {
			return // a newer letter was typed
		}
		w.do(func() {
			if w.finding.current(turn) {
				w.finding.cancel = nil
				w.showFound(query, found, byPath)
			}
		})
	}()
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

func (w *window) showFound(query string, found []search.Result, byPath map[string]*library.Article) {
	entries := make([]entry, 0, len(found))
	for _, r := range found {
		if a := byPath[r.Path]; a != nil {
			entries = append(entries, entry{a, r.Title, r.Snippet, r.Marks})
		}
	}
	var caption string
	switch {
	case len(entries) == 0:
		caption = "Nothing found"
	case len(entries) == maxFound:
		caption = "The first " + itoa(maxFound) + " found"
	default:
		caption = itoa(len(entries)) + " found"
	}
	w.sidebar.show(entries, caption, "")
	if query != w.finding.query {
		w.finding.query = query
		w.markPage()
		w.sidebar.list.ScrollToTop()
	}
	if w.finding.enter {
		w.enterFound()
	}
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
	w.focusEditor()
	w.open(w.lib.File(w.sidebar.entries[max(w.sidebar.index(), 0)].Path))
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
