package watch

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"longhand/library"
)

// quick is the rhythm of the tests.
var quick = rhythm{quiet: 40 * time.Millisecond, latest: 400 * time.Millisecond, tick: 60 * time.Millisecond, least: 200 * time.Millisecond, most: 400 * time.Millisecond}

type watched struct {
	*testing.T
	lib *library.Library
	w   *Watcher
}

// begin watches a new library with these files, until nothing more is told.
func begin(t *testing.T, s system, files ...string) *watched {
	t.Helper()
	if !able {
		t.Skip("folders are not watched on " + runtime.GOOS)
	}
	dir := filepath.Join(t.TempDir(), "library")
	f := &watched{T: t}
	os.Mkdir(dir, 0o755)
	for _, name := range files {
		write(t, filepath.Join(dir, name), "text")
	}
	var err error
	if f.lib, err = library.Open(dir); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	if s.remote == nil {
		s.remote = func(string) bool { return false }
	}
	f.w = start(ctx, f.lib, quick, s)
	t.Cleanup(func() {
		cancel()
		for range f.w.Changes() {
		}
	})
	f.scan()
	return f
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (f *watched) write(rel, text string) { f.Helper(); write(f.T, f.lib.File(rel), text) }

// scan walks through the folder and follows, as long as there is something new.
func (f *watched) scan() {
	f.Helper()
	for range 10 {
		scan, err := f.lib.Scan(f.Context())
		if err != nil {
			f.Fatal(err)
		}
		f.w.Follow(scan.Folders, 0)
		if f.next(200*time.Millisecond) == "" {
			return
		}
	}
	f.Fatal("it never becomes quiet")
}

// next is what is told next; empty when nothing is.
func (f *watched) next(wait time.Duration) string {
	select {
	case c := <-f.w.Changes():
		if c.All {
			return "all"
		}
		return strings.Join(c.Paths, " ")
	case <-time.After(wait):
		return ""
	}
}

// told gathers what is told until it is quiet, once something is.
func (f *watched) told() string {
	got := map[string]bool{}
	for wait := 3 * time.Second; ; wait = 200 * time.Millisecond {
		s := f.next(wait)
		if s == "" {
			break
		}
		for _, path := range strings.Split(s, " ") {
			got[path] = true
		}
	}
	var out []string
	for path := range got {
		out = append(out, path)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func (f *watched) expect(what, want string) {
	f.Helper()
	if got := f.told(); got != want {
		f.Errorf("%s: told %q, want %q", what, got, want)
	}
}

var local = system{able: true}

func TestFiles(t *testing.T) {
	f := begin(t, local, "one.md", "deep/two.md", "authors/ana.md", "deep/picture.png")
	f.write("one.md", "other")
	f.expect("written", "one.md")
	if _, err := library.Save(f.lib.File("deep/two.md"), []byte("saved"), nil); err != nil {
		t.Fatal(err)
	}
	f.expect("saved in one step", "deep/two.md")
	if err := library.Create(f.lib.File("deep/three.md"), []byte("new")); err != nil {
		t.Fatal(err)
	}
	f.expect("created", "deep/three.md")
	os.Rename(f.lib.File("one.md"), f.lib.File("deep/four.markdown"))
	f.expect("moved", "deep/four.markdown one.md")
	os.Remove(f.lib.File("deep/two.md"))
	f.expect("deleted", "deep/two.md")
	os.Chmod(f.lib.File("deep/three.md"), 0o600)
	f.expect("other permissions", "deep/three.md")
	f.write("authors/ana.md", "other")
	f.expect("an author", "authors/ana.md")
	f.write("site.toml", "")
	f.expect("the site", "site.toml")
	for _, name := range []string{".hidden.md", "deep/_index.md", "notes.txt", "deep/picture.png", "deep/.longhand-x.tmp", "authors/ana.jpg", "deep/site.toml"} {
		f.write(name, "x")
	}
	f.write(".git/x.md", "x")
	f.write("node_modules/x.md", "x")
	if got := f.next(500 * time.Millisecond); got != "" {
		t.Errorf("of what is no article it tells %q", got)
	}
}

func TestNamesAsTheyAre(t *testing.T) {
	f := begin(t, local)
	for _, name := range []string{"two\nlines.md", "🛶.md", "caf\u00e9.md", "cafe\u0301.md", " .md", "漢字.md", "a\\b.md"} {
		f.write(name, "x")
		select {
		case c := <-f.w.Changes():
			if c.All || !slices.Equal(c.Paths, []string{name}) {
				t.Errorf("%q: %+q", name, c.Paths)
			}
		case <-time.After(3 * time.Second):
			t.Errorf("%q is not told", name)
		}
	}
}

// What happens in a burst is told at once, and not too late.
func TestBursts(t *testing.T) {
	f := begin(t, local, "one.md", "two.md")
	for attempt := range 8 {
		begun, last, gap := time.Now(), time.Now(), time.Duration(0)
		var told time.Time
		for i := 0; told.IsZero() && time.Since(begun) < 5*time.Second; i++ {
			f.write([]string{"one.md", "two.md"}[i%2], fmt.Sprint(attempt, i))
			if f.next(10*time.Millisecond) != "" {
				told = time.Now()
			}
			gap, last = max(gap, time.Since(last)), time.Now()
		}
		f.told()
		took := told.Sub(begun)
		if !told.IsZero() && took >= quick.latest && took <= quick.latest+time.Second {
			break
		}
		if gap >= quick.quiet/2 {
			continue // a busy machine made a pause that may pass for quiet
		}
		t.Errorf("writing with pauses of at most %v is told after %v, want %v", gap, took, quick.latest)
	}

	// Nobody takes what is told: it is gathered.
	for i := range 5 {
		f.write(fmt.Sprintf("%d.md", i), "")
		time.Sleep(2 * quick.quiet)
	}
	if got, want := f.next(time.Second), "0.md 1.md 2.md 3.md 4.md"; got != want {
		t.Errorf("gathered %q, want %q", got, want)
	}
	// A busy machine may write them so slowly that they are told in parts.
	got := ""
	for attempt := 0; attempt < 4 && !strings.Contains(got, "all"); attempt++ {
		for i := range many + 10 {
			f.write(fmt.Sprintf("%d.md", i), fmt.Sprint("many", attempt))
		}
		got = f.told()
	}
	if !strings.Contains(got, "all") {
		t.Errorf("very many are told as %d paths", strings.Count(got, " ")+1)
	}
}

func TestFolders(t *testing.T) {
	f := begin(t, local, "one.md", "a/b/two.md")
	f.write("new/deep/er/three.md", "x")
	f.expect("new folders", "all")
	f.scan()
	f.write("new/deep/er/three.md", "y")
	f.expect("written in a new folder", "new/deep/er/three.md")

	os.Rename(f.lib.File("a"), f.lib.File("c"))
	f.expect("a folder is renamed", "all")
	f.scan()
	f.write("c/b/two.md", "y")
	f.expect("written in a renamed folder", "c/b/two.md")
	os.Rename(f.lib.File("c/b"), f.lib.File("b"))
	f.expect("a folder is moved", "all")
	f.scan()
	f.write("b/two.md", "z")
	f.expect("written in a moved folder", "b/two.md")
	os.Rename(f.lib.File("b"), f.lib.Dir()+" b")
	f.expect("a folder leaves", "all")
	f.scan()
	write(t, f.lib.Dir()+" b/two.md", "zz")
	if got := f.next(300 * time.Millisecond); got != "" {
		t.Errorf("of what is outside it tells %q", got)
	}
	os.Rename(f.lib.Dir()+" b", f.lib.File("b"))
	f.expect("a folder comes", "all")
	f.scan()
	f.write("b/two.md", "zzz")
	f.expect("written in it", "b/two.md")
	os.RemoveAll(f.lib.File("new"))
	if got := f.told(); !strings.Contains(got, "all") {
		t.Errorf("a folder is deleted: %q", got)
	}
	f.scan()
	f.write("authors/ana.md", "x")
	f.expect("authors at last", "all")
	f.scan()
	f.write("authors/ana.md", "y")
	f.expect("an author", "authors/ana.md")
	f.write("folder.md/in.md", "x")
	f.expect("a folder with the name of an article", "all")
}

func TestLinks(t *testing.T) {
	f := begin(t, local, "one.md", "deep/two.md")
	far := t.TempDir()
	write(t, filepath.Join(far, "in/three.md"), "x")
	for from, to := range map[string]string{"far": far, "deep/loop": "..", "twice": "deep", "nowhere": "gone"} {
		if err := os.Symlink(to, f.lib.File(from)); err != nil {
			t.Skip(err)
		}
	}
	f.expect("links to folders", "all")
	f.scan()
	write(t, filepath.Join(far, "in/three.md"), "y")
	f.expect("written behind a link", "far/in/three.md")
	f.write("deep/two.md", "y")
	f.expect("written where two names lead", "deep/two.md")
	os.Remove(f.lib.File("far"))
	f.expect("a link goes", "all")
	f.scan()
	os.Symlink("one.md", f.lib.File("link.md"))
	f.expect("a link to a file", "link.md")
}

func TestRootGoesAndComes(t *testing.T) {
	f := begin(t, local, "one.md", "deep/two.md")
	away := f.lib.Dir() + " away"
	os.Rename(f.lib.Dir(), away)
	f.expect("it goes", "all")
	if _, err := f.lib.Scan(t.Context()); err == nil {
		t.Fatal("it is there")
	}
	os.Mkdir(f.lib.Dir(), 0o755) // as the place where a disk is mounted
	if got := f.told(); !strings.Contains(got, "all") {
		t.Errorf("an empty one: %q", got)
	}
	os.Remove(f.lib.Dir())
	f.told()
	os.Rename(away, f.lib.Dir())
	f.expect("it is back", "all")
	f.scan()
	f.write("deep/two.md", "y")
	f.expect("written then", "deep/two.md")

	os.RemoveAll(f.lib.Dir())
	if got := f.told(); !strings.Contains(got, "all") {
		t.Errorf("deleted: %q", got)
	}
	f.write("three.md", "x")
	if got := f.told(); !strings.Contains(got, "all") {
		t.Errorf("made again: %q", got)
	}
	f.scan()
	f.write("three.md", "y")
	f.expect("written in the new one", "three.md")
}

// polls waits until everything is asked for twice without an event.
func (f *watched) polls() {
	f.Helper()
	for range 2 {
		if got := f.next(3 * time.Second); got != "all" {
			f.Errorf("no look at everything is asked for, but %q", got)
		}
	}
}

func (f *watched) follow() {
	scan, err := f.lib.Scan(f.Context())
	if err != nil {
		f.Fatal(err)
	}
	f.w.Follow(scan.Folders, time.Millisecond)
}

func beginPolling(t *testing.T, s system) *watched {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "one.md"), "x")
	lib, err := library.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if s.remote == nil {
		s.remote = func(string) bool { return false }
	}
	f := &watched{T: t, lib: lib, w: start(t.Context(), lib, quick, s)}
	f.follow()
	return f
}

func TestPolling(t *testing.T) {
	t.Run("on a network", func(t *testing.T) {
		f := beginPolling(t, system{able: able, remote: func(string) bool { return true }})
		f.polls()
	})
	t.Run("without watches left", func(t *testing.T) {
		f := beginPolling(t, system{able: true, add: func(string) error { return syscall.ENOSPC }})
		f.polls()
	})
	t.Run("where each file costs", func(t *testing.T) {
		f := beginPolling(t, system{})
		f.polls()
	})
	t.Run("not else", func(t *testing.T) {
		f := begin(t, local, "one.md")
		if got := f.next(time.Second); got != "" {
			t.Errorf("told %q", got)
		}
	})
	w := &Watcher{rhythm: rhythm{least: 5 * time.Second, most: 30 * time.Second}}
	for took, want := range map[time.Duration]time.Duration{0: 5 * time.Second, 200 * time.Millisecond: 10 * time.Second, time.Minute: 30 * time.Second} {
		if w.watch(walked{took: took}); w.interval != want {
			t.Errorf("a walk of %v is made every %v, want %v", took, w.interval, want)
		}
	}
}

func TestSleepAndLostEvents(t *testing.T) {
	lib, err := library.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	w := &Watcher{lib: lib, rhythm: quick, system: local, folders: map[string]bool{".": true}, pending: map[string]bool{"a.md": true}, followed: true}
	w.root, _ = os.Stat(lib.Dir())
	w.look(time.Now(), 10*time.Millisecond)
	if w.all {
		t.Error("a look at everything for nothing")
	}
	w.look(time.Now(), time.Hour)
	if !w.all || !w.gathered().All {
		t.Error("nothing after the machine slept")
	}
	w.all = false
	w.lost()
	if !w.all || len(w.folders) != 0 {
		t.Error("nothing after events were lost")
	}
}

// Files come while folders are made and the watcher is told of them: none is missed.
func TestNothingIsMissed(t *testing.T) {
	f := begin(t, local, "one.md")
	var writers sync.WaitGroup
	want := map[string]bool{"one.md": true}
	for i := range 40 {
		want[fmt.Sprintf("d%d/e/%d.md", i%7, i)] = true
	}
	writers.Go(func() {
		for name := range want {
			os.MkdirAll(filepath.Dir(f.lib.File(name)), 0o755)
			os.WriteFile(f.lib.File(name), []byte("x"), 0o644)
			time.Sleep(5 * time.Millisecond)
		}
	})
	known := map[string]bool{}
	for len(known) < len(want) {
		select {
		case c := <-f.w.Changes():
			if !c.All {
				for _, path := range c.Paths {
					known[path] = true
				}
				continue
			}
			scan, err := f.lib.Scan(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range scan.Files {
				known[file.Path] = true
			}
			f.w.Follow(scan.Folders, 0)
		case <-time.After(3 * time.Second):
			t.Fatalf("%d of %d are known", len(known), len(want))
		}
	}
	writers.Wait()
}

func TestEndsWithItsContext(t *testing.T) {
	lib, err := library.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	w := New(ctx, lib)
	w.Follow([]string{"."}, 0)
	cancel()
	for range w.Changes() {
	}
	w.Follow([]string{"."}, 0) // harms nobody
	w.Follow([]string{"."}, 0)
}
