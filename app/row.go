package app

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"longhand/app/look"
	"longhand/library"
	"longhand/library/search"
)

// entry is an article in the list: as it stands there, or as it was found.
type entry struct {
	*library.Article
	titleMarks   []search.Span
	snippet      string // instead of the first words
	snippetMarks []search.Span
}

// same reports whether two entries look alike.
func (e entry) same(o entry) bool {
	return e.Article == o.Article && e.snippet == o.snippet && slices.Equal(e.titleMarks, o.titleMarks) && slices.Equal(e.snippetMarks, o.snippetMarks)
}

const rowHeight = 98 // pixels

// row shows an entry: title, two lines of text, and a line with date and tag.
type row struct {
	pictured
	entry entry

	at     int // its place in the list
	tapped func(at int)
	menu   func(at int, where fyne.Position) // in the window
}

func newRow(l *letters, colours func() look.Palette) *row {
	r := &row{pictured: pictured{letters: l, colours: colours, height: rowHeight, ruled: true}}
	r.begin()
	r.paint = r.draw
	r.ExtendBaseWidget(r)
	return r
}

func (r *row) set(e entry, chosen bool) {
	r.stale = r.stale || !e.same(r.entry)
	r.entry, r.chosen = e, chosen
	r.Refresh()
}

// Tapped implements fyne.Tappable.
func (r *row) Tapped(*fyne.PointEvent) {
	if r.tapped != nil {
		r.tapped(r.at)
	}
}

// TappedSecondary implements fyne.SecondaryTappable.
func (r *row) TappedSecondary(e *fyne.PointEvent) {
	if r.menu != nil {
		r.menu(r.at, e.AbsolutePosition)
	}
}

const (
	rowMargin  = 16
	titleSize  = 13
	wordsSize  = 12
	factsSize  = 11
	firstLine  = 20 // middle of the title, pixels from the top
	secondLine = 40
	thirdLine  = 57
	lastLine   = 77
)

// draw paints the texts.
func (r *row) draw(s *sheet, width float32, p look.Palette) {
	if r.entry.Article == nil || width < 2*rowMargin {
		return
	}
	inner := width - 2*rowMargin
	put := func(l line, x, width, y float32) float32 {
		t := s.set(l, width, 1, s.scale)
		s.draw(t, 0, x*s.scale, y*s.scale, p)
		return t.width() / s.scale
	}
	put(line{text: r.entry.Title, marks: r.entry.titleMarks, size: titleSize, bold: true, ink: p.Ink}, rowMargin, inner, firstLine)
	words := line{text: r.entry.Excerpt, size: wordsSize, ink: p.Muted}
	if r.entry.snippet != "" {
		words.text, words.marks = r.entry.snippet, r.entry.snippetMarks
	}
	two := s.set(words, inner, 2, s.scale)
	s.draw(two, 0, rowMargin*s.scale, secondLine*s.scale, p)
	s.draw(two, 1, rowMargin*s.scale, thirdLine*s.scale, p)
	x := float32(rowMargin)
	state := ""
	_, _, copied := library.ConflictCopy(r.entry.Path)
	switch {
	case r.entry.Unreadable:
		state = "Cannot be read"
	case copied:
		state = "Conflict copy"
	case r.entry.Draft:
		state = "Draft"
	}
	x += put(line{text: state, size: factsSize, ink: p.Accent}, x, inner, lastLine)
	facts := facts(r.entry.Article)
	if x > rowMargin {
		facts = " · " + facts
	}
	put(line{text: facts, size: factsSize, ink: p.Muted, plain: true}, x, width-rowMargin-x, lastLine)
}

// facts are date, first tag and length.
func facts(a *library.Article) string {
	var parts []string
	if !a.Date.IsZero() {
		parts = append(parts, shortDate(a.Date))
	}
	if len(a.Tags) > 0 {
		parts = append(parts, isolated(a.Tags[0]))
	}
	if !a.Unreadable {
		parts = append(parts, count(a.Words, "word"))
	}
	return strings.Join(parts, " · ")
}

// isolated keeps a text that may run from right to left apart from what stands
// around it (UAX 9's first strong isolate).
func isolated(s string) string { return "\u2068" + s + "\u2069" }

func shortDate(t time.Time) string { return t.Format("2 Jan 2006") }
