package app

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"longhand/library"
	"longhand/library/search"
	"longhand/library/site"
)

// resting waits until the folder is watched and nothing more is looked at.
func (f *fixture) resting() {
	f.t.Helper()
	f.drain()
	f.until("quiet", func() bool { return !f.reading.busy && f.reading.wanted.none() })
	f.drain()
}

// lists waits until the list has these titles.
func (f *fixture) lists(what, want string) {
	f.t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for f.titles() != want {
		if time.Now().After(deadline) {
			f.t.Fatalf("%s: the list has %q, want %q", what, f.titles(), want)
		}
		select {
		case work := <-f.work:
			work()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func TestOtherProgramsChangesShow(t *testing.T) {
	f := start(t, three())
	f.resting()
	f.lists("first", "Rain, considered | What the river took | A bread that waits")
	begun := time.Now()
	write(t, f.file("new.md"), "---\ntitle: New here\ndate: 2026-11-20\n---\nA lighthouse.\n")
	f.lists("a file comes", "Rain, considered | New here | What the river took | A bread that waits")
	if took := time.Since(begun); took > 2*time.Second {
		t.Errorf("it came after %v", took)
	}
	write(t, f.file("new.md"), "---\ntitle: New, changed\ndate: 2026-11-01\n---\nA lighthouse.\n")
	f.lists("it changes", "Rain, considered | What the river took | A bread that waits | New, changed")
	f.finds("lighthouse", "New, changed")
	f.sidebar.box.SetText("")
	write(t, f.file("deep/er/index.md"), "---\ntitle: Deep\ndate: 2026-11-11\n---\n")
	f.lists("a folder comes", "Rain, considered | What the river took | Deep | A bread that waits | New, changed")
	if err := os.Rename(f.file("deep"), f.file("moved")); err != nil {
		t.Fatal(err)
	}
	f.until("the move", func() bool {
		return f.shelf.byPath["moved/er/index.md"] != nil && f.shelf.byPath["deep/er/index.md"] == nil
	})
	os.Remove(f.file("river.md"))
	os.RemoveAll(f.file("moved"))
	f.lists("they go", "Rain, considered | A bread that waits | New, changed")

	// An author is called otherwise: her posts are found by that.
	write(t, f.file("rain.md"), "---\ntitle: Rain\nauthors: [ana]\n---\n")
	f.lists("rain has an author", "Rain | A bread that waits | New, changed")
	f.finds("author:whitlock", "Rain")
	write(t, f.file("authors/ana.md"), "---\nname: Ana Marsh\n---\nShe writes.\n")
	f.until("the author", func() bool { a := f.siteNow().Authors(); return len(a) == 1 && a[0].Name == "Ana Marsh" })
	f.resting()
	f.finds("author:marsh", "Rain")
	f.finds("author:whitlock", "")
}

// A save of our own is in the list once, and nothing is read or drawn for it again.
func TestOwnSavesAreNoNews(t *testing.T) {
	f := start(t, three())
	f.choose("rain.md")
	f.resting()
	f.typeAtEnd("\n\nunheardof")
	f.window.autosave()
	f.until("the save", func() bool { return !f.doc.dirty })
	f.until("the index", func() bool { return len(f.shelf.saving) == 0 })
	f.drain()
	now, turn := f.shelf.articles, f.finding.n
	f.resting()
	if &now[0] != &f.shelf.articles[0] || f.finding.n != turn {
		t.Error("the list is made again for a save of our own")
	}
	f.finds("unheardof", "Rain, considered")
}

func TestFolderThatGoesAndComes(t *testing.T) {
	f := start(t, three())
	f.resting()
	all := f.titles()
	away := f.lib.Dir() + " away"
	if err := os.Rename(f.lib.Dir(), away); err != nil {
		t.Fatal(err)
	}
	f.until("the complaint", func() bool { return strings.Contains(f.status.said().text, "folder is not there") })
	f.status.tell("", "", nil)
	f.reload()
	f.resting()
	if f.titles() != all || f.status.said().text != "" {
		t.Errorf("the list has %q; told again: %q", f.titles(), f.status.said().text)
	}
	os.Mkdir(f.lib.Dir(), 0o755) // where a disk was
	f.reload()
	f.resting()
	if f.titles() != all || f.index.Len() != 3 {
		t.Errorf("an empty folder in its place empties the list: %q", f.titles())
	}
	os.Remove(f.lib.Dir())
	write(t, filepath.Join(away, "new.md"), "---\ntitle: New\ndate: 2000-01-01\n---\n")
	if err := os.Rename(away, f.lib.Dir()); err != nil {
		t.Fatal(err)
	}
	f.lists("it is back", all+" | New")
	f.until("the good news", func() bool { return strings.Contains(f.status.said().text, "is back") })
	f.resting()
	os.Remove(f.file("new.md"))
	f.lists("it is watched again", all)
}

// A library whose folder is not there at the start, but which the index knows, is
// listed as it was last, and followed when it is back.
func TestFolderAwayAtTheStart(t *testing.T) {
	f := start(t, three())
	cache := t.TempDir()
	f.again(cache)
	f.resting()
	all, dir := f.titles(), f.lib.Dir()
	f.window.stop()
	f.drain()
	if err := os.Rename(dir, dir+" away"); err != nil {
		t.Fatal(err)
	}
	open := func(last string) (*library.Library, error) {
		cfg := Config{Library: filepath.Join(f.dir, "default"), Cache: cache}
		lib, first, away, err := openLibrary(&cfg, last)
		if first || away != nil || cfg.Library != last {
			t.Errorf("opened %s, %v", cfg.Library, away)
		}
		return lib, err
	}
	g := startLibrary(t, f.dir, cache, open)
	g.until("the complaint", func() bool { return strings.Contains(g.status.said().text, "the list is as it was last") })
	if g.titles() != all || g.index.Len() != 3 {
		t.Errorf("listed is %q", g.titles())
	}
	write(t, filepath.Join(dir+" away", "new.md"), "---\ntitle: New\ndate: 2000-01-01\n---\n")
	if err := os.Rename(dir+" away", dir); err != nil {
		t.Fatal(err)
	}
	g.lists("it is back", all+" | New")
	g.until("the good news", func() bool { return strings.Contains(g.status.said().text, "is back") })
	g.resting()
	os.Remove(g.file("new.md"))
	g.lists("it is watched", all)
}

// An article that was on its way to the trash of another disk when a start before was
// killed is back in the list.
func TestCarryCutShort(t *testing.T) {
	f := start(t, map[string]string{
		"one.md": "# One\n", ".longhand-1.aside/to": filepath.Join(t.TempDir(), "files", "two.md"), ".longhand-1.aside/original/two.md": "# Two\n",
	})
	f.until("the article", func() bool { return strings.Contains(f.titles(), "Two") })
	f.until("what is told", func() bool { return strings.Contains(f.status.said().text, "to the trash") })
	if read(t, f.file("two.md")) != "# Two\n" || exists(f.file(".longhand-1.aside/to")) {
		t.Error("it is not in its place")
	}
	f.status.said().run()
	f.drain()
	if f.question == nil {
		t.Error("nothing is shown")
	}
}

// At the start an empty folder is not taken for a library whose articles are
// deleted, unless the writer says so.
func TestEmptyFolderAtTheStart(t *testing.T) {
	f := start(t, three())
	cache := t.TempDir()
	f.again(cache)
	f.resting()
	f.window.stop()
	f.drain()
	for name := range three() {
		os.RemoveAll(f.file(strings.Split(name, "/")[0]))
	}
	g := startWith(t, f.dir, cache)
	g.until("the complaint", func() bool { return strings.Contains(g.status.said().text, "folder is not there") })
	if n := g.sidebar.entries.len(); n != 3 {
		t.Errorf("%d articles are listed", n)
	}
	g.reloadAll()
	g.until("the empty list", func() bool { return g.sidebar.entries.len() == 0 && !g.reading.busy })
	if g.index.Len() != 0 {
		t.Error("the index keeps what was deleted")
	}
}

// What was left out and what cannot be read is told once.
func TestProblemsAreToldOnce(t *testing.T) {
	files := three()
	files["binary.md"], files[".hidden.md"], files["node_modules/x/README.md"] = "\x00", "x", "x"
	f := start(t, files)
	f.resting()
	if got, want := f.status.said().text, "1 file of the library could not be read whole, 2 left out"; got != want {
		t.Errorf("the bar says %q, want %q", got, want)
	}
	f.status.said().run()
	if said := f.dialog(); !strings.Contains(said, "binary.md") || !strings.Contains(said, "node_modules") || !strings.Contains(said, ".hidden.md") {
		t.Errorf("shown: %s", said)
	}
	f.press("Close")
	f.status.tell("", "", nil)
	f.reload()
	f.resting()
	write(t, f.file("other.md"), "# Other")
	f.until("a change", func() bool { return f.shelf.byPath["other.md"] != nil })
	f.resting()
	if got := f.status.said().text; got != "" {
		t.Errorf("told again: %q", got)
	}
	write(t, f.file("broken.md"), "---\ntitle: [x\n---\n")
	f.until("a new one", func() bool { return strings.Contains(f.status.said().text, "2 files") })
}

// The next start lists what the index knows before it has looked.
func TestListBeforeTheFolderIsRead(t *testing.T) {
	f := start(t, three())
	cache := t.TempDir()
	f.again(cache)
	f.resting()
	all := f.titles()
	f.index.Close()
	index, err := search.Open(t.Context(), cache, f.lib.Dir(), f.lib.Body)
	if err != nil {
		t.Fatal(err)
	}
	f.index, f.shelf = index, shelf{}
	f.sidebar.show(entries{}, "", "")
	st, _ := site.New(f.lib, nil)
	go f.hand(index, st)
	f.lists("from the index", all)
	for _, a := range index.Articles() {
		if f.shelf.byPath[a.Path] != a {
			t.Errorf("%s is not on the shelf", a.Path)
		}
	}
}

func TestManyFilesAtOnce(t *testing.T) {
	f := start(t, three())
	f.resting()
	const n = 3000
	for i := range n {
		write(t, f.file(fmt.Sprintf("%d/%d.md", i/500, i)), fmt.Sprintf("---\ntitle: Number %d\ndate: 2020-01-01\n---\nSome text.\n", i))
	}
	f.until("all of them", func() bool { return len(f.shelf.articles) == n+3 && f.sidebar.entries.len() == n+3 })
	f.resting()
	if !slices.IsSortedFunc(f.shelf.articles, library.Newer) {
		t.Error("not in order")
	}
	os.RemoveAll(f.file("0"))
	f.until("they go", func() bool { return len(f.shelf.articles) == n+3-500 })
}

// The shelf stays in order, with each article once, whatever comes and goes.
func TestShelf(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var s shelf
	want := map[string]*library.Article{}
	article := func() *library.Article {
		day := time.Date(2026, 1, 1+r.IntN(20), r.IntN(3), 0, 0, 0, time.UTC)
		return &library.Article{Path: fmt.Sprintf("%d.md", r.IntN(300)), Meta: library.Meta{Date: day}, ModTime: day.Add(time.Duration(r.IntN(5)) * time.Hour)}
	}
	for round := range 300 {
		put := map[string]*library.Article{}
		for range r.IntN(1 + round%40) {
			a := article()
			put[a.Path] = a
		}
		var list []*library.Article
		for _, a := range put {
			list = append(list, a)
			want[a.Path] = a
		}
		var gone []string
		for path := range want {
			if put[path] == nil && r.IntN(10) == 0 {
				gone = append(gone, path)
				delete(want, path)
			}
		}
		gone = append(gone, "never.md")
		before := s.articles
		copied := slices.Clone(before)
		if seen := s.take(list, gone); !seen && len(list)+len(gone) > 1 && len(list) > 16 {
			t.Fatal("nothing is to be seen")
		}
		if !slices.Equal(before, copied) {
			t.Fatal("the old list was changed")
		}
		if len(s.articles) != len(want) || len(s.byPath) != len(want) {
			t.Fatalf("round %d: %d articles, %d by path, want %d", round, len(s.articles), len(s.byPath), len(want))
		}
		for i, a := range s.articles {
			if want[a.Path] != a || s.byPath[a.Path] != a {
				t.Fatalf("round %d: %s is another", round, a.Path)
			}
			if i > 0 && library.Newer(s.articles[i-1], a) >= 0 {
				t.Fatalf("round %d: %s is not in its place", round, a.Path)
			}
		}
	}
	if len(s.articles) > 0 && s.take([]*library.Article{s.articles[0]}, nil) {
		t.Error("the same article is news")
	}
	same := *s.articles[0]
	if s.take([]*library.Article{&same}, nil) || s.byPath[same.Path] != &same {
		t.Error("an equal article is news, or not taken")
	}
}
