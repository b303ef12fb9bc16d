package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"longhand/library"
)

func TestListShowsArticlesNewestFirst(t *testing.T) {
	f := start(t, three())
	if got, want := f.titles(), "Rain, considered | What the river took | A bread that waits"; got != want {
		t.Errorf("list %q, want %q", got, want)
	}
	if f.sidebar.caption.Total != "3" {
		t.Errorf("total %q", f.sidebar.caption.Total)
	}
}

func TestSearchAsYouType(t *testing.T) {
	f := start(t, three())
	for query, want := range map[string]string{
		"flood":       "Rain, considered | What the river took",
		"FLOOD gauge": "What the river took",
		"eric":        "Rain, considered",
		"essays":      "What the river took",
		"wtrt":        "What the river took",
		"zebra":       "",
		"  ":          "Rain, considered | What the river took | A bread that waits",
	} {
		f.sidebar.box.SetText(query)
		f.drain()
		got := strings.Split(f.titles(), " | ")
		if strings.Join(sorted(got), "|") != strings.Join(sorted(strings.Split(want, " | ")), "|") {
			t.Errorf("search %q: %q, want %q", query, got, want)
		}
	}
}

func TestKeysOfTheSearchBox(t *testing.T) {
	f := start(t, three())
	f.focusSearch()
	test.Type(f.sidebar.box, "flood")
	f.drain()
	f.sidebar.box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	f.until("the first article", func() bool { return f.doc != nil })
	first := f.doc.rel
	if f.win.Canvas().Focused() != f.sidebar.box {
		t.Fatal("looking at an article takes the keyboard from the search box")
	}
	f.sidebar.box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	f.until("the second article", func() bool { return f.doc != nil && f.doc.rel != first })
	f.sidebar.box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	f.drain()
	if f.sidebar.box.Text != "" || f.sidebar.entries.len() != 3 {
		t.Errorf("Escape leaves %q and %d articles", f.sidebar.box.Text, f.sidebar.entries.len())
	}
	if f.win.Canvas().Focused() != fyne.Focusable(f.editor) {
		t.Error("Escape does not go back to the text")
	}
}

func TestOpeningShowsTextPreviewAndFigures(t *testing.T) {
	f := start(t, three())
	f.choose("river.md")
	if !strings.Contains(f.editor.Doc().String(), "flood gauge") {
		t.Errorf("editor shows %q", f.editor.Doc().String())
	}
	if got := f.win.Title(); got != "What the river took – Longhand" {
		t.Errorf("title %q", got)
	}
	if got := f.status.left.Text; !strings.Contains(got, "5 words") || !strings.Contains(got, "1 min") {
		t.Errorf("figures %q", got)
	}
	if got := f.status.right.Text; got != "Saved" {
		t.Errorf("state %q", got)
	}
	if f.sidebar.chosen != "river.md" {
		t.Errorf("chosen %q", f.sidebar.chosen)
	}
}

func TestAutosaveChangesOnlyWhatWasTyped(t *testing.T) {
	f := start(t, three())
	before := read(t, f.file("bread/index.md"))
	f.choose("bread/index.md")
	f.typeAtEnd("Salt.")
	if f.status.right.Text != "Edited" {
		t.Errorf("state %q while typing", f.status.right.Text)
	}
	if read(t, f.file("bread/index.md")) != before {
		t.Error("saved without a pause")
	}
	f.until("the autosave", func() bool { return f.status.right.Text == "Saved" })
	if got, want := read(t, f.file("bread/index.md")), before+"Salt."; got != want {
		t.Errorf("file %q, want %q", got, want)
	}
	f.sidebar.box.SetText("salt")
	f.drain()
	if f.titles() != "A bread that waits" {
		t.Errorf("the saved text is not found: %q", f.titles())
	}
}

