package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// detailsOpen opens the panel of details on an article of the given text.
func detailsOpen(t *testing.T, s string) (*fixture, *detailsForm) {
	t.Helper()
	files := three()
	files["x.md"] = s
	files["authors/ben.md"] = "---\nname: Ben\n---\n"
	f := start(t, files)
	f.choose("x.md")
	f.openDetails()
	if f.panel == nil {
		t.Fatal("there is no panel")
	}
	return f, f.panel.body.(*detailsForm)
}

// chip finds a chip of the authors by its word.
func (f *detailsForm) chip(t *testing.T, word string) *chip {
	t.Helper()
	var found *chip
	each(f.content, func(o fyne.CanvasObject) {
		if c, ok := o.(*chip); ok && c.word.Text == word {
			found = c
		}
	})
	if found == nil {
		t.Fatalf("there is no chip %q", word)
	}
	return found
}

func TestDetailsAreOneChange(t *testing.T) {
	const was = "---\ntitle: 'River' # mine\ndate: 2026-11-12\ntags: [a, \"b, c\"]\nauthor: ana\nx: 1\n---\n\nText.\n"
	f, form := detailsOpen(t, was)
	if form.title.Text != "River" || form.tags.Text != `a, "b, c"` || form.date.Text != "2026-11-12" || !form.published.on || !form.chip(t, "Ana Whitlock").on {
		t.Errorf("the form holds %q, %q, %q", form.title.Text, form.tags.Text, form.date.Text)
	}
	if !f.panel.buttons[1].Disabled() {
		t.Error("nothing can be applied")
	}
	f.win.Canvas().Focus(form.chip(t, "Ben"))
	form.chip(t, "Ben").TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	test.Tap(form.draft)
	form.tags.SetText(form.tags.Text + ", d, A")
	form.lang.SetText("de")
	f.panel.key(fyne.KeyReturn)
	const want = "---\ntitle: 'River' # mine\ndate: 2026-11-12\ndraft: true\ntags: [a, \"b, c\", d]\nx: 1\nauthors: [ana, ben]\nlang: de\n---\n\nText.\n"
	if got := f.editor.Doc().String(); f.panel != nil || got != want {
		t.Fatalf("the text is\n%s", got)
	}
	f.expect("after the panel", "LT|P", "text")
	f.until("the save", func() bool { return !f.doc.dirty })
	if read(t, f.file("x.md")) != want {
		t.Error("the file is another")
	}
	f.editor.Undo()
	if got := f.editor.Doc().String(); got != was {
		t.Errorf("undone it is\n%s", got)
	}
}

func TestDetailsOfATextWithout(t *testing.T) {
	f, form := detailsOpen(t, "漢字 is how it begins.\n")
	if form.title.PlaceHolder != "x" || form.slug.PlaceHolder != "x" {
		t.Errorf("hints %q, %q", form.title.PlaceHolder, form.slug.PlaceHolder)
	}
	form.date.SetText("soon")
	f.panel.key(fyne.KeyReturn)
	f.said("“soon” is no date")
	form.date.SetText("12 November 2026")
	form.title.SetText("漢字")
	form.title.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got, want := f.editor.Doc().String(), "---\ntitle: 漢字\ndate: 2026-11-12\n---\n\n漢字 is how it begins.\n"; got != want {
		t.Errorf("the text is\n%s", got)
	}
}

// What a form cannot write is shown, and left as it is.
func TestDetailsLeaveWhatTheyCannotWrite(t *testing.T) {
	const was = "+++\ntitle = 'a'\n[[authors]]\nname = 'Zoë'\nemail = 'z@a.example'\n[taxonomies]\ntags = ['x', 'y']\n+++\n"
	f, form := detailsOpen(t, was)
	var told []string
	for _, s := range form.told {
		told = append(told, s.Text)
	}
	if got := strings.Join(told, " | "); got != "x, y (change these in the text) | Zoë (change these in the text)" {
		t.Errorf("told: %s", got)
	}
	form.title.SetText("b")
	f.panel.key(fyne.KeyReturn)
	if got := f.editor.Doc().String(); got != strings.Replace(was, "'a'", "'b'", 1) {
		t.Errorf("the text is\n%s", got)
	}
}

func TestDetailsAsk(t *testing.T) {
	f, form := detailsOpen(t, "# T\n")
	form.title.SetText("Other")
	f.panel.key(fyne.KeyEscape)
	f.said("not applied")
	f.panel.key(fyne.KeyEscape)
	if f.panel == nil {
		t.Fatal("the careful answer loses what was edited")
	}
	f.panel.key(fyne.KeyEscape)
	f.presses("Discard")
	if f.panel != nil || f.editor.Doc().String() != "# T\n" {
		t.Errorf("discarded, the text is %q", f.editor.Doc().String())
	}
}

func TestDetailsOfBrokenFrontMatter(t *testing.T) {
	files := three()
	files["x.md"] = "---\ntitle: [x\n---\n"
	f := start(t, files)
	f.openDetails()
	if f.panel != nil {
		t.Error("there is nothing to edit")
	}
	f.choose("x.md")
	f.openDetails()
	if d := f.dialog(); f.panel != nil || !strings.Contains(d, "line 2") {
		t.Errorf("told: %s", d)
	}
}

// Details of a long text, with other line endings, touch only its beginning.
func TestDetailsOfALongText(t *testing.T) {
	was := "\ufeff+++\r\ntitle = 'a'\r\n+++\r\n" + strings.Repeat("words and words\r\n", 200_000)
	f, form := detailsOpen(t, was)
	form.title.SetText("b")
	f.panel.key(fyne.KeyReturn)
	if got := string(f.editor.Doc().Bytes()); got != strings.Replace(was, "'a'", "'b'", 1) {
		t.Errorf("the text begins %q", got[:60])
	}
}

func TestTags(t *testing.T) {
	for s, want := range map[string]string{"": "", ` a ,, b`: "a, b", `"x, y", z`: `"x, y", z`, `"open, b`: `"open, b`, "A, a": "A", "  Ł  ó ": "Ł ó"} {
		if got := tagsText(parseTags(s)); got != want {
			t.Errorf("%q gives %q, want %q", s, got, want)
		}
	}
}
