package app

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"longhand/library"
	"longhand/library/search"
	"longhand/library/watch"
)

// openIndex opens the index of the library, off the main thread; one in memory
// where the cache folder cannot be written. What it knows from last time is
// found at once, while the folder is still being read.
func (w *window) openIndex(lib *library.Library) *search.Index {
	var index *search.Index
	var err error
	if w.cfg.Cache != "" {
		for range 2 { // another process may be making it
			if index, err = search.Open(w.ctx, w.cfg.Cache, lib.Dir(), lib.Body); !search.Passing(err) {
				break
			}
		}
		if err != nil && w.ctx.Err() == nil {
			w.noIndex(err)
		}
	}
	if index == nil {
		if index, err = search.InMemory(lib.Body); err != nil {
			w.do(func() { w.fail(fmt.Errorf("articles cannot be listed or searched: %w", err)) })
			return nil
		}
	}
	context.AfterFunc(w.ctx, func() { index.Close() })
	w.do(func() {
		w.index = index
		w.find()
	})
	return index
}

// noIndex says that the index is not kept, and why. It may be called anywhere.
func (w *window) noIndex(err error) {
	fyne.LogError("no search index in "+w.cfg.Cache, err)
	w.do(func() {
		w.status.tell("The search index cannot be kept: each start reads all articles anew", "Why", func() { w.fail(err) })
	})
}

// agree takes of one article onto the shelf what the index knows.
func (w *window) agree(index *search.Index, path string) {
	go func() {
		w.handing.Lock() // what is taken first arrives first
		defer w.handing.Unlock()
		c := search.Changes{Gone: []string{path}}
		if a := index.Article(path); a != nil {
			c = search.Changes{Put: []*library.Article{a}}
		}
		w.do(func() {
			if index == w.index {
				w.take(c, shelf{}, nil)
			}
		})
	}()
}

// putInIndex takes a saved article into the index, in the background.
func (w *window) putInIndex(e search.Entry) {
	index := w.index
	if index == nil {
		return
	}
	if w.shelf.saving == nil {
		w.shelf.saving = map[string]int{}
	}
	w.shelf.saving[e.Path]++
	go func() {
		err := index.Put(w.ctx, e)
		w.do(func() {
			if w.shelf.saving[e.Path]--; w.shelf.saving[e.Path] <= 0 {
				delete(w.shelf.saving, e.Path)
				if w.shelf.missed[e.Path] {
					delete(w.shelf.missed, e.Path)
					w.agree(index, e.Path)
				}
				// It may have been moved, deleted or written by another program before
				// its words came into the index.
				w.look(watch.Changes{Paths: []string{e.Path}})
			}
			if err != nil && w.ctx.Err() == nil {
				w.reload() // which says why, or mends it
			}
			if !search.Empty(w.sidebar.box.Text) {
				w.find()
			}
		})
		w.hand(index, nil)
	}()
}
