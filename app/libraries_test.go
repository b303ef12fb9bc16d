package app

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"longhand/library/search"
)

// turn waits until the window shows the library of a folder.
func (f *fixture) turn(dir string) {
	f.t.Helper()
	f.until(dir, func() bool {
		now := f.shell.now.Load()
		return now.lib.Dir() == dir && now.shelf.filled() && !now.reading.busy
	})
	f.window = f.shell.now.Load()
	f.drain()
}

func (f *fixture) another(name string, files map[string]string) string {
	f.t.Helper()
	dir := filepath.Join(f.dir, name)
	for file, text := range files {
		write(f.t, filepath.Join(dir, file), text)
	}
	return dir
}

func TestSwitchingLibraries(t *testing.T) {
	f := start(t, three())
	other := f.another("träume/content", map[string]string{"one.md": "# One\n", "two.md": "---\ndraft: true\n---\n# Two\n", "site.toml": "title = \"Träume\"\n"})
	if got := f.sidebar.box.PlaceHolder; got != "Search articles" {
		t.Errorf("with one library the box says %q", got)
	}
	f.choose("rain.md")
	f.typeAtEnd("Unsaved words.")
	f.rearrange(func(a *arrangement) { a.By = byTitle })
	old, first := f.window, f.lib.Dir()
	f.switchTo(other)
	f.turn(other)
	if !strings.Contains(read(t, filepath.Join(first, "rain.md")), "Unsaved words.") {
		t.Error("what was written before is not saved")
	}
	if old.ctx.Err() == nil {
		t.Error("work for the library before goes on")
	}
	if f.doc != nil || f.listing.arrangement != (arrangement{}) || f.sidebar.entries.len() != 2 {
		t.Errorf("open %v, %+v, %s", f.doc, f.listing.arrangement, f.titles())
	}
	if got := f.sidebar.box.PlaceHolder + "/" + f.win.Title(); got != "Search Träume/Träume – Longhand" {
		t.Errorf("the library is called %q", got)
	}
	f.findsAll("one", "One")
	f.sidebar.box.SetText("")
	f.choose("one.md")
	f.rearrange(func(a *arrangement) { a.Status = onlyDrafts })

	// The palette offers the one before first: two keys go back and forth.
	back := func() { f.command("Switch library…"); f.palette.box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) }
	back()
	f.turn(first)
	if f.doc == nil || f.doc.rel != "rain.md" || f.listing.By != byTitle || f.listing.Status != "" {
		t.Errorf("back again: %v, %+v", f.doc, f.listing.arrangement)
	}
	f.typeAtEnd("More.") // the editor works for this library alone
	f.window.autosave()
	f.until("the save", func() bool { return !f.doc.dirty })
	back()
	f.turn(other)
	if f.doc == nil || f.doc.rel != "one.md" || f.filtersShown() != "Drafts" || f.titles() != "Two" {
		t.Errorf("there again: %v, %s: %s", f.doc, f.filtersShown(), f.titles())
	}

	// A folder that cannot be opened changes nothing.
	f.switchTo(filepath.Join(f.dir, "nowhere"))
	f.until("the message", func() bool { return f.dialog() != "" })
	if d := f.dialog(); !strings.Contains(d, "does not exist") || !strings.Contains(d, "nothing was closed") || f.shell.now.Load() != f.window {
		t.Errorf("it says %q", d)
	}

	// The next start opens the one switched to, unless another is named.
	f.remember()
	if err := f.session.save(f.cfg.State); err != nil {
		t.Fatal(err)
	}
	last := loadSession(f.cfg.State).Library
	for _, c := range []struct {
		cfg  Config
		last string
		want string
		away bool
	}{
		{Config{Library: first}, last, other, false},
		{Config{Library: first, Chosen: true}, last, first, false},
		{Config{Library: first}, "", first, false},
		{Config{Library: first}, filepath.Join(f.dir, "gone"), first, true},
	} {
		lib, _, away, err := openLibrary(&c.cfg, c.last)
		if err != nil || lib.Dir() != c.want || c.cfg.Library != c.want || (away != nil) != c.away {
			t.Errorf("%+v after %q: %v, %v, %v", c.cfg, c.last, lib, away, err)
		}
	}
}

