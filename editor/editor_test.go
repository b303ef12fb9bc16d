package editor

import (
	"context"
	"image"
	"image/color"
	"os"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"longhand/editor/edits"
	"longhand/editor/find"
	"longhand/editor/layout"
	"longhand/editor/pane"
	"longhand/editor/text"
	"longhand/editor/typeset"
)

// desk is an editor in a window of 700 by 600 pixels, with a main thread that
// the test drives.
type desk struct {
	*Editor
	t    testing.TB
	todo chan func()
}

func newDesk(t testing.TB, marked string) *desk {
	t.Helper()
	app := test.NewTempApp(t)
	d := &desk{t: t, todo: make(chan func(), 1000)}
	cut := func(name string) []byte {
		data, err := os.ReadFile("../resources/fonts/" + name + ".ttf")
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	fonts, err := typeset.NewFonts(typeset.Config{Families: []typeset.Cuts{
		{Regular: cut("Literata-Regular"), Bold: cut("Literata-SemiBold"), Italic: cut("Literata-Italic")},
		{Regular: cut("IBMPlexMono-Regular")},
	}})
	if err != nil {
		t.Fatal(err)
	}
	look := Look{Paper: color.NRGBA{255, 255, 255, 255}, Ink: color.NRGBA{0, 0, 0, 255}, Muted: color.NRGBA{90, 90, 90, 255},
		Faint: color.NRGBA{120, 120, 120, 255}, Accent: color.NRGBA{200, 0, 0, 255}, Selected: color.NRGBA{255, 220, 200, 255},
		Found: color.NRGBA{255, 255, 0, 255}, FoundNow: color.NRGBA{255, 160, 0, 255}, Code: color.NRGBA{230, 230, 230, 255}, Mono: 1}
	d.Editor = New(Options{Fonts: fonts, Do: func(f func()) { d.todo <- f }, Clipboard: app.Clipboard(), Still: func() bool { return true }}, look)
	w := test.NewTempWindow(t, d.Editor)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(700, 600))
	w.Canvas().Focus(d.Editor)
	d.set(marked)
	return d
}

// set shows a text with the caret at "|", or with what stands between "‹" and
// "›" selected.
func (d *desk) set(marked string) {
	d.t.Helper()
	anchor, head := -1, -1
	var b strings.Builder
	for _, r := range marked {
		switch r {
		case '‹':
			anchor = b.Len()
		case '›', '|':
			head = b.Len()
		default:
			b.WriteRune(r)
		}
	}
	if head < 0 {
		d.t.Fatalf("no caret in %q", marked)
	}
	d.SetDoc(text.New(b.String()), head)
	if anchor >= 0 {
		d.Select(anchor, head)
	}
}

// marked is the text with caret and selection written into it.
func (d *desk) marked() string {
	s, r := d.Doc().String(), d.Selection().Main()
	switch {
	case r.Empty():
		return s[:r.Head] + "|" + s[r.Head:]
	case r.Anchor < r.Head:
		return s[:r.Anchor] + "‹" + s[r.Anchor:r.Head] + "›" + s[r.Head:]
	}
	return s[:r.Head] + "›" + s[r.Head:r.Anchor] + "‹" + s[r.Anchor:]
}

// press presses keys: "left", "shift+home", "ctrl+right".
func (d *desk) press(keys ...string) {
	d.t.Helper()
	names := map[string]fyne.KeyName{
		"left": fyne.KeyLeft, "right": fyne.KeyRight, "up": fyne.KeyUp, "down": fyne.KeyDown, "home": fyne.KeyHome, "end": fyne.KeyEnd,
		"pageup": fyne.KeyPageUp, "pagedown": fyne.KeyPageDown, "return": fyne.KeyReturn, "tab": fyne.KeyTab,
		"backspace": fyne.KeyBackspace, "delete": fyne.KeyDelete, "escape": fyne.KeyEscape,
	}
	for _, k := range keys {
		parts := strings.Split(k, "+")
		name, ok := names[parts[len(parts)-1]]
		if !ok {
			d.t.Fatalf("no key %q", k)
		}
		var mods fyne.KeyModifier
		for _, m := range parts[:len(parts)-1] {
			mods |= map[string]fyne.KeyModifier{"shift": fyne.KeyModifierShift, "ctrl": fyne.KeyModifierControl}[m]
		}
		shift := &fyne.KeyEvent{Name: desktop.KeyShiftLeft}
		if mods&fyne.KeyModifierShift != 0 {
			d.KeyDown(shift)
		}
		if mods&fyne.KeyModifierControl != 0 {
			d.TypedShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: mods})
		} else {
			d.TypedKey(&fyne.KeyEvent{Name: name})
		}
		if mods&fyne.KeyModifierShift != 0 {
			d.KeyUp(shift)
		}
	}
}

