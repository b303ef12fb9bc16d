package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
)

// renameForm is the name that is typed, and below it what that does.
type renameForm struct {
	widget.BaseWidget
	theme fyne.Theme
	name  *field
	box   *canvas.Rectangle
	lines [renameLines]*canvas.Text
	told  []string
}

const (
	renameWidth = 520 // pixels of the panel
	renameLines = 4   // at most
	renameLine  = 20  // height of one
)

func newRenameForm(p *panel, name string) *renameForm {
	f := &renameForm{theme: p.theme, name: newField("", p), box: canvas.NewRectangle(nil)}
	f.name.SetText(name)
	f.box.CornerRadius, f.box.StrokeWidth = 4, 1
	for i := range f.lines {
		f.lines[i] = canvas.NewText("", nil)
		f.lines[i].TextSize = 12
	}
	f.lines[0].TextSize = 13
	f.ExtendBaseWidget(f)
	return f
}

// selectName selects the name, to be typed over.
func (f *renameForm) selectName() {
	f.name.CursorRow, f.name.CursorColumn = 0, len([]rune(f.name.Text))
	f.name.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// tell shows what the name does, or what is wrong with it.
func (f *renameForm) tell(lines ...string) {
	f.told = lines
	f.Refresh()
}

// wanted implements panelBody. Room is kept for what is said mostly.
func (f *renameForm) wanted(float32) float32 {
	return 2*panelInset + formLine + formGap + float32(min(max(len(f.told), 2), renameLines))*renameLine
}

// colour implements panelBody.
func (f *renameForm) colour(p look.Palette) {
	f.box.FillColor, f.box.StrokeColor = p.Paper, p.Hairline
	for i, t := range f.lines {
		t.Color = p.Muted
		if i == 0 {
			t.Color = p.Ink
		}
	}
}

// CreateRenderer implements fyne.Widget.
func (f *renameForm) CreateRenderer() fyne.WidgetRenderer {
	return &renameFormRenderer{f, container.NewThemeOverride(f.name, look.Form{Theme: f.theme})}
}

type renameFormRenderer struct {
	f    *renameForm
	name fyne.CanvasObject
}

func (r *renameFormRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.f.box, r.name}
	for _, t := range r.f.lines {
		out = append(out, t)
	}
	return out
}

func (r *renameFormRenderer) MinSize() fyne.Size { return fyne.NewSize(160, 80) }
func (r *renameFormRenderer) Destroy()           {}

func (r *renameFormRenderer) Layout(size fyne.Size) {
	f, width := r.f, size.Width-2*panelInset
	place(f.box, panelInset, panelInset, width, formLine)
	place(r.name, panelInset, panelInset, width, formLine)
	y := float32(panelInset + formLine + formGap)
	for i, t := range f.lines {
		t.Text = ""
		if i < len(f.told) {
			t.Text = elide(f.told[i], t.TextSize, false, width)
		}
		place(t, panelInset, y, width, renameLine)
		y += renameLine
	}
}

func (r *renameFormRenderer) Refresh() {
	r.Layout(r.f.Size())
	for _, t := range r.f.lines {
		t.Refresh()
	}
	canvas.Refresh(r.f)
}
