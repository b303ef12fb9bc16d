package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"longhand/library"
	"longhand/library/disk"
	"longhand/library/journal"
)

// recovered is a text that no file holds, in the JSON output.
type recovered struct {
	ID      string    `json:"id"`
	Path    string    `json:"path"` // empty for an article that has no file yet
	Library string    `json:"library"`
	Title   string    `json:"title"`
	Time    time.Time `json:"time"` // of the last change
	Words   int       `json:"words"`
	Bytes   int       `json:"bytes"`
	File    string    `json:"file"` // none, gone, unchanged, changed or unreadable
	Problem *problem  `json:"problem,omitempty"`
}

// fileWords say what a text's file is now.
var fileWords = map[journal.FileState]string{
	journal.NoFile: "new", journal.Gone: "file gone", journal.AsLeft: "file as it was", journal.Changed: "file changed since", journal.Unreadable: "file unreadable",
}

func (sh *shell) recoverCommand() *cobra.Command {
	var asJSON bool
	var show, to string
	c := &cobra.Command{
		Use:   "recover",
		Short: "List what was written and is in no file, after a crash",
		Long: `List the texts that were being written when Longhand was ended before it could save
them, the latest first: number, time of the last change, words, what has become of
the file, and the file's path. With --show one of them goes to standard output, or to
a new file with --to. Nothing is removed: the window asks at its next start whether
to keep a text. What a Longhand that is running writes is not listed.`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			switch {
			case to != "" && show == "":
				return usageError{errors.New("--to needs --show, which says what text goes there")}
			case show != "" && asJSON:
				return usageError{errors.New("--show gives the text itself, and goes without --json")}
			}
			all, problems, err := journal.Unsaved(disk.OS{}, filepath.Join(sh.State, "journal"))
			if err != nil {
				return err
			}
			if show != "" {
				r, err := pick(all, show)
				if err != nil {
					return err
				}
				return sh.showRecovered(r, to)
			}
			if err := sh.listRecovered(all, asJSON); err != nil {
				return err
			}
			for _, r := range all {
				if r.Damage != nil {
					problems = append(problems, r.Damage)
				}
			}
			sh.complain(problems)
			if len(problems) > 0 {
				return errFound
			}
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	c.Flags().StringVar(&show, "show", "", "print the text with this `NUMBER` in the list, or ID as --json has it")
	c.Flags().StringVar(&to, "to", "", "write the shown text to `FILE`, which must be new")
	return c
}

func (sh *shell) listRecovered(all []*journal.Recovered, asJSON bool) error {
	if asJSON {
		items := make([]recovered, len(all))
		for i, r := range all {
			a := r.Article()
			items[i] = recovered{ID: r.ID, Path: r.Path, Library: r.Library, Title: a.Title, Time: r.At, Words: a.Words, Bytes: len(r.Text), File: r.File.String()}
			if p := r.Damage; p != nil {
				items[i].Problem = &problem{p.Line, p.Message, p.Remedy}
			}
		}
		return printJSON(sh.Stdout, items)
	}
	for i, r := range all {
		a := r.Article()
		name := r.Path
		if name == "" {
			name = "(no file yet) " + a.Title
		}
		words := strconv.Itoa(a.Words) + " words"
		if a.Words == 1 {
			words = "1 word"
		}
		if _, err := fmt.Fprintf(sh.Stdout, "%d  %s  %s  %s  %s\n", i+1, r.At.Local().Format("2006-01-02 15:04"), words, fileWords[r.File], printable(name)); err != nil {
			return err
		}
	}
	return nil
}

// pick finds a text by its number in the list, or its ID.
func pick(all []*journal.Recovered, ref string) (*journal.Recovered, error) {
	if n, err := strconv.Atoi(ref); err == nil && 1 <= n && n <= len(all) {
		return all[n-1], nil
	}
	for _, r := range all {
		if strings.EqualFold(r.ID, ref) {
			return r, nil
		}
	}
	return nil, fmt.Errorf("there is no text %q to recover; longhand recover lists them", ref)
}

func (sh *shell) showRecovered(r *journal.Recovered, to string) error {
	if r.Damage != nil {
		sh.complain([]*library.Problem{r.Damage})
	}
	if to == "" {
		_, err := sh.Stdout.Write(r.Text)
		return err
	}
	return library.Create(to, r.Text)
}
