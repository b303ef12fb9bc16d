package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
	"longhand/editor/preview/pictures"
	"longhand/library"
)

// credited is a line of the list of authors.
type credited struct {
	library.Credited
	file *library.AuthorFile // nil where there is none
}

// about says what is known of the author besides the name.
func (c credited) about() string {
	n := count(c.Articles, "article")
	switch {
	case c.Missing:
		return "no file yet · " + n
	case c.Problem != nil:
		return c.ID + " · cannot be read"
	}
	return c.ID + " · " + n
}

const (
	authorRowHeight = 56 // pixels
	smallFace       = 32
)

// authorRow shows an author: face, name, and below it what else is known.
type authorRow struct {
	widget.BaseWidget
	colours     func() look.Palette
	face        *face
	name, about *canvas.Text
	bar, ground *canvas.Rectangle
	author      credited
	chosen      bool
}

func newAuthorRow(cache *pictures.Cache, colours func() look.Palette) *authorRow {
	r := &authorRow{colours: colours, face: newFace(smallFace, cache, colours), name: canvas.NewText("", nil), about: canvas.NewText("", nil)}
	r.author.Author = &library.Author{}
	r.bar, r.ground = canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	r.name.TextSize, r.name.TextStyle.Bold = titleSize, true
	r.about.TextSize = wordsSize
	r.ExtendBaseWidget(r)
	return r
}

func (r *authorRow) set(c credited, folder string, chosen bool) {
	r.author, r.chosen = c, chosen
	r.face.show(c.Name, folder, c.Avatar)
	r.Refresh()
}

// MinSize implements fyne.CanvasObject.
func (r *authorRow) MinSize() fyne.Size { return fyne.NewSize(80, authorRowHeight) }

// CreateRenderer implements fyne.Widget.
func (r *authorRow) CreateRenderer() fyne.WidgetRenderer {
	rr := &authorRowRenderer{r}
	rr.colour()
	return rr
}

type authorRowRenderer struct{ r *authorRow }

func (rr *authorRowRenderer) Objects() []fyne.CanvasObject {
	r := rr.r
	return []fyne.CanvasObject{r.ground, r.bar, r.face, r.name, r.about}
}
func (rr *authorRowRenderer) MinSize() fyne.Size { return rr.r.MinSize() }
func (rr *authorRowRenderer) Destroy()           {}

func (rr *authorRowRenderer) Layout(size fyne.Size) {
	r := rr.r
	place(r.ground, 0, 0, size.Width, size.Height)
	place(r.bar, 0, 0, 3, size.Height)
	place(r.face, 16, (size.Height-smallFace)/2, smallFace, smallFace)
	const x = 16 + smallFace + 12
	width := max(size.Width-x-12, 0)
	r.name.Text = elide(r.author.Name, titleSize, r.name.TextStyle.Bold, width)
	r.about.Text = elide(r.author.about(), wordsSize, false, width)
	n, a := r.name.MinSize(), r.about.MinSize()
	top := (size.Height - n.Height - a.Height - 2) / 2
	place(r.name, x, top, n.Width, n.Height)
	place(r.about, x, top+n.Height+2, a.Width, a.Height)
}

func (rr *authorRowRenderer) Refresh() {
	rr.colour()
	rr.Layout(rr.r.Size())
	rr.r.face.Refresh()
	canvas.Refresh(rr.r)
}

func (rr *authorRowRenderer) colour() {
	r, p := rr.r, rr.r.colours()
	r.ground.FillColor, r.bar.FillColor = p.Chosen, p.Accent
	show(r.ground, r.chosen)
	show(r.bar, r.chosen)
	r.name.Color, r.about.Color = p.Ink, p.Muted
	r.name.TextStyle.Bold = !r.author.Missing
	if r.author.Missing {
		r.name.Color = p.Faint
	}
}
