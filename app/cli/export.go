package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"longhand/editor/html"
	"longhand/editor/markdown"
	"longhand/library"
	"longhand/library/site"
)

type exportFlags struct {
	to, theme, pictures string
	fragment            bool
}

// Where the pictures of a page go.
const inside, beside = "inside", "beside"

func (sh *shell) exportCommand() *cobra.Command {
	var flags exportFlags
	c := &cobra.Command{
		Use:   "export [FILE|SLUG]...",
		Short: "Make one self-contained HTML page of each article",
		Long: `Make one self-contained HTML page of each article, or of all published ones when
none is named, and print the paths of the pages.

--to names a folder (made when it ends with a slash or there are several
articles), a file, or - for standard output. Without it a page goes to the
current folder. A file that Longhand did not make is replaced only when --to
names it.`,
		RunE: func(c *cobra.Command, args []string) error {
			// Mostly over before there is much to collect.
			defer debug.SetGCPercent(debug.SetGCPercent(400))
			jobs, s, err := sh.exportJobs(c.Context(), args)
			if err != nil {
				return err
			}
			if s.PicturesBeside && !c.Flags().Changed("pictures") && flags.to != "-" && !flags.fragment {
				flags.pictures = beside
			}
			return sh.export(c.Context(), jobs, s, flags)
		},
	}
	c.Flags().StringVar(&flags.to, "to", "", "`PATH` of the page or its folder; - for standard output")
	c.Flags().StringVar(&flags.pictures, "pictures", inside, "`WHERE` pictures go: inside the page, or beside it in a folder NAME_files")
	c.Flags().BoolVar(&flags.fragment, "fragment", false, "only the article's body, without a page around it")
	c.Flags().StringVar(&flags.theme, "theme", "longhand", "the page theme's `NAME`")
	return c
}

// job is an article to export.
type job struct {
	file string
	path string // in the library; empty outside
	slug string
}

// exportJobs finds what the arguments mean. Files outside need no library.
func (sh *shell) exportJobs(ctx context.Context, args []string) ([]job, *site.Site, error) {
	lib, err := sh.open()
	if err != nil && (sh.dir != "" || len(args) == 0 || !allFiles(args)) {
		return nil, nil, err
	}
	s := &site.Site{}
	var articles []library.Loaded
	if lib != nil {
		var problems []*library.Problem
		s, problems = site.New(lib, nil)
		sh.complain(problems)
		if !alone(args, s) {
			if articles, _, err = lib.LoadHeads(ctx); err != nil {
				return nil, nil, err
			}
			s = s.With(articles)
		}
	} else {
		lib = &library.Library{}
	}
	var jobs []job
	if len(args) == 0 {
		for _, a := range articles {
			if !a.Draft { // an unreadable one fails by itself
				jobs = append(jobs, job{lib.File(a.Path), a.Path, a.Slug})
			}
		}
	}
	for _, arg := range args {
		file, err := lib.Resolve(arg, articles)
		if err != nil {
			return nil, nil, err
		}
		j := job{file: file}
		rel, inside := lib.Rel(file)
		if inside {
			j.path = rel
		} else {
			rel = filepath.Base(file)
		}
		a, _ := library.Read(file, rel)
		j.slug = a.Slug
		jobs = append(jobs, j)
	}
	return jobs, s, nil
}

// alone reports whether the pages need nothing of the library's other articles: these are named by
// their files and list no posts of their authors. Reading a large library takes longer
// than making a page.
func alone(args []string, s *site.Site) bool {
	if len(args) == 0 || !allFiles(args) {
		return false
	}
	return s.BaseURL != "" || !slices.ContainsFunc(args, func(file string) bool {
		a, _ := library.Read(file, filepath.Base(file))
		return len(a.Authors) > 0
	})
}

func allFiles(args []string) bool {
	for _, a := range args {
		if info, err := os.Stat(a); err != nil || info.IsDir() {
			return false
		}
	}
	return true
}