// wait runs what goroutines hand over, until cond holds.
func (d *desk) wait(what string, cond func() bool) {
	d.t.Helper()
	late := time.After(10 * time.Second)
	for !cond() {
		select {
		case f := <-d.todo:
			f()
		case <-late:
			d.t.Fatalf("waited in vain for %s", what)
		}
	}
}

func TestKeys(t *testing.T) {
	for name, c := range map[string]struct {
		from string
		keys []string
		to   string
	}{
		"right by grapheme":          {"a|👩‍🌾b", []string{"right"}, "a👩‍🌾|b"},
		"left by grapheme":           {"ae\u0301|b", []string{"left"}, "a|e\u0301b"},
		"left in an RTL line":        {"|שלום", []string{"left"}, "ש|לום"},
		"right ends a selection":     {"a‹bc›d", []string{"right"}, "abc|d"},
		"left ends a selection":      {"a‹bc›d", []string{"left"}, "a|bcd"},
		"shift extends":              {"a|bcd", []string{"shift+right", "shift+right"}, "a‹bc›d"},
		"by word":                    {"one |two three", []string{"ctrl+right"}, "one two| three"},
		"select by word":             {"one two| three", []string{"ctrl+shift+left"}, "one ›two‹ three"},
		"home to the text":           {"  - item| two", []string{"home"}, "  - |item two"},
		"home again to the start":    {"  - item| two", []string{"home", "home"}, "|  - item two"},
		"end":                        {"o|ne\ntwo", []string{"end"}, "one|\ntwo"},
		"down keeps x":               {"some| words\n\nother words", []string{"down", "down"}, "some words\n\nother| words"},
		"down at the end":            {"one\ntw|o", []string{"down"}, "one\ntwo|"},
		"up at the start":            {"o|ne\ntwo", []string{"up"}, "|one\ntwo"},
		"select a row down":          {"a|b\ncd", []string{"shift+down"}, "a‹b\nc›d"},
		"to the end of the text":     {"o|ne\ntwo", []string{"ctrl+end"}, "one\ntwo|"},
		"to the article":             {"---\ntitle: x\n---\n\nte|xt", []string{"ctrl+home"}, "---\ntitle: x\n---\n\n|text"},
		"to the start of the text":   {"---\ntitle: x\n---\n\nte|xt", []string{"ctrl+home", "ctrl+home"}, "|---\ntitle: x\n---\n\ntext"},
		"by paragraph":               {"o|ne\none\n\ntwo\n\nthree", []string{"ctrl+down", "ctrl+down"}, "one\none\n\ntwo\n\n|three"},
		"back by paragraph":          {"one\none\n\ntw|o", []string{"ctrl+up", "ctrl+up"}, "|one\none\n\ntwo"},
		"backspace takes a grapheme": {"a👨‍👩‍👧|b", []string{"backspace"}, "a|b"},
		"delete takes a grapheme":    {"a|🇩🇪b", []string{"delete"}, "a|b"},
		"a word back":                {"one two| three", []string{"ctrl+backspace"}, "one | three"},
		"return goes on with a list": {"- one|", []string{"return"}, "- one\n- |"},
		"return ends a list":         {"- one\n- |", []string{"return"}, "- one\n\n|"},
		"shift-return is plain":      {"- one|", []string{"shift+return"}, "- one\n|"},
		"tab nests":                  {"- one\n- tw|o", []string{"tab"}, "- one\n  - tw|o"},
		"shift-tab takes out":        {"- one\n  - tw|o", []string{"shift+tab"}, "- one\n- tw|o"},
		"escape ends a selection":    {"a‹bc›d", []string{"escape"}, "abc|d"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, c.from)
			d.press(c.keys...)
			if d.marked() != c.to {
				t.Errorf("%v on %q gives %q, want %q", c.keys, c.from, d.marked(), c.to)
			}
		})
	}
}

