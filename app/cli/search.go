package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"longhand/library"
	"longhand/library/search"
)

// result is a search result in the JSON output. Spans are [start, end) in bytes.
type result struct {
	item
	Score        float64 `json:"score"`
	Guessed      bool    `json:"guessed"` // by words that are similar to those asked for
	Fuzzy        bool    `json:"fuzzy"`   // by letters of the title
	TitleMarks   []span  `json:"title_marks"`
	Snippet      string  `json:"snippet"`
	SnippetMarks []span  `json:"snippet_marks"`
	Match        *match  `json:"match"` // null when the text does not match
}

type span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// match is where the text matches best. Offsets are bytes of the file's text as
// UTF-8, each line break being one; column is in bytes of the line, from 1.
type match struct {
	span
	Line   int `json:"line"`
	Column int `json:"column"`
}

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

func newResult(lib *library.Library, a *library.Article, text string, r search.Result) result {
	out := result{
		item: newItem(lib, a, text[a.Body:]), Score: r.Score, Guessed: r.Guessed, Fuzzy: r.Fuzzy,
		TitleMarks: spans(r.Title), Snippet: r.Snippet, SnippetMarks: spans(r.Marks),
	}
	if n := len(a.Title); len(r.Title) > 0 && r.Title[len(r.Title)-1].End > n { // changed just now
		out.TitleMarks = spans(nil)
	}
	if at := a.Body + r.Place.Start; r.Place.End > 0 && a.Body+r.Place.End <= len(text) {
		before := text[:at]
		out.Match = &match{span{at, a.Body + r.Place.End}, 1 + strings.Count(before, "\n"), at - strings.LastIndexByte(before, '\n')}
	}
	return out
}

func spans(s []search.Span) []span {
	out := make([]span, len(s))
	for i, at := range s {
		out[i] = span(at)
	}
	return out
}

// marked is a text as it can be printed, with the marked parts in bold if wanted.
func marked(s string, marks []span, bold bool) string {
	if !bold {
		return printable(s)
	}
	var b strings.Builder
	at := 0
	for _, m := range marks {
		b.WriteString(printable(s[at:m.Start]) + "\x1b[1m" + printable(s[m.Start:m.End]) + "\x1b[22m")
		at = m.End
	}
	return b.String() + printable(s[at:])
}

// bold reports whether standard output is a terminal on which something may stand
// out.
func (sh *shell) bold() bool {
	out, ok := sh.Stdout.(*output)
	if !ok || sh.NoColour {
		return false
	}
	f, ok := out.w.(*os.File)
	return ok && isTerminal(f)
}

// dashed sorts the arguments of a search: words that begin with a dash and are no
// options, to be left out of what is found, would be taken for some. What is asked
// for comes behind --, in its order.
func dashed(root *cobra.Command, args []string) []string {
	verb, _, err := root.Find(args)
	if err != nil || verb.Name() != "search" {
		return args
	}
	verb.InheritedFlags() // which adds them to those of its own
	var options, words []string
	named := false // the verb
	for i := 0; i < len(args); i++ {
		arg := args[i]
		switch {
		case arg == "--":
			words = append(words, args[i+1:]...)
			i = len(args)
		case strings.HasPrefix(arg, "--"):
			options = append(options, arg)
			if f := verb.Flags().Lookup(arg[2:]); f != nil && f.NoOptDefVal == "" && i+1 < len(args) {
				i++
				options = append(options, args[i])
			}
		case len(arg) > 1 && arg[0] == '-' && shorthands(verb, arg[1:]):
			options = append(options, arg)
		case !named && arg == verb.Name():
			named = true
		default:
			words = append(words, arg)
		}
	}
	return slices.Concat([]string{verb.Name()}, options, []string{"--"}, words)
}

// shorthands reports whether all letters are options of the verb.
func shorthands(verb *cobra.Command, letters string) bool {
	for _, r := range letters {
		if r >= utf8.RuneSelf || r != 'h' && verb.Flags().ShorthandLookup(string(r)) == nil {
			return false
		}
	}
	return true
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