func (sh *shell) export(ctx context.Context, jobs []job, s *site.Site, flags exportFlags) error {
	switch {
	case flags.pictures != inside && flags.pictures != beside:
		return usageError{fmt.Errorf("--pictures is %s or %s, not %q", inside, beside, flags.pictures)}
	case flags.pictures == beside && (flags.to == "-" || flags.fragment):
		return usageError{fmt.Errorf("--pictures %s goes with pages in files", beside)}
	}
	theme, err := sh.theme(flags.theme)
	if err != nil {
		return err
	}
	targets, named, err := targets(jobs, flags.to)
	if err != nil {
		return err
	}
	if len(jobs) == 0 && !sh.quiet {
		fmt.Fprintln(sh.Stderr, "longhand: there is no published article; name a draft to export it")
	}
	pages := map[string]string{}
	for i, j := range jobs {
		if j.path != "" && flags.to != "-" {
			pages[j.path] = url.PathEscape(filepath.Base(targets[i]))
		}
	}
	failed := 0
	for i, j := range jobs {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := sh.exportOne(theme, s, j, targets[i], pages, named, flags); err != nil {
			if len(jobs) == 1 {
				return err
			}
			fmt.Fprintln(sh.Stderr, "longhand:", printable(err.Error()))
			failed++
			continue
		}
		if targets[i] == "-" {
			continue
		}
		if _, err := fmt.Fprintln(sh.Stdout, targets[i]); err != nil {
			return err
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d articles were not exported", failed, len(jobs))
	}
	return nil
}

func (sh *shell) exportOne(theme *html.Theme, s *site.Site, j job, to string, pages map[string]string, named bool, flags exportFlags) error {
	var page []byte
	var err error
	switch {
	case flags.fragment:
		page, err = renderFragment(j, s.TrustHTML)
	case flags.pictures == beside:
		a, doc := library.Read(j.file, cmp.Or(j.path, filepath.Base(j.file)))
		if a.Unreadable {
			return a.Problem
		}
		problems, err := s.ExportBeside(theme, a, doc, j.file, to, pages, named)
		sh.complain(problems)
		return taken(to, err)
	default:
		var problems []*library.Problem
		page, problems, err = s.RenderFile(theme, j.file, pages)
		sh.complain(problems)
	}
	if err != nil {
		return err
	}
	if to == "-" {
		_, err := sh.Stdout.Write(page)
		return err
	}
	// A fragment bears no mark of Longhand: it is replaced only by name.
	return taken(to, site.Write(to, page, named))
}

// taken explains that there is a file that an export will not replace.
func taken(to string, err error) error {
	if !errors.Is(err, fs.ErrExist) {
		return err
	}
	var at *fs.PathError
	if errors.As(err, &at) {
		to = at.Path
	}
	return &library.Problem{Path: to, Message: "this file exists and was not made by Longhand", Remedy: "name the page with --to to replace it"}
}

func renderFragment(j job, trust bool) ([]byte, error) {
	a, doc := library.Read(j.file, filepath.Base(j.file))
	if a.Unreadable {
		return nil, a.Problem
	}
	var out bytes.Buffer
	err := html.Fragment(&out, markdown.Parse([]byte(doc.String()[a.Body:])), html.FragmentOptions{Trusted: trust && !a.Imported})
	return out.Bytes(), err
}

// targets returns the file for each job, and whether the user named it himself.
// Two articles with one slug get different files.
func targets(jobs []job, to string) (files []string, named bool, err error) {
	if to == "-" {
		if len(jobs) != 1 {
			return nil, false, usageError{fmt.Errorf("--to - takes one article, not %d", len(jobs))}
		}
		return []string{"-"}, true, nil
	}
	dir := to
	if to == "" {
		dir = "."
	} else if info, err := os.Stat(to); len(jobs) == 1 && !strings.HasSuffix(to, "/") && (err != nil || !info.IsDir()) {
		return []string{to}, true, nil
	} else if err == nil && !info.IsDir() {
		return nil, false, usageError{fmt.Errorf("%s is a file; %d articles need a folder", to, len(jobs))}
	}
	used := map[string]bool{}
	for _, j := range jobs {
		name := library.Slug(j.slug)
		for n := 2; used[name]; n++ {
			name = fmt.Sprintf("%s-%d", library.Slug(j.slug), n)
		}
		used[name] = true
		files = append(files, filepath.Join(dir, name+".html"))
	}
	return files, false, nil
}
