package editor

import (
	"fmt"
	"image/color"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"longhand/editor/find"
	"longhand/editor/text"
)

func TestStaleReplaceAll(t *testing.T) {
	d := newDesk(t, "|a ab a")
	d.Find(find.Query{Text: "a"}, -1)
	d.wait("m", func() bool { n, _ := d.Found(); return n == 3 })
	d.Find(find.Query{Text: "ab"}, -1)
	d.ReplaceAll("X")
	if got := d.Doc().String(); got != "a X a" && got != "a ab a" {
		t.Errorf("replace all of ab: %q", got)
	}
}

func TestStaleReplaceAllAfterEdit(t *testing.T) {
	d := newDesk(t, "one two |one")
	d.Find(find.Query{Text: "one"}, -1)
	d.wait("m", func() bool { n, _ := d.Found(); return n == 2 })
	d.Find(find.Query{Text: "one", Case: true}, -1) // case toggled
	d.Select(0, 0)
	test.Type(d, "xyz")
	d.ReplaceAll("1")
	if got := d.Doc().String(); got != "xyz1 two 1" && got != "xyzone two one" {
		t.Errorf("%q", got)
	}
}

func TestJumpWhileTyping(t *testing.T) {
	d := newDesk(t, "alpha beta |")
	d.Find(find.Query{Text: "alpha"}, 0)
	d.press("ctrl+end")
	test.Type(d, "x")
	for end := time.After(time.Second); ; {
		select {
		case f := <-d.todo:
			f()
			continue
		case <-end:
		}
		break
	}
	test.Type(d, "y")
	if got := d.Doc().String(); got != "alpha beta xy" {
		t.Errorf("%q", got)
	}
}

func TestPasteOther(t *testing.T) {
	d := newDesk(t, "first |")
	d.opt.Primary = &rich{html: "<p>a <strong>b</strong></p>"}
	d.opt.Clipboard.SetContent("a b")
	d.Paste()
	d.SetDoc(text.New("another article"), 0)
	f := <-d.todo
	f()
	if got := d.Doc().String(); got != "another article" {
		t.Errorf("other article: %q", got)
	}
	d.set("|")
	d.Paste()
	d.Paste()
	for range 2 {
		f := <-d.todo
		f()
	}
	t.Logf("pasted twice: %q", d.Doc().String())
	if strings.Count(d.Doc().String(), "**b**") != 2 {
		t.Errorf("pasted twice: %q", d.Doc().String())
	}
}

func TestTypingAfterFrontMatterIsSeen(t *testing.T) {
	s := "---\ntitle: x\n---"
	d := newDesk(t, "|")
	d.SetDoc(text.New(s), len(s))
	d.press("return")
	test.Type(d, "Hello")
	if _, _, height := d.view.Point(d.caret()); height == 0 || d.view.Folded().End != 0 {
		t.Errorf("the caret's row is %d high, folded is %+v", height, d.view.Folded())
	}
}

func TestDragOverFold(t *testing.T) {
	s := "---\ntitle: x\n---\n\nFirst words here\n"
	d := newDesk(t, "|")
	d.SetDoc(text.New(s), len(s))
	from := d.place(strings.Index(s, "here"))
	ev := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: from}, Button: desktop.MouseButtonPrimary}
	d.MouseDown(ev)
	d.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(from.X-20, 10)}})
	ev.Position = fyne.NewPos(from.X-20, 10)
	d.MouseUp(ev)
	d.DragEnd()
	t.Logf("%q folded %v", d.marked(), d.view.Folded())
	d.press("backspace")
	if !strings.HasPrefix(d.Doc().String(), "---\ntitle") {
		t.Errorf("front matter gone unseen: %q", d.Doc().String())
	}
}

func TestDropOnFold(t *testing.T) {
	s := "---\ntitle: x\n---\n\nFirst words here\n"
	d := newDesk(t, "|")
	d.SetDoc(text.New(s), len(s))
	i := strings.Index(s, "words")
	d.Select(i, i+5)
	d.mouse.Clicks = 0
	ev := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: d.place(i + 2)}, Button: desktop.MouseButtonPrimary}
	d.MouseDown(ev)
	end := fyne.NewPos(300, 20)
	d.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: end}})
	ev.Position = end
	d.MouseUp(ev)
	d.DragEnd()
	if !strings.HasPrefix(d.Doc().String(), "---\ntitle") {
		t.Errorf("%q", d.Doc().String())
	}
	d.SetDoc(text.New(s), len(s))
	d.opt.Primary = &rich{primary: "PRIM"}
	d.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: end}, Button: desktop.MouseButtonTertiary})
	f := <-d.todo
	f()
	if !strings.HasPrefix(d.Doc().String(), "---\ntitle") {
		t.Errorf("middle: %q", d.Doc().String())
	}
}

