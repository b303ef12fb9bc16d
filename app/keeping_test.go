package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// everywhere is the text of all files below the fixture's folder and of the
// editor: what is in none of them is lost.
func (f *fixture) everywhere() string {
	all := f.editor.Doc().String()
	filepath.WalkDir(f.dir, func(name string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			data, _ := os.ReadFile(name)
			all += string(data)
		}
		return nil
	})
	return all
}

// clash opens an article in which two texts stand against each other.
func clash(t *testing.T) *fixture {
	t.Helper()
	f := start(t, three())
	f.choose("river.md")
	f.typeAtEnd("MINE")
	write(t, f.file("river.md"), "THEIRS\n")
	f.save()
	f.until("the question", func() bool { return strings.Contains(f.dialog(), "changed by another program") })
	return f
}

func TestSelectionEndsWithItsArticle(t *testing.T) {
	f := start(t, three())
	f.choose("river.md")
	e := f.editor
	e.Select(e.Doc().Len(), e.Doc().Len())
	e.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	if e.SelectedText() == "" {
		t.Fatal("nothing is selected")
	}
	f.choose("rain.md")
	before := f.editor.Doc().String()
	e.TypedRune('x')
	if got := f.editor.Doc().String(); got != "x"+before {
		t.Errorf("a letter turned %q into %q", before, got)
	}
}

func TestTypingWhileACopyIsMade(t *testing.T) {
	f := clash(t)
	f.press("Keep both")
	test.Type(f.editor, " MORE")
	f.until("their text", func() bool { return strings.HasPrefix(f.editor.Doc().String(), "THEIRS") })
	f.drain()
	if got := read(t, f.file("river-mine.md")); !strings.Contains(got, "MINE MORE") {
		t.Errorf("the copy holds %q", got)
	}
}

func TestOursStaysWhenTheirsCannotBeRead(t *testing.T) {
	f := clash(t)
	write(t, f.file("river.md"), "\xff\xfec\x00a\x00")
	f.press("Use theirs")
	f.until("the reason", func() bool { return strings.Contains(f.dialog(), "iconv") })
	if f.doc == nil || !strings.Contains(f.editor.Doc().String(), "MINE") {
		t.Error("our text is gone")
	}
}

func TestTheQuestionIsAskedOnce(t *testing.T) {
	f := clash(t)
	f.autosave()
	f.autosave()
	f.drain()
	if n := len(f.win.Canvas().Overlays().List()); n != 1 {
		t.Errorf("%d questions at once", n)
	}
	f.press("Decide later")
	test.Type(f.editor, "!")
	f.drain()
	f.autosave()
	f.drain()
	if f.dialog() != "" {
		t.Error("the question comes back by itself")
	}
	if read(t, f.file("river.md")) != "THEIRS\n" {
		t.Error("their text was overwritten")
	}
	f.save()
	f.until("the question", func() bool { return f.dialog() != "" })
	f.press("Decide later")
	f.stop() // as when the desktop ends the program
	if all := f.everywhere(); !strings.Contains(all, "MINE!") || !strings.Contains(all, "THEIRS") {
		t.Error("a text was lost at the end")
	}
	if got := read(t, f.file("river-mine.md")); !strings.Contains(got, "MINE!") {
		t.Errorf("the copy holds %q", got)
	}
}

func TestLateSaveDoesNotBringBackADroppedText(t *testing.T) {
	f := clash(t)
	f.press("Use theirs")
	f.until("their text", func() bool { return f.editor.Doc().String() == "THEIRS\n" })
	f.typeAtEnd("and mine")
	f.drain()
	f.choose("rain.md")
	f.drain()
	if got := read(t, f.file("river.md")); got != "THEIRS\nand mine" {
		t.Errorf("file %q", got)
	}
	if len(f.docs) != 1 {
		t.Errorf("%d documents are kept", len(f.docs))
	}
}

