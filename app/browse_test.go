package app

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"longhand/library"
)

// desk is a desktop that only writes down what it is asked to open.
type desk struct {
	fyne.App
	opened []*url.URL
	refuse error
}

func (d *desk) OpenURL(u *url.URL) error {
	d.opened = append(d.opened, u)
	return d.refuse
}

// atDesk starts a window with such a desktop and a temporary folder of its own.
func atDesk(t *testing.T, files map[string]string) (*fixture, *desk, string) {
	t.Helper()
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	f := start(t, files)
	d := &desk{App: f.app}
	f.app = d
	return f, d, temp
}

// browsed opens the article's page and returns the file.
func (f *fixture) browsed(d *desk) string {
	f.t.Helper()
	n := len(d.opened)
	f.command("Open in browser")
	f.until("the page", func() bool { return len(d.opened) > n })
	u := d.opened[n]
	if u.Scheme != "file" || u.Host != "" || !strings.HasPrefix(u.String(), "file:///") {
		f.t.Fatalf("the address is %s", u)
	}
	return filepath.FromSlash(u.Path)
}

func TestOpenInBrowser(t *testing.T) {
	f, d, temp := atDesk(t, three())
	f.choose("river.md")
	f.typeAtEnd("\n\nNot yet saved.")
	to := f.browsed(d)
	page := read(t, to)
	for _, want := range []string{"<h1", "What the river took", "Not yet saved.", "View all posts by Ana Whitlock"} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not on the page", want)
		}
	}
	dir := filepath.Dir(to)
	if filepath.Base(to) != "river.html" || filepath.Dir(dir) != temp || !strings.HasPrefix(filepath.Base(dir), scratchPrefix) {
		t.Errorf("the page lies in %s", to)
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is open to others: %v, %v", info.Mode(), err)
	}
	if strings.Contains(page, f.dir) || strings.Contains(page, temp) {
		t.Error("the page knows where it was made")
	}
	if said := f.status.said().text; said != "Shown in the browser" {
		t.Errorf("the status says %q", said)
	}

	f.typeAtEnd(" More.")
	if again := f.browsed(d); again != to || !strings.Contains(read(t, to), "Not yet saved. More.") {
		t.Errorf("the second time it is %s", again)
	}
	f.choose("bread/index.md")
	if other := f.browsed(d); filepath.Dir(other) != dir || filepath.Base(other) != "bread.html" {
		t.Errorf("another article goes to %s", other)
	}
	f.stop()
	if left, _ := os.ReadDir(temp); len(left) > 0 {
		t.Errorf("at the end %s is left", left[0].Name())
	}
}

func TestBrowserWarningsAndErrors(t *testing.T) {
	files := three()
	files["bare.md"] = "# Bare\n\n![A picture](gone.png)\n"
	files["latin.md"] = "Un caf\xe9.\n"
	f, d, temp := atDesk(t, files)

	f.command("Open in browser")
	if said := f.status.said().text; !strings.Contains(said, "No article") {
		t.Errorf("without an article the status says %q", said)
	}

	f.choose("bare.md")
	f.browsed(d)
	if said := f.status.said(); said.text != "Shown in the browser with 1 warning" || said.label != "Show" {
		t.Errorf("the status says %q, %q", said.text, said.label)
	}
	f.status.said().run()
	if !strings.Contains(f.dialog(), "gone.png") {
		t.Errorf("the warning is %q", f.dialog())
	}
	f.press("Close")

	d.refuse = errors.New("no browser")
	f.browsed(d)
	if said := f.status.said().text; !strings.Contains(said, "could not open") || !strings.Contains(said, "bare.html") {
		t.Errorf("the status says %q", said)
	}
	d.refuse = nil

	n := len(d.opened)
	f.choose("latin.md")
	f.command("Open in browser")
	f.until("the refusal", func() bool { return strings.HasPrefix(f.status.said().text, "Not shown in the browser") })
	if f.dialog() != "" {
		t.Error("an error opens a dialog unasked")
	}
	f.status.said().run()
	if !strings.Contains(f.dialog(), "UTF-8") {
		t.Errorf("the reason is %q", f.dialog())
	}
	f.press("Close")

	if err := os.RemoveAll(temp); err != nil {
		t.Fatal(err)
	}
	f.choose("bare.md")
	f.command("Open in browser")
	f.until("the complaint", func() bool { return strings.Contains(f.status.said().text, "no place for a page") })
	if len(d.opened) != n {
		t.Error("the browser is sent to a page that is not there")
	}
}

// The folder may be cleared away by the system, and its name taken by another.
func TestScratchIsMadeAgain(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	var s scratch
	first, err := s.write("a.html", []byte("a"))
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := t.TempDir()
	for _, put := range []func(name string) error{
		func(string) error { return nil },
		func(name string) error { return os.Mkdir(name, 0o700) },
		func(name string) error { return os.Symlink(elsewhere, name) },
	} {
		dir := filepath.Dir(first)
		if err := errors.Join(os.Rename(dir, filepath.Join(t.TempDir(), "away")), put(dir)); err != nil {
			t.Fatal(err)
		}
		next, err := s.write("a.html", []byte("a"))
		if err != nil || filepath.Dir(next) == dir {
			t.Fatalf("it goes on in %s, %v", next, err)
		}
		first = next
	}
	second := first
	if err := os.Chmod(filepath.Dir(second), 0o755); err != nil {
		t.Fatal(err)
	}
	third, err := s.write("a.html", []byte("a"))
	if err != nil || filepath.Dir(third) == filepath.Dir(second) {
		t.Errorf("it goes on in a folder that all can read, %v", err)
	}
	s.remove()
	s.remove()
	if exists(third) {
		t.Error("the page is left")
	}
	if to, err := s.write("a.html", nil); err == nil {
		t.Errorf("after the end there is %s", to)
	}
	if left, _ := os.ReadDir(elsewhere); len(left) > 0 {
		t.Error("something was written where the name had led")
	}
}

