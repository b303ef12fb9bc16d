package cli

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"longhand/library"
	"longhand/library/search"
)

// filter says which articles to list, and in which order.
type filter struct {
	tags           []string
	author, status string
	year           int
	sort           string
	reverse        bool
}

func (sh *shell) listCommand() *cobra.Command {
	var asJSON bool
	var f filter
	c := &cobra.Command{
		Use:   "list",
		Short: "List the articles, newest first: date, status, path, title",
		Args:  usageArgs(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			if err := f.check(); err != nil {
				return err
			}
			lib, articles, err := sh.load(c.Context())
			if err != nil {
				return err
			}
			authors, _ := lib.Authors()
			articles = f.apply(articles, authors)
			if asJSON {
				items := make([]item, len(articles))
				for i, a := range articles {
					if err := c.Context().Err(); err != nil {
						return err
					}
					items[i] = newItem(lib, a.Article, a.Body)
				}
				return printJSON(sh.Stdout, items)
			}
			for _, a := range articles {
				if _, err := fmt.Fprintf(sh.Stdout, "%s  %-9s  %s  %s\n", day(a.Date), a.Status(), printable(a.Path), printable(a.Title)); err != nil {
					return err
				}
			}
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	c.Flags().StringArrayVar(&f.tags, "tag", nil, "only articles with this `TAG`; may be repeated for more that they must have")
	c.Flags().StringVar(&f.author, "author", "", "only articles by this author: `ID` or name")
	c.Flags().StringVar(&f.status, "status", "", "only `draft|published` articles")
	c.Flags().IntVar(&f.year, "year", 0, "only articles of this `YEAR`")
	c.Flags().StringVar(&f.sort, "sort", "date", "by `date|title|modified`: newest first, titles from A to Z")
	c.Flags().BoolVar(&f.reverse, "reverse", false, "the other way round")
	return c
}

func (f *filter) check() error {
	switch {
	case f.status != "" && f.status != "draft" && f.status != "published":
		return usageError{fmt.Errorf("--status is draft or published, not %q", f.status)}
	case f.sort != "date" && f.sort != "title" && f.sort != "modified":
		return usageError{fmt.Errorf("--sort is date, title or modified, not %q", f.sort)}
	case f.year < 0 || f.year > 9999:
		return usageError{fmt.Errorf("--year is a year such as 2026, not %d", f.year)}
	}
	return nil
}

// apply picks from the articles, which are in order of their dates.
func (f *filter) apply(articles []library.Loaded, authors []*library.Author) []library.Loaded {
	out := slices.DeleteFunc(articles, func(a library.Loaded) bool {
		return f.status != "" && a.Status() != f.status || f.year != 0 && (a.Date.IsZero() || a.Date.Year() != f.year) ||
			f.author != "" && !creditedTo(authors, a.Article, f.author) ||
			slices.ContainsFunc(f.tags, func(tag string) bool { return !hasFold(a.Tags, tag) })
	})
	switch f.sort {
	case "title":
		keys := make(map[string]string, len(out))
		for _, a := range out {
			keys[a.Path] = search.Fold(a.Title)
		}
		slices.SortStableFunc(out, func(a, b library.Loaded) int { return strings.Compare(keys[a.Path], keys[b.Path]) })
	case "modified":
		slices.SortStableFunc(out, func(a, b library.Loaded) int { return b.ModTime.Compare(a.ModTime) })
	}
	if f.reverse {
		slices.Reverse(out)
	}
	return out
}

// day is a date in the list. A link that leads nowhere has none.
func day(t time.Time) string {
	if t.IsZero() {
		return "----------"
	}
	return t.Format(time.DateOnly)
}

// hasFold compares without case and accents, as the search does.
func hasFold(list []string, s string) bool {
	s = search.Fold(s)
	return slices.ContainsFunc(list, func(t string) bool { return search.Fold(t) == s })
}

func creditedTo(authors []*library.Author, a *library.Article, who string) bool {
	for _, by := range library.Credits(authors, a) {
		if strings.EqualFold(by.ID, who) || strings.EqualFold(by.Name, who) {
			return true
		}
	}
	return false
}
