package preview

import (
	"context"
	"image"
	"image/color"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"longhand/editor/markdown"
	"longhand/editor/preview/column"
	"longhand/editor/text"
	"longhand/editor/typeset"
	"longhand/resources"
)

// desk is a preview in a window, with the main thread in the test's hands.
type desk struct {
	*Preview
	t    *testing.T
	work chan func()
	win  fyne.Window
	app  fyne.App
}

func newDesk(t *testing.T, source string) *desk {
	t.Helper()
	d := &desk{t: t, work: make(chan func(), 1000), app: test.NewTempApp(t)}
	cuts := func(name string) typeset.Cuts {
		return typeset.Cuts{Regular: resources.Font(name + "-Regular.ttf"), Bold: resources.Font(name + "-SemiBold.ttf"), Italic: resources.Font(name + "-Italic.ttf")}
	}
	fonts, err := typeset.NewFonts(typeset.Config{Families: []typeset.Cuts{cuts("SourceSerif4"), cuts("IBMPlexMono"), cuts("Inter")}})
	if err != nil {
		t.Fatal(err)
	}
	look := Look{Look: column.Look{Paper: color.NRGBA{251, 250, 247, 255}, Ink: color.NRGBA{36, 34, 31, 255}, Selected: color.NRGBA{240, 220, 211, 255}}, Mono: 1, Interface: 2}
	d.Preview = New(Options{Fonts: fonts, Do: func(f func()) { d.work <- f }, Clipboard: d.app.Clipboard(), Still: func() bool { return true }}, look)
	t.Cleanup(d.Stop)
	d.win = test.NewTempWindow(t, d.Preview)
	d.win.SetPadded(false)
	d.win.Resize(fyne.NewSize(536, 700))
	d.SetText(indexOf(t, source), Frame{Title: "The title", Byline: "today"}, Files{}, false)
	d.settle()
	return d
}

func indexOf(t *testing.T, source string) *markdown.Index {
	t.Helper()
	x, err := markdown.NewIndex(text.New(source)).Finish(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// settle waits until all that was asked for is shown, and runs what came to the main thread.
func (d *desk) settle() {
	d.Settle()
	for {
		select {
		case f := <-d.work:
			f()
		case <-time.After(20 * time.Millisecond):
			return
		}
	}
}

// hot returns the place that a condition holds for.
func (d *desk) hot(what string, ok func(column.Hot) bool) fyne.Position {
	d.t.Helper()
	for _, h := range d.frame.Hot {
		if ok(h) {
			at := h.Area.Min.Add(image.Pt(h.Area.Dx()/2, h.Area.Dy()/2))
			return fyne.NewPos(float32(at.X+d.render.left), float32(at.Y))
		}
	}
	d.t.Fatalf("there is no %s to be seen", what)
	return fyne.Position{}
}

func to(address string) func(column.Hot) bool {
	return func(h column.Hot) bool { return h.Link != nil && h.Link.Address == address }
}

func (d *desk) click(at fyne.Position, times int) {
	for range times {
		e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
		e.Position = at
		d.MouseDown(e)
		d.MouseUp(e)
		d.settle()
	}
}

// shown is how much ink there is in an area.
func (d *desk) ink() int {
	n := 0
	for _, b := range d.frame.Bands {
		for i := 0; i < len(b.Image.Pix); i += 4 {
			if b.Image.Pix[i] < 100 {
				n++
			}
		}
	}
	return n
}

const page = `A paragraph with a [link](https://example.org "its title") and a note[^1].

- [ ] a task
- [x] done

<details><summary>More</summary>

What is hidden.

</details>

[To the end](#the-end)

` + "```go\nfunc main() { fmt.Println(\"a line of code that is far too long for the column of the preview, so that it scrolls\") }\n```\n" + `
PARAGRAPHS

## The end

The last words.

[^1]: What the note says.
`

func longPage() string {
	return strings.Replace(page, "PARAGRAPHS", strings.Repeat("Words to scroll over, enough of them to fill a window or two.\n\n", 60), 1)
}

func TestPageIsShown(t *testing.T) {
	d := newDesk(t, page)
	if len(d.frame.Bands) < 10 || d.ink() < 2000 {
		t.Errorf("%d bands with %d dark pixels", len(d.frame.Bands), d.ink())
	}
	if got := len(d.render.objects); got < len(d.frame.Bands) {
		t.Errorf("only %d objects are on the screen", got)
	}
}

func TestClicks(t *testing.T) {
	d := newDesk(t, longPage())
	var link string
	task := -1
	d.OnLink(func(s string) { link = s })
	d.OnTask(func(n int) { task = n })
	d.click(d.hot("link", to("https://example.org")), 1)
	if link != "https://example.org" {
		t.Errorf("the link leads to %q", link)
	}
	d.click(d.hot("task", func(h column.Hot) bool { return h.Task >= 0 }), 1)
	if want := strings.Index(page, "[ ]"); task != want {
		t.Errorf("the task is at %d, want %d", task, want)
	}
	most := d.frame.Most
	d.click(d.hot("details", func(h column.Hot) bool { return h.Fold != nil }), 1)
	if d.frame.Most <= most {
		t.Error("details do not open")
	}
	var place float64
	d.OnScrolled(func(at float64, _ float32) { place = at })
	d.click(d.hot("footnote", to("longhand:note:1")), 1)
	if want := strings.Index(longPage(), "[^1]:"); int(place) < want || int(place) > want+10 {
		t.Errorf("the footnote is at %.0f, want %d", place, want)
	}
	d.click(d.hot("way back", to("longhand:back:0:1")), 1)
	if want := strings.Index(page, "[^1]"); int(place) != want {
		t.Errorf("the way back leads to %.0f, want %d", place, want)
	}
	d.click(d.hot("anchor", to("#the-end")), 1)
	if want := strings.Index(longPage(), "The end"); int(place) != want {
		t.Errorf("the anchor leads to %.0f, want %d", place, want)
	}
}

func TestHoverTells(t *testing.T) {
	d := newDesk(t, page)
	e := &desktop.MouseEvent{}
	e.Position = d.hot("link", to("https://example.org"))
	d.MouseMoved(e)
	if d.Cursor() != desktop.PointerCursor || d.mouse.said != "its title — https://example.org" {
		t.Errorf("over the link %v says %q", d.Cursor(), d.mouse.said)
	}
	d.MouseOut()
	if d.Cursor() != desktop.TextCursor || d.mouse.said != "" {
		t.Error("it goes on outside")
	}
}

func TestDoubleClickLeadsToTheSource(t *testing.T) {
	d := newDesk(t, page)
	var start, end int
	d.OnSource(func(s, e int) { start, end = s, e })
	at := d.hot("link", to("https://example.org"))
	d.click(fyne.NewPos(at.X-60, at.Y), 2) // on the words before it
	if start < 0 || end <= start || end > strings.Index(page, "[link]") || strings.ContainsAny(page[start:end], " []") {
		t.Errorf("source %d to %d: %q", start, end, page[start:end])
	}
	if !d.HasSelection() {
		t.Error("the word is not selected")
	}
}

func TestCopy(t *testing.T) {
	d := newDesk(t, page)
	d.SelectAll()
	d.settle()
	d.Copy(false)
	d.settle()
	got := d.app.Clipboard().Content()
	for _, want := range []string{"The title", "A paragraph with a link and a note1.", "[ ] a task\n[x] done", "More", "The last words.", "1. What the note says."} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in the copy:\n%s", want, got)
		}
	}
	if strings.Contains(got, "hidden") {
		t.Error("what is hidden is copied")
	}
	d.Copy(true)
	d.settle()
	got = d.app.Clipboard().Content()
	for _, want := range []string{"[link](https://example.org \"its title\")", "- [ ] a task", "```go", "## The end"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in the Markdown:\n%s", want, got)
		}
	}
}