func TestLabelDragStale(t *testing.T) {
	s := "---\ntitle: x\n---\n\nFirst words here\n"
	d := newDesk(t, "|")
	d.SetDoc(text.New(strings.Repeat("words ", 100)), 0)
	d.click(200, 0)
	d.SetDoc(text.New(s), len(s))
	l := d.view.Line(0)
	p := fyne.NewPos(d.render.left+5, float32(l.Top)+5)
	ev := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: p}, Button: desktop.MouseButtonPrimary}
	d.mouse.Clicks = 0
	d.MouseDown(ev)
	d.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(p.X+3, p.Y)}})
	d.MouseUp(ev)
	d.DragEnd()
	if d.SelectedText() != "" {
		t.Errorf("selected %q", d.SelectedText())
	}
}

func TestDoubleClickAtEdge(t *testing.T) {
	var b strings.Builder
	for i := range 200 {
		fmt.Fprintf(&b, "line%d words\n\n", i)
	}
	d := newDesk(t, "|"+b.String())
	p := fyne.NewPos(d.render.left+10, 597)
	want := d.point(p).Offset
	line := d.Doc().LineText(d.Doc().Line(want))
	for range 2 {
		ev := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: p}, Button: desktop.MouseButtonPrimary}
		d.MouseDown(ev)
		d.MouseUp(ev)
	}
	if !strings.HasPrefix(line, d.SelectedText()) || d.SelectedText() == "" {
		t.Errorf("double click on %q selects %q", line, d.SelectedText())
	}
	d.set("|" + b.String())
	d.mouse.Clicks = 0
	ev := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: p}, Button: desktop.MouseButtonPrimary}
	d.MouseDown(ev)
	d.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(p.X+2, p.Y)}})
	d.MouseUp(ev)
	if strings.Contains(d.SelectedText(), "\n") {
		t.Errorf("click with 2 px of motion selects %q", d.SelectedText())
	}
}

func TestCtrlReturn(t *testing.T) {
	s := strings.Repeat("word ", 60)
	d := newDesk(t, "|"+s)
	d.press("ctrl+return")
	if d.Doc().LineText(0) != s {
		t.Errorf("line 0 %q", d.Doc().LineText(0))
	}
}

func TestTwoRangesInARow(t *testing.T) {
	d := newDesk(t, "|one two three")
	d.selectTo(text.NewSelection(0, text.Range{Anchor: 0, Head: 3}, text.Range{Anchor: 8, Head: 13}), false)
	x := func(offset int) int { return int(d.place(offset).X) }
	colour := func(offset int) color.Color {
		img := fyne.CurrentApp().Driver().CanvasForObject(d.Editor).Capture()
		return img.At(x(offset)+1, int(d.place(offset).Y)-11)
	}
	if colour(1) != colour(9) || colour(1) == colour(5) {
		t.Errorf("the colours in the three words are %v, %v, %v", colour(1), colour(5), colour(9))
	}
}

func TestScaleChange(t *testing.T) {
	d := newDesk(t, "|one two three")
	c := fyne.CurrentApp().Driver().CanvasForObject(d.Editor)
	c.(interface{ SetScale(float32) }).SetScale(2)
	d.press("right")
	test.Type(d, "x")
	if d.scale != 2 {
		t.Errorf("scale %v", d.scale)
	}
}

func TestRendererAnew(t *testing.T) {
	d := newDesk(t, "|one two three")
	left := d.render.left
	r := d.CreateRenderer() // what Fyne does when the old one has expired
	t.Log("objects", len(r.Objects()))
	d.press("right")
	if d.render.left != left {
		t.Errorf("left %v, was %v", d.render.left, left)
	}
}

func TestReplaceScroll(t *testing.T) {
	s := strings.Repeat("line\n\n", 400)
	d := newDesk(t, "|"+s)
	d.view.ScrollTo(4000)
	before := d.view.Position()
	d.Replace(d.Doc().Diff(text.New(s + "more\n").String()))
	if d.view.Position() != before {
		t.Errorf("scrolled from %d to %d", before, d.view.Position())
	}
}

func TestDragSelectionPrimary(t *testing.T) {
	d := newDesk(t, "one ‹two› three")
	r := &rich{}
	d.opt.Primary = r
	d.Replace(d.Doc().Diff(text.New("one two three four").String()))
	if r.offered != nil {
		t.Errorf("takes the primary selection: %q", r.offered())
	}
}
