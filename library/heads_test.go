package library

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// What the beginning of a file tells is what the whole of it tells.
func TestLoadHeads(t *testing.T) {
	long := strings.Repeat("A line of text, as there are many.\n", 400)
	dir := t.TempDir()
	for name, text := range map[string]string{
		"short.md":        "---\ntitle: Short\ntags: [a]\n---\nText.\n",
		"long.md":         "---\ntitle: Long\ndate: 2026-01-02\nauthors: [ana]\ndraft: true\n---\n" + long,
		"untitled.md":     "---\ntags: [a]\n---\n" + strings.Repeat("x\n", 1500) + "\n# Heading\n" + long,
		"late.md":         "---\ntitle: Late\nnote: |\n" + strings.Repeat("  a line\n", 600) + "tags: [b]\n---\n" + long,
		"toml.md":         "+++\ntitle = 'TOML'\n+++\n" + long,
		"json.md":         "{\"title\": \"JSON\"}\n" + long,
		"crlf.md":         strings.ReplaceAll("---\ntitle: Windows\n---\n"+long, "\n", "\r\n"),
		"none.md":         long,
		"broken.md":       "---\ntitle: [\n---\n" + long,
		"open.md":         "---\ntitle: Never closed\n" + long,
		"2026-02-03-d.md": "---\ntitle: Dated\n---\n" + long,
		"rule.md":         "---\n\n" + long,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	lib, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	full, _, err := lib.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	heads, _, err := lib.LoadHeads(context.Background())
	if err != nil || len(heads) != len(full) || len(full) != 12 {
		t.Fatalf("%d of %d, %v", len(heads), len(full), err)
	}
	for i, want := range full {
		got := heads[i]
		if got.Head != "" || got.Body != "" || got.Article.Words != 0 {
			t.Errorf("%s: more than its head", got.Path)
		}
		want.Article.Excerpt, want.Article.Words = "", 0
		if !reflect.DeepEqual(got.Article, want.Article) {
			t.Errorf("got  %+v\nwant %+v", got.Article, want.Article)
		}
	}
}
