package app

import (
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
	"longhand/editor/preview/pictures"
)

// pictureForm shows a picture and asks what is to be seen on it.
type pictureForm struct {
	widget.BaseWidget
	theme           fyne.Theme
	picture         *thumbnail
	question, after *canvas.Text
	field           *field
	box             *canvas.Rectangle
}

const (
	pictureWidth = 600 // pixels of the panel
	thumbWidth   = 176
	thumbHeight  = 132
)

func newPictureForm(p *panel, cache *pictures.Cache) *pictureForm {
	f := &pictureForm{theme: p.theme, picture: newThumbnail(cache, p.colours), box: canvas.NewRectangle(nil)}
	f.question = canvas.NewText("What does the picture show?", nil)
	f.question.TextSize = 14
	f.after = canvas.NewText("For those who cannot see it, and where it does not load.", nil)
	f.after.TextSize = 12
	f.field = newTextField("A grey heron on the weir, at first light", 3, p)
	f.field.oneLine = true
	f.box.CornerRadius, f.box.StrokeWidth = 4, 1
	f.ExtendBaseWidget(f)
	return f
}

// wanted implements panelBody.
func (f *pictureForm) wanted(float32) float32 { return thumbHeight + 2*panelInset }

// colour implements panelBody.
func (f *pictureForm) colour(p look.Palette) {
	f.box.FillColor, f.box.StrokeColor = p.Paper, p.Hairline
	f.question.Color, f.after.Color = p.Ink, p.Muted
	f.picture.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (f *pictureForm) CreateRenderer() fyne.WidgetRenderer {
	return &pictureFormRenderer{f, container.NewThemeOverride(f.field, look.Form{Theme: f.theme})}
}

type pictureFormRenderer struct {
	f     *pictureForm
	field fyne.CanvasObject
}

func (r *pictureFormRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.f.picture, r.f.question, r.f.after, r.f.box, r.field}
}

func (r *pictureFormRenderer) MinSize() fyne.Size { return fyne.NewSize(160, 80) }
func (r *pictureFormRenderer) Destroy()           {}

func (r *pictureFormRenderer) Layout(size fyne.Size) {
	f := r.f
	left := float32(panelInset)
	if size.Width >= thumbWidth+2*panelInset+240 { // else there is room for the question alone
		place(f.picture, panelInset, panelInset, thumbWidth, thumbHeight)
		left += thumbWidth + panelInset
	}
	show(f.picture, left > panelInset)
	width := size.Width - left - panelInset
	f.after.Text = elide("For those who cannot see it, and where it does not load.", f.after.TextSize, false, width)
	place(f.question, left, panelInset-4, width, 24)
	place(f.after, left, panelInset+20, width, 20)
	const top = panelInset + 48
	height := max(size.Height-top-panelInset, formLine)
	place(f.box, left, top, width, height)
	place(r.field, left, top, width, height)
}

func (r *pictureFormRenderer) Refresh() {
	r.Layout(r.f.Size())
	r.f.question.Refresh()
	r.f.after.Refresh()
	r.f.picture.Refresh()
	canvas.Refresh(r.f)
}

// thumbnail shows a picture of a file, as large as fits.
type thumbnail struct {
	widget.BaseWidget
	colours func() look.Palette
	cache   *pictures.Cache
	files   fs.FS
	address string

	ground  *canvas.Rectangle
	note    *canvas.Text // in the place of a picture that cannot be shown
	picture *canvas.Image
}

func newThumbnail(cache *pictures.Cache, colours func() look.Palette) *thumbnail {
	t := &thumbnail{colours: colours, cache: cache, ground: canvas.NewRectangle(nil), note: canvas.NewText("", nil), picture: &canvas.Image{}}
	t.ground.CornerRadius, t.note.TextSize = 4, 12
	t.picture.FillMode, t.picture.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleSmooth
	t.ExtendBaseWidget(t)
	return t
}

// show shows the picture of a file.
func (t *thumbnail) show(file string) {
	t.files, t.address = os.DirFS(filepath.Dir(file)), url.PathEscape(filepath.Base(file))
	t.Refresh()
}

// look asks for the picture in the size in which it fits.
func (t *thumbnail) look() {
	t.picture.Image, t.note.Text = nil, ""
	if t.files == nil {
		return
	}
	w, h, ready, err := t.cache.Size(t.files, t.address)
	if err != nil {
		t.note.Text = "No preview"
	}
	if !ready || err != nil || w < 1 || h < 1 {
		return
	}
	scale := min(float64(thumbWidth)/float64(w), float64(thumbHeight)/float64(h), 1)
	pw, ph := max(int(float64(w)*scale*density), 1), max(int(float64(h)*scale*density), 1)
	if img := t.cache.Picture(t.files, t.address, pw, ph); img != nil {
		t.picture.Image = img
	}
}

// MinSize implements fyne.CanvasObject.
func (t *thumbnail) MinSize() fyne.Size { return fyne.NewSize(thumbWidth, thumbHeight) }

// CreateRenderer implements fyne.Widget.
func (t *thumbnail) CreateRenderer() fyne.WidgetRenderer { return &thumbnailRenderer{t} }

type thumbnailRenderer struct{ t *thumbnail }

func (r *thumbnailRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.t.ground, r.t.note, r.t.picture}
}
func (r *thumbnailRenderer) MinSize() fyne.Size { return r.t.MinSize() }
func (r *thumbnailRenderer) Destroy()           {}

func (r *thumbnailRenderer) Layout(size fyne.Size) {
	t := r.t
	place(t.ground, 0, 0, size.Width, size.Height)
	m := t.note.MinSize()
	place(t.note, (size.Width-m.Width)/2, (size.Height-m.Height)/2, m.Width, m.Height)
	var w, h float32
	if t.picture.Image != nil {
		b := t.picture.Image.Bounds()
		w, h = float32(b.Dx())/density, float32(b.Dy())/density
	}
	place(t.picture, (size.Width-w)/2, (size.Height-h)/2, w, h)
}

func (r *thumbnailRenderer) Refresh() {
	t, p := r.t, r.t.colours()
	t.look()
	t.ground.FillColor, t.note.Color = p.Chosen, p.Muted
	show(t.picture, t.picture.Image != nil)
	r.Layout(t.Size())
	t.picture.Refresh()
	canvas.Refresh(t)
}
