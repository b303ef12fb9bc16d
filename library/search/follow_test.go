package search_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"longhand/editor/markdown"
	"longhand/library"
	"longhand/library/search"
)

// folder is a library on disk with its index.
type folder struct {
	t     *testing.T
	lib   *library.Library
	cache string
	index *search.Index
}

func newFolder(t *testing.T, files map[string]string) *folder {
	t.Helper()
	f := &folder{t: t, cache: t.TempDir()}
	dir := t.TempDir()
	for name, text := range files {
		f.write(filepath.Join(dir, name), text)
	}
	lib, err := library.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	f.lib = lib
	f.open()
	t.Cleanup(func() { f.index.Close() })
	return f
}

func (f *folder) write(file, text string) {
	f.t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		f.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		f.t.Fatal(err)
	}
}

func (f *folder) open() {
	f.t.Helper()
	index, err := search.Open(f.t.Context(), f.cache, f.lib.Dir(), f.lib.Body)
	if err != nil {
		f.t.Fatal(err)
	}
	f.index = index
}

// follow brings the index up to date and tells what became other.
func (f *folder) follow() string {
	f.t.Helper()
	scan, err := f.lib.Scan(f.t.Context())
	if err != nil {
		f.t.Fatal(err)
	}
	authors, _ := f.lib.Authors()
	if err := f.index.Follow(f.t.Context(), f.lib, scan, authors, nil); err != nil {
		f.t.Fatal(err)
	}
	return f.changes()
}

func (f *folder) changes() string {
	c := f.index.Changes()
	var out []string
	for _, a := range c.Put {
		out = append(out, "+"+a.Path)
	}
	for _, path := range c.Gone {
		out = append(out, "-"+path)
	}
	slices.Sort(out)
	if c.All {
		out = append([]string{"all:"}, out...)
	}
	return strings.Join(out, " ")
}

func (f *folder) found(query, want string) {
	f.t.Helper()
	results, err := f.index.Search(f.t.Context(), query, 0)
	if err != nil {
		f.t.Fatal(err)
	}
	var got []string
	for _, r := range results {
		if !r.Fuzzy {
			got = append(got, r.Path)
		}
	}
	slices.Sort(got)
	if s := strings.Join(got, " "); s != want {
		f.t.Errorf("%q finds %q, want %q", query, s, want)
	}
}

func expect(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

// odd are articles of all kinds that there are.
func odd() map[string]string {
	return map[string]string{
		"plain.md":                     "# A heading\n\nSome words of text.\n",
		"posts/2024-01-02-jekyll.md":   "---\nlayout: post\ncategories: One Two\n---\nText\n",
		"posts/full/index.md":          "---\ntitle: 'Full: of \"it\"'\nsubtitle: Under\ndescription: What it says\ndate: 2024-05-06T07:08:09.123+05:30\nupdated: 2025-01-02\nslug: other\ntags: [Essays, water, Łódź]\nauthors: [ana, 'Someone Else']\nlang: pl\ncanonical: https://example.org/x\ntoc: false\nimported: ghost\ndraft: true\n---\nText\n",
		"toml.md":                      "+++\ntitle = \"Toml\"\ndate = 2023-04-05T06:07:08-07:00\n+++\nText\n",
		"broken.md":                    "---\ntitle: [One\n---\nText\n",
		"binary.md":                    "\x00\x01\x02",
		"2023/4/5/path.md":             "Text",
		"empty.md":                     "",
		"two\nlines 🛶/caf\u00e9 漢字.md": "---\ndate: 0001-01-01\n---\nText",
		"many.md":                      "---\ntags: [" + strings.Repeat("t, ", 10) + strings.Join(numbers(300), ", ") + "]\n---\n",
		"authors/ana.md":               "---\nname: Ana Whitlock\n---\n",
	}
}

func numbers(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("tag%d", i)
	}
	return out
}

// told is all that an article says in the list, for comparing.
func told(a *library.Article) string {
	b := *a
	b.Excerpt = markdown.Shorten(b.Excerpt, 100)
	b.Canonical, b.Contents, b.Imported = "", nil, false
	problem := ""
	if b.Problem != nil {
		problem = b.Problem.Error()
	}
	b.Problem = nil
	zone := func(t *time.Time) string {
		s := t.Format(time.RFC3339Nano)
		*t = time.Time{}
		return s
	}
	return fmt.Sprintf("%s %s %s %+v %s", zone(&b.Date), zone(&b.Updated), zone(&b.ModTime), b, problem)
}

// What the index knows after a start is what the files say.
func TestArticlesAreKept(t *testing.T) {
	f := newFolder(t, odd())
	f.follow()
	for _, when := range []string{"first", "after a start", "after the log was shortened"} {
		loaded, _, err := f.lib.Load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		known := f.index.Articles()
		if len(known) != len(loaded) {
			t.Fatalf("%s: %d articles, want %d", when, len(known), len(loaded))
		}
		for i, a := range loaded {
			expect(t, when+" in this place", known[i].Path, a.Path)
			expect(t, when, told(f.index.Article(a.Path)), told(a.Article))
		}
		if when == "first" {
			f.index.Close()
			f.open()
			if got := f.follow(); !strings.HasPrefix(got, "all:") {
				t.Errorf("the first changes are %q", got)
			}
			expect(t, "then", f.follow(), "")
			continue
		}
		// Enough, that the next start reads the whole state.
		for i := range 1500 {
			f.write(f.lib.File(fmt.Sprintf("more/%d.md", i)), fmt.Sprintf("# More %d\n\n%s\n", i, strings.Repeat(fmt.Sprintf("word%d ", i), 30)))
		}
		f.follow()
		f.index.Close()
		f.open()
	}
	if f.index.Article("gone.md") != nil {
		t.Error("an article that is not there")
	}
}

