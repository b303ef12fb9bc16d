package target

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"longhand/library"
)

func open(t *testing.T, dir string) *Folder {
	t.Helper()
	f, err := Open(dir, "", false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Close)
	return f
}

func put(t *testing.T, f *Folder, name, data string) bool {
	t.Helper()
	written, err := f.Put(name, []byte(data), SumOf([]byte(data)))
	if err != nil {
		t.Fatal(err)
	}
	return written
}

func finish(t *testing.T, f *Folder) (int, []*library.Problem) {
	t.Helper()
	removed, problems, err := f.Finish()
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	return removed, problems
}

func content(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Error(err)
	}
	return string(data)
}

func write(t *testing.T, file, data string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestBuildTwice(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "site")
	f := open(t, dir)
	if !put(t, f, "a/b/index.html", "one") || !put(t, f, "stale/deep/index.html", "old") || !put(t, f, "kept/x.html", "k") {
		t.Error("a new file was not written")
	}
	finish(t, f)
	write(t, filepath.Join(dir, "kept", "mine.txt"), "mine")

	f = open(t, dir)
	if put(t, f, "a/b/index.html", "one") {
		t.Error("an unchanged file was written")
	}
	if removed, problems := finish(t, f); removed != 2 || len(problems) != 0 {
		t.Errorf("%d removed, %v", removed, problems)
	}
	if _, err := os.Stat(filepath.Join(dir, "stale")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the stale folder is still there")
	}
	if content(t, filepath.Join(dir, "kept", "mine.txt")) != "mine" {
		t.Error("a file of the user's is gone")
	}

	f = open(t, dir)
	if !put(t, f, "a/b/index.html", "two") {
		t.Error("a changed file was not written")
	}
	finish(t, f)
	if content(t, filepath.Join(dir, "a/b/index.html")) != "two" {
		t.Error("the old content is still there")
	}
}

func TestKeep(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	put(t, f, "a.html", "one")
	put(t, f, "b.html", "two")
	finish(t, f)
	f = open(t, dir)
	// Only the time differs: the content decides.
	if err := os.Chtimes(filepath.Join(dir, "a.html"), time.Now(), time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "b.html"), "mine")
	if !f.Keep("a.html", SumOf([]byte("one"))) {
		t.Error("an unchanged file is not kept")
	}
	if f.Keep("a.html", SumOf([]byte("other"))) || f.Keep("b.html", SumOf([]byte("two"))) || f.Keep("c.html", SumOf(nil)) {
		t.Error("what is not as it was is kept")
	}
	if _, problems := finish(t, f); len(problems) != 1 || !strings.Contains(problems[0].Message, "changed since") {
		t.Errorf("problems %v", problems)
	}
	if content(t, filepath.Join(dir, "b.html")) != "mine" {
		t.Error("a file that the user has changed is gone")
	}
}

