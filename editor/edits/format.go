package edits

import (
	"slices"
	"strings"
	"unicode"

	"longhand/editor/text"
)

// Bold makes the selection strong, or takes that from it if all of it is; ** stands
// around it, and white space at its ends is left outside.
//
// A selection over several paragraphs, list items, headings or table cells marks
// each on its own. What is strong at its edges joins it; a selection that cuts
// into other marks, a link or code takes these whole, for marks cannot cross. Part
// of a strong stretch can be taken out of it. Punctuation at the ends is left out
// where Markdown needs that: in 好**「人」**好 the marks would be just stars.
//
// Without a selection the word at the caret is taken. With no word there, the
// marks are put in with the caret between them, and a second call takes them away;
// behind the last character of a marked stretch the caret moves out of it. In code
// and front matter nothing happens.
func Bold(s text.State, c Context) text.Transaction { return toggleMark(s, c, strong) }

// Italic does with emphasis and * what [Bold] does.
func Italic(s text.State, c Context) text.Transaction { return toggleMark(s, c, emphasis) }

// Strike strikes text through with ~~, as [Bold] does.
func Strike(s text.State, c Context) text.Transaction { return toggleMark(s, c, strike) }

// InlineCode makes code with backticks, as [Bold] does: as many as the text needs,
// and with spaces where it begins or ends with a backtick.
func InlineCode(s text.State, c Context) text.Transaction { return toggleMark(s, c, code) }

// marksOf are the marks to make a kind of span with, the best first.
var marksOf = map[spanKind][]string{strong: {"**", "__"}, emphasis: {"*", "_"}, strike: {"~~"}, code: {"`"}}

func toggleMark(s text.State, c Context, kind spanKind) text.Transaction {
	return each(s, c, text.Command, func(w *work, r text.Range) text.Range {
		if r.Empty() {
			return caret(w.toggleAtCaret(r.Head, kind))
		}
		return w.toggleRange(r, kind)
	})
}

// marking is what is to be done to a segment.
type marking struct {
	segment
	isMarked bool
	changes  text.Changes // of the segment
	from, to int          // what is marked or unmarked then
}

// toggleRange marks or unmarks a selection: it marks what is not and can be, and
// only where there is no such text it unmarks.
func (w *work) toggleRange(r text.Range, kind spanKind) text.Range {
	var all []marking
	on := false
	for _, g := range w.segments(r) {
		spans := scan(g.text)
		m := marking{segment: g, from: g.a, to: g.b}
		some := false
		if m.isMarked, some = covered(g.text, spans, kind, g.a, g.b); !some {
			continue
		}
		if !m.isMarked {
			m.changes, m.from, m.to = toggle(g.text, spans, kind, g.a, g.b, true)
			on = on || len(m.changes) > 0
		}
		all = append(all, m)
	}
	if len(all) == 0 {
		return r
	}
	start, end := 0, -1
	for _, m := range slices.Backward(all) {
		if m.isMarked && !on {
			m.changes, m.from, m.to = toggle(m.text, scan(m.text), kind, m.a, m.b, false)
		}
		docs := tidy(m.segment.changes(m.changes))
		w.apply(docs)
		start = docs.Map(m.doc(m.from), true)
		if end < 0 {
			end = docs.Map(m.doc(m.to), false)
		} else {
			end = docs.Map(end, true)
		}
	}
	return spanning(r, start, end)
}

// toggleAtCaret marks or unmarks at a caret, and returns where it goes.
func (w *work) toggleAtCaret(at int, kind spanKind) int {
	mark := marksOf[kind][0]
	line := w.doc.Line(at)
	n := w.emptyPair(at, mark)
	alone := n > 0 && mark[0] == '~' && at-n == w.doc.LineStart(line)+readPrefix(head(w.doc, line)).text // ~~~~ looks like a fence
	switch {
	case w.verbatim(line) && !alone:
		return at
	case n > 0:
		return w.remove(at-n, at+n).Head
	}
	g, ok := w.segmentAt(at)
	if !ok {
		return w.insert(at, mark+mark) - len(mark)
	}
	spans := scan(g.text)
	for _, sp := range spans {
		if sp.kind == kind && sp.close == g.a && sp.open < sp.close {
			return g.doc(sp.end)
		}
	}
	a, b := w.wordIn(g)
	for _, sp := range spans {
		if sp.kind == kind && (sp.end == g.a && a >= g.a || a == b && sp.start == g.a) {
			a, b = sp.open, sp.close
			break
		}
	}
	if a == b {
		return w.insert(at, mark+mark) - len(mark)
	}
	marked, some := covered(g.text, spans, kind, a, b)
	if !some {
		return at
	}
	cs, _, _ := toggle(g.text, spans, kind, a, b, !marked)
	docs := tidy(g.changes(cs))
	w.apply(docs)
	return docs.Map(at, true)
}

// emptyPair returns how long the mark is on both sides of a caret if nothing stands
// between, or 0. Of three stars two are strong and one is emphasis.
func (w *work) emptyPair(at int, mark string) int {
	near := func(start, end int) string { return w.doc.Slice(max(start, 0), min(end, w.doc.Len())) }
	left, right := near(at-8, at), near(at, at+8)
	n := len(left) - len(strings.TrimRight(left, mark[:1]))
	if m := runLength(right, mark[0]); n != m || n == 0 || n > 3 {
		return 0
	}
	switch {
	case mark[0] == '*' && n != len(mark) && n != 3:
		return 0
	case mark[0] != '*' && n != len(mark):
		return 0
	}
	return len(mark)
}

// segmentAt returns the segment that holds a caret.
func (w *work) segmentAt(at int) (segment, bool) {
	for _, g := range w.segments(caret(at)) {
		last := g.parts[len(g.parts)-1]
		if g.parts[0].doc <= at && at <= last.doc+len(g.text)-last.at {
			return g, g.doc(g.a) == at
		}
	}
	return segment{}, false
}

// wordIn returns the word at the caret of a segment, empty if there is none.
func (w *work) wordIn(g segment) (a, b int) {
	start, end := w.doc.WordAt(g.doc(g.a))
	if !strings.ContainsFunc(w.doc.Slice(start, end), func(r rune) bool {
		return !unicode.IsSpace(r) && !isMark(r) || r > unicode.MaxLatin1 && unicode.Is(unicode.So, r)
	}) {
		return g.a, g.a
	}
	a, b = g.at(start), g.at(end)
	return a, b
}
