package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"longhand/editor/text"
	"longhand/library"
	"longhand/library/manage"
)

// crash ends a window without saving: what its goroutines still do is dropped. It
// returns when the journal has what was typed, which a crash leaves on the disk.
func (f *fixture) crash() {
	f.t.Helper()
	w := f.shell.now.Load()
	if err := w.shell.journal.Flush(f.t.Context()); err != nil {
		f.t.Fatal(err)
	}
	for _, d := range w.documents() {
		if d.timer != nil {
			d.timer.Stop()
		}
		d.release()
	}
	w.docs, w.doc = map[string]*document{}, nil
	w.shell.closeJournal() // which leaves what is in no file
}

// restart opens a window anew on the same folders and takes up what the journal has.
func (f *fixture) restart() (g *fixture, latest *document) {
	f.t.Helper()
	g = startIn(f.t, f.dir, library.Open)
	done := false
	g.recover(func(d *document) { latest, done = d, true })
	g.until("the journal", func() bool { return done })
	return g, latest
}

// undecided is a window in which words at the end of rain.md were restored, and nobody
// has decided about them.
func undecided(t *testing.T, words string) (g *fixture, d *document, before string) {
	t.Helper()
	f := start(t, three())
	f.choose("rain.md")
	before = read(t, f.file("rain.md"))
	f.typeAtEnd(words)
	f.crash()
	g, d = f.restart()
	g.open(d.file)
	g.drain()
	return g, d, before
}

func TestRestoredIsKept(t *testing.T) {
	f := start(t, three())
	f.choose("rain.md")
	before := read(t, f.file("rain.md"))
	f.typeAtEnd("not saved 雨")
	f.crash()
	if now := read(t, f.file("rain.md")); now != before {
		t.Fatalf("it was saved: %q", now)
	}
	g, d := f.restart()
	if d == nil || d.file != g.file("rain.md") || d.text.String() != before+"not saved 雨" {
		t.Fatalf("restored: %+v", d)
	}
	if said := g.status.said(); said.label != "Show" {
		t.Fatalf("the bar says %+v", said)
	}
	g.status.said().run()
	g.drain()
	if g.doc != d || g.editor.Doc().String() != before+"not saved 雨" {
		t.Fatalf("shown: %q", g.editor.Doc().String())
	}
	said := g.status.said()
	if said.label != "Keep" || said.other.label != "Discard" {
		t.Fatalf("the bar says %+v", said)
	}
	g.autosave()
	g.drain()
	if now := read(t, g.file("rain.md")); now != before {
		t.Fatalf("it was saved unasked: %q", now)
	}
	said.run()
	g.until("it is saved", func() bool { return !d.dirty })
	if now := read(t, g.file("rain.md")); now != before+"not saved 雨" {
		t.Errorf("saved: %q", now)
	}
	if said := g.status.said(); said.text != "" && said.label == "Keep" {
		t.Errorf("asked again: %+v", said)
	}
	g.crash()
	if _, d := g.restart(); d != nil {
		t.Errorf("restored again: %q", d.text.String())
	}
}

func TestRestoredIsDiscarded(t *testing.T) {
	g, d, before := undecided(t, "gone")
	g.status.said().other.run()
	g.until("it is as before", func() bool { return g.editor.Doc().String() == before })
	g.drain()
	if now := read(t, d.file); now != before || d.dirty || d.restored {
		t.Errorf("the file: %q; dirty %v, restored %v", now, d.dirty, d.restored)
	}
	g.editor.Undo()
	if !strings.HasSuffix(g.editor.Doc().String(), "gone") {
		t.Errorf("it cannot be undone: %q", g.editor.Doc().String())
	}
	g.editor.Redo()
	g.until("it is saved", func() bool { return !d.dirty && !d.saving })
	g.crash()
	if _, d := g.restart(); d != nil {
		t.Errorf("restored all the same: %q", d.text.String())
	}
}

// Who writes on in a restored text has decided.
func TestRestoredIsWrittenOn(t *testing.T) {
	g, d, _ := undecided(t, "one ")
	g.typeAtEnd("two")
	g.until("it is saved", func() bool { return !d.dirty && !d.saving })
	if now := read(t, g.file("rain.md")); !strings.HasSuffix(now, "one two") {
		t.Errorf("saved: %q", now)
	}
}

// Closing without a decision leaves the text in the journal.
func TestRestoredUndecided(t *testing.T) {
	g, _, before := undecided(t, "later")
	g.stop()
	if now := read(t, g.file("rain.md")); now != before {
		t.Errorf("closing saved it: %q", now)
	}
	if _, d := g.restart(); d == nil || !strings.HasSuffix(d.text.String(), "later") {
		t.Errorf("it is not offered again: %+v", d)
	}
}

