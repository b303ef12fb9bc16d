package content

import (
	"sort"
	"strings"
)

// Text is styled text with the way back into the source.
type Text struct {
	S    string
	Runs []Run // they cover S
	// Map is where stretches of S come from, in the order of S.
	Map     []Stretch
	Links   []Link
	Objects []Picture
	Titles  []string // of abbreviations
}

// Run is a stretch of text in one style, up to End from the end of the run before.
type Run struct {
	End    int
	Style  Style
	Link   int // index of Links + 1, 0 for none
	Object int // index of Objects + 1: the run is U+FFFC and stands for a picture
	Title  int // index of Titles + 1
}

// Stretch says that bytes of a text are made from bytes of the source. If both
// lengths are the same, it is byte by byte.
type Stretch struct {
	At, Len           int
	Source, SourceLen int
	// Made tells that it is not the author's text, such as the number of a footnote.
	Made bool
}

// SourceOf returns the byte of the source that the byte at an offset was made from; at
// the end of the text, the end of the last stretch.
func (t *Text) SourceOf(at int) int {
	i := sort.Search(len(t.Map), func(i int) bool { return t.Map[i].At+t.Map[i].Len > at })
	if i == len(t.Map) {
		if i == 0 {
			return -1
		}
		s := t.Map[i-1]
		return s.Source + s.SourceLen
	}
	s := t.Map[i]
	if at <= s.At || s.Len != s.SourceLen {
		return s.Source
	}
	return s.Source + at - s.At
}

// SourceEnd returns the end of the source of the byte before an offset.
func (t *Text) SourceEnd(at int) int {
	i := sort.Search(len(t.Map), func(i int) bool { return t.Map[i].At+t.Map[i].Len >= at })
	if i == len(t.Map) || at <= 0 {
		return t.SourceOf(at)
	}
	s := t.Map[i]
	if s.Len != s.SourceLen {
		return s.Source + s.SourceLen
	}
	return s.Source + max(at-s.At, 0)
}

// At returns the offset in the text of what was made from a byte of the source, or what
// follows it where nothing was.
func (t *Text) At(source int) int {
	i := sort.Search(len(t.Map), func(i int) bool { return t.Map[i].Source+t.Map[i].SourceLen > source })
	if i == len(t.Map) {
		return len(t.S)
	}
	s := t.Map[i]
	if source <= s.Source || s.Len != s.SourceLen {
		return s.At
	}
	return s.At + source - s.Source
}

// writer gathers a text. White space is collapsed as HTML does, unless verbatim.
type writer struct {
	b     strings.Builder
	text  Text
	space bool // the text so far ends in white space that counts
	// pending is a space not written yet: it is dropped at the end of a line.
	pending  bool
	from, to int // source of the pending space
	made     bool
	state    state
	spaceIn  state   // of the pending space
	links    []*Link // as in the text
}

// state is the style of what is written next.
type state struct {
	style Style
	link  *Link
	title string
}

// linkIndex returns the number of a link in the text.
func (w *writer) linkIndex(l *Link) int {
	if l == nil {
		return 0
	}
	if n := len(w.links); n == 0 || w.links[n-1] != l {
		w.links = append(w.links, l)
		w.text.Links = append(w.text.Links, *l)
	}
	return len(w.links)
}

func (w *writer) titleIndex(title string) int {
	if title == "" {
		return 0
	}
	if n := len(w.text.Titles); n == 0 || w.text.Titles[n-1] != title {
		w.text.Titles = append(w.text.Titles, title)
	}
	return len(w.text.Titles)
}

// empty reports whether there is nothing to be seen yet.
func (w *writer) empty() bool { return w.b.Len() == 0 }

// put appends s, made from source bytes [from, to), as it is.
func (w *writer) put(s string, from, to int, object int) {
	if s == "" {
		return
	}
	w.flushSpace()
	w.raw(s, from, to, object, w.state)
	w.space = false
}

func (w *writer) raw(s string, from, to, object int, st state) {
	at := w.b.Len()
	w.b.WriteString(s)
	run := Run{End: w.b.Len(), Style: st.style, Link: w.linkIndex(st.link), Object: object, Title: w.titleIndex(st.title)}
	if n := len(w.text.Runs); n > 0 && object == 0 {
		last := &w.text.Runs[n-1]
		if last.Style == run.Style && last.Link == run.Link && last.Object == 0 && last.Title == run.Title {
			last.End = run.End
			run.End = -1
		}
	}
	if run.End >= 0 {
		w.text.Runs = append(w.text.Runs, run)
	}
	m := Stretch{At: at, Len: len(s), Source: from, SourceLen: to - from, Made: w.made}
	if n := len(w.text.Map); n > 0 && m.Len == m.SourceLen && !m.Made {
		last := &w.text.Map[n-1]
		if last.Len == last.SourceLen && !last.Made && last.At+last.Len == at && last.Source+last.SourceLen == from {
			last.Len += m.Len
			last.SourceLen += m.SourceLen
			return
		}
	}
	w.text.Map = append(w.text.Map, m)
}

func (w *writer) flushSpace() {
	if !w.pending {
		return
	}
	w.pending = false
	w.raw(" ", w.from, w.to, 0, w.spaceIn)
}

// blank writes white space: one space for any of it, none at the start of a line.
func (w *writer) blank(from, to int) {
	if w.pending {
		w.to = max(w.to, to)
		return
	}
	if w.b.Len() == 0 || w.space {
		return
	}
	w.pending, w.from, w.to, w.spaceIn = true, from, to, w.state
}

// words writes text that is like source from there on, its white space collapsed.
func (w *writer) words(s string, from int) {
	for i := 0; i < len(s); {
		j := i
		for j < len(s) && isSpace(s[j]) {
			j++
		}
		if j > i {
			w.blank(from+i, from+j)
		}
		for i = j; j < len(s) && !isSpace(s[j]); {
			j++
		}
		w.put(s[i:j], from+i, from+j, 0)
		i = j
	}
}

// pad puts a little room beside code.
func (w *writer) pad(at int) {
	w.flushSpace()
	at = max(at, w.last())
	st := w.state
	st.style |= Pad
	made := w.made
	w.made = true
	w.raw("\u2060", at, at, 0, st)
	w.made = made
}

// last is where the source of what was written last ends.
func (w *writer) last() int {
	if n := len(w.text.Map); n > 0 {
		return w.text.Map[n-1].Source + w.text.Map[n-1].SourceLen
	}
	return 0
}

// newLine ends the line.
func (w *writer) newLine(from, to int) {
	w.pending = false
	w.raw("\n", from, to, 0, w.state)
	w.space = true
}

// done returns what was gathered.
func (w *writer) done() Text {
	w.text.S = w.b.String()
	return w.text
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }
