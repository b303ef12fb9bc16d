package preview

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

func (d *desk) typeKey(k fyne.KeyName) {
	d.TypedKey(&fyne.KeyEvent{Name: k})
	d.settle()
}

// chosenAddress is where the link leads that the keyboard has chosen.
func (d *desk) chosenAddress() string {
	if s, ok := d.chosenStop(); ok && s.hot.Link != nil {
		return s.hot.Link.Address
	}
	return ""
}

func TestChosenLinkStaysWhileScrolling(t *testing.T) {
	d := newDesk(t, "[one](https://one)\n\n"+strings.Repeat("Words.\n\n", 6)+"[two](https://two)\n\n"+strings.Repeat("Words.\n\n", 100))
	d.FocusGained()
	link := ""
	d.OnLink(func(s string) { link = s })
	d.typeKey(fyne.KeyTab)
	d.typeKey(fyne.KeyTab)
	for range 5 { // the first link leaves the window
		d.typeKey(fyne.KeyDown)
	}
	d.SetFrame(Frame{Title: "Another"}, Files{}, false) // which is another frame too
	d.settle()
	if got := d.chosenAddress(); got != "https://two" {
		t.Errorf("%q is chosen after scrolling", got)
	}
	d.typeKey(fyne.KeyReturn)
	if link != "https://two" {
		t.Errorf("Return follows %q", link)
	}
	d.typeKey(fyne.KeyEnd)
	link = ""
	d.typeKey(fyne.KeyReturn)
	if link != "" {
		t.Errorf("Return follows %q, which is out of sight", link)
	}
}

func TestTabGoesOnBelow(t *testing.T) {
	d := newDesk(t, "[one, of which the words are so many that it needs more than one row, "+
		"and with *emphasis* in it](https://one)\n\n[two](https://two)\n\n"+strings.Repeat("Words.\n\n", 8)+"[three](https://three)\n\nThe end.\n")
	other := widget.NewEntry()
	d.win.SetContent(container.NewBorder(nil, other, nil, nil, d.Preview))
	d.win.Resize(fyne.NewSize(536, 500))
	d.win.Canvas().Focus(d.Preview)
	d.settle()
	for _, want := range []string{"https://one", "https://two", "https://three"} {
		d.typeKey(fyne.KeyTab)
		if got := d.chosenAddress(); got != want {
			t.Fatalf("Tab chooses %q, want %q", got, want)
		}
	}
	for i := 0; i < 3 && d.focused; i++ { // it may have to scroll first
		d.typeKey(fyne.KeyTab)
	}
	if d.win.Canvas().Focused() != fyne.Focusable(other) {
		t.Error("at the end Tab does not leave the page")
	}
	// And back.
	d.win.Canvas().Focus(d.Preview)
	d.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	for _, want := range []string{"https://three", "https://two", "https://one"} {
		d.typeKey(fyne.KeyTab)
		if got := d.chosenAddress(); got != want {
			t.Fatalf("Shift+Tab chooses %q, want %q", got, want)
		}
	}
	for i := 0; i < 3 && d.focused; i++ { // it may have to scroll first
		d.typeKey(fyne.KeyTab)
	}
	if d.win.Canvas().Focused() != fyne.Focusable(other) {
		t.Error("at the beginning Shift+Tab does not leave the page")
	}
}

func TestALinkOfTwoRowsHasTwoRings(t *testing.T) {
	d := newDesk(t, "[one, of which the words are so many that it needs more than one row, but not three of them](https://one)\n")
	d.FocusGained()
	d.typeKey(fyne.KeyTab)
	if s, ok := d.chosenStop(); !ok || len(s.areas) != 2 || len(d.render.rings) != 2 {
		t.Errorf("areas %v and %d rings", s.areas, len(d.render.rings))
	}
}

func TestShiftIsLetGoElsewhere(t *testing.T) {
	d := newDesk(t, page)
	for _, elsewhere := range []func(){
		func() { d.FocusLost() },
		func() { d.FocusGained() },
	} {
		d.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
		if !d.mouse.shift() {
			t.Error("the key is not held")
		}
		elsewhere()
		if d.mouse.shift() {
			t.Error("the key is held still")
		}
	}
}

func TestScrollingMovesLinksUnderTheMouse(t *testing.T) {
	d := newDesk(t, longPage())
	e := &desktop.MouseEvent{}
	e.Position = d.hot("link", to("https://example.org"))
	d.MouseMoved(e)
	d.scrollBy(500)
	d.settle()
	if d.mouse.said != "" || d.Cursor() == desktop.PointerCursor {
		t.Errorf("it says %q of a link that has gone", d.mouse.said)
	}
	d.scrollBy(-500)
	d.settle()
	if d.mouse.said == "" || d.Cursor() != desktop.PointerCursor {
		t.Error("the link is back under the mouse, but not told")
	}
}

func TestLinkInASummary(t *testing.T) {
	d := newDesk(t, "<details><summary>More <a href=\"https://example.org\">of it</a></summary>\n\nHidden.\n\n</details>\n")
	var link string
	d.OnLink(func(s string) { link = s })
	d.click(d.hot("link", to("https://example.org")), 1)
	if link != "https://example.org" {
		t.Errorf("a click leads to %q", link)
	}
}