func TestSwitchingSavesWhatWasWritten(t *testing.T) {
	f := start(t, three())
	f.choose("river.md")
	f.typeAtEnd("Nobody heard.")
	f.choose("rain.md")
	f.until("the save", func() bool { return len(f.docs) == 1 })
	if !strings.HasSuffix(read(t, f.file("river.md")), "Nobody heard.") {
		t.Error("the text was left behind")
	}
	if strings.Contains(read(t, f.file("rain.md")), "Nobody") {
		t.Error("the text went into another article")
	}
}

func TestNothingIsSavedThatWasNotEdited(t *testing.T) {
	f := start(t, three())
	old := time.Now().Add(-time.Hour).Truncate(time.Second)
	for _, rel := range []string{"river.md", "rain.md", "bread/index.md"} {
		if err := os.Chtimes(f.file(rel), old, old); err != nil {
			t.Fatal(err)
		}
		f.choose(rel)
		f.save()
		f.drain()
		info, err := os.Stat(f.file(rel))
		if err != nil || !info.ModTime().Equal(old) {
			t.Errorf("%s was written by being looked at", rel)
		}
	}
}

func TestNewArticle(t *testing.T) {
	f := start(t, three())
	f.newArticle()
	test.Type(f.win.Canvas().Focused(), "Café at dawn")
	f.press("Create")
	f.until("the new article", func() bool { return f.doc != nil })
	f.drain()
	if f.doc.rel != "cafe-at-dawn.md" {
		t.Errorf("file %q", f.doc.rel)
	}
	text := read(t, f.file("cafe-at-dawn.md"))
	for _, want := range []string{"title: Café at dawn", "draft: true", "authors: [ana]"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %q", want, text)
		}
	}
	f.editor.TypedRune('x')
	if !strings.HasSuffix(f.editor.Doc().String(), "---\n\nx") {
		t.Errorf("the caret is not below the front matter: %q", f.editor.Doc())
	}
	if !strings.HasPrefix(f.titles(), "Café at dawn") {
		t.Errorf("list %q", f.titles())
	}
}

func TestExport(t *testing.T) {
	f := start(t, three())
	f.choose("river.md")
	f.typeAtEnd("\n\nNot yet saved.")
	f.export()
	f.until("the page", func() bool { return strings.HasPrefix(f.status.passing.text, "Exported to") })
	page := read(t, filepath.Join(f.dir, "exports", "river.html"))
	for _, want := range []string{"<h1", "What the river took", "Not yet saved.", "Ana Whitlock", "View all posts by Ana Whitlock"} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not on the page", want)
		}
	}
	if strings.Contains(page, f.dir) {
		t.Error("the page knows where it was made")
	}
	write(t, filepath.Join(f.dir, "exports", "rain.html"), "mine, made by hand")
	f.choose("rain.md")
	f.export()
	f.until("the second page", func() bool { return strings.Contains(f.status.passing.text, "rain-2.html") })
	if read(t, filepath.Join(f.dir, "exports", "rain.html")) != "mine, made by hand" {
		t.Error("a foreign file was replaced")
	}
}

func TestTwoTexts(t *testing.T) {
	for choice, want := range map[string]struct{ file, mine string }{
		"Use mine":   {file: "MINE"},
		"Use theirs": {file: "THEIRS"},
		"Keep both":  {file: "THEIRS", mine: "MINE"},
	} {
		t.Run(choice, func(t *testing.T) {
			f := start(t, three())
			f.choose("river.md")
			f.typeAtEnd("MINE")
			write(t, f.file("river.md"), "THEIRS\n")
			f.save()
			f.until("the question", func() bool { return strings.Contains(f.dialog(), "changed by another program") })
			if read(t, f.file("river.md")) != "THEIRS\n" {
				t.Fatal("their text was overwritten before the question")
			}
			f.press(choice)
			f.until("the text", func() bool { return f.doc != nil && !f.doc.dirty && !f.doc.saving })
			f.drain()
			if !strings.Contains(read(t, f.file("river.md")), want.file) {
				t.Errorf("file holds %q", read(t, f.file("river.md")))
			}
			if want.mine != "" && !strings.Contains(read(t, f.file("river-mine.md")), want.mine) {
				t.Error("our text is lost")
			}
			if !strings.Contains(f.editor.Doc().String(), want.file) {
				t.Errorf("editor shows %q", f.editor.Doc())
			}
		})
	}
}

