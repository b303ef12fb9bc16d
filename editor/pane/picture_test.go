package pane

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestLendAgain has a picture used again only where its refresh will be heard: else it would
// go on showing what it did.
func TestLendAgain(t *testing.T) {
	test.NewTempApp(t)
	shown := true
	p := &Pictures{shown: func(fyne.CanvasObject) bool { return shown }}
	one, two := image.NewRGBA(image.Rect(0, 0, 10, 4)), image.NewRGBA(image.Rect(0, 0, 20, 4))
	first := p.Lend(one, 2)
	if got := first.Size(); got != fyne.NewSize(5, 2) || first.Image() != one {
		t.Errorf("%v, %v", got, first.Image())
	}
	p.Back(first)
	if again := p.Lend(two, 2); again != first || again.Image() != two || again.Generator(20, 4) != image.Image(two) {
		t.Error("a picture that is given back is not used again")
	}
	p.Back(first)
	shown = false
	if again := p.Lend(one, 2); again.Raster == first.Raster || again.Generator(10, 4) != image.Image(one) {
		t.Error("a picture is used again of which the toolkit has lost sight")
	}
}