// A text that cannot be saved is still there in the other library, and can be saved
// from it.
func TestSwitchingKeepsWhatIsNotSaved(t *testing.T) {
	f := start(t, three())
	other := f.another("other", map[string]string{"one.md": "# One\n"})
	file := f.file("rain.md")
	f.choose("rain.md")
	f.typeAtEnd("Mine.")
	theirs := "# Theirs\n"
	write(t, file, theirs) // the save will find that another program has written
	f.window.switchTo(other)
	f.turn(other)
	if read(t, file) != theirs {
		t.Error("their text is gone")
	}
	if said := f.status.said(); !strings.Contains(said.text, "kept here") || said.label != "Show" {
		t.Fatalf("the bar says %+v", said)
	}
	f.status.said().run()
	f.until("the text", func() bool { return f.doc != nil && f.doc.file == file })
	if !strings.Contains(f.editor.Doc().String(), "Mine.") || f.doc.inside {
		t.Errorf("text %q", f.editor.Doc().String())
	}
	f.useMine(f.doc)
	f.until("the save", func() bool { return !f.doc.dirty })
	if !strings.Contains(read(t, file), "Mine.") {
		t.Error("it is not saved")
	}
}

// What is typed while the library changes is not lost, and going to and fro fast
// leaves one library.
func TestSwitchingFast(t *testing.T) {
	f := start(t, three())
	first := f.lib.Dir()
	other := f.another("other", map[string]string{"one.md": "# One\n"})
	f.choose("rain.md")
	typed := ""
	for i := range 6 {
		w := f.shell.now.Load()
		if w.doc != nil && w.doc.rel == "rain.md" {
			w.editor.Select(w.editor.Doc().Len(), w.editor.Doc().Len())
			w.editor.TypedRune(rune('a' + i))
			typed += string(rune('a' + i))
		}
		w.switchTo([]string{other, first}[i%2])
		if i%3 == 2 {
			f.until("a turn", func() bool { return f.shell.now.Load() != w })
		}
	}
	f.drain()
	f.turn(f.shell.now.Load().lib.Dir())
	f.window.autosave()
	f.until("all saves", func() bool {
		for _, d := range f.documents() {
			if d.dirty {
				return false
			}
		}
		return true
	})
	if text := strings.TrimSpace(read(t, filepath.Join(first, "rain.md"))); typed == "" || !strings.HasSuffix(text, typed) {
		t.Errorf("%q was typed; the file ends with %q", typed, text[max(len(text)-20, 0):])
	}
	if len(f.session.Libraries) != 2 {
		t.Errorf("libraries %+v", f.session.Libraries)
	}
}

func TestNamesOfLibraries(t *testing.T) {
	for dir, want := range map[string]string{"/a/my-blog": "my-blog", "/a/my-blog/content": "my-blog/content", "/library": "/library", "/": "/"} {
		if got := (knownLibrary{Dir: dir}).name(); got != filepath.FromSlash(want) {
			t.Errorf("%s is called %q, want %q", dir, got, want)
		}
	}
	if got := (knownLibrary{Dir: "/a", Name: "Notes"}).name(); got != "Notes" {
		t.Errorf("%q", got)
	}
}

// What is opened for a library that is not wanted any more is closed again.
func TestIndexOfALibraryLeft(t *testing.T) {
	f := start(t, three())
	f.cfg.Cache = t.TempDir()
	w := f.window
	w.retire()
	index := w.openIndex(w.lib)
	if index == nil {
		return // it was not even opened
	}
	deadline := time.Now().Add(10 * time.Second)
	for {
		if err := index.Put(context.Background(), search.Entry{Path: "a.md"}); err != nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("the index is still open")
		}
		time.Sleep(20 * time.Millisecond)
	}
}
