package edits

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"longhand/editor/text"
)

// covered reports whether every character of s[a:b] that is neither white space nor
// a mark of the kind lies in a span of the kind, and whether there is any.
func covered(s string, spans []span, kind spanKind, a, b int) (all, some bool) {
	inside := make([]int8, len(s)+1)
	skip := make([]bool, len(s)+1)
	for _, sp := range spans {
		if sp.kind != kind {
			continue
		}
		for i := sp.open; i < sp.close; i++ {
			inside[i] = 1
		}
		for i := sp.start; i < sp.open; i++ {
			skip[i] = true
		}
		for i := sp.close; i < sp.end; i++ {
			skip[i] = true
		}
	}
	all = true
	for i := a; i < b; i++ {
		if isSpace(s[i]) || s[i] == '\n' || skip[i] {
			continue
		}
		some = true
		all = all && inside[i] == 1
	}
	return all && some, some
}

// toggle returns the changes that put marks of the kind around s[a:b], or take them
// from it, and the bytes of s that are marked or unmarked then.
func toggle(s string, spans []span, kind spanKind, a, b int, on bool) (cs text.Changes, from, to int) {
	a, b = trim(s, a, b)
	innerA, innerB := a, b
	a, b = whole(spans, kind, a, b, on)
	if kind == code {
		return toggleCode(s, spans, a, b, on)
	}
	before := coverage(s, spans)
	for _, t := range attempts(s, spans, kind, a, b, on) {
		if t.works(s, before, kind, on) {
			if !on && onlyMarks(before[a:innerA]) && onlyMarks(before[innerB:b]) {
				return t.changes, innerA, innerB
			}
			return t.changes, t.a, t.b
		}
	}
	return nil, a, b
}

func onlyMarks(bits []uint8) bool {
	return !slices.ContainsFunc(bits, func(b uint8) bool { return b&isMarkup == 0 })
}

// trim leaves out the white space at the ends.
func trim(s string, a, b int) (int, int) {
	sub := s[a:b]
	a += len(sub) - len(strings.TrimLeftFunc(sub, unicode.IsSpace))
	return a, max(a, b-(len(sub)-len(strings.TrimRightFunc(sub, unicode.IsSpace))))
}

// whole extends [a,b) over the spans of other kinds that it cuts into, and over
// those that stand in its way within the span to be taken apart.
func whole(spans []span, kind spanKind, a, b int, on bool) (int, int) {
	for again := true; again; {
		again = false
		for _, sp := range spans {
			if sp.kind == kind || sp.end <= a || b <= sp.start || a <= sp.start && sp.end <= b {
				continue
			}
			if sp.open <= a && b <= sp.close && sp.kind != raw && sp.kind != code && sp.kind != image {
				if on || !withinKind(spans, kind, sp) {
					continue
				}
			}
			a, b = min(a, sp.start), max(b, sp.end)
			again = true
		}
	}
	return a, b
}

// withinKind reports whether a span lies in one of the kind.
func withinKind(spans []span, kind spanKind, in span) bool {
	for _, sp := range spans {
		if sp.kind == kind && sp.open <= in.start && in.end <= sp.close {
			return true
		}
	}
	return false
}

// attempt is one way to mark or unmark s[a:b].
type attempt struct {
	changes text.Changes
	a, b    int
}

// attempts lists the ways, the best first.
func attempts(s string, spans []span, kind spanKind, a, b int, on bool) []attempt {
	var all []attempt
	for _, mark := range marksOf[kind] {
		if !on {
			all = append(all, unmarked(s, spans, kind, mark, a, b, false), unmarked(s, spans, kind, mark, a, b, true))
			continue
		}
		left, right := trimMarks(s, spans, a, b, true, false), trimMarks(s, spans, a, b, false, true)
		both := trimMarks(s, spans, a, b, true, true)
		for _, at := range [][2]int{{a, b}, left, right, both} {
			if at[0] < at[1] {
				all = append(all, marked(s, spans, kind, mark, at[0], at[1]))
			}
		}
	}
	if !on {
		all = append(all, bare(spans, kind, a, b))
	}
	return all
}

// trimMarks leaves out the graphemes at the ends of s[a:b] that begin with a
// punctuation character or a symbol, up to the next span.
func trimMarks(s string, spans []span, a, b int, left, right bool) [2]int {
	d := text.New(s)
	out := func(at int) bool {
		r, _ := utf8.DecodeRuneInString(s[at:])
		return unicode.IsSpace(r) || isMark(r)
	}
	for left && a < b && out(a) && !slices.ContainsFunc(spans, func(sp span) bool { return sp.start == a }) {
		a = d.NextGrapheme(a)
	}
	for right && a < b && !slices.ContainsFunc(spans, func(sp span) bool { return sp.end == b }) {
		before := d.PrevGrapheme(b)
		if !out(before) {
			break
		}
		b = before
	}
	return [2]int{a, b}
}

