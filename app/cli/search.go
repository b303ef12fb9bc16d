package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"longhand/library"
	"longhand/library/search"
)

func (sh *shell) searchCommand() *cobra.Command {
	var asJSON bool
	var limit int
	c := &cobra.Command{
		Use:   "search QUERY...",
		Short: "Find articles by words in title, tags and text, and fuzzily by title",
		Long: `Find articles that hold all the words in title, tags, headings or text, best first,
then those whose title has the letters of the query in order. Case and accents do
not matter; the last word may be unfinished, and a word that stands nowhere may be
part of one, or misspelt. "Quoted words" stand together, -word leaves out; behind --
all words are the query's, also those that are named as an option. tag:T, author:A,
status:draft, year:2026, before:2026-03 and after:2025-12-24 restrict what is found.
Prints path, title and the place found (the first words, if it is not in the text),
separated by tabs; on a terminal what matches is bold, unless NO_COLOR is set.`,
		Args: usageArgs(cobra.MinimumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			query := strings.Join(args, " ")
			if limit < 0 {
				return usageError{errors.New("--limit is a number from 0 (all) up")}
			}
			if err := search.Check(query + " "); err != nil {
				return usageError{err}
			}
			lib, err := sh.open()
			if err != nil {
				return err
			}
			found, err := sh.find(c.Context(), lib, query, limit)
			if err != nil {
				return err
			}
			results := make([]result, len(found))
			for i, r := range found {
				a, doc := library.Read(lib.File(r.Path), r.Path)
				results[i] = newResult(lib, a, doc.String(), r)
			}
			if asJSON {
				return printJSON(sh.Stdout, results)
			}
			bold := sh.bold()
			for _, r := range results {
				place, marks := r.Snippet, r.SnippetMarks
				if place == "" { // only title or tags match
					place, marks = r.Excerpt, nil
				}
				if _, err := fmt.Fprintf(sh.Stdout, "%s\t%s\t%s\n", printable(r.Path), marked(r.Title, r.TitleMarks, bold), marked(place, marks, bold)); err != nil {
					return err
				}
			}
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	c.Flags().IntVar(&limit, "limit", 20, "at most `N` results; 0 for all")
	return c
}

// find brings the index up to date and asks it.
func (sh *shell) find(ctx context.Context, lib *library.Library, query string, limit int) ([]search.Result, error) {
	scan, err := lib.Scan(ctx)
	if err != nil {
		return nil, err
	}
	sh.complain(scan.Problems)
	if len(scan.Files) == 0 {
		return nil, nil // the index, should there be one, may be of a disk that is not there
	}
	found, err := sh.findIn(ctx, sh.Cache, lib, scan, query, limit)
	if err != nil && ctx.Err() == nil && sh.Cache != "" {
		// The folder is read-only, say, or full: then without.
		if !sh.quiet {
			fmt.Fprintln(sh.Stderr, "longhand:", printable("the search index in "+sh.Cache+" cannot be used, so that all articles are read: "+err.Error()))
		}
		return sh.findIn(ctx, "", lib, scan, query, limit)
	}
	return found, err
}

func (sh *shell) findIn(ctx context.Context, cache string, lib *library.Library, scan *library.Scan, query string, limit int) ([]search.Result, error) {
	var index *search.Index
	var err error
	if cache == "" {
		index, err = search.InMemory(lib.Body)
	} else {
		index, err = search.Open(ctx, cache, lib.Dir(), lib.Body)
	}
	if err != nil {
		return nil, err
	}
	defer index.Close()
	index.Changes() // what is read from here on is complained of
	authors, _ := lib.Authors()
	for range 2 {
		if err = index.Follow(ctx, lib, scan, authors, nil); err != nil {
			return nil, err
		}
		var found []search.Result
		if found, err = index.Search(ctx, query, limit); err == nil {
			var problems []*library.Problem
			for _, a := range index.Changes().Put {
				if a.Problem != nil {
					problems = append(problems, a.Problem)
				}
			}
			sh.complain(problems)
			return found, nil
		}
		if !errors.Is(err, search.ErrRebuilt) {
			break
		}
	}
	return nil, err
}
