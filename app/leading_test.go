package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

// haystack is an article with some needles far down.
func haystack(title, needle string) string {
	return "---\ntitle: " + title + "\ndate: 2026-11-12\n---\n\n" + strings.Repeat("Some words of hay.\n\n", 120) +
		"Here is the " + needle + ", *deep* down.\n\n" + strings.Repeat("More of it.\n\n", 120)
}

func hay() map[string]string {
	files := map[string]string{
		"one.md": haystack("One", "needle"),
		"two.md": haystack("Two", "needles"),
		"six.md": "---\ntitle: A needle in the title\ndate: 2020-01-01\n---\n\nNothing here.\n\n" + strings.Repeat("Nor there.\n\n", 100),
	}
	for i := range 17 {
		files["other-"+itoa(i)+".md"] = "# Other\n\nAnd other words."
	}
	return files
}

// seeks types a query and waits for what it finds.
func (f *fixture) seeks(query string) {
	f.sidebar.box.SetText(query)
	f.until(query, func() bool { return f.finding.cancel == nil })
	f.settle()
}

// leads checks where the text stands, and that text and page show it.
func (f *fixture) leads(rel, to string) {
	f.t.Helper()
	f.until(rel, func() bool { return f.doc != nil && f.doc.rel == rel })
	f.settle()
	at := f.editor.Caret()
	if got := f.editor.Doc().String()[at:]; !strings.HasPrefix(got, to) {
		f.t.Errorf("%s opens at %.30q, want %q", rel, got, to)
	}
	if _, seen := f.editor.CaretHeight(); !seen {
		f.t.Errorf("%s: the place is not in view", rel)
	}
	if y, near := f.preview.HeightOf(at); !near || y < 0 || y > f.preview.Size().Height {
		f.t.Errorf("%s: on the page the place is at %.0f", rel, y)
	}
}

func TestResultsLeadToTheMatch(t *testing.T) {
	f := start(t, hay())
	f.seeks("needle")
	if got := f.titles(); got != "A needle in the title | Two | One" {
		t.Fatal("found", got)
	}
	f.sidebar.open("one.md")
	f.leads("one.md", "needle, *deep*")
	f.until("the marks", func() bool { n, _ := f.editor.Found(); return n == 1 })
	f.sidebar.open("six.md") // only the title matches
	f.leads("six.md", "Nothing here.")

	// Up and down look without taking the keyboard.
	f.win.Canvas().Focus(f.sidebar.box)
	f.sidebar.box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	f.leads("two.md", "needles, *deep*")
	f.sidebar.box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	f.leads("one.md", "needle, *deep*")
	if f.win.Canvas().Focused() != fyne.Focusable(f.sidebar.box) {
		t.Error("the search box has lost the keyboard")
	}
	f.editor.GoTo(0)
	f.sidebar.box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	f.leads("one.md", "needle, *deep*")
	if f.win.Canvas().Focused() != fyne.Focusable(f.editor) {
		t.Error("Enter does not lead into the text")
	}

	// Marks follow what is written, F3 goes from one to the next.
	f.editor.GoTo(f.editor.Doc().Len())
	f.write("\n\nA needle more.")
	f.until("the new mark", func() bool { n, _ := f.editor.Found(); return n == 2 })
	f.command("Find next")
	if got := f.editor.SelectedText(); got != "needle" {
		t.Errorf("F3 selects %q", got)
	}
	first := f.editor.Caret()
	f.command("Find next")
	if f.editor.Caret() == first || f.findBar.Visible() {
		t.Error("F3 stays, or opens the strip")
	}

	// With the search they go.
	f.sidebar.box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	f.settle()
	if n, _ := f.editor.Found(); n != 0 || f.finding.marker != nil {
		t.Errorf("%d marks are left", n)
	}
}

// What is marked is what was found, though it was typed otherwise.
func TestMisspeltIsMarked(t *testing.T) {
	f := start(t, hay())
	f.seeks("neelde deep")
	f.sidebar.open("one.md")
	f.leads("one.md", "needle, *deep*")
	f.until("the marks", func() bool { n, _ := f.editor.Found(); return n == 2 })
	e := f.sidebar.entries.at(0)
	if len(e.snippetMarks) != 2 || e.snippet[e.snippetMarks[0].Start:e.snippetMarks[0].End] != "needle" && e.snippet[e.snippetMarks[0].Start:e.snippetMarks[0].End] != "needles" {
		t.Errorf("the list marks %v of %q", e.snippetMarks, e.snippet)
	}
}

// The file is another than the one that was indexed, or is open and changed.
func TestMatchesOfChangedFiles(t *testing.T) {
	f := start(t, hay())
	f.seeks("needle")
	write(t, f.file("one.md"), "---\ntitle: One\n---\n\nA needle.\n")
	f.sidebar.open("one.md")
	f.leads("one.md", "needle.")
	write(t, f.file("two.md"), "Gone.")
	f.sidebar.open("two.md")
	f.leads("two.md", "Gone.")

	f.sidebar.open("one.md")
	f.leads("one.md", "needle.")
	f.editor.Select(0, f.editor.Doc().Len())
	f.write("Not saved: a needle.")
	f.sidebar.open("one.md")
	f.leads("one.md", "needle.")
	f.editor.Select(0, f.editor.Doc().Len())
	f.key(fyne.KeyDelete)
	f.sidebar.open("one.md")
	f.leads("one.md", "")
}

// Enter leads the keyboard into the text also where none was open.
func TestEnterOpensTheFirst(t *testing.T) {
	f := start(t, hay())
	f.focusSearch()
	f.seeks("needle deep")
	f.sidebar.box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	f.leads(f.sidebar.entries.at(0).Path, "needle")
	if f.win.Canvas().Focused() != fyne.Focusable(f.editor) {
		t.Errorf("the keyboard is with %T", f.win.Canvas().Focused())
	}
}

func TestMatchOnThePageAlone(t *testing.T) {
	f := start(t, hay())
	f.setLayout(previewOnly)
	f.seeks("needle")
	f.sidebar.open("one.md")
	f.until("one.md", func() bool { return f.doc != nil && f.doc.rel == "one.md" })
	f.settle()
	if y, near := f.preview.HeightOf(f.editor.Caret()); !near || y < 0 || y > f.preview.Size().Height {
		t.Errorf("the place is at %.0f", y)
	}
}

func TestSenselessFilterIsToldOf(t *testing.T) {
	f := start(t, hay())
	for _, c := range []struct {
		query, caption string
		articles       int
	}{
		{"needle before:nonsense", "before:nonsense is no date", 2},
		{"before:nonsense", "before:nonsense is no date", 20},
		{"status:gone", "status:gone is no status", 20},
		{"needle before:20", "2 found", 2},
		{"needle", "3 found", 3},
		{"", "All articles, newest first", 20},
	} {
		f.seeks(c.query)
		if got := f.sidebar.caption.Text; got != c.caption {
			t.Errorf("%q: the caption is %q, want %q", c.query, got, c.caption)
		}
		if n := f.sidebar.entries.len(); n != c.articles {
			t.Errorf("%q: %d articles, want %d", c.query, n, c.articles)
		}
	}
}
