package text

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// What the history holds at most, and the pause in typing that ends a step.
const (
	maxSteps = 10_000
	maxBytes = 64 << 20
	pause    = time.Second
)

// step is one step of undo or redo, on top of those before it. Steps never change.
type step struct {
	below   *step
	changes Changes   // take the step back (of undo) or make it again (of redo)
	before  Selection // when the step began
	after   Selection // when it ended
	kind    Kind
	at      time.Time // of its last transaction
	space   bool      // the last transaction wrote or deleted white space

	// Of this step and all below.
	count, bytes int
}

// on returns the step on top of others, of which the oldest are dropped when there
// are too many.
func (s step) on(below *step) *step {
	s.below = below
	s.count, s.bytes = 1, s.size()
	if below != nil {
		s.count += below.count
		s.bytes += below.bytes
	}
	if s.below != nil && (s.count > maxSteps || s.bytes > maxBytes) {
		s.below = s.below.youngest(maxSteps*9/10, maxBytes*9/10-s.size())
		s.count, s.bytes = 1, s.size()
		if s.below != nil {
			s.count += s.below.count
			s.bytes += s.below.bytes
		}
	}
	return &s
}

// size returns about how much memory the step takes.
func (s *step) size() int {
	n := 0
	for _, c := range s.changes {
		n += 64 + len(c.Insert) + len(c.ends)
	}
	return n
}

// youngest returns a copy of the upper steps, so many and so large at most.
func (s *step) youngest(count, bytes int) *step {
	var kept []*step
	for ; s != nil && len(kept) < count && bytes >= s.size(); s = s.below {
		kept = append(kept, s)
		bytes -= s.size()
	}
	var top *step
	for i := len(kept) - 1; i >= 0; i-- {
		top = kept[i].on(top)
	}
	return top
}

// joins reports whether a transaction, which writes or deletes the given text,
// goes on with the step.
func (s *step) joins(t Transaction, text string) bool {
	if s == nil || t.Kind != s.kind || t.Kind != Typing && t.Kind != Deleting || t.At.Sub(s.at) > pause {
		return false
	}
	first, _ := utf8.DecodeRuneInString(text)
	return !s.space || unicode.IsSpace(first)
}

// merge returns one set of changes that takes back first what undo takes back, and
// then what earlier does. made are the changes undo takes back: they lie in the
// text earlier applies to. It merges only within lines, and where each change
// touches or overlaps its counterpart, as typing in one or several places does.
func merge(earlier, made, undo Changes) (Changes, bool) {
	if len(earlier) != len(made) || len(made) != len(undo) {
		return nil, false
	}
	merged := make(Changes, len(made))
	shift, last := 0, -1
	for i, e := range earlier {
		m, u := made[i], undo[i]
		if m.Start > e.End || m.End < e.Start || e.prior != 0 || u.prior != 0 {
			return nil, false
		}
		if strings.ContainsAny(m.Insert, "\r\n") || strings.Contains(u.Insert, "\n") {
			return nil, false
		}
		start, end := min(e.Start, m.Start), max(e.End, m.End)
		if start < last {
			return nil, false
		}
		last = end
		grown := len(m.Insert) - (m.End - m.Start)
		merged[i] = Change{
			Start:  start + shift,
			End:    end + shift + grown,
			Insert: u.Insert[:max(e.Start-m.Start, 0)] + e.Insert + u.Insert[len(u.Insert)-max(m.End-e.End, 0):],
			ends:   e.ends,
			exact:  true,
		}
		shift += grown
	}
	return merged, true
}
