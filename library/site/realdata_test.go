package site

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"longhand/library"
)

func TestRealDataExport(t *testing.T) {
	data := os.Getenv("LONGHAND_DATA")
	if data == "" {
		t.Skip("set LONGHAND_DATA to a folder with library/rust-blog to export real articles")
	}
	lib, err := library.Open(filepath.Join(data, "library", "rust-blog"))
	if err != nil {
		t.Fatal(err)
	}
	articles, problems, err := lib.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Error(p)
	}
	s, more := New(lib, library.Articles(articles))
	if len(more) > 0 {
		t.Error(more)
	}
	dir, th := t.TempDir(), theme(t)
	pages, files := map[string]string{}, map[string]string{}
	taken := map[string]bool{}
	for _, a := range articles {
		name := numbered(library.Slug(a.Slug), 1) + ".html"
		for n := 2; taken[name]; n++ {
			name = numbered(library.Slug(a.Slug), n) + ".html"
		}
		taken[name] = true
		pages[a.Path], files[a.Path] = name, filepath.Join(dir, name)
	}
	export := func() (size, warnings int) {
		for _, a := range articles {
			page, found, err := s.RenderFile(th, lib.File(a.Path), pages)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(page, []byte(lib.Dir())) {
				t.Errorf("the page of %s tells where the library is", a.Path)
			}
			if old, err := os.ReadFile(files[a.Path]); err == nil && !bytes.Equal(old, page) {
				t.Errorf("the page of %s came out different", a.Path)
			}
			if err := Write(files[a.Path], page, false); err != nil {
				t.Fatal(err)
			}
			size, warnings = size+len(page), warnings+len(found)
		}
		return size, warnings
	}
	start := time.Now()
	size, warnings := export()
	t.Logf("%d articles exported in %v: %d KB, %d warnings", len(articles), time.Since(start).Round(time.Millisecond), size>>10, warnings)
	export()
	if entries, _ := os.ReadDir(dir); len(entries) != len(articles) {
		t.Errorf("%d files for %d articles", len(entries), len(articles))
	}
}
