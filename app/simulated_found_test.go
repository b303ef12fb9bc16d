package app

import (
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
)

// "Use mine" allows to replace the one text that was asked about, and no later one.
func TestUseMineIsForOneText(t *testing.T) {
	f := clash(t)
	f.press("Use mine")
	f.save() // impatient: it is asked again while theirs is being kept
	f.drain()
	if f.dialog() != "" {
		f.press("Use mine")
	}
	f.until("the save", func() bool { return !f.doc.dirty && !f.doc.saving })
	f.drain()
	write(t, f.file("river.md"), "THEIRS AGAIN\n")
	test.Type(f.editor, "!")
	f.autosave()
	f.until("the question", func() bool { return f.dialog() != "" })
	if got := read(t, f.file("river.md")); got != "THEIRS AGAIN\n" {
		t.Errorf("their text was replaced by %q", got)
	}
}

// A text that is thrown away though no file holds it is among the versions.
func TestDiscardedWithoutFileIsAVersion(t *testing.T) {
	f := start(t, three())
	f.choose("rain.md")
	f.typeAtEnd("given up")
	f.crash()
	if err := os.Remove(f.file("rain.md")); err != nil {
		t.Fatal(err)
	}
	g, d := f.restart()
	g.open(d.file)
	g.drain()
	g.discardRestored(d)
	g.until("the question", func() bool { return strings.Contains(g.dialog(), "Discard") })
	g.press("Discard")
	g.drain()
	g.shell.saves.Wait()
	g.shell.keeping.Wait()
	if got := g.versionsOf(d.file); len(got) != 1 || !strings.HasSuffix(got[0], "given up") {
		t.Errorf("versions are %q", got)
	}
}

// What is saved when the desktop ends the program is among the versions, as all that is saved.
func TestSavedAtTheEndIsAVersion(t *testing.T) {
	f := start(t, three())
	f.choose("rain.md")
	f.typeAtEnd("last words")
	f.stop()
	if got := read(t, f.file("rain.md")); !strings.HasSuffix(got, "last words") {
		t.Fatalf("saved: %q", got)
	}
	if got := f.versionsOf(f.file("rain.md")); len(got) == 0 || !strings.HasSuffix(got[0], "last words") {
		t.Errorf("versions are %q", got)
	}
}

// What waits for texts to be saved does not wait for one that is restored and undecided.
func TestFilesDoNotWaitForTheUndecided(t *testing.T) {
	f := start(t, three())
	f.choose("rain.md")
	f.typeAtEnd("restored")
	f.crash()
	g, d := f.restart()
	g.open(d.file)
	g.drain()
	g.discard("rain.md")
	g.until("the refusal", func() bool { return strings.Contains(g.dialog(), "not saved") })
	g.press("Close")
	g.duplicate("rain.md")
	g.until("the copy", func() bool { return g.doc != nil && g.doc.rel == "rain-2.md" && !g.moving.busy })
	if now := g.docs[g.file("rain.md")]; now == nil || !now.restored || !strings.HasSuffix(now.text.String(), "restored") || strings.Contains(read(t, now.file), "restored") {
		t.Errorf("it was saved unasked, or is gone: %+v", now)
	}
}
