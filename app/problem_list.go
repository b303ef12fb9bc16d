package app

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
	"longhand/library"
)

// problemList lists problems with file and line. A click, or Enter, opens the place.
type problemList struct {
	widget.List
	problems []*library.Problem
	dir      string // of the library, which paths are told without
	open     func(*library.Problem)
	key      func(fyne.KeyName) bool
	at       int // where Up and Down are
	focused  bool
}

const problemHeight = 48 // pixels of a row

func newProblemList(dir string, colours func() look.Palette, key func(fyne.KeyName) bool, open func(*library.Problem)) *problemList {
	l := &problemList{dir: dir, open: open, key: key}
	l.Length = func() int { return len(l.problems) }
	l.CreateItem = func() fyne.CanvasObject { return newProblemRow(colours) }
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		o.(*problemRow).set(l.problems[i], l.dir, l.focused && i == l.at)
	}
	l.OnSelected = func(i widget.ListItemID) {
		l.UnselectAll() // rows show themselves what is chosen
		l.at = i
		l.open(l.problems[i])
	}
	l.HideSeparators = true
	l.ExtendBaseWidget(l)
	return l
}

// FocusGained implements fyne.Focusable.
func (l *problemList) FocusGained() {
	l.focused = true
	l.Refresh()
}

// FocusLost implements fyne.Focusable.
func (l *problemList) FocusLost() {
	l.focused = false
	l.Refresh()
}

// TypedKey implements fyne.Focusable.
func (l *problemList) TypedKey(e *fyne.KeyEvent) {
	n := len(l.problems)
	switch e.Name {
	case fyne.KeyDown:
		l.at = min(l.at+1, n-1)
	case fyne.KeyUp:
		l.at = max(l.at-1, 0)
	case fyne.KeySpace:
		if l.at < n {
			l.open(l.problems[l.at])
		}
		return
	default:
		l.key(e.Name)
		return
	}
	l.ScrollTo(l.at)
	l.Refresh()
}

// problemPlace is where a problem is: the file, within the library if it lies there, and the
// line.
func problemPlace(p *library.Problem, dir string) string {
	where := short(p.Path)
	if rel, err := filepath.Rel(dir, p.Path); err == nil && filepath.IsLocal(rel) {
		where = filepath.ToSlash(rel)
	}
	if p.Line > 0 {
		where += ", line " + itoa(p.Line)
	}
	return where
}

// problemRow is what is wrong, and below it where, and what to do.
type problemRow struct {
	widget.BaseWidget
	colours        func() look.Palette
	message, place *canvas.Text
	ground         *canvas.Rectangle
	told, where    string
	chosen         bool
}

func newProblemRow(colours func() look.Palette) *problemRow {
	r := &problemRow{colours: colours, message: canvas.NewText("", nil), place: canvas.NewText("", nil), ground: canvas.NewRectangle(nil)}
	r.message.TextSize, r.place.TextSize = titleSize, 12
	r.ExtendBaseWidget(r)
	return r
}

func (r *problemRow) set(p *library.Problem, dir string, chosen bool) {
	r.told, r.where, r.chosen = sentence(p.Message), problemPlace(p, dir), chosen
	if p.Remedy != "" {
		r.where += ": " + p.Remedy
	}
	r.Refresh()
}

// MinSize implements fyne.CanvasObject.
func (r *problemRow) MinSize() fyne.Size { return fyne.NewSize(80, problemHeight) }

// CreateRenderer implements fyne.Widget.
func (r *problemRow) CreateRenderer() fyne.WidgetRenderer {
	rr := &problemRowRenderer{r}
	rr.colour()
	return rr
}

type problemRowRenderer struct{ r *problemRow }

func (rr *problemRowRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{rr.r.ground, rr.r.message, rr.r.place}
}
func (rr *problemRowRenderer) MinSize() fyne.Size { return rr.r.MinSize() }
func (rr *problemRowRenderer) Destroy()           {}

func (rr *problemRowRenderer) Layout(size fyne.Size) {
	r := rr.r
	place(r.ground, 0, 0, size.Width, size.Height)
	width := max(size.Width-2*panelInset, 0)
	r.message.Text, r.place.Text = elide(r.told, titleSize, false, width), elide(r.where, 12, false, width)
	m, p := r.message.MinSize(), r.place.MinSize()
	top := (size.Height - m.Height - p.Height - 2) / 2
	place(r.message, panelInset, top, m.Width, m.Height)
	place(r.place, panelInset, top+m.Height+2, p.Width, p.Height)
}

func (rr *problemRowRenderer) Refresh() {
	rr.colour()
	rr.Layout(rr.r.Size())
	canvas.Refresh(rr.r)
}

func (rr *problemRowRenderer) colour() {
	r, p := rr.r, rr.r.colours()
	r.ground.FillColor = p.Chosen
	show(r.ground, r.chosen)
	r.message.Color, r.place.Color = p.Ink, p.Muted
}
