package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"longhand/library"
	"longhand/library/search"
)

// again opens the index anew, in the cache folder, as the next start does.
func (f *fixture) again(cache string) {
	f.t.Helper()
	f.until("quiet", func() bool { return !f.reading.busy })
	f.index.Close()
	f.index, f.cfg.Cache = nil, cache
	f.reload()
	f.until("the index", func() bool { return f.index != nil && !f.reading.busy })
}

func (f *fixture) finds(query, want string) {
	f.t.Helper()
	f.sidebar.box.SetText(query)
	f.drain()
	if got := f.titles(); got != want {
		f.t.Errorf("search %q: %q, want %q", query, got, want)
	}
}

func TestIndexInTheCacheFolder(t *testing.T) {
	f := start(t, three())
	cache := t.TempDir()
	f.again(cache)
	f.finds("flodo gauge", "What the river took") // misspelt
	f.finds("tag:essays", "What the river took")
	files, err := os.ReadDir(cache)
	if err != nil || len(files) == 0 {
		t.Fatal("there is no index in the cache folder", err)
	}
	for _, file := range files {
		write(t, filepath.Join(cache, file.Name()), strings.Repeat("ruined ", 2000))
	}
	f.again(cache)
	f.finds("flood gauge", "What the river took")

	// What is saved is found.
	f.choose("rain.md")
	f.typeAtEnd("\n\nunheardof")
	f.window.autosave()
	f.until("the save", func() bool { return !f.doc.dirty })
	f.finds("unheardof", "Rain, considered")

	// Without a cache folder the search works, and the bar says why it is slow.
	none := filepath.Join(t.TempDir(), "file")
	write(t, none, "")
	f.again(none)
	f.finds("flood gauge", "What the river took")
	if said := f.status.said().text; !strings.Contains(said, "search index cannot be kept") {
		t.Errorf("the bar says %q", said)
	}
}

// What last time's index knows is found before the folder is read.
func TestSearchBeforeTheFolderIsRead(t *testing.T) {
	f := start(t, three())
	cache := t.TempDir()
	f.again(cache)
	f.index.Close()
	index, err := search.Open(t.Context(), cache, f.lib.Dir(), f.lib.Body)
	if err != nil {
		t.Fatal(err)
	}
	f.index, f.shelf = index, shelf{}
	f.finds("flood gauge", "What the river took")
	f.reload()
	f.until("the folder", func() bool { return f.shelf.filled() && !f.reading.busy })
	f.finds("flood gauge", "What the river took")
}

// Enter before the results is of the query it was pressed for: not of another that is
// typed after it, nor of what is listed when the search has failed.
func TestEnterDoesNotStick(t *testing.T) {
	f := start(t, three())
	f.sidebar.box.Text = "brea"
	f.find()
	f.enterFound()
	f.sidebar.box.Text = "rain"
	f.find()
	f.drain()
	if f.doc != nil {
		t.Errorf("%s was opened", f.doc.rel)
	}
	f.sidebar.box.Text = "bread"
	f.index.Close()
	f.find()
	f.enterFound()
	f.until("it has failed", func() bool { return strings.Contains(f.status.said().text, "search failed") })
	f.drain()
	if f.doc != nil {
		t.Errorf("%s was opened, though the search failed", f.doc.rel)
	}
	f.enterFound()
	f.until("what is listed", func() bool { return f.doc != nil && f.doc.rel == "rain.md" })
}

// Words that come into the index late do not stay where the file holds others.
func TestIndexAgreesWithTheDisk(t *testing.T) {
	f := start(t, three())
	f.choose("rain.md")
	a, doc := library.Read(f.file("rain.md"), "rain.md")
	late := search.EntryOf(a, doc.String()[a.Body:], nil)
	for _, spoil := range []func(){
		func() { write(t, f.file("rain.md"), "# Snow, considered\n\nIt fell.\n") },
		func() { os.Remove(f.file("rain.md")) },
	} {
		f.putInIndex(late)
		spoil()
		if err := f.index.FollowPaths(t.Context(), f.lib, []string{"rain.md"}, nil); err != nil {
			t.Fatal(err)
		}
		f.window.take(f.index.Changes(), shelf{}, nil) // the shelf knows better, still
		f.drain()
		f.until("the disk was looked at", func() bool { return !f.reading.busy })
		if titles := f.titles(); strings.Contains(titles, "Rain") || strings.Contains(titles, "Snow") != exists(f.file("rain.md")) {
			t.Errorf("listed: %s", titles)
		}
		if got := f.searched("flood rain"); strings.Contains(got, "rain.md") {
			t.Errorf("found: %s", got)
		}
	}
}
