package column

import (
	"image/color"
	"math"

	"longhand/editor/markdown"
	"longhand/editor/preview/content"
	"longhand/editor/typeset"
)

// Type is the type that pages are set in.
type Type struct {
	// Reading, Mono and Interface are families of the fonts: for running text, for code, and
	// for what stands around the text.
	Reading, Mono, Interface uint8
	Size                     float32 // em of running text, in device pixels
	Scale                    float32 // device pixels of a pixel of the design
	// Upright tells that the language has no italics: Chinese, Japanese, Korean, Arabic,
	// Hebrew.
	Upright bool
}

// Look is the colours of a page.
type Look struct {
	Paper, Ink, Muted, Faint, Accent, Hairline color.NRGBA
	Selected                                   color.NRGBA // behind selected text
	Found                                      color.NRGBA // behind what a search matched
	Code                                       color.NRGBA // behind code
	Highlight                                  color.NRGBA // behind <mark>
	Keyword, Text, Number, Name                color.NRGBA // of code: keywords, strings, numbers, names
}

// The tags that text carries through its layout: a role in the low byte.
const (
	roleInk uint32 = iota
	roleMuted
	roleAccent
	roleFaint
	roleToken // + markdown.Token
)

func (l *Look) colour(tag uint32) color.NRGBA {
	switch tag {
	case roleInk:
		return l.Ink
	case roleMuted:
		return l.Muted
	case roleAccent:
		return l.Accent
	case roleFaint:
		return l.Faint
	}
	code := markdown.Shades[color.NRGBA]{Plain: l.Ink, Keyword: l.Keyword, Text: l.Text, Number: l.Number, Name: l.Name, Comment: l.Faint}
	return code.Of(markdown.Token(tag - roleToken))
}

// setting is how a part is set.
type setting struct {
	base typeset.Style
	row  float32 // height of its rows
	role uint32
}

// size and row of headings by level, in em of the running text.
var headings = [7][2]float32{{1, 1.667}, {1.64, 2.08}, {1.28, 1.68}, {1.12, 1.56}, {1, 1.5}, {1, 1.5}, {0.94, 1.4}}

// Em of what is not running text.
const (
	rowRunning = 30.0 / 18
	rowUpright = 1.9
	codeSize   = 0.83
	codeRow    = 1.22
	smallSize  = 0.85
	raised     = 0.72 // size of superscripts and subscripts
)

// of returns how a part is set. quoted and noted tell that it stands in a quote, in a
// footnote.
func (t *Type) of(p *content.Part, quoted, noted bool) setting {
	em := t.Size
	s := setting{base: typeset.Style{Family: t.Reading, Size: em}, row: em * rowRunning}
	if t.Upright { // scripts that fill the em want more room between rows
		s.row = em * rowUpright
	}
	ui := func(size, row float32, bold bool, role uint32) {
		s.base = typeset.Style{Family: t.Interface, Size: em * size / 18, Bold: bold}
		s.row, s.role = em*row/18, role
	}
	switch p.Kind {
	case content.Heading:
		h := headings[min(max(p.Level, 1), 6)]
		s.base.Size, s.row = em*h[0], em*h[1]
		s.base.Bold = p.Level < 5
		s.base.Italic = p.Level >= 5 && !t.Upright
		if p.Level == 6 {
			s.role = roleMuted
		}
		return s
	case content.Code, content.Source:
		s.base, s.row = typeset.Style{Family: t.Mono, Size: em * codeSize}, em*codeRow
		return s
	case content.Caption:
		ui(14, 21, false, roleMuted)
		return s
	case content.Summary, content.Term:
		s.base.Bold = true
	case content.Kicker:
		ui(12, 18, true, roleAccent)
		return s
	case content.Title:
		s.base.Size, s.base.Bold, s.row = em*34/18, true, em*42/18
		return s
	case content.Subtitle:
		s.base.Size, s.row, s.role = em*1.2, em*1.68, roleMuted
		return s
	case content.Byline:
		ui(13, 20, false, roleMuted)
		return s
	case content.AuthorName:
		ui(15, 22, true, roleInk)
		return s
	case content.AuthorBio:
		ui(14, 21, false, roleMuted)
		return s
	case content.AuthorLinks:
		ui(13, 22, false, roleAccent)
		return s
	}
	if noted {
		s.base.Size, s.row, s.role = em*0.86, em*1.36, roleMuted
	}
	if quoted {
		s.base.Italic, s.role = !t.Upright, roleMuted
	}
	return s
}

// cell is how the text of a table's cell is set.
func (t *Type) cell() setting {
	return setting{base: typeset.Style{Family: t.Interface, Size: t.Size * 0.84}, row: t.Size * 1.29}
}

// run returns the style of a run in a part of the given setting.
func (t *Type) run(s setting, r content.Run, st content.Style) (typeset.Style, uint32) {
	out, role := s.base, s.role
	if st&(content.CodeSpan|content.Key) != 0 {
		out.Family, out.Size = t.Mono, out.Size*codeSize
		out.Italic = false
		if st&content.Key != 0 {
			out.Size *= 0.96
		}
	}
	if st&content.Strong != 0 {
		out.Bold = true
	}
	if st&content.Emphasis != 0 {
		if t.Upright {
			out.Bold = true
		} else {
			out.Italic = !out.Italic
		}
	}
	switch {
	case st&content.Super != 0:
		out.Rise, out.Size = out.Size*0.36, out.Size*raised
	case st&content.Sub != 0:
		out.Rise, out.Size = -out.Size*0.14, out.Size*raised
	}
	if st&content.Small != 0 {
		out.Size *= smallSize
	}
	if st&content.Big != 0 {
		out.Size *= 1.17
	}
	if tok := st.Token(); tok != markdown.NoToken {
		role = roleToken + uint32(tok)
	}
	if r.Link > 0 {
		role = roleAccent
	}
	return out, role
}

func round(f float32) int { return int(math.Round(float64(f))) }
