package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"longhand/library"
	"longhand/library/search"
)

// openIndex opens the index of the library, off the main thread; one in memory
// where the cache folder cannot be written. What it knows from last time is
// found at once, while the folder is still being read.
func (w *window) openIndex(lib *library.Library) *search.Index {
	var index *search.Index
	var err error
	if w.cfg.Cache != "" {
		if index, err = search.Open(w.ctx, w.cfg.Cache, lib.Dir(), lib.Body); err != nil && w.ctx.Err() == nil {
			w.noIndex(err)
		}
	}
	if index == nil {
		if index, err = search.InMemory(lib.Body); err != nil {
			w.do(func() { w.fail(fmt.Errorf("articles cannot be searched: %w", err)) })
			return nil
		}
	}
	w.do(func() {
		w.index = index
		w.find()
	})
	return index
}

// sync brings the index up to date with the articles that were read, off the main
// thread.
func (w *window) sync(lib *library.Library, index *search.Index, fresh shelf, bodies map[string]string) error {
	if index == nil {
		return nil
	}
	files := make([]search.File, len(fresh.articles))
	byPath := make(map[string]*library.Article, len(files)) // the other one belongs to the main thread
	for i, a := range fresh.articles {
		files[i] = search.File{Path: a.Path, ModTime: a.ModTime, Size: a.Size}
		byPath[a.Path] = a.Article
	}
	const slow = 500 // articles: with fewer the bar would only flicker
	authors := fresh.site.Authors()
	load := func(path string) (search.Entry, bool) {
		return search.EntryOf(byPath[path], bodies[path], authors), true
	}
	progress := func(done, total int) {
		w.do(func() {
			if total > slow && done < total {
				w.sidebar.caption.SetText("Indexing: " + itoa(done) + " of " + itoa(total))
			}
			if w.sidebar.box.Text != "" {
				w.find()
			}
		})
	}
	err := index.Sync(w.ctx, files, load, progress)
	if err == nil || w.ctx.Err() != nil {
		return err
	}
	// The disk is full, say: go on in memory.
	w.noIndex(err)
	memory, merr := search.InMemory(lib.Body)
	if merr != nil {
		return err
	}
	w.do(func() { w.index = memory })
	return memory.Sync(w.ctx, files, load, progress)
}

// noIndex says that the index is not kept, and why. It may be called anywhere.
func (w *window) noIndex(err error) {
	fyne.LogError("no search index in "+w.cfg.Cache, err)
	w.do(func() {
		w.status.tell("The search index cannot be kept: each start reads all articles anew", "Why", func() { w.fail(err) })
	})
}

// synced takes note that the index is up to date.
func (w *window) synced(err error) {
	w.reading.busy = false
	if err != nil && w.ctx.Err() == nil {
		w.fail(fmt.Errorf("some articles cannot be searched: %w", err))
	}
	w.find()
	if w.reading.again {
		w.reading.again = false
		w.reload()
	}
}

// putInIndex takes a saved article into the index, in the background.
func (w *window) putInIndex(e search.Entry) {
	index := w.index
	if index == nil {
		return
	}
	go func() {
		err := index.Put(w.ctx, e)
		w.do(func() {
			if err != nil && w.ctx.Err() == nil {
				w.reload() // which says why, or mends it
			}
			w.find()
		})
	}()
}

// finder is the state of searching.
type finder struct {
	generation
	cancel context.CancelFunc // of the search under way; nil when there is none
	query  string             // whose results are shown
	marker *search.Marker     // of what it found, where text and page are marked; nil for nothing
	enter  bool               // Enter was pressed before they came
}

// maxFound is how many results the list shows, firstFound how many at once.
const (
	maxFound   = 300
	firstFound = 24
)

// find shows what the search box asks for: all articles when it is empty.
func (w *window) find() {
	if w.finding.cancel != nil {
		w.finding.cancel()
		w.finding.cancel = nil
	}
	turn := w.finding.next()
	query := w.sidebar.box.Text
	if search.Empty(query) {
		w.finding.query, w.finding.enter = "", false
		w.mark(nil)
		if w.shelf.filled() {
			w.showList()
		}
		w.tellQuery(query)
		return
	}
	if w.index == nil {
		return
	}
	ctx, cancel := context.WithCancel(w.ctx)
	w.finding.cancel = cancel
	index, early := w.index, !w.shelf.filled()
	show := func(results []search.Result, marker *search.Marker, last bool) {
		known := map[string]*library.Article{} // for what is not read yet
		for _, r := range results {
			if early {
				known[r.Path] = index.Article(r.Path)
			}
		}
		w.do(func() {
			if !w.finding.current(turn) {
				return
			}
			if last {
				w.finding.cancel = nil
			}
			w.mark(marker)
			w.showFound(query, results, known)
			w.tellQuery(query)
		})
	}
	go func() {
		defer cancel()
		found, err := index.Find(ctx, query, maxFound)
		if err == nil {
			// What is seen first comes first: the others' files are read after.
			n := min(len(found.Results), firstFound)
			if err = found.Snippets(ctx, 0, n); err == nil && n < len(found.Results) {
				show(slices.Clone(found.Results), found.Marker(), false)
				err = found.Snippets(ctx, n, len(found.Results))
			}
		}
		switch {
		case ctx.Err() != nil: // a newer letter was typed
		case errors.Is(err, search.ErrRebuilt):
			w.do(w.reload)
		case err != nil:
			w.do(func() { w.status.tell("The search failed", "Why", func() { w.fail(err) }) })
		default:
			show(found.Results, found.Marker(), true)
		}
	}()
}

func (w *window) showFound(query string, found []search.Result, known map[string]*library.Article) {
	entries := make([]entry, 0, len(found))
	for _, r := range found {
		a := w.shelf.byPath[r.Path]
		if a == nil && !w.shelf.filled() {
			a = known[r.Path]
		}
		if a != nil {
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
		w.sidebar.list.ScrollToTop()
	}
	if w.finding.enter {
		w.enterFound()
	}
}

// tellQuery says what of the query makes no sense, in place of what is shown.
func (w *window) tellQuery(query string) {
	var bad *search.QueryError
	if errors.As(search.Check(query), &bad) {
		w.sidebar.show(w.sidebar.entries, bad.Part+" "+bad.Message, itoa(len(w.sidebar.entries)))
	}
}
