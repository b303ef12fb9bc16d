package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
)

// field is an entry of a form. Tab leads on, also from one of several lines;
// Escape and Enter are the form's, and Ctrl+Enter where Enter makes a line.
type field struct {
	widget.Entry
	key func(fyne.KeyName) bool
}

func newField(hint string, key func(fyne.KeyName) bool) *field {
	f := &field{key: key}
	f.ExtendBaseWidget(f)
	f.SetPlaceHolder(hint)
	return f
}

// newTextField is a field of several lines.
func newTextField(hint string, rows int, key func(fyne.KeyName) bool) *field {
	f := &field{key: key}
	f.MultiLine, f.Wrapping = true, fyne.TextWrapWord
	f.ExtendBaseWidget(f)
	f.SetPlaceHolder(hint)
	f.SetMinRowsVisible(rows)
	return f
}

// AcceptsTab implements fyne.Tabbable.
func (f *field) AcceptsTab() bool { return false }

// TypedKey implements fyne.Focusable.
func (f *field) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if !f.MultiLine {
			f.key(e.Name)
			return
		}
	case fyne.KeyEscape:
		f.key(e.Name)
		return
	}
	f.Entry.TypedKey(e)
}

// TypedShortcut implements fyne.Shortcutable.
func (f *field) TypedShortcut(s fyne.Shortcut) {
	if c, ok := s.(*desktop.CustomShortcut); ok && (c.KeyName == fyne.KeyReturn || c.KeyName == fyne.KeyEnter) && c.Modifier == ctrl {
		f.key(fyne.KeyReturn)
		return
	}
	f.Entry.TypedShortcut(s)
}

// form sets fields below one another, each behind its label.
type form struct {
	rows   []formRow
	labels []*canvas.Text
}

// formRow is a line of a form. A row whose label is empty goes on with the one
// above.
type formRow struct {
	label string
	field fyne.CanvasObject
	// grow takes what height is left.
	grow bool
	// small says how wide it is, in pixels; 0 for all there is. The next row then
	// stands beside it.
	small float32
}

const (
	formLabel = 88 // pixels, from the left edge to the fields
	formGap   = 12 // between rows
)

func newForm(rows ...formRow) *fyne.Container {
	l := &form{rows: rows}
	c := &fyne.Container{Layout: l}
	for _, r := range rows {
		label := canvas.NewText(r.label, nil)
		label.TextSize = 12
		l.labels = append(l.labels, label)
		c.Objects = append(c.Objects, label, r.field)
	}
	return c
}

// colour gives the labels their colour.
func (l *form) colour(p look.Palette) {
	for _, t := range l.labels {
		t.Color = p.Muted
		t.Refresh()
	}
}

// height of a row is a multiple of four pixels.
func (r formRow) height() float32 {
	return float32((int(r.field.MinSize().Height+3) / 4) * 4)
}

// MinSize implements fyne.Layout.
func (l *form) MinSize([]fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(formLabel+120, -formGap)
	for i, r := range l.rows {
		if i == 0 || l.rows[i-1].small == 0 {
			size.Height += r.height() + formGap
		}
	}
	return size
}

// Layout implements fyne.Layout.
func (l *form) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	left := max(size.Height-l.MinSize(nil).Height, 0)
	x, y := float32(0), float32(0)
	for i, r := range l.rows {
		label := l.labels[i]
		m := label.MinSize()
		indent := float32(formLabel)
		if x > 0 {
			indent = m.Width + formGap
		}
		h := r.height()
		if r.grow {
			h += float32(int(left/4) * 4)
		}
		place(label, x, y+(min(h, 36)-m.Height)/2, m.Width, m.Height)
		width := size.Width - x - indent
		if r.small > 0 {
			width = min(width, r.small)
		}
		place(r.field, x+indent, y, width, h)
		if r.small > 0 {
			x += indent + width + 2*formGap
			continue
		}
		x = 0
		y += h + formGap
	}
}
