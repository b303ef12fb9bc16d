package app

import (
	"path/filepath"
	"reflect"
	"slices"

	"fyne.io/fyne/v2"

	"longhand/library"
	"longhand/library/search"
	"longhand/library/site"
	"longhand/library/watch"
)

// shelf is the library as the window knows it. Lists are replaced, not changed, for
// others may be reading them; byPath belongs to the main thread.
type shelf struct {
	articles []*library.Article // newest first
	byPath   map[string]*library.Article
	site     *site.Site // nil until something is known of the library
	problems []*library.Problem
	// saving counts the saves of an article that are on their way into the index:
	// until then the shelf knows better.
	saving map[string]int
	// missed are articles of which the index has said meanwhile what was not taken.
	missed map[string]bool
}

// filled reports whether something is known of the library.
func (s *shelf) filled() bool { return s.site != nil }

// fill puts articles, newest first, on the shelf in place of all others.
func (s *shelf) fill(articles []*library.Article) {
	s.articles, s.byPath = articles, make(map[string]*library.Article, len(articles))
	for _, a := range articles {
		s.byPath[a.Path] = a
	}
}

// take puts articles on the shelf, each in its place, and removes those of the
// paths. It reports whether something of it is to be seen.
func (s *shelf) take(put []*library.Article, gone []string) (seen bool) {
	const few = 16 // are looked at closely
	var out []int  // positions of those that leave
	leave := func(a *library.Article) {
		if i, ok := s.position(a); ok {
			out = append(out, i)
		}
	}
	for _, path := range gone {
		if old := s.byPath[path]; old != nil {
			leave(old)
			delete(s.byPath, path)
			seen = true
		}
	}
	if s.byPath == nil {
		s.byPath = map[string]*library.Article{}
	}
	var fresh []*library.Article
	for _, a := range put {
		old := s.byPath[a.Path]
		if old == a {
			continue
		}
		if old != nil {
			leave(old)
		}
		seen = seen || old == nil || len(put) > few || !reflect.DeepEqual(a, old)
		s.byPath[a.Path] = a
		fresh = append(fresh, a)
	}
	if len(out)+len(fresh) == 0 {
		return false
	}
	library.SortNewest(fresh)
	slices.Sort(out)
	next := make([]*library.Article, 0, len(s.articles)+len(fresh)-len(out))
	at := 0
	copyTo := func(end int) {
		for len(out) > 0 && out[0] < end {
			next = append(next, s.articles[at:out[0]]...)
			at, out = out[0]+1, out[1:]
		}
		next = append(next, s.articles[at:end]...)
		at = end
	}
	for _, a := range fresh {
		i, _ := s.position(a)
		copyTo(i)
		next = append(next, a)
	}
	copyTo(len(s.articles))
	s.articles = next
	return seen
}

// position is where an article stands, or would stand.
func (s *shelf) position(a *library.Article) (int, bool) {
	return slices.BinarySearchFunc(s.articles, a, library.Newer)
}

// update takes a saved article into the list and the index.
func (w *window) update(rel string, a *library.Article, body string) {
	if !library.IsListed(rel) {
		return
	}
	if w.reading.busy { // it may have read the file before
		w.reading.wanted.add(watch.Changes{Paths: []string{rel}})
	}
	if !w.shelf.filled() {
		return
	}
	w.shelf.take([]*library.Article{a}, nil)
	w.shelf.site = w.shelf.site.With(w.shelf.articles)
	w.putInIndex(search.EntryOf(a, body, w.shelf.site.Authors()))
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
	if w.sidebar.entries.len() == 0 {
		return
	}
	if w.doc == nil {
		w.win.Canvas().Unfocus() // there is no text yet to lead the keyboard to
	} else {
		w.focusEditor()
	}
	w.openFound(w.sidebar.entries.at(max(w.sidebar.index(), 0)).Path, true)
}

// relative is the path of a file in the library; its name for one outside, or for one
// that only a symbolic link leads into it.
func (w *window) relative(file string) (rel string, inside bool) {
	if w.lib != nil {
		if rel, ok := w.lib.Within(file); ok {
			return rel, true
		}
	}
	return filepath.Base(file), false
}
