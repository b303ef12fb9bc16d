package app

import (
	"image/color"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

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

const rowHeight = 98 // pixels

// row shows an entry: title, two lines of text, and a line with date and tag.
type row struct {
	widget.BaseWidget
	colours func() look.Palette
	entry   entry
	chosen  bool
	objects []fyne.CanvasObject
}

func newRow(colours func() look.Palette) *row {
	r := &row{colours: colours}
	r.ExtendBaseWidget(r)
	return r
}

func (r *row) set(e entry, chosen bool) {
	r.entry, r.chosen = e, chosen
	r.Refresh()
}

// MinSize implements fyne.CanvasObject.
func (r *row) MinSize() fyne.Size { return fyne.NewSize(80, rowHeight) }

// CreateRenderer implements fyne.Widget.
func (r *row) CreateRenderer() fyne.WidgetRenderer { return &rowRenderer{r} }

type rowRenderer struct{ r *row }

func (rr *rowRenderer) Objects() []fyne.CanvasObject { return rr.r.objects }
func (rr *rowRenderer) MinSize() fyne.Size           { return rr.r.MinSize() }
func (rr *rowRenderer) Layout(fyne.Size)             { rr.r.build() }
func (rr *rowRenderer) Destroy()                     {}
func (rr *rowRenderer) Refresh() {
	rr.r.build()
	canvas.Refresh(rr.r)
}

// line is a text on one line of a row, with what is marked in it.
type line struct {
	text  string
	marks []search.Span
	size  float32
	bold  bool
	ink   color.Color
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

func (r *row) build() {
	r.objects = r.objects[:0]
	if r.entry.Article == nil || r.Size().Width < 2*rowMargin {
		return
	}
	p := r.colours()
	width := r.Size().Width
	if r.chosen {
		r.rectangle(p.Chosen, 0, 0, width, rowHeight)
		r.rectangle(p.Accent, 0, 0, 3, rowHeight)
	}
	r.rectangle(p.Hairline, 0, rowHeight-1, width, 1)
	inner := width - 2*rowMargin
	r.draw(elide(line{r.entry.Title, r.entry.titleMarks, titleSize, true, p.Ink}, inner), rowMargin, firstLine, p)
	words := line{r.entry.Excerpt, nil, wordsSize, false, p.Muted}
	if r.entry.snippet != "" {
		words.text, words.marks = r.entry.snippet, r.entry.snippetMarks
	}
	one, two := wrap(words, inner)
	r.draw(one, rowMargin, secondLine, p)
	r.draw(elide(two, inner), rowMargin, thirdLine, p)
	x := float32(rowMargin)
	switch {
	case r.entry.Unreadable:
		x += r.draw(line{"Cannot be read", nil, factsSize, false, p.Accent}, x, lastLine, p)
	case r.entry.Draft:
		x += r.draw(line{"Draft", nil, factsSize, false, p.Accent}, x, lastLine, p)
	}
	facts := facts(r.entry.Article)
	if x > rowMargin {
		facts = " · " + facts
	}
	r.draw(elide(line{facts, nil, factsSize, false, p.Muted}, width-rowMargin-x), x, lastLine, p)
}

// facts are date, first tag and length.
func facts(a *library.Article) string {
	var parts []string
	if !a.Date.IsZero() {
		parts = append(parts, shortDate(a.Date))
	}
	if len(a.Tags) > 0 {
		parts = append(parts, a.Tags[0])
	}
	if !a.Unreadable {
		parts = append(parts, count(a.Words, "word"))
	}
	return strings.Join(parts, " · ")
}

func shortDate(t time.Time) string { return t.Format("2 Jan 2006") }

func (r *row) rectangle(c color.Color, x, y, width, height float32) {
	o := canvas.NewRectangle(c)
	place(o, x, y, width, height)
	r.objects = append(r.objects, o)
}

// draw puts a line with its middle at y, and returns its width.
func (r *row) draw(l line, x, y float32, p look.Palette) float32 {
	if l.text == "" {
		return 0
	}
	t := canvas.NewText(l.text, l.ink)
	t.TextSize, t.TextStyle.Bold = l.size, l.bold
	size := t.MinSize()
	top := y - size.Height/2
	for _, m := range l.marks {
		from, to := l.measure(l.text[:m.Start]), l.measure(l.text[:m.End])
		mark := canvas.NewRectangle(p.Found)
		mark.CornerRadius = 2
		place(mark, x+from-1, top, to-from+2, size.Height)
		r.objects = append(r.objects, mark)
	}
	place(t, x, top, size.Width, size.Height)
	r.objects = append(r.objects, t)
	return size.Width
}

func (l line) measure(s string) float32 {
	return fyne.MeasureText(s, l.size, fyne.TextStyle{Bold: l.bold}).Width
}

// cut returns the part [from,to) of a line with its marks.
func (l line) cut(from, to int) line {
	out := l
	out.text, out.marks = l.text[from:to], nil
	for _, m := range l.marks {
		if a, b := max(m.Start, from), min(m.End, to); a < b {
			out.marks = append(out.marks, search.Span{Start: a - from, End: b - from})
		}
	}
	return out
}

// fits returns how many bytes of the line, up to a character's end, are no wider
// than the width.
func (l line) fits(width float32) int {
	if l.measure(l.text) <= width {
		return len(l.text)
	}
	var ends []int
	for i := range l.text {
		ends = append(ends, i)
	}
	low, high := 0, len(ends)-1
	for low < high {
		middle := (low + high + 1) / 2
		if l.measure(l.text[:ends[middle]]) <= width {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return ends[low]
}

// elide shortens a line that is too wide, ending it with an ellipsis.
func elide(l line, width float32) line {
	n := l.fits(width)
	if n == len(l.text) {
		return l
	}
	if n = l.fits(width - l.measure("…")); n == 0 {
		return line{}
	}
	out := l.cut(0, len(strings.TrimRight(l.text[:n], " ")))
	out.text += "…"
	return out
}

// wrap breaks a line in two after the last word that fits; within one that would
// leave most of the first line empty, as those of scripts without spaces do.
func wrap(l line, width float32) (first, rest line) {
	n := l.fits(width)
	if n == len(l.text) {
		return l, line{}
	}
	if i := strings.LastIndexByte(l.text[:n+1], ' '); i > n/2 {
		return l.cut(0, i), l.cut(i+1, len(l.text))
	}
	return l.cut(0, n), l.cut(n, len(l.text))
}
