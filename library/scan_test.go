package library

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

func scanned(t *testing.T, lib *Library) *Scan {
	t.Helper()
	scan, err := lib.Scan(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return scan
}

func filePaths(files []File) []string {
	var out []string
	for _, f := range files {
		out = append(out, f.Path)
	}
	slices.Sort(out)
	return out
}

func problemPaths(lib *Library, problems []*Problem) string {
	var out []string
	for _, p := range problems {
		rel, err := filepath.Rel(lib.Dir(), p.Path)
		if err != nil || p.Message == "" || p.Remedy == "" {
			rel = "bad: " + p.Error()
		}
		out = append(out, filepath.ToSlash(rel))
	}
	return strings.Join(out, " ")
}

func TestScanTellsWhatItLeavesOut(t *testing.T) {
	lib := testLibrary(t, map[string]string{
		"one.md": "", "deep/er/two.md": "", ".hidden.md": "", "deep/.obsidian/x.md": "", "deep/node_modules/x.md": "", "authors/ana.md": "", ".site.toml": "", ".longhand-x.tmp": "", "_index.md": "",
	})
	for from, to := range map[string]string{"loop": ".", "deep/up": "..", "twice": "deep"} {
		if err := os.Symlink(filepath.FromSlash(to), lib.File(from)); err != nil {
			t.Skip(err)
		}
	}
	scan := scanned(t, lib)
	if got, want := strings.Join(filePaths(scan.Files), " "), "deep/er/two.md one.md"; got != want {
		t.Errorf("files %q, want %q", got, want)
	}
	if got, want := strings.Join(scan.Folders, " "), ". deep deep/er"; got != want {
		t.Errorf("folders %q, want %q", got, want)
	}
	if got, want := problemPaths(lib, scan.LeftOut), ".hidden.md deep/.obsidian deep/node_modules deep/up loop twice"; got != want {
		t.Errorf("left out %q, want %q", got, want)
	}
	if len(scan.Problems) != 0 {
		t.Error(scan.Problems)
	}
}

// Names are bytes: two forms of one accent are two files, where the disk can.
func TestScanTakesNamesAsTheyAre(t *testing.T) {
	lib := testLibrary(t, map[string]string{"caf\u00e9/a.md": "one"})
	want := []string{"caf\u00e9/a.md"}
	for _, name := range []string{"cafe\u0301.md", "two\nlines.md", "🛶 boat.md", " space .md", "..md.md", "a\\b.md", "漢字/index.md"} {
		if os.MkdirAll(filepath.Dir(lib.File(name)), 0o755) == nil && os.WriteFile(lib.File(name), nil, 0o644) == nil {
			want = append(want, name)
		}
	}
	want = slices.DeleteFunc(want, func(s string) bool { return strings.HasPrefix(s, ".") })
	slices.Sort(want)
	if got := filePaths(scanned(t, lib).Files); !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
	for _, name := range want {
		if f, ok := lib.Stat(name); !ok || f.Path != name || f.ModTime.IsZero() {
			t.Errorf("%q: %+v, %v", name, f, ok)
		}
	}
	if _, ok := lib.Stat("gone.md"); ok {
		t.Error("a file that is not there")
	}
	if err := os.Symlink("gone.md", lib.File("link.md")); err == nil {
		if f, ok := lib.Stat("link.md"); !ok || !f.ModTime.IsZero() {
			t.Errorf("a link that leads nowhere: %+v, %v", f, ok)
		}
	}
}

func TestScanOfAFolderThatIsAway(t *testing.T) {
	lib := testLibrary(t, map[string]string{"one.md": "", "deep/two.md": ""})
	dir, away := lib.Dir(), lib.Dir()+" away"
	gone := func(what string) {
		t.Helper()
		for name, err := range map[string]error{"scan": func() error { _, err := lib.Scan(t.Context()); return err }(), "present": lib.Present()} {
			var p *Problem
			if !errors.Is(err, ErrAway) || !errors.As(err, &p) || p.Path != dir || p.Remedy == "" {
				t.Errorf("%s: %s says %v", what, name, err)
			}
		}
	}
	if err := os.Rename(dir, away); err != nil {
		t.Fatal(err)
	}
	gone("moved away")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	gone("an empty folder in its place, as after unmounting")
	os.Remove(dir)
	write(t, dir, "a file")
	gone("a file in its place")
	os.Remove(dir)
	if err := os.Rename(away, dir); err != nil {
		t.Fatal(err)
	}
	if n := len(scanned(t, lib).Files); n != 2 {
		t.Errorf("%d files when it is back", n)
	}
	// Another folder with something in it is taken for the library, even when it is
	// emptied then.
	os.Rename(dir, away)
	write(t, filepath.Join(dir, "three.md"), "")
	if got := filePaths(scanned(t, lib).Files); !slices.Equal(got, []string{"three.md"}) {
		t.Errorf("%q", got)
	}
	os.Remove(lib.File("three.md"))
	if n := len(scanned(t, lib).Files); n != 0 {
		t.Errorf("%d files when all are deleted", n)
	}
}

func TestScanOfAClosedFolder(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything; run the tests as another user to see this one")
	}
	lib := testLibrary(t, map[string]string{"one.md": "", "closed/two.md": ""})
	os.Chmod(lib.File("closed"), 0)
	t.Cleanup(func() { os.Chmod(lib.File("closed"), 0o755) })
	scan := scanned(t, lib)
	if !scan.Unknown("closed/two.md") || scan.Unknown("one.md") || scan.Unknown("closed.md") || len(scan.Problems) != 1 {
		t.Errorf("%+v", scan)
	}
}