func TestEndOfAWrappedRow(t *testing.T) {
	d := newDesk(t, "|"+strings.Repeat("word ", 60))
	d.press("end")
	first := d.Caret()
	_, top, _ := d.view.Point(d.caret())
	if first == 0 || first == d.Doc().Len() || top != d.view.Line(0).Top {
		t.Fatalf("End goes to %d, at the height %d", first, top)
	}
	d.press("end")
	if d.Caret() != first {
		t.Errorf("End again goes to %d", d.Caret())
	}
	d.press("home")
	if d.Caret() != 0 {
		t.Errorf("Home goes back to %d", d.Caret())
	}
	d.press("end", "right")
	if _, now, _ := d.view.Point(d.caret()); now == top {
		t.Error("the letter after the row's end is in the same row")
	}
}

func TestTypingIsUndoneByWords(t *testing.T) {
	d := newDesk(t, "|")
	test.Type(d, "one two")
	d.Do(edits.Bold)
	d.Undo()
	if d.marked() != "one two|" {
		t.Errorf("after the first undo %q", d.marked())
	}
	d.Undo()
	if got := d.Doc().String(); got != "one " && got != "one" {
		t.Errorf("after the second %q", got)
	}
	d.Redo()
	if d.marked() != "one two|" {
		t.Errorf("after redo %q", d.marked())
	}
}

// click presses and lets go of the mouse at an offset of the text.
func (d *desk) click(offset int, mods fyne.KeyModifier) {
	at := d.place(offset)
	ev := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary, Modifier: mods}
	d.MouseDown(ev)
	d.MouseUp(ev)
}

func (d *desk) place(offset int) fyne.Position {
	x, top, height := d.view.Point(layout.Caret{Offset: offset})
	return fyne.NewPos((x+d.Editor.render.left)/d.scale, (float32(top)+float32(height)/2)/d.scale)
}

func TestMouse(t *testing.T) {
	s := "some words here\n\nand others there"
	d := newDesk(t, "|"+s)
	d.click(7, 0)
	if d.marked() != "some wo|rds here\n\nand others there" {
		t.Errorf("a click gives %q", d.marked())
	}
	d.click(7, 0)
	if d.SelectedText() != "words" {
		t.Errorf("a double click takes %q", d.SelectedText())
	}
	d.click(7, 0)
	if d.SelectedText() != "some words here" {
		t.Errorf("a triple click takes %q", d.SelectedText())
	}
	d.mouse.Clicks = 0
	d.click(2, 0)
	d.mouse.Clicks = 0
	d.click(12, fyne.KeyModifierShift)
	if d.SelectedText() != s[2:12] {
		t.Errorf("a click with Shift takes %q", d.SelectedText())
	}
	d.mouse.Clicks = 0
	d.click(20, 0)
	d.mouse.Clicks = 0
	d.drag(5, 10)
	if d.SelectedText() != "words" {
		t.Errorf("dragging takes %q", d.SelectedText())
	}
	d.mouse.Clicks = 0
	d.drag(7, 0) // the selected text itself
	if got := d.Doc().String(); got != "wordssome  here\n\nand others there" {
		t.Errorf("dropping gives %q", got)
	}
	d.Undo()
	if d.Doc().String() != s {
		t.Errorf("undone to %q", d.Doc().String())
	}
}

// drag presses the mouse at one offset and lets go of it at another.
func (d *desk) drag(from, to int) {
	ev := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: d.place(from)}, Button: desktop.MouseButtonPrimary}
	d.MouseDown(ev)
	end := d.place(to)
	d.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: end}})
	ev.Position = end
	d.MouseUp(ev)
	d.DragEnd()
}