func TestFilesOfTheUser(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	put(t, f, "ours.html", "one")
	finish(t, f)
	write(t, filepath.Join(dir, "index.html"), "mine")
	write(t, filepath.Join(dir, "ours.html"), "one, with my changes")
	write(t, filepath.Join(dir, "folder"), "a file where a folder belongs")
	write(t, filepath.Join(dir, "same.html"), "same")
	f = open(t, dir)
	for name, message := range map[string]string{"index.html": "not made by Longhand", "ours.html": "was changed since", "folder/index.html": "cannot be made"} {
		_, err := f.Put(name, []byte("new"), SumOf([]byte("new")))
		var p *library.Problem
		if !errors.As(err, &p) || !strings.Contains(p.Message, message) || p.Remedy == "" || IsFatal(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if put(t, f, "same.html", "same") {
		t.Error("what is there already was written")
	}
	finish(t, f)
	for name, want := range map[string]string{"index.html": "mine", "ours.html": "one, with my changes"} {
		if got := content(t, filepath.Join(dir, name)); got != want {
			t.Errorf("%s holds %q", name, got)
		}
	}
}

func TestNothingOutside(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	f := open(t, dir)
	for _, name := range []string{"../x", "/x", "a/../../x", ".", "", ".longhand/manifest", ".longhand", "a//b"} {
		if _, err := f.Put(name, []byte("x"), SumOf([]byte("x"))); err == nil {
			t.Errorf("%q was written", name)
		}
	}
	for link, to := range map[string]string{"tags": outside, "file.html": filepath.Join(outside, "file.html"), "up": ".."} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	for _, name := range []string{"tags/x/index.html", "tags/index.html", "file.html", "up/x.html"} {
		if _, err := f.Put(name, []byte("x"), SumOf([]byte("x"))); err == nil {
			t.Errorf("%s was written through a link", name)
		}
	}
	entries, _ := os.ReadDir(outside)
	if len(entries) != 0 {
		t.Errorf("outside lies %v", entries)
	}
}

func TestWhatMayBeFilled(t *testing.T) {
	base := t.TempDir()
	lib := filepath.Join(base, "library")
	write(t, filepath.Join(lib, "a.md"), "x")
	foreign := filepath.Join(base, "foreign")
	write(t, filepath.Join(foreign, "thesis.txt"), "x")
	git := filepath.Join(base, "git")
	write(t, filepath.Join(git, ".git", "config"), "x")
	file := filepath.Join(base, "file")
	write(t, file, "x")
	for dir, message := range map[string]string{
		lib: "the library itself", filepath.Join(lib, "public"): "within the library", base: "within this folder",
		foreign: "holds other files", file: "a file, not a folder", filepath.Join(file, "x"): "cannot be",
	} {
		f, err := Open(dir, lib, false)
		var p *library.Problem
		if !errors.As(err, &p) || !strings.Contains(p.Message, message) || p.Remedy == "" {
			t.Errorf("%s: %v", dir, err)
		}
		if err == nil {
			f.Close()
		}
	}
	if link := filepath.Join(base, "link"); os.Symlink(lib, link) == nil {
		if _, err := Open(filepath.Join(link, "public"), lib, false); err == nil {
			t.Error("the library is not known by another name")
		}
	}
	if entries, _ := os.ReadDir(foreign); len(entries) != 1 {
		t.Error("a folder that was refused is not as it was")
	}
	for dir, force := range map[string]bool{git: false, foreign: true} {
		f, err := Open(dir, lib, force)
		if err != nil {
			t.Errorf("%s: %v", dir, err)
			continue
		}
		f.Close()
	}
}

func TestOneBuildAtATime(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	_, err := Open(dir, "", false)
	var p *library.Problem
	if !errors.As(err, &p) || !strings.Contains(p.Message, "another build") || p.Remedy == "" {
		t.Fatalf("a second build: %v", err)
	}
	f.Close()
	open(t, dir)
}

// A build that ends in the middle leaves files that the next one knows as its own.
func TestUnfinished(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	put(t, f, "a.html", "one")
	put(t, f, "gone.html", "x")
	finish(t, f)
	f = open(t, dir)
	put(t, f, "a.html", "two")
	put(t, f, "new.html", "new")
	f.Close()
	write(t, filepath.Join(dir, tempPrefix+"7"), "half")
	// The last line may be torn.
	journal := filepath.Join(dir, journalFile)
	write(t, journal, content(t, journal)+"00ff torn")

	f = open(t, dir)
	put(t, f, "a.html", "three")
	if removed, problems := finish(t, f); removed != 2 || len(problems) != 0 {
		t.Errorf("%d removed, %v", removed, problems)
	}
	entries, _ := os.ReadDir(dir)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if got := strings.Join(names, " "); got != ".longhand a.html" || content(t, filepath.Join(dir, "a.html")) != "three" {
		t.Errorf("there is %s", got)
	}
	if _, err := os.Stat(filepath.Join(dir, tempPrefix+"7")); err == nil {
		t.Error("a temporary file stays")
	}
}

func TestDamagedManifest(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	put(t, f, "a.html", "one")
	put(t, f, "b.html", "one")
	put(t, f, "weird \"\n name.html", "one")
	finish(t, f)
	manifest := filepath.Join(dir, manifestFile)
	whole := content(t, manifest)
	f = open(t, dir)
	if put(t, f, "weird \"\n name.html", "two") != true {
		t.Error("a name with a line break is not known again")
	}
	f.Close()
	for _, damage := range []string{"", "\x00\x01", "zz 1 2 a.html\n", whole[:len(whole)/2], strings.ReplaceAll(whole, "a.html", "../../x"), strings.ReplaceAll(whole, "a.html", ".longhand/lock")} {
		write(t, manifest, damage)
		f := open(t, dir)
		if put(t, f, "b.html", "one") {
			t.Errorf("%q: what is there already was written", damage)
		}
		f.Close()
	}
}

func TestLostInAPowerCut(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	put(t, f, "a.html", "one")
	finish(t, f)
	write(t, filepath.Join(dir, "a.html"), "")
	f = open(t, dir)
	if f.Keep("a.html", SumOf([]byte("one"))) || !put(t, f, "a.html", "one") {
		t.Error("an empty file is not made anew")
	}
}

func TestReadOnly(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("nothing is read-only for root")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir, 0o755)
	_, err := Open(dir, "", false)
	var p *library.Problem
	if !errors.As(err, &p) || p.Remedy == "" {
		t.Errorf("a read-only folder: %v", err)
	}
}

func TestProblemsSayWhatToDo(t *testing.T) {
	for err, remedy := range map[error]string{
		&fs.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}: "free some space",
		&fs.PathError{Op: "write", Path: "x", Err: syscall.EACCES}: "permissions",
	} {
		p := problem("/site/x", "not written", err)
		if !strings.Contains(p.Remedy, remedy) || !IsFatal(p) || strings.Contains(p.Message, "write x") {
			t.Errorf("%v: %v", err, p)
		}
	}
}

