package editor

import (
	"image/color"
	"math"

	"longhand/editor/layout"
	"longhand/editor/markdown"
)

// Look is the colours of an editor, and which families of its fonts it uses.
type Look struct {
	Paper, Ink, Muted, Faint, Accent color.NRGBA
	Selected                         color.NRGBA // behind selected text
	Found, FoundNow                  color.NRGBA // behind what a search matched, and behind the match one is at
	Code                             color.NRGBA // behind code
	Keyword, Text, Number, Name      color.NRGBA // of code: keywords, strings, numbers, names
	Serif, Mono                      uint8       // families for prose and code
}

// SetLook changes the colours.
func (e *Editor) SetLook(l Look) {
	e.look = l
	e.view.SetType(e.typ())
	e.drawAnew()
}

// Setting is how a writer wants the text set.
type Setting struct {
	Mono       bool    // prose in the monospaced family too
	Size       float32 // of prose, in Fyne's pixels
	Measure    int     // width of the column in characters; 0 for all there is
	Zoom       float32 // on top of Size, 1 for none
	Typewriter bool    // the caret's row stays in the middle
	Focus      bool    // all but the caret's paragraph is dimmed
}

// DefaultSetting is how a text is set at first.
func DefaultSetting() Setting { return Setting{Size: 17, Measure: 68, Zoom: 1} }

// The least and the largest zoom.
const (
	minZoom = 0.5
	maxZoom = 4
)

// normal puts right what a file of settings may have wrong.
func (s Setting) normal() Setting {
	d := DefaultSetting()
	if !(s.Size >= 8 && s.Size <= 72) {
		s.Size = d.Size
	}
	if !(s.Zoom >= minZoom && s.Zoom <= maxZoom) {
		s.Zoom = d.Zoom
	}
	if s.Measure < 0 || s.Measure > 400 {
		s.Measure = d.Measure
	}
	return s
}

// Setting returns how the text is set.
func (e *Editor) Setting() Setting { return e.setting }

// SetSetting changes how the text is set. The caret stays where it is on the
// screen.
func (e *Editor) SetSetting(s Setting) {
	_, top, _ := e.view.Point(e.caret())
	e.setting = s.normal()
	e.arrange()
	if e.setting.Typewriter {
		e.revealCaret()
	} else {
		_, now, _ := e.view.Point(e.caret())
		e.view.ScrollBy(now - top)
		e.view.Reveal(e.caret(), 0)
	}
	e.drawAnew()
}

// rowRatio is a row's height relative to the size of the type.
const rowRatio = 28.0 / 17

// typ is the type in device pixels.
func (e *Editor) typ() layout.Type {
	size := e.setting.Size * e.setting.Zoom * e.scale
	row := int(math.Round(float64(size * rowRatio)))
	t := layout.Type{Text: e.look.Serif, Mono: e.look.Mono, Size: size, Row: row, Gap: row / 2}
	if e.setting.Mono {
		t.Text, t.Size = e.look.Mono, size*0.9
	}
	return t
}

// measure is the width of the column in device pixels when there is room.
func (e *Editor) measure() float32 {
	if e.setting.Measure == 0 {
		return math.MaxInt16
	}
	t := e.typ()
	return float32(e.setting.Measure) * t.Size * 0.485 // the mean width of a letter of the writing font
}

// colour is the colour of text that Markdown reads as s.
func (l *Look) colour(s markdown.Style) color.NRGBA {
	switch {
	case s&markdown.Markup != 0, s&markdown.Target != 0, s&markdown.ListMarker != 0:
		return l.Faint
	case s&(markdown.Link|markdown.Image|markdown.Footnote|markdown.TaskBox) != 0:
		return l.Accent
	case s&(markdown.FrontMatter|markdown.HTML|markdown.Definition) != 0:
		return l.Muted
	}
	code := markdown.Shades[color.NRGBA]{Plain: l.Ink, Keyword: l.Keyword, Text: l.Text, Number: l.Number, Name: l.Name, Comment: l.Faint}
	return code.Of(s.Token())
}

// dimmed is a colour as far back as what is not in focus.
func (l *Look) dimmed(c color.NRGBA) color.NRGBA {
	mix := func(a, b uint8) uint8 { return uint8((int(a)*4 + int(b)*6) / 10) }
	return color.NRGBA{R: mix(c.R, l.Paper.R), G: mix(c.G, l.Paper.G), B: mix(c.B, l.Paper.B), A: c.A}
}
