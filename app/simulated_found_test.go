package app

import (
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
