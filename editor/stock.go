package editor

import (
	"image/color"
	"sort"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"longhand/editor/text"
)

// stock is an Editor on Fyne's Entry.
type stock struct {
	widget.BaseWidget
	entry     *widget.Entry
	doc       text.Doc
	wanted    int // caret to place when the size is known; -1 for none
	theme     fyne.Theme
	onChanged func(text.Doc)
	onCaret   func()
}

var (
	_ Editor        = (*stock)(nil)
	_ fyne.Tappable = (*stock)(nil)
)

// New returns an empty editor that looks as the theme says.
func New(th fyne.Theme) Editor {
	s := &stock{entry: widget.NewMultiLineEntry(), theme: th, wanted: -1}
	s.ExtendBaseWidget(s)
	s.entry.Wrapping = fyne.TextWrapWord
	s.entry.Scroll = container.ScrollVerticalOnly
	s.entry.TextStyle = fyne.TextStyle{TabWidth: TabWidth}
	s.entry.OnChanged = s.changed
	s.entry.OnCursorChanged = func() {
		if s.onCaret != nil {
			s.onCaret()
		}
	}
	return s
}

func (s *stock) OnChanged(f func(text.Doc)) { s.onChanged = f }
func (s *stock) OnCaret(f func())           { s.onCaret = f }
func (s *stock) Doc() text.Doc              { return s.doc }

func (s *stock) SetDoc(doc text.Doc, caret int) {
	changed := s.entry.OnChanged
	s.entry.OnChanged = nil
	s.doc = doc
	s.deselect()
	s.entry.CursorRow, s.entry.CursorColumn = 0, 0
	s.entry.SetText(doc.String())
	s.entry.OnChanged = changed
	s.wanted = caret
	if s.Size().Width > 0 {
		s.setCaret(caret)
		s.wanted = -1
	}
}

// deselect ends the selection of the text before, which Entry would carry over
// to the next and replace there with the first letter.
func (s *stock) deselect() {
	if s.entry.SelectedText() != "" {
		s.entry.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
		s.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	}
}

// changed takes over what the entry holds as a change of the text, so that the
// line endings and the mark of the file stay.
func (s *stock) changed(now string) {
	next, _, err := s.doc.Apply(s.doc.Diff(text.New(now).String()))
	if err != nil {
		fyne.LogError("editor: change does not fit the text", err)
		return
	}
	s.doc = next
	if s.onChanged != nil {
		s.onChanged(next)
	}
}

// Caret returns the offset of Entry's cursor, which it counts in characters.
func (s *stock) Caret() int {
	at, left := 0, s.entry.CursorTextOffset()
	for left > 0 && at < s.doc.Len() {
		_, n := utf8.DecodeRuneInString(s.doc.String()[at:])
		at += n
		left--
	}
	return at
}

// setCaret puts Entry's cursor to an offset. Entry takes only wrapped rows, and
// tells only the offset of a row: so search for the row.
func (s *stock) setCaret(offset int) {
	e := s.entry
	target := utf8.RuneCountInString(s.doc.String()[:min(max(offset, 0), s.doc.Len())])
	e.CursorColumn = 0
	row := sort.Search(target+1, func(row int) bool {
		e.CursorRow = row + 1
		at := e.CursorTextOffset()
		return at > target || at == 0 // there is no such row
	})
	e.CursorRow = row
	e.CursorColumn = target - e.CursorTextOffset()
	e.Refresh()
}

// Tapped leads the keyboard to the text from the room around it.
func (s *stock) Tapped(*fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil {
		c.Focus(s.entry)
	}
}

// Focusable implements Editor.
func (s *stock) Focusable() fyne.Focusable { return s.entry }

// CreateRenderer implements fyne.Widget.
func (s *stock) CreateRenderer() fyne.WidgetRenderer {
	override := container.NewThemeOverride(s.entry, &bare{s.theme})
	framed := container.NewClip(container.New(frameLayout{}, override))
	framed.ExtendBaseWidget(framed) // which Clip leaves to its first measuring
	return widget.NewSimpleRenderer(container.New(columnLayout{}, framed))
}

// Resize lays the text out, after which a caret can be placed.
func (s *stock) Resize(size fyne.Size) {
	s.BaseWidget.Resize(size)
	if s.wanted >= 0 && size.Width > 0 {
		s.setCaret(s.wanted)
		s.wanted = -1
	}
}

// bare takes the frame from an entry: no border, the paper as ground.
type bare struct{ fyne.Theme }

func (b *bare) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	switch name {
	case theme.ColorNameInputBackground, theme.ColorNameInputBorder, theme.ColorNameShadow:
		return color.Transparent
	}
	return b.Theme.Color(name, v)
}

func (b *bare) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return b.Theme.Size(SizeText)
	case theme.SizeNameInputBorder: // the caret is as wide
		return 2
	}
	return b.Theme.Size(name)
}

// columnLayout centres the writing column, with room above it.
type columnLayout struct{}

// The room around the column, in pixels.
const (
	marginTop  = 40
	marginSide = 32
)

func (columnLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(120, marginTop+80)
}

func (columnLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(size.Width-2*min(marginSide, size.Width/12), columnWidth)
	for _, o := range objects {
		o.Move(fyne.NewPos((size.Width-width)/2, marginTop))
		o.Resize(fyne.NewSize(width, size.Height-marginTop))
	}
}

// frameLayout makes its object larger than the clip around it by the entry's
// frame, which it draws in the accent colour when focused.
type frameLayout struct{}

const frame = 4

func (frameLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (frameLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(-frame, -frame))
		o.Resize(size.AddWidthHeight(2*frame, 2*frame))
	}
}
