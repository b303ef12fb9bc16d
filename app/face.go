package app

import (
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
	"longhand/editor/html"
	"longhand/editor/preview/pictures"
)

// face is an author's picture, round; until it has come, or where there is none,
// the initials.
type face struct {
	widget.BaseWidget
	colours func() look.Palette
	cache   *pictures.Cache
	size    float32
	files   fs.FS
	address string // of the picture in files; "" for none

	disc     *canvas.Circle
	initials *canvas.Text
	picture  *canvas.Image
}

// density is for how many device pixels a pixel is decoded.
const density = 2

func newFace(size float32, cache *pictures.Cache, colours func() look.Palette) *face {
	f := &face{colours: colours, cache: cache, size: size, disc: canvas.NewCircle(nil), initials: canvas.NewText("", nil), picture: &canvas.Image{}}
	f.initials.TextSize, f.initials.TextStyle.Bold = float32(int(size*0.36)), true
	f.picture.FillMode, f.picture.CornerRadius = canvas.ImageFillCover, size/2
	f.picture.ScaleMode = canvas.ImageScaleSmooth
	f.ExtendBaseWidget(f)
	return f
}

// show shows an author whose picture has an address relative to the folder.
func (f *face) show(name, folder, address string) {
	f.initials.Text, f.files, f.address = html.Initials(name), os.DirFS(folder), address
	f.Refresh()
}

// showFile shows a picture of any folder.
func (f *face) showFile(name, file string) {
	f.show(name, filepath.Dir(file), url.PathEscape(filepath.Base(file)))
}

// look asks for the picture in the size in which it covers the face.
func (f *face) look() {
	f.picture.Image = nil
	if f.address == "" {
		return
	}
	w, h, ready, err := f.cache.Size(f.files, f.address)
	if !ready || err != nil || w < 1 || h < 1 {
		return
	}
	pw, ph := int(f.size)*density, int(f.size)*density
	if w > h {
		pw = pw * w / h
	} else {
		ph = ph * h / w
	}
	if img := f.cache.Picture(f.files, f.address, pw, ph); img != nil {
		f.picture.Image = img
	}
}

// MinSize implements fyne.CanvasObject.
func (f *face) MinSize() fyne.Size { return fyne.NewSquareSize(f.size) }

// CreateRenderer implements fyne.Widget.
func (f *face) CreateRenderer() fyne.WidgetRenderer {
	r := &faceRenderer{f}
	r.colour()
	return r
}

type faceRenderer struct{ f *face }

func (r *faceRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.f.disc, r.f.initials, r.f.picture}
}
func (r *faceRenderer) MinSize() fyne.Size { return r.f.MinSize() }
func (r *faceRenderer) Destroy()           {}

func (r *faceRenderer) Layout(size fyne.Size) {
	f := r.f
	x, y := (size.Width-f.size)/2, (size.Height-f.size)/2
	place(f.disc, x, y, f.size, f.size)
	place(f.picture, x, y, f.size, f.size)
	m := f.initials.MinSize()
	place(f.initials, x+(f.size-m.Width)/2, y+(f.size-m.Height)/2, m.Width, m.Height)
}

func (r *faceRenderer) Refresh() {
	r.f.look()
	r.colour()
	r.Layout(r.f.Size())
	r.f.picture.Refresh()
	canvas.Refresh(r.f)
}

func (r *faceRenderer) colour() {
	f, p := r.f, r.f.colours()
	f.disc.FillColor, f.initials.Color = p.Hairline, p.Muted
	drawn := f.picture.Image != nil
	show(f.picture, drawn)
	show(f.disc, !drawn)
	show(f.initials, !drawn)
}
