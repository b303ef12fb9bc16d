package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/spf13/cobra"

	"longhand/library"
)

func (sh *shell) newCommand() *cobra.Command {
	var draft library.Draft
	var date string
	var asJSON bool
	c := &cobra.Command{
		Use:   "new TITLE",
		Short: "Create an article and print its path",
		Args:  usageArgs(cobra.ExactArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			draft.Title, draft.Date = args[0], sh.Now()
			if date != "" {
				day, err := time.Parse(time.DateOnly, date)
				if err != nil {
					return usageError{fmt.Errorf("--date is a day such as 2026-03-14, not %q", date)}
				}
				draft.Date = day
			}
			lib, err := sh.openOrCreate()
			if err != nil {
				return err
			}
			rel, err := lib.NewDraft(draft)
			if err != nil {
				return err
			}
			if asJSON {
				a, doc := library.Read(lib.File(rel), rel)
				return printJSON(sh.Stdout, newItem(lib, a, doc.String()[a.Body:]))
			}
			fmt.Fprintln(sh.Stdout, lib.File(rel))
			return nil
		},
	}
	c.Flags().StringArrayVar(&draft.Authors, "author", nil, "credit the author with this `ID`; may be repeated")
	c.Flags().StringArrayVar(&draft.Tags, "tag", nil, "give it this `TAG`; may be repeated")
	c.Flags().StringVar(&date, "date", "", "date it `YYYY-MM-DD` and not today")
	c.Flags().StringVar(&draft.Slug, "slug", "", "name the file `NAME` and not after the title")
	c.Flags().BoolVar(&asJSON, "json", false, "print the article as one JSON document")
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
