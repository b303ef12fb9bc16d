package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

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
