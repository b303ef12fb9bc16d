package preview

import (
	"time"

	"fyne.io/fyne/v2"

	"longhand/editor/preview/column"
)

// What follows is for tests of what is around the preview: it waits for the worker.

// Settle waits until all that was asked for is shown.
func (p *Preview) Settle() {
	p.worker.wait(p.worker.post(func(*column.View) {}), time.Minute)
	p.take()
}

// PlaceAt returns the place of the text at a height.
func (p *Preview) PlaceAt(y float32) (place float64) {
	at := p.pixels(y)
	p.worker.wait(p.worker.post(func(v *column.View) { place = v.PlaceAt(at) }), time.Minute)
	return place
}

// HeightOf returns the height of what is shown of an offset, and whether that is near.
func (p *Preview) HeightOf(offset int) (y float32, near bool) {
	at := 0
	p.worker.wait(p.worker.post(func(v *column.View) { at, near = v.HeightOf(float64(offset)) }), time.Minute)
	return float32(at) / p.scale, near
}

// TaskAt returns where the n-th box of a task is that is to be seen.
func (p *Preview) TaskAt(n int) (fyne.Position, bool) {
	for _, h := range p.frame.Hot {
		if h.Task < 0 {
			continue
		}
		if n == 0 {
			return fyne.NewPos(float32(p.render.left+h.Area.Min.X+4)/p.scale, float32(h.Area.Min.Y+8)/p.scale), true
		}
		n--
	}
	return fyne.Position{}, false
}
