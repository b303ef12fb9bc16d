package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"longhand/library"
	"longhand/library/search"
)

// item is an article in the JSON output. The fields are stable.
type item struct {
	Path       string    `json:"path"`
	File       string    `json:"file"`
	Slug       string    `json:"slug"`
	Title      string    `json:"title"`
	Date       time.Time `json:"date"`
	DateSource string    `json:"date_source"`
	Status     string    `json:"status"`
	Tags       []string  `json:"tags"`
	Authors    []string  `json:"authors"`
	Lang       string    `json:"lang,omitempty"`
	Words      int       `json:"words"`
	Excerpt    string    `json:"excerpt,omitempty"`
	Problem    string    `json:"problem,omitempty"`
}

func newItem(lib *library.Library, a *library.Article) item {
	it := item{
		Path: a.Path, File: lib.File(a.Path), Slug: a.Slug, Title: a.Title, Date: a.Date,
		DateSource: string(a.DateSource), Status: a.Status(), Tags: notNil(a.Tags), Authors: notNil(a.Authors),
		Lang: a.Lang, Words: a.Words, Excerpt: a.Excerpt,
	}
	if a.Problem != nil {
		it.Problem = a.Problem.Error()
	}
	return it
}

// notNil makes an empty list print as [] and not as null.
func notNil(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

func (sh *shell) listCommand() *cobra.Command {
	var asJSON bool
	var tag, author, status string
	c := &cobra.Command{
		Use:   "list",
		Short: "List the articles, newest first: date, status, path, title",
		Args:  usageArgs(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			if status != "" && status != "draft" && status != "published" {
				return usageError{fmt.Errorf("--status is draft or published, not %q", status)}
			}
			lib, articles, err := sh.load(c.Context())
			if err != nil {
				return err
			}
			authors, _ := lib.Authors()
			items := []item{}
			for _, a := range articles {
				if (status == "" || a.Status() == status) && (tag == "" || hasFold(a.Tags, tag)) && (author == "" || creditedTo(authors, a.Article, author)) {
					items = append(items, newItem(lib, a.Article))
				}
			}
			if asJSON {
				return printJSON(sh.Stdout, items)
			}
			for _, it := range items {
				if _, err := fmt.Fprintf(sh.Stdout, "%s  %-9s  %s  %s\n", day(it.Date), it.Status, printable(it.Path), printable(it.Title)); err != nil {
					return err
				}
			}
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	c.Flags().StringVar(&tag, "tag", "", "only articles with this `TAG`")
	c.Flags().StringVar(&author, "author", "", "only articles by this author: `ID` or name")
	c.Flags().StringVar(&status, "status", "", "only `draft|published` articles")
	return c
}

// day is a date in the list. A link that leads nowhere has none.
func day(t time.Time) string {
	if t.IsZero() {
		return "----------"
	}
	return t.Format(time.DateOnly)
}

func hasFold(list []string, s string) bool {
	return slices.ContainsFunc(list, func(t string) bool { return strings.EqualFold(t, s) })
}

func creditedTo(authors []*library.Author, a *library.Article, who string) bool {
	for _, by := range library.Credits(authors, a) {
		if strings.EqualFold(by.ID, who) || strings.EqualFold(by.Name, who) {
			return true
		}
	}
	return false
}

// result is a search result in the JSON output. Spans are [start, end) in bytes.
type result struct {
	item
	Score        float64       `json:"score"`
	Fuzzy        bool          `json:"fuzzy"`
	TitleMarks   []search.Span `json:"title_marks"`
	Snippet      string        `json:"snippet"`
	SnippetMarks []search.Span `json:"snippet_marks"`
}

func (sh *shell) searchCommand() *cobra.Command {
	var asJSON bool
	var limit int
	c := &cobra.Command{
		Use:   "search QUERY...",
		Short: "Find articles by keywords in title, tags and body, and fuzzily by title",
		Long: `Find articles that hold all the keywords in title, tags or body, best first, then
those whose title has the letters of the query in order. "Quoted words" match as
one. Case and accents do not matter. Prints path, title and the place found (the
first words, if it is not in the body), separated by tabs.`,
		Args: usageArgs(cobra.MinimumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			if limit < 0 {
				return usageError{errors.New("--limit is a number from 0 (all) up")}
			}
			lib, articles, err := sh.load(c.Context())
			if err != nil {
				return err
			}
			index := search.New()
			byPath := make(map[string]*library.Article, len(articles))
			for _, a := range articles {
				index.Put(search.Entry{Path: a.Path, Title: a.Title, Tags: a.Tags, Body: a.Body, Date: a.Date})
				byPath[a.Path] = a.Article
			}
			found, err := index.Search(c.Context(), strings.Join(args, " "), limit)
			if err != nil {
				return err
			}
			if asJSON {
				results := []result{}
				for _, r := range found {
					results = append(results, result{newItem(lib, byPath[r.Path]), r.Score, r.Fuzzy, spans(r.Title), r.Snippet, spans(r.Marks)})
				}
				return printJSON(sh.Stdout, results)
			}
			for _, r := range found {
				a := byPath[r.Path]
				place := r.Snippet
				if place == "" { // only title or tags match
					place = a.Excerpt
				}
				if _, err := fmt.Fprintf(sh.Stdout, "%s\t%s\t%s\n", printable(r.Path), printable(a.Title), printable(place)); err != nil {
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

func spans(s []search.Span) []search.Span {
	if s == nil {
		return []search.Span{}
	}
	return s
}

func (sh *shell) newCommand() *cobra.Command {
	var authors []string
	c := &cobra.Command{
		Use:   "new TITLE",
		Short: "Create an article and print its path",
		Args:  usageArgs(cobra.ExactArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			lib, err := sh.openOrCreate()
			if err != nil {
				return err
			}
			rel, err := lib.New(args[0], authors, sh.Now())
			if err != nil {
				return err
			}
			fmt.Fprintln(sh.Stdout, lib.File(rel))
			return nil
		},
	}
	c.Flags().StringArrayVar(&authors, "author", nil, "credit the author with this `ID`; may be repeated")
	return c
}

func (sh *shell) openOrCreate() (*library.Library, error) {
	dir, chosen := sh.library()
	lib, err := library.Open(dir)
	if errors.Is(err, fs.ErrNotExist) && !chosen {
		return library.Init(dir, sh.Welcome)
	}
	return lib, err
}
