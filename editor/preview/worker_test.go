package preview

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"longhand/editor/preview/column"
)

// TestAFaultKeepsTheLastFrame has no view at all, so that everything goes wrong.
func TestAFaultKeepsTheLastFrame(t *testing.T) {
	w := newWorker(nil, func() {})
	defer w.stop()
	w.mu.Lock()
	w.result.frame.Height = 77
	w.mu.Unlock()
	called := false
	n := w.post(func(*column.View) { w.call(func() { called = true }) })
	w.wait(n, time.Minute)
	r, fresh := w.take()
	if fresh || r.number != n || r.frame.Height != 77 {
		t.Errorf("it hands over %v, number %d of %d, of height %d", fresh, r.number, n, r.frame.Height)
	}
	for _, f := range r.calls {
		f()
	}
	if !called {
		t.Error("what was to be called is not")
	}
}

// text is the page as it is copied.
func (d *desk) text() string {
	d.SelectAll()
	d.settle()
	d.Copy(false)
	d.settle()
	return d.app.Clipboard().Content()
}

func TestTitleChangesInItsSleep(t *testing.T) {
	d := newDesk(t, page)
	d.Sleep(true)
	d.SetText(indexOf(t, "Another text.\n"), Frame{Title: "Old"}, Files{}, false)
	d.SetFrame(Frame{Title: "New"}, Files{}, true)
	d.SetIndex(indexOf(t, "Another text, and more.\n"), 3, 100)
	d.settle()
	if d.upright {
		t.Error("the page that is shown has become upright")
	}
	d.Sleep(false)
	d.settle()
	if got := d.text(); got != "New\n\nAnother text, and more." || !d.upright {
		t.Errorf("it shows %q, upright: %v", got, d.upright)
	}
	// The title of the text that is shown.
	d.Sleep(true)
	d.SetFrame(Frame{Title: "Newest"}, Files{}, false)
	d.Sleep(false)
	d.settle()
	if got := d.text(); !strings.HasPrefix(got, "Newest\n") || d.upright {
		t.Errorf("it shows %q, upright: %v", got, d.upright)
	}
}

func TestNothingIsScrolledInItsSleep(t *testing.T) {
	d := newDesk(t, longPage())
	d.Sleep(true)
	d.settle()
	before, asked := d.frame.Position, d.worker.asked
	d.Align(1000, 100)
	d.Reveal(1000, 100)
	d.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -100)})
	d.Go("the-end")
	if d.worker.asked != asked {
		t.Errorf("%d requests are made", d.worker.asked-asked)
	}
	d.Sleep(false)
	d.settle()
	if d.frame.Position != before {
		t.Errorf("it is scrolled from %d to %d", before, d.frame.Position)
	}
	d.Align(1000, 100)
	d.settle()
	if d.frame.Position == before {
		t.Error("it is not scrolled when it is awake")
	}
}

func TestUprightGoesWithTheText(t *testing.T) {
	d := newDesk(t, page)
	d.SetText(indexOf(t, "漢字 *漢字*\n"), Frame{Title: "漢字"}, Files{}, true)
	if !d.upright || !d.typ().Upright {
		t.Error("it is not upright")
	}
	d.SetText(indexOf(t, "*emphasis*\n"), Frame{Title: "English"}, Files{}, false)
	if d.upright {
		t.Error("it is upright still")
	}
}

func TestResizedIsToldOnce(t *testing.T) {
	d := newDesk(t, page)
	n := 0
	d.OnResized(func() { n++ })
	for i := range 5 {
		d.Resize(fyne.NewSize(400+float32(i), 600))
	}
	d.SetZoom(1.5)
	if n != 0 {
		t.Error("it is told amid the layout")
	}
	d.settle()
	if n != 1 {
		t.Errorf("it is told %d times", n)
	}
	d.Refresh()
	d.settle()
	if n != 1 {
		t.Error("it is told when nothing has changed")
	}
}

func TestScrollingThatWaitsIsMadeOne(t *testing.T) {
	d := newDesk(t, longPage())
	told := 0
	d.OnScrolled(func(float64, float32) { told++ })
	busy := func() func() {
		begun, free := make(chan struct{}), make(chan struct{})
		d.worker.post(func(*column.View) { close(begun); <-free })
		<-begun
		return func() { close(free); d.settle() }
	}
	from := d.frame.Position
	done := busy()
	for range 5 {
		d.scrollBy(100)
		d.SetMarker(nil) // which is all the same to it
	}
	done()
	if told != 1 || d.frame.Position != from+500 {
		t.Errorf("%d steps lead from %d to %d", told, from, d.frame.Position)
	}
	told = 0
	ran := ""
	done = busy()
	d.scrollBy(300)
	d.scrollTo(func(v *column.View) { ran += "a"; v.ScrollTo(1000) })
	d.scrollTo(func(v *column.View) { ran += "b"; v.ScrollTo(700) })
	d.scrollBy(20)
	done()
	if told != 1 || ran != "b" || d.frame.Position != 720 {
		t.Errorf("%d steps, of them %q, lead to %d", told, ran, d.frame.Position)
	}
	told = 0
	done = busy()
	d.scrollBy(10)
	d.ask((*column.View).Unselect) // which might depend on where the page is
	d.scrollBy(10)
	done()
	if told != 2 {
		t.Errorf("%d steps around a press", told)
	}
}