func TestTextIsKeptWhenItCannotBeSaved(t *testing.T) {
	f := start(t, three())
	f.choose("bread/index.md")
	gone := filepath.Join(f.dir, "gone")
	if err := os.Rename(filepath.Dir(f.file("bread/index.md")), gone); err != nil {
		t.Fatal(err)
	}
	f.typeAtEnd("Salt.")
	f.save()
	f.until("the complaint", func() bool { return f.status.right.Text == "Not saved" })
	if said := f.status.said(); !strings.Contains(said.text, "Not saved") || said.label != "Try again" {
		t.Errorf("status says %q", said.text)
	}
	f.choose("rain.md")
	f.reload() // after which the list does not have it any more
	f.drain()
	if said := f.status.said(); !strings.Contains(said.text, "Not saved") || said.label != "Show" {
		t.Fatalf("elsewhere the status says %q", said.text)
	}
	f.status.said().run()
	f.until("the text again", func() bool { return strings.Contains(f.editor.Doc().String(), "Salt.") })
	f.close()
	f.until("the question", func() bool { return strings.Contains(f.dialog(), "could not be saved") })
	f.press("Stay")
	if err := os.Rename(gone, filepath.Dir(f.file("bread/index.md"))); err != nil {
		t.Fatal(err)
	}
	f.save()
	f.until("the save", func() bool { return f.status.right.Text == "Saved" })
	if f.status.said().text != "" {
		t.Errorf("the complaint stays: %q", f.status.said().text)
	}
	if !strings.HasSuffix(read(t, f.file("bread/index.md")), "Salt.") {
		t.Error("the text was lost")
	}
}

func TestFilesThatCannotBeEdited(t *testing.T) {
	files := three()
	files["wide.md"] = "\xff\xfea\x00b\x00"
	files["data.md"] = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"
	files["broken.md"] = "---\ntitle: a: b: c\n  - x\n---\nStill here.\n"
	files["empty.md"] = ""
	f := start(t, files)
	if f.sidebar.entries.len() != 7 {
		t.Errorf("list has %d articles: %s", f.sidebar.entries.len(), f.titles())
	}
	for rel, want := range map[string]string{"wide.md": "UTF-16", "data.md": "binary data"} {
		f.sidebar.open(rel)
		f.until(rel, func() bool {
			said := ""
			each(f.page, func(o fyne.CanvasObject) {
				if l, ok := o.(*widget.Label); ok {
					said += l.Text
				}
			})
			return strings.Contains(said, want)
		})
		if f.doc != nil {
			t.Errorf("%s is open for editing", rel)
		}
		if read(t, f.file(rel)) != files[rel] {
			t.Errorf("%s was changed", rel)
		}
	}
	f.choose("broken.md")
	f.choose("empty.md")
	f.typeAtEnd("no longer empty")
	f.choose("river.md")
	f.until("the save", func() bool { return len(f.docs) == 1 })
	if read(t, f.file("empty.md")) != "no longer empty" {
		t.Error("an empty file takes no text")
	}
}

func TestOtherProgramsTextIsShown(t *testing.T) {
	f := start(t, three())
	f.choose("rain.md")
	write(t, f.file("rain.md"), "# Rain\n\nWritten elsewhere.\n")
	f.reread()
	f.until("their text", func() bool { return strings.Contains(f.editor.Doc().String(), "elsewhere") })
}

func TestSessionComesBack(t *testing.T) {
	f := start(t, three())
	f.choose("rain.md")
	f.editor.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	f.editor.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	f.panes.libraryWidth, f.panes.share, f.panes.layout = 333, 0.7, editorOnly
	caret := f.editor.Caret()
	f.close()
	f.until("the end", func() bool { return f.ctx.Err() != nil })
	f.stop()
	next := startIn(t, f.dir, library.Open)
	next.openLast()
	next.until("the last article", func() bool { return next.doc != nil })
	next.drain()
	if next.doc.rel != "rain.md" || next.editor.Caret() != caret || caret == 0 {
		t.Errorf("%s at %d, want rain.md at %d", next.doc.rel, next.editor.Caret(), caret)
	}
	if p := next.panes; p.libraryWidth != 333 || p.share != 0.7 || p.layout != editorOnly {
		t.Errorf("panes %v %v %v", p.libraryWidth, p.share, p.layout)
	}
}