func TestRestoredOfAFileThatIsGone(t *testing.T) {
	f := start(t, three())
	f.choose("rain.md")
	f.typeAtEnd("kept")
	f.crash()
	if err := os.Remove(f.file("rain.md")); err != nil {
		t.Fatal(err)
	}
	g, d := f.restart()
	if d == nil {
		t.Fatal("nothing is restored")
	}
	g.open(d.file)
	g.drain()
	g.save()
	g.until("it is saved", func() bool { return !d.dirty && !d.saving })
	if now := read(t, g.file("rain.md")); !strings.HasSuffix(now, "kept") {
		t.Errorf("saved: %q", now)
	}
}

// Both the restored words and those of another program are in the merge.
func TestRestoredAndChanged(t *testing.T) {
	f := start(t, three())
	f.choose("rain.md")
	before := read(t, f.file("rain.md"))
	f.typeAtEnd("\nOurs.\n")
	f.crash()
	write(t, f.file("rain.md"), strings.Replace(before, "# Rain, considered", "# Rain, by them", 1))
	g, d := f.restart()
	g.open(d.file)
	g.drain()
	g.status.said().run() // keep
	g.until("the question", func() bool { return strings.Contains(g.dialog(), "Two texts") })
	g.press("Merge")
	g.until("it is saved", func() bool { return !d.dirty && !d.saving })
	now := read(t, g.file("rain.md"))
	if !strings.Contains(now, "# Rain, by them") || !strings.Contains(now, "Ours.") || strings.Contains(now, "<<<<") {
		t.Errorf("merged: %q", now)
	}
	g.editor.Undo()
	if got := g.editor.Doc().String(); strings.Contains(got, "by them") || !strings.Contains(got, "Ours.") {
		t.Errorf("undone: %q", got)
	}
}

func TestMergeMarksConflicts(t *testing.T) {
	f := start(t, map[string]string{"a.md": "# A\n\nThe same.\n\nOne word.\n"})
	f.choose("a.md")
	f.editor.Select(16, 19) // One
	test.Type(f.editor, "Our")
	write(t, f.file("a.md"), "# A\n\nThe same.\n\nTheir word.\n")
	f.autosave()
	f.until("the question", func() bool { return strings.Contains(f.dialog(), "Two texts") })
	f.press("Merge")
	d := f.doc
	f.until("it is saved", func() bool { return !d.dirty && !d.saving })
	now := read(t, f.file("a.md"))
	if !strings.Contains(now, "Our word.") || !strings.Contains(now, "Their word.") || !strings.Contains(now, "<<<<<<<") {
		t.Errorf("merged: %q", now)
	}
	if said := f.status.said(); said.label != "Next" || !strings.Contains(said.text, "1 place ") {
		t.Errorf("the bar says %+v", said)
	}
}

// Who writes on while texts are merged is not asked again in the middle of a word.
func TestWritingOnWhileMerging(t *testing.T) {
	f := start(t, map[string]string{"a.md": "# A\n\nOne.\n"})
	f.choose("a.md")
	f.typeAtEnd("Two")
	write(t, f.file("a.md"), "# B\n\nOne.\n")
	f.save()
	f.until("the question", func() bool { return strings.Contains(f.dialog(), "Two texts") })
	f.press("Merge")
	f.typeAtEnd(" and three.")
	d := f.doc
	f.until("it is saved", func() bool { return !d.dirty && !d.saving })
	if got := read(t, f.file("a.md")); got != "# B\n\nOne.\nTwo and three." {
		t.Errorf("merged: %q", got)
	}
	if f.dialog() != "" {
		t.Errorf("asked again: %s", f.dialog())
	}
}

// A question that a save brings waits until the hand rests: it would take the keys.
func TestNoQuestionWhileWriting(t *testing.T) {
	f := start(t, map[string]string{"a.md": "# A\n\nOne.\n"})
	f.choose("a.md")
	f.typeAtEnd("Two")
	write(t, f.file("a.md"), "# B\n\nOne.\n")
	d := f.doc
	f.autosave()
	f.typeAtEnd(" and three.")
	f.until("the end of the save", func() bool { return !d.saving })
	if f.dialog() != "" || d.failed == nil {
		t.Errorf("asked while one writes: %q, %v", f.dialog(), d.failed)
	}
	f.until("the question", func() bool { return strings.Contains(f.dialog(), "Two texts") })
	f.press("Use mine")
	f.until("it is saved", func() bool { return !d.dirty && !d.saving })
	if got := read(t, f.file("a.md")); got != "# A\n\nOne.\nTwo and three." {
		t.Errorf("saved: %q", got)
	}
}

// A save that failed is tried again by itself.
func TestSaveIsTriedAgain(t *testing.T) {
	f := start(t, map[string]string{"deep/a.md": "# A\n"})
	f.choose("deep/a.md")
	aside := filepath.Join(f.dir, "aside")
	if err := os.Rename(f.file("deep"), aside); err != nil {
		t.Fatal(err)
	}
	f.typeAtEnd("more")
	d := f.doc
	f.autosave()
	f.until("the failure", func() bool { return d.failed != nil })
	if d.retries != 1 {
		t.Fatalf("%d tries are planned", d.retries)
	}
	if err := os.Rename(aside, f.file("deep")); err != nil {
		t.Fatal(err)
	}
	f.until("the save", func() bool { return !d.dirty && d.failed == nil })
	if now := read(t, f.file("deep/a.md")); now != "# A\nmore" {
		t.Errorf("saved: %q", now)
	}
}

