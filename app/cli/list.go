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