// marked puts a mark around s[a:b] and what is marked already next to it.
func marked(s string, spans []span, kind spanKind, mark string, a, b int) attempt {
	from, to := a, b
	var cs text.Changes
	gone := map[int]bool{}
	for again := true; again; {
		again = false
		for i, sp := range spans {
			if sp.kind != kind || gone[i] {
				continue
			}
			meets := sp.start < to && from < sp.end
			near := sp.end <= from && isGap(s[sp.end:from]) || to <= sp.start && isGap(s[to:sp.start])
			if !meets && !near {
				continue
			}
			gone[i], again = true, true
			from, to = min(from, sp.start), max(to, sp.end)
			cs = append(cs, text.Change{Start: sp.start, End: sp.open}, text.Change{Start: sp.close, End: sp.end})
		}
	}
	cs = append(cs, text.Change{Start: from, End: from, Insert: mark}, text.Change{Start: to, End: to, Insert: mark})
	return attempt{tidy(cs), a, b}
}

// isGap reports whether nothing but spaces lies between two marked stretches.
func isGap(s string) bool { return strings.Trim(s, " \t\n") == "" }

// unmarked takes the marks from s[a:b] and puts them around what is left of their
// spans on both sides, without the punctuation at their inner ends if inner is set.
func unmarked(s string, spans []span, kind spanKind, mark string, a, b int, inner bool) attempt {
	t := bare(spans, kind, a, b)
	for _, sp := range spans {
		if sp.kind != kind || sp.end <= a || b <= sp.start {
			continue
		}
		for _, rest := range [][2]int{{sp.open, a}, {b, sp.close}} {
			if rest[0] >= rest[1] {
				continue
			}
			from, to := trim(s, rest[0], rest[1])
			if inner {
				at := trimMarks(s, spans, from, to, rest[0] == b, rest[1] == a)
				from, to = at[0], at[1]
			}
			if from < to {
				t.changes = append(t.changes, text.Change{Start: from, End: from, Insert: mark}, text.Change{Start: to, End: to, Insert: mark})
			}
		}
	}
	t.changes = tidy(t.changes)
	return t
}

// bare takes away the marks of all spans of the kind that s[a:b] touches.
func bare(spans []span, kind spanKind, a, b int) attempt {
	t := attempt{a: a, b: b}
	for _, sp := range spans {
		if sp.kind == kind && a < sp.end && sp.start < b {
			t.changes = append(t.changes, text.Change{Start: sp.start, End: sp.open}, text.Change{Start: sp.close, End: sp.end})
		}
	}
	t.changes = tidy(t.changes)
	return t
}

// coverage tells for each byte which kinds of span it lies in, and whether it is
// part of a mark.
func coverage(s string, spans []span) []uint8 {
	bits := make([]uint8, len(s))
	for _, sp := range spans {
		for i := sp.open; i < sp.close; i++ {
			bits[i] |= 1 << sp.kind
		}
	}
	for _, sp := range spans {
		for i := sp.start; i < sp.open; i++ {
			bits[i] |= isMarkup
		}
		for i := sp.close; i < sp.end; i++ {
			bits[i] |= isMarkup
		}
	}
	return bits
}

const isMarkup = 1 << 7

// works reports whether Markdown reads the changed text as meant: s[a:b] is of the
// kind or is not, and everything else is what it was, save punctuation that was to
// be marked.
func (t attempt) works(s string, before []uint8, kind spanKind, on bool) bool {
	var b strings.Builder
	var old []int // for each byte of the new text the byte of s, -1 for what is inserted
	at := 0
	keep := func(end int) {
		b.WriteString(s[at:end])
		for ; at < end; at++ {
			old = append(old, at)
		}
	}
	for _, c := range t.changes {
		keep(c.Start)
		b.WriteString(c.Insert)
		for range len(c.Insert) {
			old = append(old, -1)
		}
		at = c.End
	}
	keep(len(s))
	out := b.String()
	after := coverage(out, scan(out))
	for i, k := range old {
		if k < 0 {
			if after[i]&isMarkup == 0 {
				return false
			}
			continue
		}
		if isSpace(s[k]) || s[k] == '\n' {
			continue
		}
		want := before[k]
		if want&isMarkup != 0 {
			if after[i]&isMarkup == 0 {
				return false
			}
			continue
		}
		if t.a <= k && k < t.b {
			if want &^= 1 << kind; on {
				want |= 1 << kind
			}
		} else if r, _ := utf8.DecodeRuneInString(s[k:]); isMark(r) && want|1<<kind == after[i]|1<<kind {
			continue
		}
		if after[i] != want {
			return false
		}
	}
	return true
}