func TestQuitWithAndWithoutTheText(t *testing.T) {
	for button, kept := range map[string]bool{"Quit without it": false, "Keep a copy and quit": true} {
		t.Run(button, func(t *testing.T) {
			f := start(t, three())
			f.choose("bread/index.md")
			if err := os.RemoveAll(filepath.Dir(f.file("bread/index.md"))); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Dir(f.file("bread/index.md")), "a file where the folder was")
			f.typeAtEnd("SALT")
			f.close()
			f.until("the question", func() bool { return strings.Contains(f.dialog(), "could not be saved") })
			f.press(button)
			f.stop()
			f.editor.SetDoc(f.editor.Doc(), 0)
			copies, _ := filepath.Glob(filepath.Join(f.dir, "state", "unsaved", "*"))
			if (len(copies) == 1) != kept {
				t.Fatalf("copies %v", copies)
			}
			if kept && !strings.HasSuffix(read(t, copies[0]), "SALT") {
				t.Error("the copy is not what was written")
			}
		})
	}
}

func TestGoingBackCancelsTheOpening(t *testing.T) {
	f := start(t, three())
	f.choose("rain.md")
	f.sidebar.open("river.md")
	f.sidebar.open("rain.md")
	f.drain()
	if f.doc.rel != "rain.md" || f.sidebar.chosen != "rain.md" {
		t.Errorf("open is %s, marked %s", f.doc.rel, f.sidebar.chosen)
	}
}

func TestAFileThatIsNoTextAnyMoreIsNotTakenOver(t *testing.T) {
	f := start(t, three())
	f.choose("rain.md")
	write(t, f.file("rain.md"), "\xff\xfeb\x00i\x00t\x00s\x00")
	f.reread()
	f.drain()
	if !strings.Contains(f.editor.Doc().String(), "flood of words") {
		t.Error("the window took in a text it cannot edit")
	}
}

func TestEnterBeforeTheResultsOpensTheFirst(t *testing.T) {
	f := start(t, three())
	f.choose("river.md")
	f.focusSearch()
	test.Type(f.sidebar.box, "bread")
	f.sidebar.box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	f.until("the result", func() bool { return f.doc != nil && f.doc.rel == "bread/index.md" })
	f.drain()
	if f.win.Canvas().Focused() != fyne.Focusable(f.editor) {
		t.Error("the keyboard did not come along")
	}
}

func TestOnlyArticlesAreListed(t *testing.T) {
	f := start(t, three())
	f.open(f.file("authors/ana.md"))
	f.until("the author", func() bool { return f.doc != nil })
	f.drain()
	f.typeAtEnd("Still.")
	f.save()
	f.until("the save", func() bool { return f.status.right.Text == "Saved" })
	if f.sidebar.entries.len() != 3 {
		t.Errorf("list: %s", f.titles())
	}
}

func TestPostsByAnAuthor(t *testing.T) {
	f := start(t, three())
	f.choose("river.md")
	f.follow("longhand:author:ana")
	f.typeAtEnd("More.")
	f.save()
	f.until("the save", func() bool { return f.status.right.Text == "Saved" })
	if f.titles() != "What the river took" || f.filtersShown() != "Ana Whitlock" {
		t.Errorf("%s: %s", f.filtersShown(), f.titles())
	}
	f.showEverything()
	if f.sidebar.entries.len() != 3 {
		t.Error("the whole list does not come back")
	}
}

func TestLinksOfThePreview(t *testing.T) {
	f := start(t, three())
	f.choose("river.md")
	for _, dead := range []string{"nowhere.md", "//host/rain.md", "javascript:alert(1)", "file:///etc/passwd", "#top", ""} {
		f.follow(dead)
		f.drain()
		if f.doc == nil || f.doc.rel != "river.md" {
			t.Fatalf("%q closed the article", dead)
		}
	}
	f.follow("bread/")
	f.until("the folder", func() bool { return f.doc.rel == "bread/index.md" })
	f.follow("../rain")
	f.until("the slug", func() bool { return f.doc.rel == "rain.md" })
}

func TestKeysRestWhileADialogIsOpen(t *testing.T) {
	f := start(t, three())
	var newArticle command
	for _, c := range commands() {
		if c.title == "New article…" {
			newArticle = c
		}
	}
	f.menuItem(newArticle).Action()
	f.menuItem(newArticle).Action()
	if n := len(f.win.Canvas().Overlays().List()); n != 1 {
		t.Errorf("%d dialogs", n)
	}
}

