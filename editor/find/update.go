package find

import (
	"context"

	"longhand/editor/text"
)

// region is a part of a text that changed: the bytes [oldStart,oldEnd) before are
// [newStart,newEnd) after, and what follows moved by shift bytes.
type region struct {
	oldStart, oldEnd int
	newStart, newEnd int
	shift            int
}

// Map returns where the matches lie after changes, without those that the changes
// touch. It searches nothing: see [Matches.Update].
func (m Matches) Map(cs text.Changes) Matches {
	regions := make([]region, 0, len(cs))
	shift := 0
	for _, c := range cs {
		if c.IsZero() {
			continue
		}
		shift += inserted(c) - (c.End - c.Start)
		regions = append(regions, region{oldStart: c.Start, oldEnd: c.End, shift: shift})
	}
	return m.splice(regions, nil)
}

// inserted returns how many bytes a change puts in the place of those it takes.
func inserted(c text.Change) int {
	return text.Changes{c}.Map(c.End, true) - c.Start
}

// Update returns the matches in d, the text after changes, from all those in the
// text before. It searches only the lines that changed. Where matches may cross
// lines that is not enough: then ok is false, the matches are as [Matches.Map]
// gives them, and [Finder.All] must search anew.
func (m Matches) Update(f *Finder, d text.Doc, cs text.Changes) (after Matches, ok bool) {
	if !f.lines {
		return m.Map(cs), false
	}
	var regions []region
	shift := 0
	for _, c := range cs {
		if c.IsZero() {
			continue
		}
		start := c.Start + shift
		end := start + inserted(c)
		before := shift
		shift = end - c.End
		start, end = d.LineStart(d.Line(start)), d.LineEnd(d.Line(end))
		if k := len(regions) - 1; k >= 0 && start <= regions[k].newEnd {
			last := &regions[k]
			last.newEnd, last.oldEnd, last.shift = end, end-shift, shift
			continue
		}
		regions = append(regions, region{
			oldStart: start - before, oldEnd: end - shift, newStart: start, newEnd: end, shift: shift,
		})
	}
	return m.splice(regions, func(r region, b *builder) {
		_ = f.each(context.Background(), d, r.newStart, r.newEnd, func(start, end int) bool {
			b.add(start, end)
			return true
		})
	}), true
}

// splice returns the matches without those that touch a region, the others moved,
// and with what search, if not nil, adds for each region. Regions are ascending and
// do not overlap.
func (m Matches) splice(regions []region, search func(region, *builder)) Matches {
	if len(regions) == 0 {
		return m
	}
	b := builder{blocks: make([]block, 0, len(m.blocks)+2)}
	shift := 0
	// pass goes by the regions that end before an offset.
	pass := func(offset int) {
		for len(regions) > 0 && regions[0].oldEnd <= offset {
			if search != nil {
				search(regions[0], &b)
			}
			shift = regions[0].shift
			regions = regions[1:]
		}
	}
	for i := range m.blocks {
		old := &m.blocks[i]
		pass(old.start())
		if len(regions) == 0 || regions[0].oldStart >= old.end() {
			b.addBlock(*old, shift)
			continue
		}
		for k := range old.starts {
			match := old.match(k)
			pass(match.Start)
			if len(regions) == 0 || regions[0].oldStart >= match.End {
				b.add(match.Start+shift, match.End+shift)
			}
		}
	}
	const all = int(^uint(0) >> 1)
	pass(all)
	return b.matches()
}
