package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"longhand/app/cli"
	"longhand/resources"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"longhand": longhand})
}

// now is the day on which all scripts are played.
func now() time.Time { return time.Date(2026, 11, 12, 13, 14, 15, 0, time.UTC) }

// longhand is the program as main wires it, with folders from the script's
// environment and a window that only says what it would open.
func longhand() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(cli.Run(ctx, cli.Env{
		Version:    "test",
		Library:    os.Getenv("DEFAULT_LIBRARY"),
		Cache:      os.Getenv("CACHE"),
		State:      os.Getenv("STATE_FOLDER"),
		Welcome:    resources.Welcome(now()),
		Themes:     resources.Themes(),
		UserThemes: os.Getenv("THEMES"),
		Stdout:     os.Stdout,
		Stderr:     os.Stderr,
		Now:        now,
		Window: func(dir string, chosen bool, ref string) error {
			_, err := fmt.Printf("window on %q in %s, chosen %v\n", ref, filepath.Base(dir), chosen)
			return err
		},
	}, os.Args[1:]))
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Setenv("DEFAULT_LIBRARY", filepath.Join(env.WorkDir, "default"))
			env.Setenv("CACHE", filepath.Join(env.WorkDir, "cache"))
			env.Setenv("STATE_FOLDER", filepath.Join(env.WorkDir, "state"))
			env.Setenv("THEMES", filepath.Join(env.WorkDir, "themes"))
			env.Setenv("TZ", "UTC")
			env.Setenv("GORACE", "atexit_sleep_ms=0") // each run of the program would wait a second
			return nil
		},
		Condition: func(cond string) (bool, error) {
			if cond == "user" { // root may read and write everything
				return os.Geteuid() > 0, nil
			}
			return false, fmt.Errorf("unknown condition %q", cond)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": status, "bytes": writeBytes, "ruin": ruin, "big": big, "json": jsonPaths, "lines": lines, "remember": remember, "unchanged": unchanged, "type": typed,
		},
	})
}

// status N COMMAND... runs a command that ends with the status.
func status(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("status %d, want %d", got, want)
	}
}

// bytes FILE STRING writes what the Go string says.
func writeBytes(ts *testscript.TestScript, _ bool, args []string) {
	s, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(s), 0o644))
}

// ruin FOLDER overwrites the files in it with something else.
func ruin(ts *testscript.TestScript, _ bool, args []string) {
	entries, err := os.ReadDir(ts.MkAbs(args[0]))
	ts.Check(err)
	for _, e := range entries {
		ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(args[0]), e.Name()), []byte(strings.Repeat("no database ", 1000)), 0o600))
	}
}

// big FILE BYTES makes an article of that size.
func big(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	const line = "Some words that fill a line of an article that never ends.\n"
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte("---\ntitle: Big\ndate: 2001-01-01\n---\n"+strings.Repeat(line, n/len(line))), 0o644))
}

// json PATHS... checks that standard output is one JSON list of articles with
// these paths.
func jsonPaths(ts *testscript.TestScript, _ bool, args []string) {
	dec := json.NewDecoder(strings.NewReader(ts.ReadFile("stdout")))
	items := []struct {
		Path, File, Slug, Title, Status string
		Tags, Authors                   []string
	}{}
	ts.Check(dec.Decode(&items))
	if _, err := dec.Token(); err != io.EOF {
		ts.Fatalf("more than one document: %v", err)
	}
	if items == nil {
		ts.Fatalf("the list is null")
	}
	var got []string
	for _, it := range items {
		got = append(got, it.Path)
		if it.Title == "" || it.Slug == "" || it.Status == "" || !filepath.IsAbs(it.File) || it.Tags == nil || it.Authors == nil {
			ts.Fatalf("not whole: %+v", it)
		}
	}
	if strings.Join(got, " ") != strings.Join(args, " ") {
		ts.Fatalf("articles %q, want %q", got, args)
	}
}

// lines N checks that standard output has so many, all of them printable.
func lines(ts *testscript.TestScript, _ bool, args []string) {
	out := ts.ReadFile("stdout")
	if got := strconv.Itoa(strings.Count(out, "\n")); got != args[0] {
		ts.Fatalf("%s lines, want %s:\n%s", got, args[0], out)
	}
	if strings.ContainsAny(out, "\x1b\r\x07\u202e\u2028") {
		ts.Fatalf("control characters in %q", out)
	}
}

func state(ts *testscript.TestScript, dir string) string {
	var b strings.Builder
	ts.Check(filepath.WalkDir(ts.MkAbs(dir), func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		var data []byte
		if info.Mode().IsRegular() {
			data, err = os.ReadFile(name)
		}
		fmt.Fprintln(&b, name, info.Mode(), info.ModTime().UnixNano(), len(data), string(data[:min(len(data), 1000)]))
		return err
	}))
	return b.String()
}

// remember DIR and unchanged DIR check that nothing in a folder was touched.
func remember(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv("STATE", strings.ReplaceAll(state(ts, args[0]), "\x00", "\\0"))
}

func unchanged(ts *testscript.TestScript, _ bool, args []string) {
	if strings.ReplaceAll(state(ts, args[0]), "\x00", "\\0") != ts.Getenv("STATE") {
		ts.Fatalf("%s was touched", args[0])
	}
}

// failing is an output that takes a little and no more.
type failing struct {
	left int
	err  error
}

func (f *failing) Write(p []byte) (int, error) {
	if len(p) > f.left {
		return 0, f.err
	}
	f.left -= len(p)
	return len(p), nil
}

func TestOutputThatFails(t *testing.T) {
	dir := t.TempDir()
	for i := range 20 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("a%d.md", i)), []byte("---\ntitle: Common\n---\nText.\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"list"}, {"list", "--json"}, {"search", "common"}, {"search", "--json", "common"}, {"check"}, {"check", "--json"}, {"export", "a1", "--to", "-"}, {"--help"}, {"--version"}, {"export", "--to", filepath.Join(dir, "out") + "/"}} {
		for _, cause := range []error{syscall.EPIPE, &fs.PathError{Op: "write", Path: "/dev/stdout", Err: syscall.ENOSPC}} {
			var stderr bytes.Buffer
			got := cli.Run(t.Context(), cli.Env{Version: "test", Library: dir, Themes: resources.Themes(), Stdout: &failing{5, cause}, Stderr: &stderr, Now: now}, args)
			if got != cli.Failed || !strings.Contains(stderr.String(), "standard output cannot be written") || strings.Count(stderr.String(), "\n") > 22 {
				t.Errorf("%v: status %d, %s", args, got, stderr.String())
			}
		}
	}
}

func TestInterrupted(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "one.md"), []byte("# One\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, args := range [][]string{{"list"}, {"search", "one"}, {"check"}, {"check", "one"}, {"export", "--to", out + "/"}, {"export", filepath.Join(dir, "one.md"), "--to", out + "/"}} {
		var stdout, stderr bytes.Buffer
		got := cli.Run(ctx, cli.Env{Library: dir, Themes: resources.Themes(), Stdout: &stdout, Stderr: &stderr, Now: now}, args)
		if got != cli.Failed || stderr.String() != "longhand: interrupted\n" || stdout.Len() > 0 {
			t.Errorf("%v: status %d, %q, %q", args, got, stdout.String(), stderr.String())
		}
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("something was exported")
	}
}
