package app

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"longhand/editor"
)

// copied returns what is selected on the page, all of it.
func (f *fixture) pageText() string {
	f.preview.Settle()
	f.preview.SelectAll()
	f.preview.Settle()
	f.app.Clipboard().SetContent("")
	f.preview.Copy(false)
	f.preview.Settle()
	f.drain()
	return f.app.Clipboard().Content()
}

func TestPageFollowsTheText(t *testing.T) {
	f := start(t, three())
	f.choose("river.md")
	if got := f.pageText(); !strings.Contains(got, "What the river took\n") {
		t.Errorf("the page begins\n%s", got)
	}
	f.typeAtEnd("\n\nWritten *now*.")
	if got := f.pageText(); !strings.Contains(got, "Written now.") {
		t.Errorf("what is written is not on the page:\n%s", got)
	}
	f.choose("rain.md")
	if got := f.pageText(); strings.Contains(got, "Written now.") || !strings.Contains(got, "Rain, considered") {
		t.Errorf("the other article's page:\n%s", got)
	}
}

func TestTitleOnThePageFollows(t *testing.T) {
	f := start(t, map[string]string{"a.md": "---\ntitle: First\ntags: [one]\n---\n\nText.\n"})
	f.choose("a.md")
	at := strings.Index(f.editor.Doc().String(), "First")
	f.editor.Select(at, at+len("First"))
	f.write("Second")
	f.until("the new title", func() bool { return f.doc.around.frame.Title == "Second" })
	if got := f.pageText(); !strings.Contains(got, "Second") || strings.Contains(got, "First") {
		t.Errorf("the page:\n%s", got)
	}
}

func TestTitleChangesWhileThePageSleeps(t *testing.T) {
	f := start(t, map[string]string{"a.md": "---\ntitle: First\n---\n\nText.\n", "b.md": "# B\n\nOther words.\n"})
	f.choose("b.md")
	f.setLayout(editorOnly)
	f.choose("a.md")
	at := strings.Index(f.editor.Doc().String(), "First")
	f.editor.Select(at, at+len("First"))
	f.write("Second")
	f.until("the new title", func() bool { return f.doc.around.frame.Title == "Second" })
	f.drain()
	f.setLayout(sideBySide)
	if got := f.pageText(); !strings.Contains(got, "Second") || strings.Contains(got, "First") || !strings.Contains(got, "Text.") {
		t.Errorf("the page:\n%s", got)
	}
}

// settle waits until text and page have come to rest.
func (f *fixture) settle() {
	for range 2 {
		f.preview.Settle()
		f.drain()
	}
	f.preview.Settle()
}

// long is an article of which text and page are of different heights.
func long() string {
	var b strings.Builder
	b.WriteString("---\ntitle: Long\n---\n\n")
	for i := range 60 {
		fmt.Fprintf(&b, "Paragraph %d has some words in it.\n\n", i)
		if i%10 == 5 {
			b.WriteString("| a | b |\n|---|---|\n| c | d |\n\n![](missing.png)\n\n- [ ] task\n\n")
		}
	}
	return b.String()
}

func TestTextAndPageScrollTogether(t *testing.T) {
	f := start(t, map[string]string{"long.md": long()})
	f.choose("long.md")
	for range 8 {
		f.editor.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -203)})
		f.preview.Settle()
		f.drain()
		y := f.editor.Reading()
		if text, page := f.editor.PlaceAt(y), f.preview.PlaceAt(y); text-page > 3 || page-text > 3 {
			t.Fatalf("at the height %.0f the text is at %.1f, the page at %.1f", y, text, page)
		}
	}
	for range 6 {
		f.preview.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 151)})
		f.preview.Settle()
		f.drain()
		y := f.editor.Reading()
		if text, page := f.editor.PlaceAt(y), f.preview.PlaceAt(y); text-page > 3 || page-text > 3 {
			t.Fatalf("scrolled by the page: at the height %.0f the text is at %.1f, the page at %.1f", y, text, page)
		}
	}
}

func TestTextAndPageStayTogetherInAnotherLayout(t *testing.T) {
	f := start(t, map[string]string{"long.md": long()})
	f.choose("long.md")
	for range 4 {
		f.editor.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -203)})
	}
	for _, c := range []struct {
		what string
		do   func()
	}{
		{"a narrower window", func() { f.win.Resize(fyne.NewSize(1000, 860)) }},
		{"a lower window", func() { f.win.Resize(fyne.NewSize(1360, 600)) }},
		{"the divider dragged", func() { f.panes.right.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(170, 0)}) }},
		{"larger type", func() { f.zoom((*editor.Editor).ZoomIn); f.zoom((*editor.Editor).ZoomIn) }},
		{"its own size", func() { f.zoom((*editor.Editor).ZoomReset) }},
	} {
		c.do()
		f.settle()
		y := f.editor.Reading()
		if text, page := f.editor.PlaceAt(y), f.preview.PlaceAt(y); text-page > 5 || page-text > 5 {
			t.Errorf("%s: at the height %.0f the text is at %.1f, the page at %.1f", c.what, y, text, page)
		}
	}
}

