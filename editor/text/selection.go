package text

import (
	"cmp"
	"slices"
)

// Range is a part of a text that is selected, from Anchor, where the selecting
// began, to Head, where the caret stands. The head may come before the anchor; a
// range where both are one is a bare caret.
type Range struct{ Anchor, Head int }

// Start returns the lower end of the range.
func (r Range) Start() int { return min(r.Anchor, r.Head) }

// End returns the upper end of the range.
func (r Range) End() int { return max(r.Anchor, r.Head) }

// Empty reports whether the range is a bare caret.
func (r Range) Empty() bool { return r.Anchor == r.Head }

// Flip returns the range with anchor and head exchanged.
func (r Range) Flip() Range { return Range{r.Head, r.Anchor} }

// between returns the range from start to end, in the direction of r.
func (r Range) between(start, end int) Range {
	if r.Head < r.Anchor {
		return Range{end, start}
	}
	return Range{start, end}
}

// Selection is one or more ranges of a text, one of them the main one. They stand
// in the order of the text and neither overlap nor touch. The zero value is a caret
// at the start of the text; to a [Transaction] it means to keep the selection.
type Selection struct {
	ranges []Range
	main   int
}

// Caret returns the selection of a bare caret.
func Caret(offset int) Selection { return Select(offset, offset) }

// Select returns the selection of one range.
func Select(anchor, head int) Selection { return Selection{ranges: []Range{{anchor, head}}} }

// NewSelection returns the selection of the ranges, in any order, of which the one
// numbered main is the main one. Ranges that overlap or touch become one, which
// goes in the direction of the main one, or else of the later. Without ranges it is
// the zero value.
func NewSelection(main int, ranges ...Range) Selection {
	if len(ranges) == 0 {
		return Selection{}
	}
	return normal(slices.Clone(ranges), min(max(main, 0), len(ranges)-1))
}

// normal sorts and merges ranges in place.
func normal(ranges []Range, main int) Selection {
	first := ranges[main]
	order := func(a, b Range) int {
		return cmp.Or(cmp.Compare(a.Start(), b.Start()), cmp.Compare(a.End(), b.End()))
	}
	if !slices.IsSortedFunc(ranges, order) {
		slices.SortStableFunc(ranges, order)
	}
	out, at := ranges[:0], -1
	for _, r := range ranges {
		isMain := at < 0 && r == first
		if k := len(out) - 1; k >= 0 && r.Start() <= out[k].End() {
			like := r
			if at == k {
				like = out[k]
			}
			if r.Empty() && !isMain {
				like = out[k]
			}
			r = like.between(out[k].Start(), max(out[k].End(), r.End()))
			out[k] = r
		} else {
			out = append(out, r)
		}
		if isMain {
			at = len(out) - 1
		}
	}
	return Selection{out, at}
}

// Main returns the main range.
func (s Selection) Main() Range {
	if len(s.ranges) == 0 {
		return Range{}
	}
	return s.ranges[s.main]
}

// MainIndex returns the number of the main range among all.
func (s Selection) MainIndex() int { return s.main }

// Ranges returns all ranges, at least one, in the order of the text.
func (s Selection) Ranges() []Range {
	if len(s.ranges) == 0 {
		return []Range{{}}
	}
	return slices.Clone(s.ranges)
}

// Len returns the number of ranges.
func (s Selection) Len() int { return max(len(s.ranges), 1) }

// Equal reports whether both select the same, with the same main range.
func (s Selection) Equal(t Selection) bool {
	return s.main == t.main && slices.Equal(s.Ranges(), t.Ranges())
}

func (s Selection) isZero() bool { return len(s.ranges) == 0 }

// Map returns where the selection lands in the text after the changes. A caret goes
// behind what is inserted at its place; a range does not take in what is inserted
// at its edges.
func (s Selection) Map(cs Changes) Selection {
	if len(cs) == 0 {
		return s
	}
	m := Mapper{changes: cs}
	ranges := s.Ranges()
	for i, r := range ranges {
		start := m.Map(r.Start(), true)
		if r.Empty() {
			ranges[i] = Range{start, start}
			continue
		}
		ranges[i] = r.between(start, max(m.Map(r.End(), false), start))
	}
	return normal(ranges, s.main)
}

// each returns the selection with every end replaced by what f makes of it.
func (s Selection) each(f func(int) int) Selection {
	ranges := s.Ranges()
	for i, r := range ranges {
		ranges[i] = Range{f(r.Anchor), f(r.Head)}
	}
	return normal(ranges, s.main)
}