func TestClipboard(t *testing.T) {
	d := newDesk(t, "one ‹two› three")
	d.Copy()
	if got := d.opt.Clipboard.Content(); got != "two" {
		t.Errorf("copied %q", got)
	}
	d.Cut()
	if d.marked() != "one | three" {
		t.Errorf("cut to %q", d.marked())
	}
	d.opt.Clipboard.SetContent("a\r\nb")
	d.PastePlain()
	if d.marked() != "one a\nb| three" {
		t.Errorf("pasted to %q", d.marked())
	}
	d.set("see ‹this›")
	d.opt.Clipboard.SetContent("https://example.org/x")
	d.Paste()
	if got := d.Doc().String(); got != "see [this](https://example.org/x)" {
		t.Errorf("a URL over a selection gives %q", got)
	}
}

// rich is a clipboard with HTML, and a primary selection.
type rich struct {
	html, primary string
	picture       []byte
	offered       func() string
}

func (r *rich) SetPrimary(f func() string)                      { r.offered = f }
func (r *rich) Primary(context.Context) (string, error)         { return r.primary, nil }
func (r *rich) ClipboardPicture(context.Context) ([]byte, bool) { return r.picture, r.picture != nil }

func (r *rich) ClipboardHTML(context.Context) (html string, ok bool) { return r.html, r.html != "" }

func TestPastePicture(t *testing.T) {
	d := newDesk(t, "one ‹two› three")
	r := &rich{picture: []byte("PNG"), html: "<img src='x.png'>"}
	d.opt.Primary = r
	var got string
	d.OnPicture(func(png []byte) { got = string(png) })
	for _, c := range []struct{ plain, picture, text string }{
		{"", "PNG", "one two three"}, // that it is there as HTML too says no more
		{"text", "", ""},
	} {
		got = ""
		d.opt.Clipboard.SetContent(c.plain)
		d.Paste()
		d.wait("the paste", func() bool { return len(d.pasting) == 0 })
		if got != c.picture || c.text != "" && d.Doc().String() != c.text {
			t.Errorf("with the text %q the picture is %q, the text then %q", c.plain, got, d.Doc().String())
		}
	}
}

func TestRichClipboard(t *testing.T) {
	d := newDesk(t, "one ‹two› three")
	r := &rich{html: "<p>a <strong>b</strong></p>", primary: "selected elsewhere"}
	d.opt.Primary = r
	d.press("shift+left")
	if got := r.offered(); got != "tw" {
		t.Errorf("the primary selection is %q", got)
	}
	d.opt.Clipboard.SetContent("a b")
	d.Paste()
	d.wait("the paste", func() bool { return strings.Contains(d.Doc().String(), "a **b**") })
	d.set("one |two")
	d.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: d.place(3)}, Button: desktop.MouseButtonTertiary})
	d.wait("the primary selection", func() bool { return d.Doc().String() == "oneselected elsewhere two" })
}

func TestFindAndReplace(t *testing.T) {
	d := newDesk(t, "|one two one Two none\n\none")
	if err := d.Find(find.Query{Text: "one"}, 0); err != nil {
		t.Fatal(err)
	}
	d.wait("the matches", func() bool { n, _ := d.Found(); return n == 4 })
	if n, current := d.Found(); n != 4 || current != 1 {
		t.Errorf("%d of %d", current, n)
	}
	d.FindNext(true)
	d.FindNext(true)
	if d.marked() != "one two one Two n‹one›\n\none" {
		t.Errorf("the third match is %q", d.marked())
	}
	d.FindNext(false)
	d.ReplaceOne("1")
	if d.marked() != "one two 1 Two n‹one›\n\none" {
		t.Errorf("replaced to %q", d.marked())
	}
	if n := d.ReplaceAll("1"); n != 3 {
		t.Errorf("%d replaced", n)
	}
	if got := d.Doc().String(); got != "1 two 1 Two n1\n\n1" {
		t.Errorf("all replaced to %q", got)
	}
	d.Undo()
	if got := d.Doc().String(); got != "one two 1 Two none\n\none" {
		t.Errorf("one undo leaves %q", got)
	}
	if err := d.Find(find.Query{Text: "(", Regexp: true}, -1); err == nil {
		t.Error("half an expression is taken")
	}
	if err := d.Find(find.Query{Text: "t.o", Regexp: true}, 0); err != nil {
		t.Fatal(err)
	}
	d.wait("the matches", func() bool { n, _ := d.Found(); return n == 2 })
	test.Type(d, "t-o ")
	if n, _ := d.Found(); n != 2 {
		t.Errorf("%d matches after typing over one", n)
	}
}