func TestUndecidedSwitch(t *testing.T) {
	g, d, before := undecided(t, "\nSee [the river](river.md).\n")
	write(t, filepath.Join(g.dir, "other/a.md"), "# A\n")
	lib, err := library.Open(filepath.Join(g.dir, "other"))
	if err != nil {
		t.Fatal(err)
	}
	g.saveAndSwitch(lib)
	g.drain()
	w := g.shell.now.Load()
	if w == g.window || w.docs[d.file] != d || !d.restored {
		t.Fatalf("the text does not come along: %v", w.docs)
	}
	if said := w.status.said(); said.label != "Show" {
		t.Errorf("the bar says %+v", said)
	}
	if now := read(t, d.file); now != before {
		t.Errorf("it was saved: %q", now)
	}
}

// What is done with files is refused while a text waits, and does not hang.
func TestUndecidedMoves(t *testing.T) {
	g, d, before := undecided(t, "\nSee [the river](river.md).\n")
	g.discard("rain.md")
	g.until("the refusal", func() bool { return strings.Contains(g.dialog(), "not saved") })
	g.press("Close")
	g.duplicate("rain.md")
	g.until("the copy", func() bool { return g.doc != nil && g.doc.rel == "rain-2.md" && !g.moving.busy })
	plan, err := manage.Rename(t.Context(), g.lib, "river.md", "stream", g.options())
	if err != nil {
		t.Fatal(err)
	}
	var refused error
	g.alone(nil, func() {
		g.carry(plan, func(context.Context, func(string) bool) error { t.Error("it is done all the same"); return nil }, func(err error) { refused = err })
	})
	g.until("the answer", func() bool { return refused != nil })
	if !strings.Contains(refused.Error(), "are back") || !d.restored || g.moving.busy {
		t.Errorf("refused with %v; restored: %v", refused, d.restored)
	}
	if now := read(t, d.file); now != before {
		t.Errorf("it was saved: %q", now)
	}
}

func TestUndecidedOfAFileThatIsGone(t *testing.T) {
	f := start(t, three())
	f.choose("rain.md")
	f.typeAtEnd("words")
	f.crash()
	if err := os.Remove(f.file("rain.md")); err != nil {
		t.Fatal(err)
	}
	g, d := f.restart()
	g.open(d.file)
	g.drain()
	said := g.status.said()
	if said.label != "Keep" || said.other.label != "Discard" {
		t.Fatalf("the bar says %+v", said)
	}
	said.other.run()
	g.press("Discard")
	g.drain()
	if exists(g.file("rain.md")) || g.docs[d.file] != nil || g.status.said().label == "Keep" {
		t.Errorf("it is not discarded: %+v", g.status.said())
	}
	g.shell.keeping.Wait()
	if got := g.versionsOf(d.file); len(got) != 1 || !strings.HasSuffix(got[0], "words") {
		t.Errorf("versions are %q", got)
	}
	g.crash()
	if _, d := g.restart(); d != nil {
		t.Errorf("it comes back: %q", d.text.String())
	}
}

// A text that is opened while the journal is read gets its words.
func TestRestoredIntoTheOpenText(t *testing.T) {
	f := start(t, three())
	f.choose("rain.md")
	f.typeAtEnd("words")
	f.crash()
	g := startIn(t, f.dir, library.Open)
	g.choose("rain.md")
	done := false
	g.recover(func(*document) { done = true })
	g.until("the journal", func() bool { return done })
	if !strings.HasSuffix(g.editor.Doc().String(), "words") || g.status.said().label != "Keep" {
		t.Errorf("shown: %q; the bar says %+v", g.editor.Doc().String(), g.status.said())
	}
}

// What looks like no text is left in the journal.
func TestRestoredThatIsNoText(t *testing.T) {
	f := start(t, map[string]string{"a.md": "# A\n"})
	f.choose("a.md")
	f.editor.Apply(text.Transaction{Changes: text.Changes{{Start: 0, End: 4, Insert: "%PDF-1.7\x00\x01\x02" + strings.Repeat("\x01", 400)}}, Kind: text.Command})
	f.crash()
	for range 2 {
		g, d := f.restart()
		if d != nil {
			if d.text.Len() == 0 {
				t.Fatal("an empty text is restored")
			}
			return // it can be shown after all
		}
		if said := g.status.said(); said.label != "Show" {
			t.Fatalf("the bar says %+v", said)
		}
		g.stop()
	}
}

// A panic in what goroutines hand over can be caught further up.
func TestPanicOnTheMainThread(t *testing.T) {
	var queue []func()
	m := newMainThread(func(f func()) { queue = append(queue, f) })
	m.do(func() { panic("here") })
	caught := func() (v any) {
		defer func() { v = recover() }()
		queue[0]()
		return nil
	}()
	if caught != "here" {
		t.Fatalf("caught %v", caught)
	}
	m.do(func() {}) // which waits for no lock that is lost
	m.stop()
}
