// Package cli is Longhand on the command line: the verbs, without a window.
//
// Data goes to standard output, complaints to standard error. The exit status is
// 0 when done, 1 when it failed or found problems, 2 for wrong usage.
package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/cobra"

	"longhand/editor/html"
	"longhand/library"
	"longhand/library/site"
)

// The exit statuses.
const (
	Done   = 0
	Failed = 1 // or found problems
	Usage  = 2
)

// Env is what the command line gets from outside.
type Env struct {
	Version string
	// Library is the folder used when --library does not name another.
	Library string
	// Cache is the folder of what can be made again; empty for none.
	Cache string
	// State is the folder of what the window remembers, with the journal in it.
	State string
	// Welcome are the files of a new library, by path.
	Welcome map[string][]byte
	// Themes holds a folder for each page theme.
	Themes fs.FS
	// UserThemes is the user's own folder of themes, which go before those; empty for none.
	UserThemes     string
	Stdout, Stderr io.Writer
	// NoColour asks for plain text on terminals too.
	NoColour bool
	Now      func() time.Time
	// Window opens the window with the library and, unless it is empty, on the
	// file or slug. The library is the user's choice when chosen is set.
	Window func(dir string, chosen bool, ref string) error
}

// usageError marks an error as the caller's.
type usageError struct{ error }

// shell is one run of the program.
type shell struct {
	Env
	dir   string // --library
	quiet bool
}

// Run carries out the arguments, without the program's name, and returns the
// exit status.
func Run(ctx context.Context, env Env, args []string) int {
	out := &output{w: env.Stdout}
	env.Stdout = out
	sh := &shell{Env: env}
	root := sh.root()
	root.SetArgs(dashed(root, args))
	root.SetOut(env.Stdout)
	root.SetErr(env.Stderr)
	err := root.ExecuteContext(ctx)
	found := errors.Is(err, errFound)
	if found { // which has been said
		err = nil
	}
	switch {
	case errors.Is(err, context.Canceled):
		err = errors.New("interrupted")
	case err == nil || out.err != nil && errors.Is(err, out.err):
		err = out.problem()
	}
	switch {
	case err == nil && found:
		return Failed
	case err == nil:
		return Done
	}
	fmt.Fprintln(env.Stderr, "longhand:", printable(err.Error()))
	var usage usageError
	if errors.As(err, &usage) {
		fmt.Fprintln(env.Stderr, "See: longhand --help")
		return Usage
	}
	return Failed
}

// output is standard output. It remembers that a write failed, so that a full
// disk or a reader that left is not taken for success.
type output struct {
	w   io.Writer
	err error
}

func (o *output) Write(p []byte) (int, error) {
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.w.Write(p)
	o.err = err
	return n, err
}

func (o *output) problem() error {
	if o.err == nil {
		return nil
	}
	err := o.err
	var system *fs.PathError
	if errors.As(err, &system) {
		err = system.Err
	}
	return fmt.Errorf("standard output cannot be written: %w; what was printed is not complete", err)
}

// A desktop program is started from Windows' Explorer, which cobra would refuse.
func init() { cobra.MousetrapHelpText = "" }

func (sh *shell) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "longhand [FILE|SLUG]",
		Short: "Write blog posts offline",
		Long: `Longhand is a Markdown editor with a live preview, a searchable library of all
past articles, and export to HTML. Without a verb it opens its window.

Data goes to standard output, complaints to standard error. Exit status: 0 done,
1 it failed or found problems, 2 wrong usage.`,
		Version:       sh.Version,
		Args:          usageArgs(cobra.MaximumNArgs(1)),
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(_ *cobra.Command, args []string) error {
			ref := strings.Join(args, "")
			dir, chosen := sh.library()
			return sh.Window(dir, chosen, ref)
		},
	}
	root.PersistentFlags().StringVar(&sh.dir, "library", "", "the `DIR` with the articles")
	root.PersistentFlags().BoolVarP(&sh.quiet, "quiet", "q", false, "no complaints about single files")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.SetVersionTemplate("longhand {{.Version}}\n")
	root.AddCommand(sh.newCommand(), sh.listCommand(), sh.searchCommand(), sh.exportCommand(), sh.siteCommand(), sh.checkCommand(), sh.recoverCommand())
	return root
}

func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if err := check(c, args); err != nil {
			return usageError{err}
		}
		return nil
	}
}

func (sh *shell) library() (dir string, chosen bool) {
	if sh.dir != "" {
		return sh.dir, true
	}
	return sh.Library, false
}

// open opens the library; the default one only when it has been created.
func (sh *shell) open() (*library.Library, error) {
	dir, chosen := sh.library()
	lib, err := library.Open(dir)
	if errors.Is(err, fs.ErrNotExist) && !chosen {
		return nil, errors.New("there is no library yet; start longhand once, create an article with: longhand new TITLE, or name a folder with --library")
	}
	return lib, err
}

// load reads all articles and complains of what could not be read.
func (sh *shell) load(ctx context.Context) (*library.Library, []library.Loaded, error) {
	lib, err := sh.open()
	if err != nil {
		return nil, nil, err
	}
	articles, problems, err := lib.Load(ctx)
	if err != nil {
		return nil, nil, err
	}
	sh.complain(problems)
	return lib, articles, nil
}

func (sh *shell) complain(problems []*library.Problem) {
	if sh.quiet {
		return
	}
	for _, p := range problems {
		fmt.Fprintln(sh.Stderr, "longhand:", printable(p.Error()))
	}
}

// defaultTheme is the page theme used when none is named.
const defaultTheme = "longhand"

// theme loads a page theme by name.
func (sh *shell) theme(name string) (*html.Theme, error) {
	files, err := site.ThemeFiles(sh.Themes, sh.UserThemes, name, defaultTheme)
	if err != nil {
		return nil, usageError{err}
	}
	return html.LoadTheme(files)
}

func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// printable keeps what came from files from steering a terminal, breaking a
// line in two or turning the rest of it round.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || '\u2028' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069' {
			return ' '
		}
		return r
	}, s)
}
