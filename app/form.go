package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"longhand/app/look"
)

// form sets fields below one another, each behind its label.
type form struct {
	rows   []formRow
	labels []*canvas.Text
	boxes  []*canvas.Rectangle // behind entries; nil behind others
	width  float32             // for which it was laid out last
}

// formRow is a line of a form.
type formRow struct {
	label string
	field fyne.CanvasObject
	// grow takes what height is left.
	grow bool
	// small says how wide the field is, in pixels; 0 for all there is. The next row
	// stands beside it where there is room.
	small float32
}

const (
	formLabel = 88 // pixels, from the left edge to the fields
	formGap   = 12 // between rows
	formLine  = 32 // height of a row of one line
)

func newForm(rows ...formRow) *fyne.Container {
	l := &form{rows: rows, width: 2 * formLabel}
	c := &fyne.Container{Layout: l}
	for _, r := range rows {
		label := canvas.NewText(r.label, nil)
		label.TextSize = 12
		l.labels = append(l.labels, label)
		c.Objects = append(c.Objects, label)
		var box *canvas.Rectangle
		if _, ok := r.field.(*field); ok {
			box = canvas.NewRectangle(nil)
			box.CornerRadius, box.StrokeWidth = 4, 1
			c.Objects = append(c.Objects, box)
		}
		l.boxes = append(l.boxes, box)
		c.Objects = append(c.Objects, r.field)
	}
	return c
}

// inPanel makes a form the body of a panel, to be scrolled where it is too high.
func inPanel(content fyne.CanvasObject, th fyne.Theme) fyne.CanvasObject {
	scroll := container.NewVScroll(container.New(insetLayout(panelInset), content))
	return container.NewThemeOverride(scroll, look.Form{Theme: th})
}

// colour takes on the colours of now.
func (l *form) colour(p look.Palette) {
	for i, t := range l.labels {
		t.Color = p.Muted
		t.Refresh()
		if box := l.boxes[i]; box != nil {
			box.FillColor, box.StrokeColor = p.Paper, p.Hairline
			box.Refresh()
		}
	}
}

// height of a row is a multiple of four pixels.
func (r formRow) height() float32 {
	return max(float32((int(r.field.MinSize().Height+3)/4)*4), formLine)
}

// first is the height of its first line, in the middle of which the label stands.
func (r formRow) first() float32 {
	if f, ok := r.field.(*field); ok && f.MultiLine {
		return formLine
	}
	if _, ok := r.field.(*themeCards); ok {
		return formLine
	}
	if c, ok := r.field.(*fyne.Container); ok {
		if _, ok := c.Layout.(*chips); ok {
			return chipHeight
		}
	}
	return r.height()
}

// each calls visit with the place of each row: of its label and of its field. left
// is what height there is to grow.
func (l *form) each(left float32, visit func(i int, x, fieldX, y, width, height float32)) (bottom float32) {
	x, y, high := float32(0), float32(0), float32(0)
	for i, r := range l.rows {
		show(l.labels[i], r.field.Visible())
		if l.boxes[i] != nil {
			show(l.boxes[i], r.field.Visible())
		}
		if !r.field.Visible() {
			continue
		}
		indent := float32(formLabel)
		if x > 0 {
			indent = 0
			if r.label != "" {
				indent = l.labels[i].MinSize().Width + formGap
			}
			if l.width-x-indent < max(r.field.MinSize().Width, formLabel) {
				x, y, indent = 0, y+high+formGap, formLabel // no room beside
			}
		}
		width := l.width - x - indent
		if r.small > 0 {
			width = min(width, r.small)
		}
		r.field.Resize(fyne.NewSize(width, r.field.Size().Height)) // on which the height of some depends
		high = r.height()
		if r.grow {
			high += float32(int(left/4) * 4)
		}
		visit(i, x, x+indent, y, width, high)
		bottom = y + high
		if r.small > 0 {
			x += indent + width + 2*formGap
		} else {
			x, y = 0, y+high+formGap
		}
	}
	return bottom
}

func (l *form) least() float32 {
	return l.each(0, func(int, float32, float32, float32, float32, float32) {})
}

// MinSize implements fyne.Layout. The height is that for the width of now.
func (l *form) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(2*formLabel, l.least())
}

// Layout implements fyne.Layout.
func (l *form) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	left := max(size.Height-l.least(), 0)
	l.each(left, func(i int, x, fieldX, y, width, height float32) {
		r, m := l.rows[i], l.labels[i].MinSize()
		place(l.labels[i], x, y+(r.first()-m.Height)/2, m.Width, m.Height)
		if box := l.boxes[i]; box != nil {
			place(box, fieldX, y, width, height)
		}
		place(r.field, fieldX, y, width, height)
	})
}

// insetLayout keeps a margin, in pixels, on all sides.
type insetLayout float32

// MinSize implements fyne.Layout.
func (l insetLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().AddWidthHeight(2*float32(l), 2*float32(l))
}

// Layout implements fyne.Layout.
func (l insetLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	place(o[0], float32(l), float32(l), size.Width-2*float32(l), size.Height-2*float32(l))
}
