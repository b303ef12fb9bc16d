package app

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

func TestTrashAndBack(t *testing.T) {
	files := linked()
	f := start(t, files)
	f.choose("river.md")
	f.typeAtEnd("Last words.")
	f.win.Canvas().Focus(f.editor)
	f.discard("river.md")
	f.until("it is gone", func() bool { return strings.Contains(f.status.said().text, "trash") })
	if got := f.status.said().text; got != "“The river” is in the trash; 2 articles link to it" {
		t.Errorf("the bar says %q", got)
	}
	f.until("the next one", func() bool { return f.doc != nil })
	f.drain()
	if f.doc.rel != "rain.md" || strings.Contains(f.titles(), "The river") {
		t.Errorf("open is %s; listed: %s", f.doc.rel, f.titles())
	}
	if f.win.Canvas().Focused() != fyne.Focusable(f.sidebar.list) {
		t.Errorf("the keyboard is at %T", f.win.Canvas().Focused())
	}
	inTrash := filepath.Join(f.dir, "Trash", "files", "river.md")
	if got := read(t, inTrash); got != files["river.md"]+"Last words." {
		t.Errorf("in the trash lies %q", got)
	}
	f.saved()
	if got := f.searched("last words"); got != "" {
		t.Errorf("found: %s", got)
	}
	f.act("Undo")
	f.until("it is back", func() bool { return f.doc != nil && f.doc.rel == "river.md" })
	f.saved()
	files["river.md"] += "Last words."
	f.holds(files)
	if !strings.HasPrefix(f.titles(), "The river | The rain") || f.status.said().text != "“The river” is back" {
		t.Errorf("listed: %s; the bar says %q", f.titles(), f.status.said().text)
	}
	if got := f.searched("last words"); got != "river.md" {
		t.Errorf("found: %s", got)
	}
	if _, err := os.Stat(inTrash); !errors.Is(err, fs.ErrNotExist) {
		t.Error("it is in the trash too")
	}
}

func TestTrashSeveral(t *testing.T) {
	files := linked()
	f := start(t, files)
	f.choose("rain.md")
	for _, title := range []string{"The rain", "The snow"} {
		f.sidebar.list.KeyDown(&fyne.KeyEvent{Name: fyne.KeyDelete})
		for range 5 { // held down
			f.sidebar.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
		}
		f.until(title+" is gone", func() bool { return strings.HasPrefix(f.status.said().text, "“"+title) })
		f.until("the next one", func() bool { return f.doc != nil })
		f.drain()
		for range 5 {
			f.sidebar.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
		}
		f.sidebar.list.KeyUp(&fyne.KeyEvent{Name: fyne.KeyDelete})
		f.drain()
	}
	if n := f.sidebar.entries.len(); n != 3 {
		t.Fatalf("%d articles are left", n)
	}
	// One that is not open: nothing else changes.
	open := f.doc.rel
	f.discard("river.md")
	f.until("it is gone", func() bool { return strings.HasPrefix(f.status.said().text, "“The river") })
	f.saved()
	if f.doc == nil || f.doc.rel != open {
		t.Error("another article is open")
	}
	// One with others in its folder: asked first.
	f.discard("bread/index.md")
	f.until("asked", func() bool { return strings.Contains(f.dialog(), "bread/index.fr.md") })
	f.press("Keep all")
	f.saved()
	f.discard("bread/index.md")
	f.until("asked", func() bool { return strings.Contains(f.dialog(), "bread/index.fr.md") })
	f.press("Move all to the trash")
	f.until("the last is gone", func() bool { return f.doc == nil && f.sidebar.entries.len() == 0 })
	f.saved()
	if f.showsEditor() {
		t.Error("a text is shown that is gone")
	}
	if got := f.status.said().text; got != "“Bread” is in the trash" {
		t.Errorf("the bar says %q", got)
	}
	for range 4 {
		f.bringBack()
		f.until("one is back", func() bool { return strings.HasSuffix(f.status.said().text, "is back") })
		f.saved()
		f.status.tell("", "", nil)
	}
	f.bringBack()
	if got := f.status.said().text; !strings.HasPrefix(got, "Nothing went") {
		t.Errorf("the bar says %q", got)
	}
	f.holds(files)
	if got := f.titles(); got != "The river | The rain | The snow | Bread | Pain" {
		t.Errorf("listed: %s", got)
	}
}

func TestTrashIsRefused(t *testing.T) {
	f := start(t, linked())
	f.choose("rain.md")
	// Another took the name meanwhile: it stays in the trash, to be brought back later.
	f.discard("rain.md")
	f.until("it is gone", func() bool { return strings.Contains(f.status.said().text, "trash") })
	f.saved()
	write(t, f.file("rain.md"), "Mine.\n")
	f.bringBack()
	f.until("told", func() bool { return strings.Contains(f.dialog(), "Not brought back") })
	f.press("Close")
	if got := read(t, f.file("rain.md")); got != "Mine.\n" {
		t.Errorf("there lies %q", got)
	}
	if err := os.Remove(f.file("rain.md")); err != nil {
		t.Fatal(err)
	}
	f.bringBack()
	f.until("it is back", func() bool { return strings.HasSuffix(f.status.said().text, "is back") })
	f.saved()
	// What is not there cannot go.
	if err := os.Remove(f.file("essays/snow.md")); err != nil {
		t.Fatal(err)
	}
	f.discard("essays/snow.md")
	f.until("told", func() bool { return strings.Contains(f.dialog(), "Not moved to the trash") })
}

func TestDuplicate(t *testing.T) {
	f := start(t, linked())
	f.choose("rain.md")
	f.typeAtEnd("Newest.")
	f.duplicate("rain.md")
	f.until("the copy", func() bool { return f.doc != nil && f.doc.rel == "rain-2.md" })
	f.saved()
	if got := read(t, f.file("rain-2.md")); !strings.Contains(got, "The rain (copy)") || !strings.HasSuffix(got, "Newest.") || !strings.Contains(got, "draft: true") {
		t.Errorf("the copy holds %q", got)
	}
	if !strings.Contains(f.titles(), "The rain (copy)") {
		t.Errorf("listed: %s", f.titles())
	}
	if got := f.searched("copy"); got != "rain-2.md" {
		t.Errorf("found: %s", got)
	}
}
