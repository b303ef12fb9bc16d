package merge

import "strings"

// Conflict is a place that both sides changed, each in its own way.
type Conflict struct {
	Base, Ours, Theirs Span // in the three texts
	At                 Span // in the merged text, where Ours stands
}

// Result is what comes of a merge.
type Result struct {
	// Text has what either side changed; at a conflict it has what ours says.
	Text      string
	Conflicts []Conflict // ascending

	theirs string
}

// Merge brings together what two sides made of one text. What only one of them changed
// is taken over, and so is what both changed alike. Changes of the two with no word
// between them in the line are a conflict, unless one only adds to what the other adds
// too.
func Merge(base, ours, theirs string) Result {
	m := merging{base: base, ours: side{text: ours}, theirs: side{text: theirs}}
	switch {
	case ours == theirs || base == theirs:
		return Result{Text: ours, theirs: theirs}
	case base == ours:
		return Result{Text: theirs, theirs: theirs}
	}
	m.ours.edits, m.theirs.edits = Edits(base, ours), Edits(base, theirs)
	for len(m.ours.edits) > 0 || len(m.theirs.edits) > 0 {
		m.next()
	}
	m.out.WriteString(base[m.done:])
	return Result{Text: m.out.String(), Conflicts: m.conflicts, theirs: theirs}
}

// merging is a merge under way.
type merging struct {
	base         string
	ours, theirs side
	done         int // bytes of the base that are dealt with
	out          strings.Builder
	conflicts    []Conflict
}

// side is one of two sides.
type side struct {
	text  string
	edits []Edit // not dealt with yet
	shift int    // between an offset of the base, behind what is dealt with, and of the text
}

// next deals with the next changes that belong together.
func (m *merging) next() {
	var span Span
	switch o, t := m.ours.edits, m.theirs.edits; {
	case len(t) == 0 || len(o) > 0 && o[0].Old.Start <= t[0].Old.Start:
		span = o[0].Old
	default:
		span = t[0].Old
	}
	var ours, theirs int // how many edits of each side
	for more := true; more; {
		more = false
		for _, s := range []struct {
			edits []Edit
			n     *int
		}{{m.ours.edits, &ours}, {m.theirs.edits, &theirs}} {
			for *s.n < len(s.edits) && m.touches(span, s.edits[*s.n].Old) {
				span.End = max(span.End, s.edits[*s.n].Old.End)
				*s.n++
				more = true
			}
		}
	}
	o, t := m.ours.take(span, ours), m.theirs.take(span, theirs)
	m.out.WriteString(m.base[m.done:span.Start])
	m.done = span.End
	switch {
	case theirs == 0:
		m.out.WriteString(o.Of(m.ours.text))
	case ours == 0:
		m.out.WriteString(t.Of(m.theirs.text))
	default:
		m.both(span, o, t)
	}
}

// touches reports whether a change belongs to a span of the base before it: nothing is
// between them in the line that tells them apart.
func (m *merging) touches(span, next Span) bool {
	if next.Start <= span.End {
		return true
	}
	gap := m.base[span.End:next.Start]
	return !strings.Contains(gap, "\n") && !hasWord(gap)
}

// take deals with the next n edits, all in a span of the base, and returns what the
// span is in the text.
func (s *side) take(span Span, n int) Span {
	out := Span{Start: span.Start + s.shift}
	for _, e := range s.edits[:n] {
		s.shift += e.New.Len() - e.Old.Len()
	}
	s.edits = s.edits[n:]
	out.End = span.End + s.shift
	return out
}

// both deals with a place that both sides changed.
func (m *merging) both(span, o, t Span) {
	ours, theirs := o.Of(m.ours.text), t.Of(m.theirs.text)
	switch {
	case ours == theirs, span.Len() == 0 && extends(ours, theirs):
		m.out.WriteString(ours)
		return
	case span.Len() == 0 && extends(theirs, ours):
		m.out.WriteString(theirs)
		return
	}
	at := Span{Start: m.out.Len()}
	m.out.WriteString(ours)
	at.End = m.out.Len()
	m.conflicts = append(m.conflicts, Conflict{Base: span, Ours: o, Theirs: t, At: at})
}

// extends reports whether what is added is also at the beginning or the end of more.
func extends(more, added string) bool {
	return strings.HasPrefix(more, added) || strings.HasSuffix(more, added)
}

// Lines that mark a conflict in a text, as Git writes them, with the names of the
// sides behind the first and the last.
const (
	markOurs   = "<<<<<<< "
	markMiddle = "======="
	markTheirs = ">>>>>>> "
)

// Marked returns the merged text with both sides of each conflict in whole lines, one
// below the other between lines that Git and its friends know, and where in it the
// marked places are.
func (r Result) Marked(ours, theirs string) (marked string, places []Span) {
	var b strings.Builder
	done := 0
	for i := 0; i < len(r.Conflicts); {
		start, end := r.lines(r.Conflicts[i])
		at := start
		var other strings.Builder
		for first := true; i < len(r.Conflicts) && (first || r.Conflicts[i].At.Start < end || !ends(r.Text[:end])); i++ {
			c := r.Conflicts[i]
			other.WriteString(r.Text[at:c.At.Start] + c.Theirs.Of(r.theirs))
			at, first = c.At.End, false
			_, e := r.lines(c)
			end = max(end, e)
		}
		other.WriteString(r.Text[at:end])
		b.WriteString(r.Text[done:start])
		place := Span{Start: b.Len()}
		b.WriteString(markOurs + ours + "\n" + whole(r.Text[start:end]) + markMiddle + "\n" + whole(other.String()) + markTheirs + theirs + "\n")
		place.End = b.Len()
		places = append(places, place)
		done = end
	}
	b.WriteString(r.Text[done:])
	return b.String(), places
}

// lines are the whole lines of the merged text that a conflict concerns. Of lines that
// only were added or removed, on both sides, the next one is none.
func (r Result) lines(c Conflict) (start, end int) {
	start = strings.LastIndexByte(r.Text[:c.At.Start], '\n') + 1
	if start == c.At.Start && ends(r.Text[start:c.At.End]) && ends(c.Theirs.Of(r.theirs)) {
		return start, c.At.End
	}
	if n := strings.IndexByte(r.Text[c.At.End:], '\n'); n >= 0 {
		return start, c.At.End + n + 1
	}
	return start, len(r.Text)
}

// ends reports whether a text ends with a line, or is empty.
func ends(s string) bool { return s == "" || strings.HasSuffix(s, "\n") }

// whole ends a text with a line break, unless it is empty.
func whole(s string) string {
	if ends(s) {
		return s
	}
	return s + "\n"
}
