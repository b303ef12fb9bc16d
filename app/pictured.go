package app

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
	"longhand/editor/pane"
)

// pictured is a row of a list whose texts are one picture, on grounds of plain
// colour. What embeds it gives height and paint. The picture is painted again only
// when it would look otherwise.
type pictured struct {
	widget.BaseWidget
	letters *letters
	colours func() look.Palette
	height  float32 // in Fyne's pixels
	paint   func(s *sheet, width float32, p look.Palette)
	chosen  bool
	active  bool // chosen, where the keyboard works
	ruled   bool // has a hairline below
	stale   bool // shows something else than it did

	picture             *canvas.Raster
	image               *image.RGBA
	ground, edge, below *canvas.Rectangle
	painted             paintedAs
}

// paintedAs is what besides its subject a picture depends on.
type paintedAs struct {
	width, scale float32
	palette      look.Palette
	version      int // of the letters
}

func (r *pictured) begin() {
	r.ground, r.edge, r.below = canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	r.image = image.NewRGBA(image.Rect(0, 0, 1, 1))
	r.beginPicture()
}

func (r *pictured) beginPicture() {
	r.picture = canvas.NewRaster(func(int, int) image.Image { return r.image })
	r.picture.ScaleMode = canvas.ImageScalePixels
}

// MinSize implements fyne.CanvasObject.
func (r *pictured) MinSize() fyne.Size { return fyne.NewSize(80, r.height) }

// CreateRenderer implements fyne.Widget.
func (r *pictured) CreateRenderer() fyne.WidgetRenderer { return &picturedRenderer{r} }

type picturedRenderer struct{ r *pictured }

func (pr *picturedRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{pr.r.ground, pr.r.edge, pr.r.below, pr.r.picture}
}
func (pr *picturedRenderer) MinSize() fyne.Size { return pr.r.MinSize() }
func (pr *picturedRenderer) Layout(fyne.Size)   { pr.r.show() }
func (pr *picturedRenderer) Destroy()           {}
func (pr *picturedRenderer) Refresh()           { pr.r.show() }

// show brings the picture up to date.
func (r *pictured) show() {
	width := r.Size().Width
	p := r.colours()
	now := paintedAs{width, max(r.painted.scale, 1), p, r.letters.version}
	if c := fyne.CurrentApp().Driver().CanvasForObject(r.picture); c != nil && c.Scale() > 0 {
		now.scale = c.Scale()
	}
	r.ground.FillColor, r.edge.FillColor, r.below.FillColor = p.Chosen, p.Accent, p.Hairline
	if r.active {
		r.ground.FillColor = p.Selected
	}
	place(r.ground, 0, 0, width, r.height)
	place(r.edge, 0, 0, 3, r.height)
	place(r.below, 0, r.height-1, width, 1)
	show(r.ground, r.chosen)
	show(r.edge, r.chosen)
	show(r.below, r.ruled)
	canvas.Refresh(r.ground)
	if width <= 0 || !r.stale && now == r.painted {
		return
	}
	r.stale, r.painted = false, now
	s := r.letters.newSheet(width, r.height, now.scale, r.image)
	r.paint(s, width, p)
	r.image = s.image
	if !pane.CanRefresh(r.picture) {
		r.beginPicture()
	}
	r.picture.Resize(fyne.NewSize(float32(r.image.Rect.Dx())/now.scale, float32(r.image.Rect.Dy())/now.scale))
	r.picture.Refresh()
}
