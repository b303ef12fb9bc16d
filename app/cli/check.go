package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"longhand/library"
	"longhand/library/check"
)

// errFound ends a check that found something.
var errFound = errors.New("problems were found")

// found is a finding in the JSON output. The fields are stable.
type found struct {
	Path    string `json:"path"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Level   string `json:"level"`
	Code    string `json:"code"`
	Message string `json:"message"`
	Remedy  string `json:"remedy"`
}

func (sh *shell) checkCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "check [FILE|SLUG]...",
		Short: "Find dead links, missing pictures and what else is wrong with articles",
		Long: `Check the articles named, or the whole library, and print what is wrong, one line
each: FILE:LINE: what; what to do. Looked for are links to articles, places and
files that are not there, or to drafts; references and footnotes without
definition; pictures that are missing, damaged, unused or without alternative
text; slugs and pages that two articles share; broken front matter, missing
titles and dates; authors without a file; files that cannot be read. The network
is never asked.

Exit status: 0 nothing found, 1 something found, 2 wrong usage.`,
		RunE: func(c *cobra.Command, args []string) error {
			report, err := sh.check(c.Context(), args)
			if err != nil {
				return err
			}
			if err := sh.printFindings(report, asJSON); err != nil {
				return err
			}
			errs, warnings := report.Count()
			if !sh.quiet {
				fmt.Fprintf(sh.Stderr, "%s and %s in %s\n", counted(errs, "error"), counted(warnings, "warning"), counted(report.Articles, "article"))
			}
			if errs+warnings > 0 {
				return errFound
			}
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return c
}

// check checks what the arguments mean. Files outside need no library.
func (sh *shell) check(ctx context.Context, args []string) (*check.Report, error) {
	lib, err := sh.open()
	if err != nil && (sh.dir != "" || len(args) == 0 || !allFiles(args)) {
		return nil, err
	}
	report := &check.Report{}
	var outside []string
	if lib == nil {
		outside = args
	} else if report, outside, err = sh.checkLibrary(ctx, lib, args); err != nil {
		return nil, err
	}
	for _, file := range outside {
		if file, err = filepath.Abs(file); err != nil {
			return nil, err
		}
		one, err := check.File(ctx, filepath.Dir(file), filepath.Base(file))
		if err != nil {
			return nil, err
		}
		for _, f := range one.Findings {
			f.Path = file
			report.Findings = append(report.Findings, f)
		}
		report.Articles++
	}
	slices.SortStableFunc(report.Findings, func(a, b check.Finding) int { return strings.Compare(a.Path, b.Path) })
	return report, nil
}

// checkLibrary checks the articles that the arguments mean, or all, and returns those
// arguments that are files elsewhere.
func (sh *shell) checkLibrary(ctx context.Context, lib *library.Library, args []string) (*check.Report, []string, error) {
	p := newProgress(sh.terminal(), "reading the articles")
	defer p.clear()
	articles, problems, err := lib.Load(ctx)
	if err != nil {
		return nil, nil, err
	}
	listed := map[string]bool{}
	for _, a := range articles {
		listed[a.Path] = true
	}
	opt := check.Options{Progress: p.show}
	var outside []string
	for _, arg := range args {
		file, err := lib.Resolve(arg, articles)
		if err != nil {
			return nil, nil, err
		}
		if rel, ok := lib.Rel(file); ok && listed[rel] {
			opt.Only = append(opt.Only, rel)
		} else if !slices.Contains(outside, file) {
			outside = append(outside, file)
		}
	}
	if len(args) > 0 && len(opt.Only) == 0 {
		return &check.Report{}, outside, nil
	}
	report, err := check.Library(ctx, lib, articles, problems, opt)
	return report, outside, err
}

// printFindings prints paths as they can be opened, in JSON as the library knows them.
func (sh *shell) printFindings(report *check.Report, asJSON bool) error {
	if asJSON {
		all := []found{}
		for _, f := range report.Findings {
			all = append(all, found{f.Path, f.Line, f.Column, string(f.Level), f.Code, f.Message, f.Remedy})
		}
		return printJSON(sh.Stdout, all)
	}
	dir, _ := sh.library()
	for _, f := range report.Findings {
		p := library.Problem{Path: filepath.FromSlash(f.Path), Line: f.Line, Message: f.Message, Remedy: f.Remedy}
		if !filepath.IsAbs(p.Path) {
			p.Path = filepath.Join(dir, p.Path)
		}
		if _, err := fmt.Fprintln(sh.Stdout, printable(p.Error())); err != nil {
			return err
		}
	}
	return nil
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprint(n, " ", what, "s")
}

// terminal returns standard error if somebody watches it.
func (sh *shell) terminal() io.Writer {
	f, ok := sh.Stderr.(*os.File)
	if !ok || sh.quiet || !isTerminal(f) {
		return nil
	}
	return f
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// progress is a line on a terminal that tells how far long work is. Short work shows
// none.
type progress struct {
	w     io.Writer // nil where nobody watches
	start *time.Timer
	mu    sync.Mutex
	next  time.Time // when to show more
	width int       // of what is shown
	of    string    // what is counted, if not articles
}

const progressEvery = 200 * time.Millisecond

// newProgress shows what is being done until there is a number to show.
func newProgress(w io.Writer, doing string) *progress {
	p := &progress{w: w, next: time.Now().Add(2 * progressEvery)}
	p.start = time.AfterFunc(2*progressEvery, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.print(doing + "…")
	})
	return p
}

func (p *progress) show(done, all int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now := time.Now(); now.After(p.next) {
		p.start.Stop()
		p.next = now.Add(progressEvery)
		p.print(fmt.Sprintf("%d of %d %s", done, all, cmp.Or(p.of, "articles")))
	}
}

func (p *progress) print(line string) {
	if p.w != nil {
		n := utf8.RuneCountInString(line)
		fmt.Fprint(p.w, "\r", line, strings.Repeat(" ", max(p.width-n, 0)))
		p.width = n
	}
}

// clear ends the progress and leaves the line empty.
func (p *progress) clear() {
	p.start.Stop()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.width > 0 {
		fmt.Fprint(p.w, "\r", strings.Repeat(" ", p.width), "\r")
	}
	p.w = nil
}
