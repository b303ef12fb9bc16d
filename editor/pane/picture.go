package pane

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Picture is a picture of rows as a canvas object. It is sent to the screen once and then
// only moved.
type Picture struct {
	*canvas.Raster
	image *image.RGBA
}

// Image returns what it shows.
func (p *Picture) Image() *image.RGBA { return p.image }

// Pictures lends pictures, and uses again what is given back.
type Pictures struct {
	spare []*Picture
	// shown reports whether the toolkit knows in which window an object is; nil asks it.
	shown func(fyne.CanvasObject) bool
}

// Lend returns a picture that shows an image of device pixels, at a scale.
func (p *Pictures) Lend(img *image.RGBA, scale float32) *Picture {
	var pic *Picture
	if n := len(p.spare); n > 0 {
		pic = p.spare[n-1]
		p.spare = p.spare[:n-1]
	}
	if pic == nil || !p.isShown(pic.Raster) {
		pic = newPicture()
	}
	pic.image = img
	pic.Resize(fyne.NewSize(float32(img.Rect.Dx())/scale, float32(img.Rect.Dy())/scale))
	pic.Refresh()
	return pic
}

func newPicture() *Picture {
	pic := &Picture{}
	pic.Raster = canvas.NewRaster(func(int, int) image.Image { return pic.image })
	pic.ScaleMode = canvas.ImageScalePixels
	return pic
}

func (p *Pictures) isShown(o fyne.CanvasObject) bool {
	if p.shown != nil {
		return p.shown(o)
	}
	return CanRefresh(o)
}

// CanRefresh reports whether a refresh of an object will be heard. The toolkit forgets now and
// then in which window an object is that was not refreshed for a minute, until it paints
// again; what the object showed before would then stay on the screen. One that takes its place
// is painted as it is.
func CanRefresh(o fyne.CanvasObject) bool {
	return fyne.CurrentApp().Driver().CanvasForObject(o) != nil
}

// Back takes a picture back.
func (p *Pictures) Back(pic *Picture) {
	pic.image = nil
	p.spare = append(p.spare, pic)
}