// Nothing is written where the folder of a library is not there, such as into the place
// where its disk belongs.
func TestNothingIsMadeWhileAway(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "disk", "lib")
	lib, err := OpenAway(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lib.Scan(t.Context()); !errors.Is(err, ErrAway) {
		t.Error(err)
	}
	if _, err := lib.New("One", nil, time.Now()); !errors.Is(err, ErrAway) {
		t.Error(err)
	}
	if _, err := lib.CreateAuthor("", AuthorForm{Name: "Ana"}, nil); !errors.Is(err, ErrAway) {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Dir(dir)); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a folder was made")
	}
	write(t, filepath.Join(dir, "one.md"), "# One")
	if rel, err := lib.New("Two", nil, time.Now()); err != nil || len(scanned(t, lib).Files) != 2 {
		t.Error(rel, err)
	}
}

// A read error of the library's own folder, as of a network that stumbles, says nothing
// of the articles that were not read.
func TestScanStumblesOverTheRoot(t *testing.T) {
	lib := testLibrary(t, map[string]string{"one.md": "", "two.md": "", "deep/three.md": ""})
	stumble := func(after int) func(string) ([]fs.DirEntry, error) {
		return func(dir string) ([]fs.DirEntry, error) {
			entries, err := readDir(dir)
			if dir == lib.Dir() {
				return entries[:after], &fs.PathError{Op: "readdirent", Path: dir, Err: syscall.EIO}
			}
			return entries, err
		}
	}
	var p *Problem
	if _, err := lib.scan(t.Context(), stumble(0)); !errors.Is(err, ErrAway) || !errors.Is(err, syscall.EIO) || !errors.As(err, &p) || p.Path != lib.Dir() {
		t.Errorf("nothing was read: %v", err)
	}
	scan, err := lib.scan(t.Context(), stumble(1))
	if err != nil || len(scan.Problems) != 1 {
		t.Fatalf("a part was read: %+v, %v", scan, err)
	}
	for _, rel := range []string{"one.md", "two.md", "deep/three.md"} {
		if !scan.Unknown(rel) {
			t.Errorf("%s counts as gone", rel)
		}
	}
	if scan := scanned(t, lib); len(scan.Files) != 3 || scan.Unknown("one.md") {
		t.Errorf("when it is well again: %+v", scan)
	}
}

// Many folders, by several goroutines, find each file once, whatever the links do.
func TestScanOfManyFolders(t *testing.T) {
	files := map[string]string{}
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 600 {
		dir := ""
		for range r.IntN(5) {
			dir += fmt.Sprintf("d%d/", r.IntN(4))
		}
		files[fmt.Sprintf("%sf%d.md", dir, i)] = ""
	}
	lib := testLibrary(t, files)
	for i := range 30 {
		os.Symlink(lib.File(fmt.Sprintf("d%d", r.IntN(4))), lib.File(fmt.Sprintf("d%d/link%d", r.IntN(4), i)))
	}
	want := slices.Collect(func(yield func(string) bool) {
		for name := range files {
			if !yield(name) {
				return
			}
		}
	})
	slices.Sort(want)
	for range 5 {
		if got := filePaths(scanned(t, lib).Files); !slices.Equal(got, want) {
			t.Fatalf("%d files, want %d", len(got), len(want))
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := lib.Scan(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestSortNewest(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	day := time.Date(2026, 3, 4, 0, 0, 0, 0, time.FixedZone("", 3600))
	var articles []*Article
	for i := range 500 {
		a := &Article{Path: fmt.Sprintf("%d.md", i), ModTime: day.Add(time.Duration(r.IntN(50)) * time.Hour)}
		a.Date = day.AddDate(0, 0, r.IntN(3)).Add(time.Duration(r.IntN(2)*r.IntN(9)) * time.Hour)
		articles = append(articles, a)
	}
	want := slices.SortedFunc(slices.Values(articles), Newer)
	SortNewest(articles)
	if !slices.Equal(articles, want) {
		t.Error("not in the order of Newer")
	}
}

// BenchmarkScan is a walk with a look at each file, nothing having changed.
func BenchmarkScan(b *testing.B) {
	sizes := []int{1000, 10_000}
	if os.Getenv("LONGHAND_BENCH_LARGE") != "" {
		sizes = append(sizes, 100_000)
	}
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir := b.TempDir()
			for i := range n {
				if i%1000 == 0 {
					os.Mkdir(filepath.Join(dir, fmt.Sprint(i/1000)), 0o755)
				}
				if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(i/1000), fmt.Sprintf("%05d.md", i)), nil, 0o644); err != nil {
					b.Fatal(err)
				}
			}
			lib, err := Open(dir)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				scan, err := lib.Scan(b.Context())
				if err != nil || len(scan.Files) != n {
					b.Fatal(len(scan.Files), err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N), "ms")
		})
	}
}
