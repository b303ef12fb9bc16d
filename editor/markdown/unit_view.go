package markdown

import "longhand/editor/text"

// Unit is a stretch of a text that Markdown reads by itself, but for what the whole text
// defines: most often a top-level block with the blank lines behind it. Units tile
// the text.
type Unit struct {
	ID         uint64    // never used twice by the indexes of a text: the same ID means the same bytes and the same blocks
	Start, End int       // bytes of the text
	Kind       BlockKind // of its first block; FrontMatterBlock for front matter
	Pending    bool      // not parsed yet: it may hold any blocks
	Footnotes  bool      // "[^" stands in it, or may: it may refer to footnotes or define them
	Brackets   bool      // "[" stands in it, or may
}

// Doc returns the text that the index is of.
func (x *Index) Doc() text.Doc { return x.doc }

// UnitCount returns the number of units, at least 1.
func (x *Index) UnitCount() int { return x.units.number(place{chunk: len(x.units)}) }

// Units returns the units [from,to) by their ordinal numbers, which are clamped.
func (x *Index) Units(from, to int) []Unit {
	from = max(from, 0)
	to = min(to, x.UnitCount())
	if from >= to {
		return nil
	}
	us := make([]Unit, 0, to-from)
	for p := x.units.numbered(from); len(us) < to-from; p = x.units.next(p) {
		us = append(us, x.units.view(p))
	}
	return us
}

// UnitAt returns the last unit that does not begin behind an offset, and its number.
func (x *Index) UnitAt(offset int) (n int, u Unit) {
	p := x.units.findOffset(offset)
	return x.units.number(p), x.units.view(p)
}

// Changed tells how the units of x differ from those of since, an index of the same
// text before or after: the units [from,to) of x stand where [from,was) of since
// stood, and all others are the same. Those within may be the same, too: their IDs
// tell. It looks only at what is not shared. For an index that x did not come from by
// Edit and Finish, nor the reverse, all has changed.
func (x *Index) Changed(since *Index) (from, to, was int) {
	if x.cache != since.cache {
		return 0, x.UnitCount(), since.UnitCount()
	}
	d := x.units.differing(since.units)
	return x.units.number(d.from), x.units.number(d.to), since.units.number(d.was)
}

// References is a number that differs where a link reference would resolve otherwise: it
// stands for all link reference definitions in their order.
func (x *Index) References() uint64 { return x.links.order.sum }

// FootnoteLabels is a number that differs where other footnotes are defined.
func (x *Index) FootnoteLabels() uint64 {
	if x.defs == nil {
		return 0
	}
	return x.defs.notes
}

// number is how many units stand before a place.
func (us units) number(p place) int {
	n := p.unit
	for i := range us[:p.chunk] {
		n += len(us[i].units)
	}
	return n
}

// numbered is the place of a unit that there is.
func (us units) numbered(n int) place {
	var p place
	for ; n >= len(us[p.chunk].units); p.chunk++ {
		c := &us[p.chunk]
		n -= len(c.units)
		p.offset += c.size
		p.line += c.breaks
	}
	for p.unit < n {
		p = us.next(p)
	}
	return p
}

func (us units) view(p place) Unit {
	u := us.at(p)
	open := u.flags&pending != 0
	return Unit{
		ID: u.id, Start: p.offset, End: p.offset + int(u.size), Kind: u.kind, Pending: open,
		Footnotes: open || u.flags&carets != 0,
		Brackets:  open || u.flags&brackets != 0,
	}
}