func TestFollowTellsWhatChanged(t *testing.T) {
	f := newFolder(t, map[string]string{"one.md": "# One\n\nriver", "two.md": "# Two", "deep/three.md": "# Three"})
	expect(t, "first", f.follow(), "all: +deep/three.md +one.md +two.md")
	expect(t, "nothing", f.follow(), "")
	f.write(f.lib.File("two.md"), "# Two again, lake")
	f.write(f.lib.File("four.md"), "# Four")
	os.Remove(f.lib.File("one.md"))
	expect(t, "scan", f.follow(), "+four.md +two.md -one.md")
	f.found("lake", "two.md")
	f.found("river", "")

	// The same by the paths alone; others are left alone.
	f.write(f.lib.File("five.md"), "# Five")
	f.write(f.lib.File("six.md"), "# Six")
	os.Remove(f.lib.File("two.md"))
	authors, _ := f.lib.Authors()
	if err := f.index.FollowPaths(t.Context(), f.lib, []string{"five.md", "two.md", "never.md", "four.md"}, authors); err != nil {
		t.Fatal(err)
	}
	expect(t, "paths", f.changes(), "+five.md -two.md")
	f.found("six", "")
	expect(t, "the rest", f.follow(), "+six.md")

	// What another process took in is told as well.
	other := &folder{t: t, lib: f.lib, cache: f.cache}
	other.open()
	defer other.index.Close()
	f.write(f.lib.File("seven.md"), "# Seven")
	os.Remove(f.lib.File("six.md"))
	other.follow()
	expect(t, "by another", f.follow(), "+seven.md -six.md")
	expect(t, "once", f.follow(), "")
}

func TestFollowWhileTheFolderIsAway(t *testing.T) {
	f := newFolder(t, map[string]string{"one.md": "# One", "two.md": "# Two"})
	f.follow()
	if err := os.Rename(f.lib.Dir(), f.lib.Dir()+" away"); err != nil {
		t.Fatal(err)
	}
	if err := f.index.FollowPaths(t.Context(), f.lib, []string{"one.md"}, nil); !errors.Is(err, library.ErrAway) {
		t.Errorf("%v", err)
	}
	expect(t, "away", f.changes(), "")
	if f.index.Len() != 2 {
		t.Error("articles are forgotten")
	}
}

func TestFollowKeepsWhatIsBehindAClosedDoor(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything; run the tests as another user to see this one")
	}
	f := newFolder(t, map[string]string{"one.md": "# One\n\nriver", "closed/two.md": "# Two", "three.md": "# Three"})
	f.follow()
	for _, name := range []string{"closed", "three.md"} {
		os.Chmod(f.lib.File(name), 0)
		t.Cleanup(func() { os.Chmod(f.lib.File(name), 0o755) })
	}
	f.write(f.lib.File("four.md"), "# Four\n\nlake")
	os.Chmod(f.lib.File("four.md"), 0)
	expect(t, "closed", f.follow(), "+four.md")
	if a := f.index.Article("four.md"); !a.Unreadable || a.Problem == nil {
		t.Errorf("%+v", a)
	}
	expect(t, "still closed", f.follow(), "")
	f.index.Close()
	f.open()
	f.changes()
	os.Chmod(f.lib.File("four.md"), 0o644) // which leaves no trace in its time or size
	expect(t, "open", f.follow(), "+four.md")
	f.found("lake", "four.md")
}

// A binary file is read once and not at each start.
func TestUnreadableFilesAreNotReadAgain(t *testing.T) {
	f := newFolder(t, map[string]string{"binary.md": "\x00\x01"})
	f.follow()
	info, err := os.Stat(f.lib.File("binary.md"))
	if err != nil {
		t.Fatal(err)
	}
	f.write(f.lib.File("binary.md"), "ab") // unseen: same size, same time
	os.Chtimes(f.lib.File("binary.md"), info.ModTime(), info.ModTime())
	expect(t, "unchanged", f.follow(), "")
	f.write(f.lib.File("binary.md"), "# Text")
	expect(t, "changed", f.follow(), "+binary.md")
	if a := f.index.Article("binary.md"); a.Unreadable || a.Problem != nil || a.Title != "Text" {
		t.Errorf("%+v", a)
	}
}

func TestAuthorsThatAreCalledOtherwise(t *testing.T) {
	f := newFolder(t, map[string]string{
		"one.md": "---\nauthors: [ana, Samir Haddad]\n---\n", "two.md": "---\nauthor: ana\n---\n", "three.md": "---\nauthors: [Someone]\n---\n", "four.md": "",
		"authors/ana.md": "---\nname: Ana Whitlock\n---\n",
	})
	f.follow()
	f.found(`author:whitlock`, "one.md two.md")
	expect(t, "nothing", f.follow(), "")
	f.write(f.lib.File("authors/ana.md"), "---\nname: Ana Marsh\n---\n")
	expect(t, "another name", f.follow(), "+one.md +two.md")
	f.found(`author:whitlock`, "")
	f.found(`author:marsh`, "one.md two.md")
	f.write(f.lib.File("authors/some.md"), "---\nname: someone\n---\n")
	expect(t, "an author gets a file", f.follow(), "+three.md")
	f.found(`author:some`, "three.md")
	os.Remove(f.lib.File("authors/ana.md"))
	expect(t, "an author loses it", f.follow(), "+one.md +two.md")
	f.found(`author:ana`, "one.md two.md")
	expect(t, "nothing", f.follow(), "")
}
