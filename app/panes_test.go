package app

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"longhand/app/look"
)

func testPanes(t *testing.T) *panes {
	t.Helper()
	test.NewTempApp(t)
	pane := func() *row { return newRow(testLetters(t), func() look.Palette { return look.Day.Colours() }) }
	return newPanes(pane(), pane(), pane())
}

// seen tells which panes are there: Library, Text, Page and the divider between
// the last two.
func (p *panes) seen() string {
	s := ""
	for _, part := range []struct {
		name   string
		object fyne.CanvasObject
	}{{"L", p.library}, {"T", p.editor}, {"|", p.right}, {"P", p.preview}} {
		if part.object.Visible() {
			s += part.name
		}
	}
	return s
}

func TestLayoutsOfPanes(t *testing.T) {
	p := testPanes(t)
	const wide, one, narrow = 1360, 800, 420 // 800 has room for one pane beside the library
	for _, c := range []struct {
		layout layout
		width  float32
		front  func(*panes) fyne.CanvasObject
		want   string
	}{
		{sideBySide, wide, nil, "LT|P"},
		{previewOnly, wide, nil, "LP"},
		{editorOnly, wide, nil, "LT"},
		{sideBySide, one, nil, "LT"},
		{previewOnly, one, nil, "LP"},
		{editorOnly, one, nil, "LT"},
		{sideBySide, narrow, nil, "T"},
		{previewOnly, narrow, nil, "P"},
		{editorOnly, narrow, nil, "T"},
		{sideBySide, narrow, thePage, "P"},
		{previewOnly, narrow, theText, "T"},
		{editorOnly, narrow, thePage, "P"},
		{sideBySide, narrow, theList, "L"},
		{previewOnly, narrow, theList, "L"},
		{previewOnly, one, theText, "LT"},
		{sideBySide, 580, theList, "LP"}, // in the editor's place
		{previewOnly, 580, theList, "L"},
		{previewOnly, wide, theText, "LP"}, // there is room for what is wanted
		{editorOnly, wide, thePage, "LT"},
		{sideBySide, wide, theList, "LT|P"},
	} {
		p.set(c.layout)
		p.Resize(fyne.NewSize(c.width, 500))
		if c.front != nil {
			p.bring(c.front(p))
		}
		if got := p.seen(); got != c.want {
			t.Errorf("%s at %v: %s, want %s", c.layout, c.width, got, c.want)
		}
		total := float32(0)
		for _, o := range []fyne.CanvasObject{p.library, p.editor, p.preview} {
			if o.Visible() {
				total += o.Size().Width
			}
		}
		if total != c.width {
			t.Errorf("%s at %v: the panes are %v wide", c.layout, c.width, total)
		}
	}
}

func theList(p *panes) fyne.CanvasObject { return p.library }
func theText(p *panes) fyne.CanvasObject { return p.editor }
func thePage(p *panes) fyne.CanvasObject { return p.preview }

// A pane that is away is not fitted to anything: it would lose its place.
func TestHiddenPanesKeepTheirSize(t *testing.T) {
	p := testPanes(t)
	p.Resize(fyne.NewSize(1360, 500))
	editor, preview := p.editor.Size(), p.preview.Size()
	p.set(previewOnly)
	p.Resize(fyne.NewSize(1200, 400))
	if p.editor.Size() != editor {
		t.Errorf("the editor is %v, was %v", p.editor.Size(), editor)
	}
	p.set(editorOnly)
	p.Resize(fyne.NewSize(1360, 500))
	p.set(sideBySide)
	if p.editor.Size() != editor || p.preview.Size() != preview {
		t.Errorf("they come back %v and %v, were %v and %v", p.editor.Size(), p.preview.Size(), editor, preview)
	}
}

func TestPanesTellOfComingAndGoing(t *testing.T) {
	p := testPanes(t)
	p.Resize(fyne.NewSize(1360, 500))
	n := 0
	p.moved = func() { n++ }
	for i, do := range []func(){
		func() { p.set(previewOnly) },
		func() { p.set(editorOnly) },
		func() { p.set(sideBySide) },
		func() { p.Resize(fyne.NewSize(420, 500)) },
		func() { p.bring(p.preview) },
		func() { p.Resize(fyne.NewSize(1360, 500)) },
	} {
		if do(); n != i+1 {
			t.Fatalf("after step %d it was told %d times", i+1, n)
		}
	}
	p.Refresh()
	p.bring(nil)
	p.hideLibrary = true
	p.Refresh()
	if n != 6 {
		t.Error("it is told of nothing")
	}
}

func TestNoticeIsSeenInAnyLayout(t *testing.T) {
	p := testPanes(t)
	p.Resize(fyne.NewSize(1360, 500))
	for l, want := range map[layout]string{sideBySide: "LT|P", previewOnly: "LP", editorOnly: "LT"} {
		p.set(l)
		if p.seen() != want {
			t.Errorf("%s: %s", l, p.seen())
		}
		p.setNotice(true)
		if !p.editor.Visible() || p.preview.Visible() != (l == sideBySide) {
			t.Errorf("%s with a notice: %s", l, p.seen())
		}
		p.setNotice(false)
		if p.seen() != want {
			t.Errorf("%s after a notice: %s", l, p.seen())
		}
	}
	p.set(sideBySide)
	p.Resize(fyne.NewSize(420, 500))
	p.bring(p.preview)
	p.setNotice(true)
	if p.seen() != "T" {
		t.Errorf("a page in front hides the notice: %s", p.seen())
	}
}
