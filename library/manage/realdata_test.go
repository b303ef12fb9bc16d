package manage

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"longhand/library"
	"longhand/library/links"
)

// realLibrary is a copy of real articles.
func realLibrary(t *testing.T, name string) *library.Library {
	t.Helper()
	data := os.Getenv("LONGHAND_DATA")
	if data == "" {
		t.Skip("set LONGHAND_DATA to a folder with library/ to rename real articles")
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(data, "library", name))); err != nil {
		t.Fatal(err)
	}
	lib, err := library.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// linkUp writes links to others into articles, in all notations: real ones link by
// addresses that their front matter gives, which no rename changes.
func linkUp(t *testing.T, lib *library.Library, files []library.File, random *rand.Rand) {
	t.Helper()
	for i, f := range files {
		s := "\n\n"
		for j := range 4 {
			to := files[random.IntN(len(files))].Path
			if random.IntN(2) == 0 { // so that some are linked to often
				to = files[random.IntN(10)].Path
			}
			rel := links.Relative(f.Path, to)
			switch (i + j) % 6 {
			case 0:
				s += "[a](" + rel + "#x) "
			case 1:
				s += "[b](<" + strings.TrimSuffix(rel, path.Ext(rel)) + "> \"t\") "
			case 2:
				s += "<a href='" + links.Link{}.Write(rel, "%C3") + "?q'>c</a> `" + rel + "` "
			case 3:
				s += fmt.Sprintf("[d][%d]\n\n[%d]: %s\n\n", j, j, links.Link{}.Write(rel, ""))
			case 4:
				s += "[e](@/" + to + ") "
			case 5:
				s += "[f]({{< ref \"/" + to + "\" >}}) "
			}
		}
		data, err := os.ReadFile(lib.File(f.Path))
		if err == nil {
			err = os.WriteFile(lib.File(f.Path), append(data, s...), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Renamed there and back, all articles are what they were, byte for byte, and there is
// as much that links lead to as before in between.
func TestRenameRealData(t *testing.T) {
	for _, name := range []string{"rust-blog", "optech"} {
		lib := realLibrary(t, name)
		files, _, err := lib.Files(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		random := rand.New(rand.NewPCG(1, 2))
		linkUp(t, lib, files, random)
		before := read(t, lib)
		followed := 0
		for i := range 12 {
			rel := files[random.IntN(len(files))].Path
			if i < 6 {
				rel = files[i].Path
			}
			to := fmt.Sprintf("moved-%d", i)
			if i%2 == 1 {
				to = path.Join("some", "where", to)
			}
			p, err := Rename(t.Context(), lib, rel, to, Options{})
			if err != nil {
				t.Fatal(err)
			}
			d, err := p.Apply(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			links, _ := p.Links()
			followed += links
			if i%3 == 0 { // by taking it back
				if err := d.undo(); err != nil {
					t.Fatal(err)
				}
				continue
			}
			date, slug := library.NameSlug(rel) // by another rename
			dir := path.Dir(rel)
			if inFolder(rel) {
				dir = path.Dir(dir)
			}
			back, err := Rename(t.Context(), lib, p.To, "/"+path.Join(dir, date+slug), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := back.Apply(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
		}
		for file, s := range read(t, lib) {
			if s != before[file] {
				at := 0
				for at < min(len(s), len(before[file])) && s[at] == before[file][at] {
					at++
				}
				t.Errorf("%s: %s is not what it was: %.80q, was %.80q", name, file, s[max(at-30, 0):], before[file][max(at-30, 0):])
			}
			delete(before, file)
		}
		if len(before) > 0 || followed < 12 {
			t.Errorf("%d files are gone, %d links followed", len(before), followed)
		}
		t.Logf("%s: %d links followed", name, followed)
	}
}

// Ten thousand articles are looked through in about a second.
func TestRenameLarge(t *testing.T) {
	if os.Getenv("LONGHAND_DATA") == "" || testing.Short() {
		t.Skip("set LONGHAND_DATA to rename among many articles")
	}
	lib := realLibrary(t, "rust-blog")
	files, _, err := lib.Files(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for n := len(files); n < 10_000; {
		for _, f := range files {
			data, err := os.ReadFile(lib.File(f.Path))
			if err != nil {
				t.Fatal(err)
			}
			to := lib.File(fmt.Sprintf("copies/%d/%s", n/500, strings.ReplaceAll(f.Path, "/", "-")))
			if err := os.MkdirAll(filepath.Dir(to), fs.ModePerm); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(to, data, 0o644); err != nil {
				t.Fatal(err)
			}
			n++
		}
	}
	for _, rel := range []string{"Rust-1.26.md", "rustup.md", "Increasing-Rusts-Reach.md"} {
		if _, err := os.Stat(lib.File(rel)); err != nil {
			continue
		}
		start := time.Now()
		p, err := Rename(t.Context(), lib, rel, "another-name", Options{})
		if err != nil {
			t.Fatal(err)
		}
		links, articles := p.Links()
		t.Logf("%s: %d links in %d articles, %v", rel, links, articles, time.Since(start).Round(time.Millisecond))
	}
}