func TestDamagedSessionStartsAsNew(t *testing.T) {
	dir := t.TempDir()
	for _, damaged := range []string{"", "{", `{"width": "wide"}`, `{"width": -5, "height": 1e30, "editor_share": 7}`, "\x00\x01"} {
		write(t, filepath.Join(dir, sessionFile), damaged)
		if s := loadSession(dir); s.Width != 1360 || s.Height != 860 || s.EditorShare != 0.5 || s.Open == nil {
			t.Errorf("session %q gives %+v", damaged, s)
		}
	}
}

func TestFileOutsideTheLibrary(t *testing.T) {
	f := start(t, three())
	outside := filepath.Join(f.dir, "elsewhere.md")
	write(t, outside, "# Elsewhere\r\n\r\nText\r\n")
	f.open(outside)
	f.until("the file", func() bool { return f.doc != nil })
	f.drain()
	if f.doc.inside || f.sidebar.chosen != "" {
		t.Error("the file counts as one of the library")
	}
	f.typeAtEnd("more")
	f.save()
	f.until("the save", func() bool { return f.status.right.Text == "Saved" })
	if got := read(t, outside); got != "# Elsewhere\r\n\r\nText\r\nmore" {
		t.Errorf("file %q", got)
	}
	if f.sidebar.entries.len() != 3 {
		t.Error("the list took it in")
	}
}

func TestEveryCommandRuns(t *testing.T) {
	f := start(t, three())
	for _, open := range []bool{false, true} {
		if open {
			f.choose("river.md")
		}
		for _, c := range commands() {
			if c.title == "Quit" {
				continue
			}
			f.menuItem(c).Action()
			for top := f.win.Canvas().Overlays().Top(); top != nil; top = f.win.Canvas().Overlays().Top() {
				f.win.Canvas().Overlays().Remove(top)
			}
		}
		f.drain()
	}
}

// Bytes that are not UTF-8 are told of, and survive an edit.
func TestForeignBytesAreKept(t *testing.T) {
	files := three()
	files["latin.md"] = "Un caf\xe9.\n"
	files["nul.md"] = "a\x00b\n"
	f := start(t, files)
	for rel, want := range files {
		if rel != "latin.md" && rel != "nul.md" {
			continue
		}
		f.choose(rel)
		f.until("the notice", func() bool { return strings.Contains(f.status.said().text, "UTF-8") })
		f.drain()
		if read(t, f.file(rel)) != want {
			t.Fatalf("%s was changed by being opened", rel)
		}
		f.typeAtEnd("More.")
		f.save()
		f.until("the save", func() bool { return f.status.right.Text == "Saved" })
		if got := read(t, f.file(rel)); got != want+"More." {
			t.Errorf("%s holds %q", rel, got)
		}
		f.status.tell("", "", nil)
		f.export()
		f.until("the refusal", func() bool { return strings.Contains(f.dialog(), "UTF-8") })
		f.press("Close")
	}
}

// A text of megabytes opens and takes letters like any other.
func TestHugeText(t *testing.T) {
	files := three()
	files["huge.md"] = strings.Repeat("All work and no play makes for a dull text.\n\n", 3<<20/45)
	f := start(t, files)
	f.choose("huge.md")
	f.typeAtEnd("The end")
	f.save()
	f.until("the save", func() bool { return f.status.right.Text == "Saved" })
	if got := read(t, f.file("huge.md")); got != files["huge.md"]+"The end" {
		t.Errorf("the file has %d bytes, ending in %q", len(got), got[len(got)-20:])
	}
}