func TestDeletedFile(t *testing.T) {
	f := start(t, three())
	f.choose("rain.md")
	if err := os.Remove(f.file("rain.md")); err != nil {
		t.Fatal(err)
	}
	f.until("the news", func() bool { return strings.Contains(f.status.said().text, "deleted") })
	test.Type(f.editor, "x")
	f.drain()
	f.autosave()
	f.drain()
	if exists(f.file("rain.md")) {
		t.Error("the file came back by itself")
	}
	f.close()
	f.until("the question", func() bool { return strings.Contains(f.dialog(), "could not be saved") })
	f.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if f.dialog() != "" {
		t.Error("Escape does not take back the question")
	}
	f.save()
	f.until("the save", func() bool { return f.status.right.Text == "Saved" })
	if !exists(f.file("rain.md")) || f.status.said().text != "" {
		t.Errorf("saving does not bring the file back: %q", f.status.said().text)
	}
}

func TestSavingBringsBackADeletedFile(t *testing.T) {
	f := start(t, three())
	f.choose("rain.md")
	if err := os.Remove(f.file("rain.md")); err != nil {
		t.Fatal(err)
	}
	f.save()
	f.until("the file", func() bool { return exists(f.file("rain.md")) })
}

func TestOutsideChangesAreSeenWhileTheWindowHasTheFocus(t *testing.T) {
	f := start(t, three())
	f.choose("rain.md")
	write(t, f.file("rain.md"), "# Rain\n\nWritten elsewhere.\n")
	f.until("their text", func() bool { return strings.Contains(f.editor.Doc().String(), "elsewhere") })
}

func TestTheCaretBeginsBelowTheFrontMatter(t *testing.T) {
	f := start(t, three())
	f.choose("river.md")
	test.Type(f.editor, "First: ")
	if got := f.editor.Doc().String(); !strings.HasSuffix(got, "---\n\nFirst: The flood gauge was gone.\n") {
		t.Errorf("the text is %q", got)
	}
	caret := f.editor.Caret()
	f.choose("rain.md")
	f.choose("river.md")
	if f.editor.Caret() != caret {
		t.Errorf("the caret comes back to %d, not to %d", f.editor.Caret(), caret)
	}
}

func TestSearchInANarrowWindow(t *testing.T) {
	f := start(t, three())
	f.choose("river.md")
	before := f.editor.Doc().String()
	f.win.Resize(fyne.NewSize(420, 300))
	f.focusSearch()
	if !f.sidebar.Visible() || f.win.Canvas().Focused() != f.sidebar.box {
		t.Fatal("the search box does not come")
	}
	test.Type(f.sidebar.box, "bread")
	f.sidebar.box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	f.until("the article", func() bool { return f.doc.rel == "bread/index.md" })
	f.drain()
	if f.sidebar.Visible() || f.win.Canvas().Focused() != fyne.Focusable(f.editor) {
		t.Error("the text does not come back")
	}
	if read(t, f.file("river.md")) != before {
		t.Error("the query went into the article")
	}
	f.nextLayout()
	if !f.preview.Visible() || f.panes.editor.Visible() {
		t.Error("the preview does not come in the editor's place")
	}
	test.Type(f.editor, "x")
	if !f.panes.editor.Visible() {
		t.Error("typing does not bring the text back")
	}
}

func TestClosingDuringAQuestion(t *testing.T) {
	f := clash(t)
	f.close()
	f.until("the other question", func() bool { return strings.Contains(f.dialog(), "could not be saved") })
	if n := len(f.win.Canvas().Overlays().List()); n != 1 {
		t.Fatalf("%d dialogs", n)
	}
	f.press("Stay")
	f.save()
	f.until("the first question", func() bool { return strings.Contains(f.dialog(), "changed by another program") })
	f.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyReturn})
	f.until("both texts", func() bool {
		merged := read(t, f.file("river.md"))
		return strings.Contains(merged, "THEIRS") && strings.Contains(merged, "MINE")
	})
}

func TestNewWithoutATitle(t *testing.T) {
	f := start(t, three())
	f.choose("river.md")
	f.newArticle()
	f.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if f.win.Canvas().Focused() != nil {
		t.Error("what is typed next goes into the article before")
	}
	f.until("the article", func() bool { return f.doc.rel == "untitled.md" })
	f.newArticle()
	f.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if f.dialog() != "" {
		t.Error("Escape does not close the dialog")
	}
}