// TestKilled kills builds in the middle of writing: each file is old or new as a
// whole, and the next build knows them all as its own.
func TestKilled(t *testing.T) {
	const files = 300
	page := func(version, i int) []byte {
		return bytes.Repeat(fmt.Appendf(nil, "version %d of %d\n", version, i), 3000)
	}
	if dir := os.Getenv("LONGHAND_TARGET_KILLED"); dir != "" {
		var version int
		fmt.Sscan(os.Getenv("LONGHAND_TARGET_VERSION"), &version)
		f, err := Open(dir, "", false)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println("begun")
		for i := range files {
			if _, err := f.Put(fmt.Sprintf("d%d/f%d.html", i%7, i), page(version, i), SumOf(page(version, i))); err != nil {
				t.Fatal(err)
			}
		}
		if _, problems, err := f.Finish(); err != nil || len(problems) > 0 {
			t.Fatal(err, problems)
		}
		return
	}
	dir := t.TempDir()
	killed := 0
	for version := 1; version <= 12; version++ {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilled$")
		cmd.Env = append(os.Environ(), "LONGHAND_TARGET_KILLED="+dir, fmt.Sprintf("LONGHAND_TARGET_VERSION=%d", version))
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		_, _ = out.Read(make([]byte, 6))
		time.Sleep(time.Duration(version) * 3 * time.Millisecond)
		_ = cmd.Process.Kill()
		if cmd.Wait() != nil {
			killed++
		}
		for i := range files {
			data, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("d%d/f%d.html", i%7, i)))
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			whole := false
			for v := 1; v <= version; v++ {
				whole = whole || bytes.Equal(data, page(v, i))
			}
			if err != nil || !whole {
				t.Fatalf("version %d: file %d is torn: %d bytes, %v", version, i, len(data), err)
			}
		}
	}
	if killed == 0 {
		t.Skip("no build was slow enough to be killed")
	}
	f := open(t, dir)
	for i := range files {
		put(t, f, fmt.Sprintf("d%d/f%d.html", i%7, i), "last")
	}
	if _, problems := finish(t, f); len(problems) != 0 {
		t.Error(problems)
	}
}
