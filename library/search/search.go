// Package search finds articles: by the words in title, tags, headings and text,
// and fuzzily by title. It compares texts without case and accents.
//
// The index lies in SQLite's FTS5 in a cache folder, where it may be deleted at any
// time, and partly in memory. All words of a query must be there; the last may be
// unfinished, and a word that no article has stands for those it may be part of or
// a misspelling of, as do all words when no article has them together. "Quoted words" stand together, -words do not stand there, and
// tag:, author:, status:, year:, before: and after: restrict what is found.
// Spans are byte offsets.
package search

import (
	"context"
	"time"

	"longhand/library"
)

// Entry is what is searched of an article.
type Entry struct {
	Path    string // names the article
	Title   string
	Tags    []string
	Authors []string // IDs and names
	Draft   bool
	Body    string // Markdown
	Date    time.Time
	// ModTime and Size are of the file.
	ModTime time.Time
	Size    int64
	// Article is kept to be shown; nil makes one of the above.
	Article *library.Article
}

// Span is a range of bytes [Start,End).
type Span struct{ Start, End int }

// Result is an article found.
type Result struct {
	Path  string
	Score float64
	// Title are the spans of the title that match.
	Title []Span
	// Snippet is the place in the body that shows best why; empty when only
	// title or tags match. Marks are the matching spans of it.
	Snippet string
	Marks   []Span
	// Place is the match in the body that the snippet is about; empty when there
	// is none.
	Place Span
	// Guessed is set when some word was taken for misspelt or for a part of others.
	Guessed bool
	// Fuzzy is set when only the letters of the title match, not the words.
	Fuzzy bool
}

// Found is what a query found, best first: the articles that have its words, then
// those whose title has its letters in order.
type Found struct {
	Results []Result
	marker  *Marker
	index   *Index
}

// Marker finds the words by which the results were found. It is nil when there
// are none: the query asks for properties or letters only.
func (f *Found) Marker() *Marker { return f.marker }

// Search returns at most limit articles (all when limit is 0), with snippets. A
// query that asks for nothing finds nothing. The error is the context's, the
// index's, or ErrRebuilt.
func (x *Index) Search(ctx context.Context, query string, limit int) ([]Result, error) {
	found, err := x.Find(ctx, query, limit)
	if err != nil {
		return nil, err
	}
	if err := found.Snippets(ctx, 0, len(found.Results)); err != nil {
		return nil, err
	}
	return found.Results, nil
}
