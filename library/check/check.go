// Package check finds what is wrong with a library's articles before a reader does:
// links that lead nowhere, pictures that are missing, articles that stand in one
// another's way. It reads files of the library and never asks the network.
package check

import (
	"cmp"
	"context"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"longhand/library"
	"longhand/library/site"
)

// Level tells how bad a finding is.
type Level string

// The levels: what a reader of the page meets, and what is merely untidy.
const (
	Error   Level = "error"
	Warning Level = "warning"
)

// Finding is one thing wrong in one file.
type Finding struct {
	Path    string // relative to the library, with slashes; as given for a file outside
	Line    int    // from 1; 0 where there is none
	Column  int    // from 1, in bytes of the line; 0 where it says nothing
	Level   Level
	Code    string // short and stable, such as dead-link
	Message string
	Remedy  string
}

// Options are what to check and whom to tell.
type Options struct {
	// Only are the paths of the articles to check; nil is the whole library, with
	// its authors and settings.
	Only []string
	// Progress, if not nil, is told how many articles are done. It is called by
	// several goroutines.
	Progress func(done, all int)
}

// Report is what was found, by file and line, and in how many articles.
type Report struct {
	Findings []Finding
	Articles int
}

// Count returns the number of findings of each level.
func (r *Report) Count() (errors, warnings int) {
	for _, f := range r.Findings {
		if f.Level == Error {
			errors++
		}
	}
	return errors, len(r.Findings) - errors
}

// Library checks articles of a library as [library.Library.Load] has read them, with
// their problems. The error is the context's.
func Library(ctx context.Context, lib *library.Library, articles []library.Loaded, problems []*library.Problem, opt Options) (*Report, error) {
	s, more := site.New(lib, nil)
	c := newChecker(lib.Dir(), articles, s)
	if opt.Only == nil {
		c.folders(lib, problems)
		c.settings(lib, more)
	}
	return c.run(ctx, opt)
}

// File checks one article that stands outside any library, in the given folder and
// with the given name there.
func File(ctx context.Context, dir, name string) (*Report, error) {
	lib, err := library.Open(dir)
	if err != nil {
		return nil, err
	}
	a, doc := library.Read(lib.File(name), name)
	text := doc.String()
	one := library.Loaded{Article: a, Head: text[:a.Body], Body: text[a.Body:]}
	c := newChecker(lib.Dir(), []library.Loaded{one}, &site.Site{})
	c.alone = true
	return c.run(ctx, Options{Only: []string{name}})
}

// checker is one check under way.
type checker struct {
	shelf *shelf
	disk  *disk
	site  *site.Site
	alone bool            // there is no library around the article
	files map[string]bool // see linked

	mu       sync.Mutex
	findings []Finding
}

func newChecker(dir string, articles []library.Loaded, s *site.Site) *checker {
	d := newDisk(dir)
	return &checker{shelf: newShelf(articles, s.BaseURL, d, filepath.Base(dir)), disk: d, site: s}
}

func (c *checker) run(ctx context.Context, opt Options) (*Report, error) {
	todo := c.shelf.articles
	if opt.Only != nil {
		todo = nil
		for _, p := range opt.Only {
			if a := c.shelf.byPath[p]; a != nil && !slices.Contains(todo, a) {
				todo = append(todo, a)
			}
		}
	}
	var next, done atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.NumCPU(), 8, len(todo)) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(todo) {
					return
				}
				c.article(todo[i])
				if n := int(done.Add(1)); opt.Progress != nil {
					opt.Progress(n, len(todo))
				}
			}
		})
	}
	finished := make(chan struct{})
	go func() {
		wg.Wait()
		close(finished)
	}()
	select {
	case <-finished:
	case <-ctx.Done(): // an article that takes long is left to itself
		return nil, ctx.Err()
	}
	c.unused(ctx, todo)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	slices.SortFunc(c.findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	})
	return &Report{Findings: slices.Compact(c.findings), Articles: len(todo)}, nil
}

func (c *checker) article(a *article) {
	r := &reporter{article: a}
	r.conflictCopy()
	if r.readable() {
		f := a.facts()
		c.head(r)
		c.addresses(r, f)
		c.pictures(r, f)
		r.notes(f)
	}
	c.add(r.findings...)
}

func (c *checker) add(found ...Finding) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.findings = append(c.findings, found...)
}
