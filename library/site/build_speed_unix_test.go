//go:build unix

package site

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	goldhtml "github.com/yuin/goldmark/renderer/html"
)

// TestSpeedRealData builds a site of many articles cold, unchanged, and with one
// changed, and Hugo's of the same articles where LONGHAND_HUGO names it: see
// .ci/site-speed. LONGHAND_SITE_ARTICLES is how many, LONGHAND_SITE_PROGRAM a
// longhand to run as a process of its own.
func TestSpeedRealData(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("LONGHAND_SITE_ARTICLES"))
	program := os.Getenv("LONGHAND_SITE_PROGRAM")
	if n == 0 || program == "" {
		t.Skip("run by .ci/site-speed")
	}
	dir := t.TempDir()
	lib := filepath.Join(dir, "hugo", "content")
	generated(t, lib, n)
	to := filepath.Join(dir, "site")
	args := []string{"site", "-q", "--library", lib, "--to", to, "--base-url", "https://example.org"}
	run := func(what, name string, args ...string) time.Duration {
		t.Helper()
		cmd := exec.Command(name, args...)
		cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+filepath.Join(dir, "cache"))
		start := time.Now()
		out, err := cmd.CombinedOutput()
		took := time.Since(start)
		if err != nil {
			t.Fatalf("%s: %v\n%s", what, err, out)
		}
		usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
		t.Logf("%-28s %6.2f s wall %6.2f s user %6.2f s system %5d MiB", what, took.Seconds(),
			cmd.ProcessState.UserTime().Seconds(), cmd.ProcessState.SystemTime().Seconds(), usage.Maxrss>>10)
		return took
	}
	cold := run("longhand, cold", program, args...)
	run("longhand, unchanged", program, args...)
	one := filepath.Join(lib, "article-00042.md")
	text, err := os.ReadFile(one)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(text), "\n\n", "\n\nA *changed* beginning.\n\n", 1)
	if err := os.WriteFile(one, []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
	run("longhand, one changed", program, args...)
	page, err := os.ReadFile(filepath.Join(to, "2025/12/article-00042/index.html"))
	if err != nil || !strings.Contains(string(page), "<em>changed</em>") {
		t.Errorf("the changed article is not in the site: %v", err)
	}
	hugo := os.Getenv("LONGHAND_HUGO")
	if hugo == "" {
		return
	}
	theirs := filepath.Join(dir, "hugo")
	write2(t, filepath.Join(theirs, "config.toml"), "baseURL = \"https://example.org/\"\ntitle = \"t\"\npaginate = 10\n[taxonomies]\ntag = \"tags\"\nauthor = \"authors\"\n[markup.goldmark.renderer]\nunsafe = true\n")
	write2(t, filepath.Join(theirs, "layouts/_default/single.html"), "<!doctype html><title>{{ .Title }}</title><h1>{{ .Title }}</h1>{{ .Content }}")
	write2(t, filepath.Join(theirs, "layouts/_default/list.html"), "<!doctype html><title>{{ .Title }}</title><h1>{{ .Title }}</h1>{{ range .Paginator.Pages }}<h2><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></h2>{{ .Summary }}{{ end }}")
	aside := filepath.Join(dir, "authors")
	move := func(from, to string) {
		t.Helper()
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	}
	// In turns, the best of each: whoever is first pays for memory that was not used lately.
	other := time.Duration(0)
	for i := range 2 {
		move(filepath.Join(lib, "authors"), aside) // which are not articles
		took := run("hugo, cold", hugo, "--quiet", "-s", theirs, "-d", filepath.Join(dir, "public"+strconv.Itoa(i)))
		move(aside, filepath.Join(lib, "authors"))
		if other == 0 || took < other {
			other = took
		}
		args[5] = filepath.Join(dir, "site"+strconv.Itoa(i)) // which has no cache yet
		cold = min(cold, run("longhand, cold again", program, args...))
	}
	t.Logf("longhand takes %.0f %% of Hugo's time, the best of each", 100*cold.Seconds()/other.Seconds())
	alone := min(goldmarkAlone(t, lib, filepath.Join(dir, "alone0")), goldmarkAlone(t, lib, filepath.Join(dir, "alone1")))
	t.Logf("goldmark and writing alone, with nothing that makes a site, take %.2f s, %.0f %% of Hugo's time", alone.Seconds(), 100*alone.Seconds()/other.Seconds())
}

// goldmarkAlone reads the articles, has goldmark turn them into HTML and writes it: what no
// build on goldmark can do without.
func goldmarkAlone(t *testing.T, lib, to string) time.Duration {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(lib, "*.md"))
	if err != nil || len(files) == 0 {
		t.Fatal("no articles", err)
	}
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList, extension.Typographer),
		goldmark.WithParserOptions(parser.WithAutoHeadingID(), parser.WithAttribute()), goldmark.WithRendererOptions(goldhtml.WithUnsafe()))
	start := time.Now()
	err = each(t.Context(), len(files), func(i int) error {
		data, err := os.ReadFile(files[i])
		if err != nil {
			return err
		}
		_, body, _ := strings.Cut(string(data), "\n---\n")
		var out bytes.Buffer
		if err := md.Convert([]byte(body), &out); err != nil {
			return err
		}
		dir := filepath.Join(to, strconv.Itoa(i/50), strconv.Itoa(i))
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(dir, "index.html"), out.Bytes(), 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	return time.Since(start)
}
