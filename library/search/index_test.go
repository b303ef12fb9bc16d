package search

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// disk stands for a library's folder: articles with the state of their files.
type disk map[string]Entry

func newDisk(n int) disk {
	f := disk{}
	r := rand.New(rand.NewPCG(11, 12))
	for i := range n {
		e := randomEntry(r, fmt.Sprintf("%d.md", i))
		e.Title, e.Size, e.ModTime = fmt.Sprintf("Article number%d", i), int64(i), day.Add(-time.Duration(i)*time.Hour)
		f[e.Path] = e
	}
	return f
}

func (f disk) files() []File {
	var out []File
	for _, e := range f {
		out = append(out, File{Path: e.Path, ModTime: e.ModTime, Size: e.Size})
	}
	slices.SortFunc(out, func(a, b File) int { return b.ModTime.Compare(a.ModTime) })
	return out
}

func (f disk) load(path string) (Entry, bool) {
	e, ok := f[path]
	return e, ok
}

func (f disk) text(path string) (string, error) { return f[path].Body, nil }

func (f disk) open(tb testing.TB, cache string) *Index {
	tb.Helper()
	x, err := Open(context.Background(), cache, "/library", f.text)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { x.Close() })
	return x
}

func (f disk) sync(tb testing.TB, x *Index) (loaded int) {
	tb.Helper()
	var mu sync.Mutex
	load := func(path string) (Entry, bool) {
		mu.Lock()
		defer mu.Unlock()
		loaded++
		return f.load(path)
	}
	if err := x.Sync(context.Background(), f.files(), load, nil); err != nil {
		tb.Fatal(err)
	}
	return loaded
}

// sound checks that the index knows the folder, and nothing else.
func (f disk) sound(t *testing.T, x *Index) {
	t.Helper()
	var entries []Entry
	for _, e := range f {
		entries = append(entries, e)
	}
	if err := x.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	y := New(entries...)
	defer y.Close()
	same(t, x, y)
	var n int
	if err := x.store.db.QueryRow("SELECT count(*) FROM fts WHERE fts MATCH 'article'").Scan(&n); err != nil || n != len(f) {
		t.Errorf("%d texts of %d articles, %v", n, len(f), err)
	}
	for _, e := range entries[:min(len(entries), 5)] {
		if !strings.Contains(e.Title, "number") {
			continue
		}
		if got := pathsOf(find(t, x, strings.TrimPrefix(e.Title, "Article ")+" ", 1)); got != e.Path {
			t.Errorf("%q finds %q", e.Title, got)
		}
	}
}

func TestSyncReadsOnlyWhatChanged(t *testing.T) {
	f, cache := newDisk(300), t.TempDir()
	x := f.open(t, cache)
	var told []int
	if err := x.Sync(t.Context(), f.files(), f.load, func(done, total int) { told = append(told, done, total) }); err != nil {
		t.Fatal(err)
	}
	if want := []int{firstBatch, 300, 300, 300}; !slices.Equal(told, want) {
		t.Errorf("progress %v, want %v", told, want)
	}
	f.sound(t, x)
	if n := f.sync(t, x); n != 0 {
		t.Errorf("%d read again", n)
	}
	x.Close()
	x = f.open(t, cache)
	if n := f.sync(t, x); n != 0 {
		t.Errorf("%d read again after a start", n)
	}
	f.sound(t, x)

	e := f["7.md"]
	e.Title, e.Size, e.Date = "Article changed", 99, day.AddDate(-3, 0, 0)
	f["7.md"] = e
	delete(f, "8.md")
	f["new.md"] = Entry{Path: "new.md", Title: "Article new", ModTime: day, Date: day}
	if n := f.sync(t, x); n != 2 {
		t.Errorf("%d read, want 2", n)
	}
	f.sound(t, x)
	// What cannot be read any more is forgotten.
	files := f.files()
	delete(f, "9.md")
	for i := range files {
		if files[i].Path == "9.md" {
			files[i].Size++
		}
	}
	if err := x.Sync(t.Context(), files, f.load, nil); err != nil {
		t.Fatal(err)
	}
	f.sound(t, x)
	if err := x.Sync(t.Context(), nil, f.load, nil); err != nil || x.Len() != 0 {
		t.Errorf("an empty library leaves %d articles, %v", x.Len(), err)
	}
}

func TestEmptyIndex(t *testing.T) {
	x := disk{}.open(t, t.TempDir())
	for _, q := range []string{"a", "river took", `"a b"`, "-a", "tag:x", "year:2026", "東京", "wtrt"} {
		if got := find(t, x, q, 0); len(got) != 0 {
			t.Errorf("%q finds %v", q, got)
		}
	}
	if n := (disk{}).sync(t, x); n != 0 {
		t.Error(n)
	}
}

func TestOldSaveDoesNotReplaceNewer(t *testing.T) {
	x := New()
	put(t, x, Entry{Path: "a", Title: "second", ModTime: day.Add(time.Second)})
	put(t, x, Entry{Path: "a", Title: "first", ModTime: day})
	if got := pathsOf(find(t, x, "second", 0)); got != "a" {
		t.Error("the newer save is lost")
	}
}

func TestCacheThatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), filepath.Join(file, "cache"), "/library", nil); err == nil {
		t.Error("an index in a folder that cannot be made")
	}
	if os.Geteuid() > 0 {
		dir := t.TempDir()
		os.Chmod(dir, 0o500)
		if _, err := Open(t.Context(), dir, "/library", nil); err == nil {
			t.Error("an index in a folder that is read-only")
		}
	}
	// A folder with spaces and signs is one like others.
	newDisk(3).open(t, filepath.Join(t.TempDir(), "a b?c#d%41&e=f"))
}

func TestSyncEndsWithItsContext(t *testing.T) {
	f, cache := newDisk(3000), t.TempDir()
	x := f.open(t, cache)
	ctx, cancel := context.WithCancel(t.Context())
	err := x.Sync(ctx, f.files(), f.load, func(int, int) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if n := x.Len(); n < firstBatch || n == 3000 {
		t.Errorf("%d articles were kept", n)
	}
	f.sync(t, x)
	f.sound(t, x)
}

// A query goes on while articles are indexed, and finds what is there already.
func TestSearchWhileIndexing(t *testing.T) {
	f := newDisk(2500)
	x := f.open(t, t.TempDir())
	seen := 0
	err := x.Sync(t.Context(), f.files(), f.load, func(done, total int) {
		if got := len(find(t, x, "article", 0)); got < done {
			t.Errorf("%d of %d are found", got, done)
		}
		seen++
	})
	if err != nil || seen < 3 {
		t.Error(seen, err)
	}
}
