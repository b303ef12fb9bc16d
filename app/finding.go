package app

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"longhand/library"
	"longhand/library/search"
)

// finder is the state of searching.
type finder struct {
	generation
	cancel context.CancelFunc // of the search under way; nil when there is none
	query  string             // whose results are shown
	asked  string             // the query that was asked last
	marker *search.Marker     // of what it found, where text and page are marked; nil for nothing
	enter  bool               // Enter was pressed before the results of asked came
	ready  chan struct{}      // closed when the search under way has handed over results to show
}

// maxFound is how many results the list shows.
const maxFound = 300

// promptly is how long a letter waits for what it finds, to be drawn together with
// it: less than a frame, and only the time of the few queries that take longer.
const promptly = 8 * time.Millisecond

// findPromptly is find for a letter that was typed.
func (w *window) findPromptly() {
	w.find()
	if w.finding.ready == nil {
		return
	}
	late := time.NewTimer(promptly)
	defer late.Stop()
	select {
	case <-w.finding.ready:
		w.main.drain()
	case <-late.C:
	}
}

// searching reports whether the list shows what was found.
func (w *window) searching() bool { return !search.Empty(w.sidebar.box.Text) }

// find shows what the search box asks for: all articles when it is empty.
func (w *window) find() {
	if w.finding.cancel != nil {
		w.finding.cancel()
		w.finding.cancel, w.finding.ready = nil, nil
	}
	turn := w.finding.next()
	query := w.sidebar.box.Text
	if !w.searching() {
		w.finding.query, w.finding.asked, w.finding.enter, w.finding.ready = "", "", false, nil
		w.mark(nil)
		if w.shelf.filled() {
			w.showList()
		}
		w.tellQuery(query)
		return
	}
	query = w.listing.terms() + query
	if query != w.finding.asked {
		w.finding.asked, w.finding.enter = query, false
	}
	if w.index == nil {
		return
	}
	ctx, cancel := context.WithCancel(w.ctx)
	w.finding.cancel = cancel
	ready := make(chan struct{})
	w.finding.ready = ready
	first := w.sidebar.page() + 2 // what is seen, and a little more
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
		told := sync.OnceFunc(func() { close(ready) })
		defer told()
		found, err := index.Find(ctx, query, maxFound)
		if err == nil {
			// What is seen first comes first: the others' files are read after.
			n := min(len(found.Results), first)
			if err = found.Snippets(ctx, 0, n); err == nil && n < len(found.Results) {
				show(slices.Clone(found.Results), found.Marker(), false)
				told()
				err = found.Snippets(ctx, n, len(found.Results))
			}
		}
		switch {
		case ctx.Err() != nil: // a newer letter was typed
		case errors.Is(err, search.ErrRebuilt):
			w.do(func() {
				if w.finding.current(turn) {
					w.finding.cancel = nil // it is made again when the index is
				}
				w.reload()
			})
		case err != nil:
			w.do(func() {
				if w.finding.current(turn) {
					w.finding.cancel, w.finding.enter = nil, false
				}
				w.status.tell("The search failed", "Why", func() { w.fail(err) })
			})
		default:
			show(found.Results, found.Marker(), true)
		}
	}()
}

func (w *window) showFound(query string, found []search.Result, known map[string]*library.Article) {
	entered := make([]entry, 0, len(found))
	s := newSieve(w.listing.filters, w.siteNow().Authors())
	w.listing.fresh = true
	for _, r := range found {
		a := w.shelf.byPath[r.Path]
		if a == nil && !w.shelf.filled() {
			a = known[r.Path]
		}
		if a != nil && s.passes(a) {
			entered = append(entered, entry{a, r.Title, r.Snippet, r.Marks})
		}
	}
	var caption string
	switch {
	case len(entered) == 0:
		caption = "Nothing found"
	case len(found) == maxFound:
		caption = "The first " + itoa(maxFound) + " found"
	default:
		caption = itoa(len(entered)) + " found"
	}
	w.sidebar.show(entries{found: entered}, caption, "")
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
		w.sidebar.show(w.sidebar.entries, bad.Part+" "+bad.Message, itoa(w.sidebar.entries.len()))
	}
}