func TestKeys(t *testing.T) {
	d := newDesk(t, longPage())
	press := func(k fyne.KeyName) {
		d.TypedKey(&fyne.KeyEvent{Name: k})
		d.settle()
	}
	top := d.frame.Position
	press(fyne.KeyPageDown)
	if d.frame.Position <= top {
		t.Error("PageDown does not scroll")
	}
	press(fyne.KeyEnd)
	end := d.frame.Position
	press(fyne.KeyPageDown)
	if d.frame.Position != end || end < 1000 {
		t.Errorf("the end is at %d, after it %d", end, d.frame.Position)
	}
	press(fyne.KeyHome)
	if d.frame.Position != top {
		t.Errorf("Home leads to %d, not %d", d.frame.Position, top)
	}
	var link string
	d.OnLink(func(s string) { link = s })
	d.FocusGained()
	press(fyne.KeyTab)
	press(fyne.KeyReturn)
	if link != "https://example.org" {
		t.Errorf("Tab and Return follow %q", link)
	}
	passed := fyne.KeyName("")
	d.OnKey(func(k fyne.KeyName, _ fyne.KeyModifier) { passed = k })
	press(fyne.KeyF9)
	if passed != fyne.KeyF9 {
		t.Error("F9 is not passed on")
	}
}

func TestSleepingAndWaking(t *testing.T) {
	d := newDesk(t, page)
	d.Sleep(true)
	d.SetText(indexOf(t, "Another text.\n"), Frame{Title: "Another"}, Files{}, false)
	x := indexOf(t, "Another text, and more of it.\n")
	d.SetIndex(x, 3, 100)
	d.settle()
	if len(d.frame.Hot) == 0 {
		t.Error("it follows in its sleep")
	}
	d.Sleep(false)
	d.settle()
	d.SelectAll()
	d.settle()
	d.Copy(false)
	d.settle()
	if got := d.app.Clipboard().Content(); got != "Another\n\nAnother text, and more of it." {
		t.Errorf("it shows %q", got)
	}
}

// TestOnlyTheRowsThatChangedAreDrawn holds the pictures of all others.
func TestOnlyTheRowsThatChangedAreDrawn(t *testing.T) {
	d := newDesk(t, page)
	before := map[*image.RGBA]bool{}
	for _, b := range d.frame.Bands {
		before[b.Image] = true
	}
	source := text.New(page)
	cs := text.Changes{{Start: 2, End: 2, Insert: "x"}}
	next, _, err := source.ApplyAll(cs)
	if err != nil {
		t.Fatal(err)
	}
	// Of the index that is shown, so that units are known again.
	x := indexOf(t, page)
	d.SetText(x, Frame{Title: "The title", Byline: "today"}, Files{}, false)
	d.settle()
	for _, b := range d.frame.Bands {
		before[b.Image] = true
	}
	d.SetIndex(x.Edit(next, cs), 3, 100)
	d.settle()
	fresh := 0
	for _, b := range d.frame.Bands {
		if !before[b.Image] {
			fresh++
			t.Logf("anew at %d, %d high", b.Y, b.Image.Rect.Dy())
		}
	}
	if fresh == 0 || fresh > 2 {
		t.Errorf("%d bands are drawn anew, want the paragraph's", fresh)
	}
}
