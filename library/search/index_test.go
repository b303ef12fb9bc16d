package search

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
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

func TestManyArticlesOfOneMoment(t *testing.T) {
	f := disk{}
	for i := range 3000 {
		p := fmt.Sprintf("%d.md", i)
		f[p] = Entry{Path: p, Title: "Article", Date: day, ModTime: day}
	}
	f["absurd.md"] = Entry{Path: "absurd.md", Title: "Article", Date: time.Date(9998, 1, 1, 0, 0, 0, 0, time.UTC), ModTime: day}
	f["none.md"] = Entry{Path: "none.md", Title: "Article"}
	x := f.open(t, t.TempDir())
	f.sync(t, x)
	f.sound(t, x)
	if got := find(t, x, "year:2026", 0); len(got) != 3000 {
		t.Errorf("%d of the year", len(got))
	}
	if got := find(t, x, "article year:2026", 0); len(got) != 3000 {
		t.Errorf("%d with the word", len(got))
	}
	if got := pathsOf(find(t, x, "article", 1)); got != "absurd.md" {
		t.Errorf("the newest is %q", got)
	}
}

func TestFilters(t *testing.T) {
	x := New(
		Entry{Path: "a", Title: "Apple pie", Tags: []string{"Food", "Long read"}, Authors: []string{"ana", "Ana Whitlock"}, Date: day, Body: "sweet"},
		Entry{Path: "b", Title: "Apple tree", Tags: []string{"garden"}, Authors: []string{"samir", "Samir Haddad"}, Date: day.AddDate(-1, 0, 0), Draft: true},
		Entry{Path: "c", Title: "Pear", Tags: []string{"food", "Gärten"}, Date: day.AddDate(0, -2, 0), Body: "an apple beside it"},
	)
	for query, want := range map[string]string{
		"apple tag:food": "a c", "tag:food": "a c", "tag:FOOD -tag:long": "c", `tag:"long read"`: "a", "tag:long": "a", "tag:gart": "c", "tag:gar": "b c",
		"tag:nothing": "", "apple tag:nothing": "", "-tag:food": "b", "author:ana": "a", "author:whitlock": "a", `author:"Samir Haddad"`: "b", "author:x": "",
		"status:draft": "b", "status:published apple": "a c", "status:d": "b", "-status:draft": "a c", "year:2026": "a c", "year:2025 apple": "b", "-year:2025": "a c",
		"before:2026": "b", "before:2026-10": "b c", "after:2026-09-12": "a", "after:2025 before:2026-11": "c", "apple before:2026-01-01": "b",
		"apple -sweet": "b c", "-apple": "", "-sweet": "b c", `apple -"beside it"`: "a b", "-sweet -tree": "c", "apple -appl": "a b c",
		"year:abc": "", "before:2026-13": "", "tag:": "", "status:odd": "", "before:": "",
	} {
		if got := pathSet(find(t, x, query, 0)); got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
}

func TestTyposAndParts(t *testing.T) {
	x := New(
		Entry{Path: "river", Title: "The river", Body: "About the longest bridge of Mississippi and Donaudampfschifffahrt.", Date: day},
		Entry{Path: "sea", Title: "The sea", Body: "Nothing else, 東京タワー. C++, C# and F#; snake_case don't.", Date: day},
	)
	for query, want := range map[string]string{
		"rivr": "river", "rievr": "river", "bridge": "river", "brigde": "river", "misisippi": "river", "missisipi": "river", "rivrr longest": "river",
		"dampf": "river", "fahrt": "river", "brigde missisippi": "river", "se": "sea", "xyz": "", `"rivr"`: "", "nothing": "sea", "nothign": "sea",
		"東京": "sea", "京タ": "sea", "東": "sea", "ー": "sea", "京都": "", "c++": "sea", "c#": "sea", "f#": "sea", "snake_case": "sea", "snake case": "sea", "don't": "sea", "dont": "sea",
		"sea bri": "", "river bri": "river", "longset-bridge": "river", "longest-brigde": "river",
	} {
		got := find(t, x, query, 0)
		got = slices.DeleteFunc(got, func(r Result) bool { return r.Fuzzy })
		if pathsOf(got) != want {
			t.Errorf("%q finds %q, want %q", query, pathsOf(got), want)
		}
	}
	if r := find(t, x, "brigde", 0); len(r) != 1 || marked(r[0].Snippet, r[0].Marks) != "About the longest {bridge} of Mississippi and Donaudampfschifffahrt." {
		t.Errorf("the word that was meant is not marked: %+v", r)
	}
}

func TestFormsOfAccents(t *testing.T) {
	for _, pair := range [][2]string{{"é", "e\u0301"}, {"ガ", "カ\u3099"}, {"ỗ", "o\u0302\u0303"}, {"한", "\u1112\u1161\u11ab"}, {"Å", "A\u030a"}} {
		for _, text := range pair {
			x := New(Entry{Path: "p", Title: "Title", Body: "x " + text + "bc y"})
			for _, query := range pair {
				if got := pathsOf(find(t, x, query+"bc", 0)); got != "p" {
					t.Errorf("%+q does not find %+q", query, text)
				}
			}
			x.Close()
		}
	}
}

func TestOddQueries(t *testing.T) {
	x := corpus(rand.New(rand.NewPCG(1, 2)), 100)
	for _, q := range []string{
		"AND", "OR", "NOT", "NEAR", "AND OR NOT", "a AND", "NEAR(a b, 3)", "*", "a*", "^a", "{title}: a", "title:a", "keys:a", `"`, `""`, `"""`, `a "b`, "-", "--", "- -", `-"`, `-""`,
		"tag:", "-tag:", `tag:"`, "year:99999999999", "before:-1", "a:b:c", "(", ")", "((((", ":", "'; DROP TABLE fts; --", "\x00", "\ue000", "\ue001a", "\ue004d", "+", "a+b", "a OR b",
		strings.Repeat("(", 100_000), strings.Repeat(`-"a" `, 20_000), strings.Repeat("tag:a ", 20_000), strings.Repeat("\u0301", 50_000), strings.Repeat("-", 100_000),
	} {
		if _, err := x.Search(t.Context(), q, 20); err != nil {
			t.Errorf("%.40q: %v", q, err)
		}
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

func TestTwoIndexesOnOneFile(t *testing.T) {
	f, cache := newDisk(200), t.TempDir()
	x, y := f.open(t, cache), f.open(t, cache)
	var wg sync.WaitGroup
	for _, z := range []*Index{x, y} { // both at once
		wg.Go(func() { f.sync(t, z) })
	}
	wg.Wait()
	f.sound(t, x)
	f.sound(t, y)
	for i := range 30 {
		a, b := x, y
		if i%2 == 1 {
			a, b = y, x
		}
		p := fmt.Sprintf("%d.md", i)
		e := f[p]
		e.Title += fmt.Sprintf(" unheard%d", i)
		e.ModTime = e.ModTime.Add(time.Minute)
		f[p] = e
		put(t, a, e)
		if got := pathsOf(find(t, b, fmt.Sprintf("unheard%d ", i), 1)); got != p {
			t.Fatalf("the other one finds %q, want %q", got, p)
		}
	}
	if err := y.tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	y.state.log = 1 << 30 // however short: shorten it
	if err := y.tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	f.sound(t, x)
	f.sound(t, f.open(t, cache))
	// Made again by one, it is opened again by the other.
	if err := removeStore(indexFile(cache, "/library")); err != nil {
		t.Fatal(err)
	}
	if _, err := y.Search(t.Context(), "article", 1); !errors.Is(err, ErrRebuilt) {
		t.Errorf("after the file was deleted: %v", err)
	}
	f.sync(t, y)
	f.sync(t, x)
	f.sound(t, y)
	f.sound(t, x)
}

func TestOldSaveDoesNotReplaceNewer(t *testing.T) {
	x := New()
	put(t, x, Entry{Path: "a", Title: "second", ModTime: day.Add(time.Second)})
	put(t, x, Entry{Path: "a", Title: "first", ModTime: day})
	if got := pathsOf(find(t, x, "second", 0)); got != "a" {
		t.Error("the newer save is lost")
	}
}

// damage ruins some bytes of the index.
func damage(r *rand.Rand, data []byte) []byte {
	data = bytes.Clone(data)
	switch r.IntN(4) {
	case 0:
		return data[:r.IntN(len(data))]
	case 1:
		at := r.IntN(len(data))
		for i := at; i < min(len(data), at+4096); i++ {
			data[i] = byte(r.Uint32())
		}
	case 2:
		page := r.IntN(len(data)/4096) * 4096
		clear(data[page : page+4096])
	default:
		for range 20 {
			data[r.IntN(len(data))] ^= byte(1 + r.IntN(255))
		}
	}
	return data
}

// use does with an index what the window does, and mends it when it says so.
func (f disk) use(t *testing.T, cache string) {
	t.Helper()
	x := f.open(t, cache)
	e := f["3.md"]
	e.ModTime = e.ModTime.Add(time.Minute)
	f["3.md"] = e
	for range 3 {
		if err := x.Sync(t.Context(), f.files(), f.load, nil); err != nil {
			t.Fatal(err)
		}
		var err error
		for _, q := range []string{"article", "number7", `"article number9"`, "a", "-article", "tag:x", "number1 -zzz"} {
			if _, err = x.Search(t.Context(), q, 20); err != nil {
				break
			}
		}
		if err == nil {
			x.Close()
			return
		}
		if !errors.Is(err, ErrRebuilt) {
			t.Fatal(err)
		}
	}
	t.Fatal("the index does not get well")
}

func TestDamagedFile(t *testing.T) {
	f, cache := newDisk(150), t.TempDir()
	x := f.open(t, cache)
	f.sync(t, x)
	x.Close()
	file := indexFile(cache, "/library")
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(13, 14))
	bad := [][]byte{nil, []byte("not a database at all, but some text that is longer than a header would be"), bytes.Replace(whole, []byte("CREATE"), []byte("CREATX"), 1)}
	for range 40 {
		bad = append(bad, damage(r, whole))
	}
	for _, data := range bad {
		removeStore(file)
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		f.use(t, cache)
	}
}

func FuzzDamagedFile(f *testing.F) {
	lib, cache := newDisk(40), f.TempDir()
	x := lib.open(f, cache)
	lib.sync(f, x)
	x.Close()
	whole, err := os.ReadFile(indexFile(cache, "/library"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint32(0), []byte{1, 2, 3})
	f.Add(uint32(100), []byte("\x00\x00\x00\x00"))
	f.Add(uint32(len(whole)-50), bytes.Repeat([]byte{0xff}, 50))
	f.Fuzz(func(t *testing.T, at uint32, bad []byte) {
		data := bytes.Clone(whole)
		copy(data[int(at)%len(data):], bad)
		cache := t.TempDir()
		if err := os.WriteFile(indexFile(cache, "/library"), data, 0o600); err != nil {
			t.Fatal(err)
		}
		newDisk(40).use(t, cache)
	})
}

func FuzzRecord(f *testing.F) {
	x := New(Entry{Path: "a", Title: "A title", Tags: []string{"t"}, Body: "text 漢字"})
	f.Add(x.state.whole().encode())
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		// With a right sum, as damage seldom has it.
		r, err := decode((&writer{out: data, texts: data}).summed())
		if err == nil {
			_ = newState().apply(r)
		}
	})
}

func TestOtherVersionIsMadeAgain(t *testing.T) {
	f, cache := newDisk(20), t.TempDir()
	x := f.open(t, cache)
	f.sync(t, x)
	if _, err := x.store.db.Exec("PRAGMA user_version=99"); err != nil {
		t.Fatal(err)
	}
	x.Close()
	x = f.open(t, cache)
	if x.Len() != 0 {
		t.Error("another version was read")
	}
	f.sync(t, x)
	f.sound(t, x)
}

func TestMissingTableIsMadeAgain(t *testing.T) {
	for _, table := range []string{"fts", "own", "log"} {
		f, cache := newDisk(20), t.TempDir()
		x := f.open(t, cache)
		f.sync(t, x)
		if _, err := x.store.db.Exec("DROP TABLE " + table); err != nil {
			t.Fatal(err)
		}
		x.Close()
		x = f.open(t, cache)
		f.sync(t, x)
		f.sound(t, x)
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

// TestKilledWhileIndexing runs itself as another process and kills it.
func TestKilledWhileIndexing(t *testing.T) {
	f := newDisk(4000)
	if cache := os.Getenv("LONGHAND_TEST_KILL"); cache != "" {
		f.sync(t, f.open(t, cache))
		fmt.Println("done")
		return
	}
	if testing.Short() {
		t.Skip("takes seconds")
	}
	r := rand.New(rand.NewPCG(15, 16))
	cache, killed := t.TempDir(), 0
	for round := range 6 {
		cmd := exec.Command(os.Args[0], "-test.run", "^TestKilledWhileIndexing$")
		cmd.Env = append(os.Environ(), "LONGHAND_TEST_KILL="+cache)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(50+r.IntN(500)) * time.Millisecond)
		if cmd.Process.Kill() == nil && cmd.Wait() != nil {
			killed++
		}
		x := f.open(t, cache)
		var verdict string
		if err := x.store.db.QueryRow("PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
			t.Fatalf("round %d: %q, %v", round, verdict, err)
		}
		if _, err := x.store.db.Exec("INSERT INTO fts(fts) VALUES('integrity-check')"); err != nil {
			t.Fatal(err)
		}
		x.Close()
	}
	if killed == 0 {
		t.Error("none was killed in the middle")
	}
	x := f.open(t, cache)
	f.sync(t, x)
	f.sound(t, x)
}
