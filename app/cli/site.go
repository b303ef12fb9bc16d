package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"longhand/library"
	"longhand/library/site"
)

type siteFlags struct {
	to, theme, baseURL    string
	drafts, force, asJSON bool
}

// built is what a build did, in the JSON output. The fields are stable.
type built struct {
	Dir       string   `json:"dir"`
	Articles  int      `json:"articles"`
	Rendered  int      `json:"rendered"`
	Files     int      `json:"files"`
	Written   int      `json:"written"`
	Unchanged int      `json:"unchanged"`
	Removed   int      `json:"removed"`
	Failed    int      `json:"failed"`
	Seconds   float64  `json:"seconds"`
	Omitted   []string `json:"omitted"`
	Warnings  []warned `json:"warnings"`
}

type warned struct {
	Path    string `json:"path"`
	Line    int    `json:"line"`
	Message string `json:"message"`
	Remedy  string `json:"remedy"`
}

func (sh *shell) siteCommand() *cobra.Command {
	var flags siteFlags
	c := &cobra.Command{
		Use:   "site --to DIR",
		Short: "Make a website of the whole library",
		Long: `Make a website of all published articles in a folder: a page for each, home,
archive, tags, authors, search, feeds and a sitemap. Opened from the disk it works
as it does on a server.

Only what has changed since the last time is made and written. Files in the folder
that Longhand did not make are never replaced or removed; a folder that holds
others, and no site yet, or the site of another library, needs --force.

Feeds, the sitemap and canonical addresses need the address of the site: give it
with --base-url, or as base_url in the library's site.toml.

Exit status: 0 the site is built, though there may be warnings; 1 a page could not
be made or written; 2 wrong usage.`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error { return sh.site(c.Context(), flags) },
	}
	c.Flags().StringVar(&flags.to, "to", "", "the `DIR` of the site")
	c.Flags().StringVar(&flags.theme, "theme", "", "the theme's `NAME`; without it the one in site.toml, else longhand")
	c.Flags().StringVar(&flags.baseURL, "base-url", "", "the `URL` at which the site will be, such as https://example.org")
	c.Flags().BoolVar(&flags.drafts, "drafts", false, "also drafts, and articles dated in the future")
	c.Flags().BoolVar(&flags.force, "force", false, "also into a folder that holds other files; they stay as they are")
	c.Flags().BoolVar(&flags.asJSON, "json", false, "print one JSON document")
	return c
}

func (sh *shell) site(ctx context.Context, flags siteFlags) error {
	if flags.to == "" {
		return usageError{errors.New("name the folder of the site with --to")}
	}
	if flags.baseURL != "" && !site.IsAddress(flags.baseURL) {
		return usageError{fmt.Errorf("--base-url %q is no address of a site; write one such as https://example.org", flags.baseURL)}
	}
	// A build is short and makes much that is soon dropped: let it pile up, within bounds.
	// What is held and never touched takes no memory, and has one that does little be
	// done before the first collection.
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(300 << 20))
	defer runtime.KeepAlive(make([]byte, 20<<20))

	lib, err := sh.open()
	if err != nil {
		return err
	}
	name := flags.theme
	if name == "" {
		name = site.ReadConfig(lib).Theme
	}
	if name == "" {
		name = defaultTheme
	}
	files, err := site.ThemeFiles(sh.Themes, sh.UserThemes, name, defaultTheme)
	switch {
	case err != nil && flags.theme == "":
		settings := lib.File("site.toml")
		return &library.Problem{Path: settings, Line: site.KeyLine(settings, "theme"), Message: err.Error(), Remedy: "name one of these"}
	case err != nil:
		return usageError{err}
	}
	theme, err := site.LoadTheme(files)
	if err != nil {
		return err
	}
	start := time.Now()
	p := newProgress(sh.terminal(), "reading the articles")
	p.of = "pages"
	report, err := site.Build(ctx, lib, site.Options{
		To: flags.to, Theme: theme, BaseURL: flags.baseURL, Drafts: flags.drafts, Force: flags.force,
		Cache: sh.Cache, Now: sh.Now(), Progress: p.show,
	})
	p.clear()
	if !flags.asJSON {
		sh.complain(report.Problems)
	}
	if err != nil {
		return err
	}
	took := time.Since(start)
	if flags.asJSON {
		err = printJSON(sh.Stdout, builtOf(report, took))
	} else {
		if !sh.quiet {
			for _, o := range report.Omitted {
				fmt.Fprintln(sh.Stderr, "longhand:", o)
			}
			fmt.Fprintf(sh.Stderr, "%s, %s: %d written, %d as before, %d removed in %.1f s\n",
				counted(report.Articles, "article"), counted(report.Files, "file"), report.Written, report.Unchanged, report.Removed, took.Seconds())
		}
		_, err = fmt.Fprintln(sh.Stdout, filepath.Join(report.Dir, "index.html"))
	}
	if err == nil && report.Failed > 0 {
		return fmt.Errorf("%s of the site could not be made", counted(report.Failed, "file"))
	}
	return err
}

func builtOf(r *site.Report, took time.Duration) built {
	out := built{
		Dir: r.Dir, Articles: r.Articles, Rendered: r.Rendered, Files: r.Files, Written: r.Written, Unchanged: r.Unchanged,
		Removed: r.Removed, Failed: r.Failed, Seconds: took.Seconds(), Omitted: append([]string{}, r.Omitted...), Warnings: []warned{},
	}
	for _, p := range r.Problems {
		out.Warnings = append(out.Warnings, warnedOf(p))
	}
	return out
}

func warnedOf(p *library.Problem) warned {
	return warned{Path: p.Path, Line: p.Line, Message: p.Message, Remedy: strings.TrimSpace(p.Remedy)}
}
