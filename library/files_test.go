package library

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestBodyIsThatOfTheArticle(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"yaml.md": "---\ntitle: One\n---\nText.\n", "dots.md": "---\ntitle: One\n...\nText.\n", "toml.md": "+++\ntitle = 'One'\n+++  \nText.\n",
		"json.md": "{\"title\": \"One\"}\nText.\n", "none.md": "# One\n\nText.\n", "open.md": "--- \n\nText\n", "empty.md": "", "crlf.md": "---\r\ntitle: One\r\n---\r\nText.\r\n",
		"head.md": "---\ntitle: One\n---", "broken.md": "---\ntitle: [One\n---\nText.\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	lib, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	articles, _, err := lib.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	files, _, err := lib.Files(t.Context())
	if err != nil || len(files) != len(articles) {
		t.Fatalf("%d files of %d articles: %v", len(files), len(articles), err)
	}
	known := map[string]File{}
	for _, f := range files {
		known[f.Path] = f
	}
	for _, a := range articles {
		if body, err := lib.Body(a.Path); err != nil || body != a.Body {
			t.Errorf("%s: %q, want %q, %v", a.Path, body, a.Body, err)
		}
		_, doc := Read(lib.File(a.Path), a.Path)
		if text, err := lib.Text(a.Path); err != nil || text != doc.String() {
			t.Errorf("%s: %q, want %q, %v", a.Path, text, doc.String(), err)
		}
		if f := known[a.Path]; !f.ModTime.Equal(a.ModTime) || f.Size != a.Size {
			t.Errorf("%s: %+v, want %v and %d", a.Path, f, a.ModTime, a.Size)
		}
	}
	if _, err := lib.Text("gone.md"); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := lib.Files(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
