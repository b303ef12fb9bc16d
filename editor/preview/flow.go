package preview

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"golang.org/x/text/unicode/bidi"
)

// span is a piece of running text in one style. A line break in it is hard.
type span struct {
	text                               string
	bold, italic, code, struck, raised bool
	link                               string
}

// face is how a flow draws its spans.
type face struct {
	size, line         float32 // of the letters and from row to row, in pixels
	ink, accent, muted colorValue
	ground             colorValue // behind code
	bold, italic       bool
	ui                 bool // in the interface's font
}

// flow is running text, broken into rows at the ends of words.
type flow struct {
	group
	spans  []span
	face   face
	rtl    bool
	follow func(string)
	used   float32 // width of the longest row, in pixels
	links  []linkArea
	over   bool
}

type linkArea struct {
	x, y, width, height float32
	to                  string
}

var (
	_ fyne.Tappable      = (*flow)(nil)
	_ desktop.Hoverable  = (*flow)(nil)
	_ desktop.Cursorable = (*flow)(nil)
	_ element            = (*flow)(nil)
)

func newFlow(spans []span, f face, follow func(string)) *flow {
	fl := &flow{spans: spans, face: f, follow: follow, rtl: rightToLeft(spans)}
	fl.group.layout = fl.lay
	fl.ExtendBaseWidget(fl)
	return fl
}

// rightToLeft tells the direction of a paragraph by its first strong letter
// (Unicode Standard Annex 9, rules P2 and P3).
func rightToLeft(spans []span) bool {
	for _, s := range spans {
		for _, r := range s.text {
			switch p, _ := bidi.LookupRune(r); p.Class() {
			case bidi.L:
				return false
			case bidi.R, bidi.AL:
				return true
			}
		}
	}
	return false
}

func (fl *flow) fit(width float32) float32 {
	if width != fl.width || fl.objects == nil {
		fl.group.fit(width)
	}
	return fl.height
}

// word is what stays together on a row, with the space that follows it.
type word struct {
	span  *span
	text  string
	space bool // a space follows
	brk   bool // a hard break follows
}

// words cuts the spans where rows may break: at spaces, after hyphens, and around
// each Chinese or Japanese character, but not before closing punctuation.
func words(spans []span) []word {
	var out []word
	for i := range spans {
		s := &spans[i]
		start := 0
		cut := func(end int, space, brk bool) {
			if end > start || space || brk {
				out = append(out, word{s, s.text[start:end], space, brk})
			}
		}
		for at, r := range s.text {
			n := len(string(r))
			switch {
			case r == '\n':
				cut(at, false, true)
				start = at + n
			case r == ' ' || r == '\t':
				cut(at, true, false)
				start = at + n
			case (r == '-' || r == '–' || r == '—') && at > start && !s.code:
				cut(at+n, false, false)
				start = at + n
			case breaksAround(r) && at > start && !closes(r):
				cut(at, false, false)
				start = at
			}
		}
		cut(len(s.text), false, false)
	}
	return out
}

func breaksAround(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef
}

func closes(r rune) bool {
	return unicode.In(r, unicode.Pe, unicode.Pf) || strings.ContainsRune("、。，．：；！？・ーぁぃぅぇぉっゃゅょ々", r)
}

// piece is a run of one style on a row.
type piece struct {
	span  *span
	text  string
	width float32
}

// lay breaks the words into rows and makes their texts.
func (fl *flow) lay(width float32) float32 {
	fl.objects, fl.links, fl.used = nil, nil, 0
	var row []piece
	used, y := float32(0), float32(0)
	flush := func() {
		fl.row(row, y, width)
		row, used = nil, 0
		y += fl.face.line
	}
	all := words(fl.spans)
	for i, w := range all {
		for _, part := range fl.parts(w.text, w.span, width) {
			// A word may go on in the next span, as in *so*me: both stay together.
			need := part.width
			for j := i + 1; used+need <= width && j < len(all) && !all[j-1].space && !all[j-1].brk && all[j].span != all[j-1].span; j++ {
				need += fl.measure(all[j].text, all[j].span)
			}
			if used > 0 && used+need > width {
				flush()
			}
			row, used = append(row, part), used+part.width
		}
		if w.space && used > 0 {
			space := fl.measure(" ", w.span)
			row, used = append(row, piece{w.span, " ", space}), used+space
		}
		if w.brk {
			flush()
		}
	}
	if len(row) > 0 || y == 0 {
		flush()
	}
	return y
}

// parts cuts a word that is wider than the row, such as an address.
func (fl *flow) parts(s string, sp *span, width float32) []piece {
	w := fl.measure(s, sp)
	if w <= width || len(s) < 2 {
		return []piece{{sp, s, w}}
	}
	runes := []rune(s)
	// A guess from the average letter, mended at each row: measuring all that is
	// left each time would take a line of 50 KB seconds.
	guess := max(1, int(float32(len(runes))*width/w))
	var out []piece
	for len(runes) > 0 {
		n := min(len(runes), guess)
		part := fl.measure(string(runes[:n]), sp)
		for n > 1 && part > width {
			n = max(1, min(n-1, int(float32(n)*width/part)))
			part = fl.measure(string(runes[:n]), sp)
		}
		out = append(out, piece{sp, string(runes[:n]), part})
		runes = runes[n:]
	}
	return out
}