func TestDraggingBelowScrollsOn(t *testing.T) {
	d := newDesk(t, "|"+strings.Repeat("line\n\n", 200))
	d.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: d.place(2)}, Button: desktop.MouseButtonPrimary})
	d.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(100, d.Size().Height+50)}})
	first := d.Selection().Main().Head
	d.wait("more text, the mouse held still", func() bool { return d.Selection().Main().Head > first+60 })
	d.MouseUp(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
	if d.Selection().Main().Anchor != 2 {
		t.Errorf("the selection begins at %d", d.Selection().Main().Anchor)
	}
}

// TestFoundBeforeTheNextKey: nothing the goroutine finds has arrived when the next
// key comes, and yet it acts on what was looked for.
func TestFoundBeforeTheNextKey(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(*desk)
		want string
	}{
		"the search ends": {func(d *desk) { d.EndFind() }, "one ‹two› one two"},
		"the next":        {func(d *desk) { d.FindNext(true) }, "one two one ‹two›"},
		"replaced":        {func(d *desk) { d.ReplaceOne("2") }, "one 2 one ‹two›"},
		"written over":    {func(d *desk) { d.EndFind(); test.Type(d, "2") }, "one 2| one two"},
	} {
		d := newDesk(t, "|one two one two")
		if err := d.Find(find.Query{Text: "two"}, 0); err != nil {
			t.Fatal(err)
		}
		if c.do(d); d.marked() != c.want {
			t.Errorf("%s: %q, want %q", name, d.marked(), c.want)
		}
	}
	d := newDesk(t, "|one two")
	if d.EndFind(); d.marked() != "|one two" {
		t.Errorf("without a search: %q", d.marked())
	}
}

// ink returns how many pixels of a window's part are not paper.
func (d *desk) ink(r image.Rectangle) int {
	img := fyne.CurrentApp().Driver().CanvasForObject(d.Editor).Capture()
	n := 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if c := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA); c.R < 200 && c.A > 0 {
				n++
			}
		}
	}
	return n
}

func TestWhatIsDrawn(t *testing.T) {
	d := newDesk(t, "|Words that can be seen")
	if d.ink(image.Rect(0, 30, 700, 80)) < 100 {
		t.Error("there is no ink where the words are")
	}
	kept := len(d.render.rows)
	var picture *pane.Picture
	for _, p := range d.render.rows {
		picture = p
	}
	d.set("|" + strings.Repeat("line\n\n", 200))
	d.press("down")
	for _, p := range d.render.rows {
		picture = p
	}
	before := picture.Image()
	d.press("down")
	same := false
	for _, p := range d.render.rows {
		same = same || p.Image() == before
	}
	if kept != 1 || !same {
		t.Error("moving the caret draws the rows again")
	}
}

func TestModes(t *testing.T) {
	d := newDesk(t, "|"+strings.Repeat("line\n\n", 200))
	s := d.Setting()
	s.Typewriter = true
	d.SetSetting(s)
	for range 40 {
		d.press("down")
	}
	_, top, height := d.view.Point(d.caret())
	if middle := d.view.Height() / 2; top > middle || top+height < middle-s14 {
		t.Errorf("the caret is at %d of %d", top, d.view.Height())
	}
	s.Typewriter, s.Focus = false, true
	d.SetSetting(s)
	dim, clear := 0, 0
	for k := range d.render.rows {
		if k.dim != 0 {
			dim++
		} else {
			clear++
		}
	}
	if dim == 0 || clear != 1 {
		t.Errorf("%d rows dimmed, %d not", dim, clear)
	}
	row := d.typ().Row
	d.ZoomIn()
	if d.typ().Row <= row {
		t.Error("zooming in makes rows no higher")
	}
	d.ZoomReset()
	if d.typ().Row != row {
		t.Error("zoom does not go back")
	}
}

const s14 = 14