// TestPageStaysWhileWritingElsewhere writes in one paragraph, then in another that is to be
// seen as well: the page has no reason to move.
func TestPageStaysWhileWritingElsewhere(t *testing.T) {
	f := start(t, map[string]string{"long.md": long()})
	f.choose("long.md")
	at := func(n int) int {
		return strings.Index(f.editor.Doc().String(), fmt.Sprintf(" %d has", n))
	}
	f.editor.Align(float64(at(10)), 200)
	f.holdPage()
	f.settle()
	f.editor.Select(at(10), at(10))
	f.write("x")
	f.settle()
	scrolled := f.editor.ScrollPosition()
	f.editor.Select(at(14), at(14))
	f.settle()
	before, seen := f.preview.HeightOf(at(14))
	if _, caret := f.editor.CaretHeight(); !seen || !caret || before < 0 || before > f.preview.Size().Height || f.editor.ScrollPosition() != scrolled {
		t.Fatalf("the paragraph is at %.0f (%v), the caret is seen: %v, the text scrolled from %d to %d", before, seen, caret, scrolled, f.editor.ScrollPosition())
	}
	const row = 30
	for range 3 {
		f.write("y")
		f.settle()
		if now, _ := f.preview.HeightOf(at(14)); now < before-row || now > before+row {
			t.Fatalf("the paragraph goes from %.0f to %.0f", before, now)
		}
	}
}

// TestNewParagraphsStayBesideTheCaret writes one after the other in the middle of an article.
func TestNewParagraphsStayBesideTheCaret(t *testing.T) {
	f := start(t, map[string]string{"long.md": long()})
	f.choose("long.md")
	at := strings.Index(f.editor.Doc().String(), "Paragraph 20 ") + len("Paragraph 20")
	f.editor.Align(float64(at), 150)
	f.holdPage()
	f.editor.Select(at, at)
	f.settle()
	scrolled := f.editor.ScrollPosition()
	for i := range 8 {
		f.write("\n\nwords")
		f.settle()
		if f.editor.ScrollPosition() != scrolled {
			t.Fatalf("after %d paragraphs the text scrolls: the test wants a higher window", i+1)
		}
		caret, _ := f.editor.CaretHeight()
		y, near := f.preview.HeightOf(f.editor.Caret())
		if !near || y < caret-60 || y > caret+60 {
			t.Errorf("paragraph %d: the caret is at %.0f, its block at %.0f (%v)", i+1, caret, y, near)
		}
	}
}

func TestWhatIsWrittenIsInViewOnThePage(t *testing.T) {
	f := start(t, map[string]string{"long.md": long()})
	f.choose("long.md")
	at := strings.Index(f.editor.Doc().String(), "Paragraph 40")
	f.editor.Select(at, at)
	f.editor.Align(float64(at), 300)
	f.write("x")
	f.preview.Settle()
	f.drain()
	caret, seen := f.editor.CaretHeight()
	y, shown := f.preview.HeightOf(f.editor.Caret())
	if !seen || !shown || y < 0 || y > f.preview.Size().Height {
		t.Fatalf("the caret is at %.0f (%v), its block at %.0f (%v)", caret, seen, y, shown)
	}
	f.write(strings.Repeat("more words ", 20))
	f.preview.Settle()
	f.drain()
	if now, _ := f.preview.HeightOf(at); now < y-2 || now > y+2 {
		t.Errorf("while its paragraph grows the block goes from %.0f to %.0f", y, now)
	}
}

func TestTaskIsTickedInTheText(t *testing.T) {
	f := start(t, map[string]string{"a.md": "# A\n\nSome text.\n\n- [ ] do it\n"})
	f.choose("a.md")
	f.preview.Settle()
	f.drain()
	at, ok := f.preview.TaskAt(0)
	if !ok {
		t.Fatal("no task is to be seen")
	}
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	e.Position = at
	f.preview.MouseDown(e)
	f.preview.MouseUp(e)
	f.preview.Settle()
	f.drain()
	if got := f.editor.Doc().String(); !strings.Contains(got, "- [x] do it") {
		t.Errorf("the text is %q", got)
	}
}

func TestLinksOpenArticles(t *testing.T) {
	f := start(t, map[string]string{"a.md": "# A\n\n[b](b.md#two)\n", "b.md": "# B\n\n" + strings.Repeat("text\n\n", 80) + "## Two\n\nend\n"})
	f.choose("a.md")
	f.follow("b.md#two")
	f.until("the other article", func() bool { return f.doc != nil && f.doc.rel == "b.md" })
	f.drain()
	f.preview.Settle()
	f.drain()
	y, seen := f.preview.HeightOf(strings.Index(f.editor.Doc().String(), "## Two"))
	if !seen || y < 0 || y > f.preview.Size().Height {
		t.Errorf("the heading is at %.0f", y)
	}
	f.follow("no-such-article.md")
	f.until("a word of it", func() bool { return strings.Contains(f.status.message.Text, "no-such-article") })
}

func TestDoubleClickOnThePagePutsTheCaret(t *testing.T) {
	f := start(t, map[string]string{"long.md": long()})
	f.choose("long.md")
	at := strings.Index(f.editor.Doc().String(), "Paragraph 30")
	f.toSource(at, at+len("Paragraph"))
	if got := f.editor.SelectedText(); got != "Paragraph" {
		t.Errorf("%q is selected", got)
	}
	if _, seen := f.editor.CaretHeight(); !seen {
		t.Error("the caret is out of sight")
	}
}
