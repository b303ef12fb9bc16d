package pane

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
)

func TestPressCountsClicks(t *testing.T) {
	var p Press
	for i, c := range []struct {
		x, y float32
		want int
	}{{10, 10, 1}, {12, 9, 2}, {10, 10, 3}, {10, 10, 1}, {30, 10, 1}, {30, 10, 2}, {30, 15, 1}} {
		if p.Down(fyne.NewPos(c.x, c.y)); p.Clicks != c.want {
			t.Errorf("press %d counts %d, want %d", i, p.Clicks, c.want)
		}
	}
	p.last = p.last.Add(-clicksWithin)
	if p.Down(fyne.NewPos(30, 15)); p.Clicks != 1 {
		t.Errorf("a late press counts %d", p.Clicks)
	}
}

func TestPressDragsOnOutside(t *testing.T) {
	todo := make(chan func(), 10)
	var at []fyne.Position
	p := Press{Do: func(f func()) { todo <- f }}
	p.Drag = func(to fyne.Position) { at = append(at, to) }
	for _, c := range []struct{ y, inside, by float32 }{{50, 50, 0}, {0, 0, 0}, {-10, 0, -4}, {120, 99, 8}} {
		inside, by := p.Moved(fyne.NewPos(7, c.y), 100)
		if inside != fyne.NewPos(7, c.inside) || by != c.by {
			t.Errorf("at %v: %v, by %v", c.y, inside, by)
		}
	}
	for range 2 {
		(<-todo)()
	}
	if len(at) != 2 || at[1] != fyne.NewPos(7, 120) {
		t.Fatalf("dragged on to %v", at)
	}
	late := <-todo // it has fired when the button comes up
	p.Up()
	late()
	select {
	case <-todo:
		t.Error("it drags on")
	case <-time.After(3 * dragStep):
	}
	if len(at) != 2 {
		t.Error("dragged after the button came up")
	}
}