func (fl *flow) measure(s string, sp *span) float32 {
	size, style := fl.style(sp)
	return fyne.MeasureText(s, size, style).Width
}

// natural is the width of the text in one row.
func (fl *flow) natural() float32 {
	total := float32(0)
	for i := range fl.spans {
		total += fl.measure(fl.spans[i].text, &fl.spans[i])
	}
	return total
}

func (fl *flow) style(sp *span) (float32, fyne.TextStyle) {
	size := fl.face.size
	if sp.raised {
		size *= 0.7
	}
	if sp.code {
		return size * 0.86, fyne.TextStyle{Monospace: true}
	}
	style := fyne.TextStyle{Bold: sp.bold || fl.face.bold, Italic: sp.italic != fl.face.italic}
	if !fl.face.ui {
		style.TabWidth = TabWidth
	}
	return size, style
}

// rightMark is the RIGHT-TO-LEFT MARK, a letter without a shape.
const rightMark = "\u200f"

// row draws the pieces of a row, those of one span as one text so that letters
// join and accents combine across words.
func (fl *flow) row(row []piece, y, width float32) {
	for len(row) > 0 && row[len(row)-1].text == " " {
		row = row[:len(row)-1]
	}
	total := float32(0)
	var merged []piece
	for _, p := range row {
		total += p.width
		if n := len(merged); n > 0 && merged[n-1].span == p.span {
			merged[n-1].text += p.text
			merged[n-1].width += p.width
			continue
		}
		merged = append(merged, p)
	}
	fl.used = max(fl.used, total)
	x := float32(0)
	if fl.rtl {
		x = width - total
		for i, j := 0, len(merged)-1; i < j; i, j = i+1, j-1 {
			merged[i], merged[j] = merged[j], merged[i]
		}
	}
	for _, p := range merged {
		before, after := fl.trim(&p)
		if fl.rtl {
			before, after = after, before
		}
		fl.text(p, x+before, y)
		x += before + p.width + after
	}
}

// trim takes the spaces from the ends of a piece and returns their widths: a text
// object would put all of them at its left and right as if they were Latin.
func (fl *flow) trim(p *piece) (before, after float32) {
	text := strings.TrimLeft(p.text, " ")
	before = fl.measure(p.text[:len(p.text)-len(text)], p.span)
	short := strings.TrimRight(text, " ")
	after = fl.measure(text[len(short):], p.span)
	p.text, p.width = short, p.width-before-after
	return before, after
}

func (fl *flow) text(p piece, x, y float32) {
	size, style := fl.style(p.span)
	ink := fl.face.ink
	switch {
	case p.span.link != "":
		ink = fl.face.accent
	case p.span.struck:
		ink = fl.face.muted
	}
	if p.span.code {
		box := canvas.NewRectangle(fl.face.ground)
		box.CornerRadius = 3
		place(box, x-2, y+(fl.face.line-size*1.5)/2, p.width+4, size*1.5)
		fl.objects = append(fl.objects, box)
	}
	shown := p.text
	if fl.rtl && !p.span.code {
		shown = rightMark + shown + rightMark // punctuation at the ends goes with the letters
	}
	t := canvas.NewText(shown, ink)
	t.TextSize, t.TextStyle = size, style
	drawn := t.MinSize()
	h := drawn.Height
	top := y + (fl.face.line-h)/2
	if p.span.raised {
		top -= fl.face.size * 0.3
	}
	place(t, x-(drawn.Width-p.width)/2, top, drawn.Width, h) // marks may take room
	fl.objects = append(fl.objects, t)
	if p.span.link != "" && !fl.face.ui {
		fl.rule(fl.face.accent, x, y+fl.face.line/2+size*0.52, p.width)
	}
	if p.span.struck {
		fl.rule(ink, x, y+fl.face.line/2+1, p.width)
	}
	if p.span.link != "" {
		fl.links = append(fl.links, linkArea{x, y, p.width, fl.face.line, p.span.link})
	}
}

func (fl *flow) rule(ink colorValue, x, y, width float32) {
	line := canvas.NewRectangle(ink)
	place(line, x, y, width, 1)
	fl.objects = append(fl.objects, line)
}

func (fl *flow) linkAt(pos fyne.Position) string {
	for _, l := range fl.links {
		if pos.X >= l.x && pos.X < l.x+l.width && pos.Y >= l.y && pos.Y < l.y+l.height {
			return l.to
		}
	}
	return ""
}

// Tapped follows a link.
func (fl *flow) Tapped(e *fyne.PointEvent) {
	if to := fl.linkAt(e.Position); to != "" && fl.follow != nil {
		fl.follow(to)
	}
}

// MouseIn implements desktop.Hoverable.
func (fl *flow) MouseIn(e *desktop.MouseEvent) { fl.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (fl *flow) MouseMoved(e *desktop.MouseEvent) { fl.over = fl.linkAt(e.Position) != "" }

// MouseOut implements desktop.Hoverable.
func (fl *flow) MouseOut() { fl.over = false }

// Cursor shows a hand over links.
func (fl *flow) Cursor() desktop.Cursor {
	if fl.over {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// CreateRenderer implements fyne.Widget.
func (fl *flow) CreateRenderer() fyne.WidgetRenderer { return &groupRenderer{&fl.group, fl} }

var _ fyne.Widget = (*flow)(nil)