func TestSweepScratch(t *testing.T) {
	temp, elsewhere := t.TempDir(), t.TempDir()
	write(t, filepath.Join(elsewhere, "mine.html"), "mine")
	now := time.Now()
	folder := func(name, file string, mode os.FileMode, age time.Duration) {
		dir := filepath.Join(temp, name)
		if file != "" {
			write(t, filepath.Join(dir, file), "page")
		} else if err := os.Mkdir(dir, mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(dir, mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(dir, now.Add(-age), now.Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	const day = 24 * time.Hour
	folder(scratchPrefix+"old", "a.html", 0o700, 25*time.Hour)
	folder(scratchPrefix+"torn", ".longhand-1.tmp", 0o700, 3*day)
	folder(scratchPrefix+"empty", "", 0o700, 3*day)
	kept := []string{scratchPrefix + "new", scratchPrefix + "open", scratchPrefix + "thesis", scratchPrefix + "deep", "longhand-other", scratchPrefix + "link", scratchPrefix + "file"}
	folder(kept[0], "a.html", 0o700, 23*time.Hour)
	folder(kept[1], "a.html", 0o755, 3*day)
	folder(kept[2], "thesis.md", 0o700, 3*day)
	folder(kept[3], "folder.html/a.html", 0o700, 3*day)
	folder(kept[4], "a.html", 0o700, 3*day)
	if err := os.Symlink(elsewhere, filepath.Join(temp, kept[5])); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(temp, kept[6]), "")
	sweepScratch(temp, now)
	sweepScratch(filepath.Join(temp, "none"), now)
	for _, name := range []string{"old", "torn", "empty"} {
		if _, err := os.Lstat(filepath.Join(temp, scratchPrefix+name)); err == nil {
			t.Errorf("%s is left", name)
		}
	}
	for _, name := range kept {
		if _, err := os.Lstat(filepath.Join(temp, name)); err != nil {
			t.Errorf("%s was swept away", name)
		}
	}
	if !exists(filepath.Join(elsewhere, "mine.html")) {
		t.Error("the sweep followed a link")
	}
}

// A start sweeps.
func TestStartSweepsScratch(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	dir := filepath.Join(temp, scratchPrefix+"crashed")
	write(t, filepath.Join(dir, "a.html"), "page")
	old := time.Now().Add(-48 * time.Hour)
	if err := errors.Join(os.Chmod(dir, 0o700), os.Chtimes(dir, old, old)); err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	write(t, filepath.Join(home, "library", "a.md"), "a")
	startIn(t, home, library.Open)
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if _, err := os.Stat(dir); err != nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("the folder of a crashed run is left")
		}
	}
}

func TestExportWithPicturesBeside(t *testing.T) {
	f := start(t, map[string]string{
		"site.toml":     "pictures_beside = true\n",
		"ring/index.md": "---\ntitle: Ring\n---\n\n![a ring](ring.svg)\n",
		"ring/ring.svg": `<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>`,
	})
	f.choose("ring/index.md")
	for range 2 {
		f.export()
		f.until("the page", func() bool { return strings.HasPrefix(f.status.passing.text, "Exported") })
		if page := read(t, filepath.Join(f.dir, "exports", "ring.html")); !strings.Contains(page, `src="ring_files/ring.svg"`) {
			t.Error("the picture is not beside the page")
		}
		if got := read(t, filepath.Join(f.dir, "exports", "ring_files", "ring.svg")); !strings.HasPrefix(got, "<svg") {
			t.Errorf("%q", got)
		}
		f.status.tell("", "", nil)
	}
}

// A file that a symbolic link leads into the library is the article there.
func TestOpenThroughALink(t *testing.T) {
	f := start(t, three())
	link := filepath.Join(f.dir, "link")
	if err := os.Symlink(f.lib.Dir(), link); err != nil {
		t.Skip(err)
	}
	f.choose("river.md")
	f.typeAtEnd("Words.")
	d := f.doc
	for _, name := range []string{"rain.md", "river.md"} {
		f.open(filepath.Join(link, name))
		f.until(name, func() bool { return f.doc != nil && f.doc.rel == name })
		f.drain()
		if !f.doc.inside || f.doc.file != f.file(name) || f.sidebar.chosen != name {
			t.Errorf("open is %s, chosen %s", f.doc.file, f.sidebar.chosen)
		}
	}
	f.saved()
	if len(f.docs) != 1 || !strings.Contains(f.editor.Doc().String(), "Words.") || !strings.Contains(read(t, d.file), "Words.") {
		t.Error("there are two texts of one file")
	}
}
