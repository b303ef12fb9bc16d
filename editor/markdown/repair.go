package markdown

import "math"

// intact is a unit that a change did not touch but that is parsed again, because
// the text behind it changed.
type intact struct {
	offset int
	unit   unit
}

// repair parses everything that is pending.
func (x *Index) repair(changes *labelChanges, stop func() bool) {
	budget := math.MaxInt
	for !stop() {
		p, ok := x.units.firstWith(pending)
		if !ok {
			return
		}
		x.repairFrom(p, changes, nil, &budget, stop)
	}
}

// repairNear parses what is pending around the given places, which ascend, and from
// there on until it meets what was before, or the work is done that may be done at once.
func (x *Index) repairNear(places []int, changes *labelChanges, same []intact) {
	budget := min(x.cache.work, keyWork)
	for _, at := range places {
		p := x.units.findOffset(at)
		if x.units.at(p).flags&pending != 0 && at-p.offset < budget {
			x.repairFrom(p, changes, same, &budget, func() bool { return false })
		}
	}
}

// repairFrom parses the pending unit at p and what follows, until an old block begins
// where a new one does. It stops early when the budget of bytes is used up.
func (x *Index) repairFrom(p place, changes *labelChanges, same []intact, budget *int, stop func() bool) {
	size := 0
	for !stop() && *budget > 0 {
		// To know that a block begins where one began, its first line is needed.
		size = min(max(size, min(int(x.units.at(p).size)+1, x.cache.work)), *budget)
		w := readWindow(x.doc, p.offset, size, lineTail)
		*budget = max(*budget-len(w.source), 0)
		found := w.blocks()
		some, whole := x.take(p, &w, found, same, changes)
		switch {
		case whole:
			return
		case some:
			p = x.units.findOffset(found[len(found)-1].start)
			size = min(2*size, x.cache.work)
		default: // the block is longer
			size *= 2
			if *budget == 0 {
				x.swallow(p, w.end, found[0].kind, changes)
			}
		}
	}
}

// swallow makes a pending unit of that at p and those that begin before end, all of
// which is one block as far as was seen.
func (x *Index) swallow(p place, end int, kind BlockKind, changes *labelChanges) {
	u := *x.units.at(p)
	u.id, u.kind = x.cache.id(), kind
	q := x.units.next(p)
	for ; x.units.valid(q) && q.offset < end; q = x.units.next(q) {
		other := x.units.at(q)
		u.size += other.size
		u.breaks += other.breaks
		u.flags |= other.flags
		u.labels = joinLabels(u.labels, other.labels)
	}
	x.put(p, q, []unit{u}, changes)
}

// take puts what was found at p into the sequence, as far as it is certain: some of it,
// or the whole up to where the old blocks are right.
func (x *Index) take(p place, w *window, found []parsed, same []intact, changes *labelChanges) (some, whole bool) {
	trusted := p.offset + int(x.units.at(p).size) // from here on the old blocks may be right
	q := x.units.next(p)
	for i := 1; i < len(found); i++ {
		at := found[i].start
		for x.units.valid(q) && q.offset < at {
			q = x.units.next(q)
		}
		if at >= trusted && x.units.valid(q) && q.offset == at {
			x.put(p, q, x.build(found[:i], at, same), changes)
			return true, true
		}
	}
	if w.atEnd {
		for q = p; x.units.valid(q); {
			q = x.units.next(q)
		}
		x.put(p, q, x.build(found, x.doc.Len(), same), changes)
		return true, true
	}
	last := found[len(found)-1]
	if len(found) == 1 {
		return false, false
	}
	// What the rest of the last block was is pending.
	for q = x.units.next(p); x.units.valid(q) && q.offset <= last.start; {
		q = x.units.next(q)
	}
	end := x.doc.Len()
	if x.units.valid(q) {
		end = q.offset
	}
	rest := x.unparsed(last.start, end)
	rest.kind, rest.labels = last.kind, x.units.at(p).labels
	x.put(p, q, append(x.build(found[:len(found)-1], last.start, same), rest), changes)
	return true, false
}

// put replaces units and counts the labels that come and go.
func (x *Index) put(from, to place, with []unit, changes *labelChanges) {
	for p := from; p != to && x.units.valid(p); p = x.units.next(p) {
		changes.add(x.units.at(p).labels, -1)
	}
	for i := range with {
		changes.add(with[i].labels, +1)
	}
	x.units = x.units.replace(from, to, with)
}

// build makes units of blocks, the last of which ends at end.
func (x *Index) build(found []parsed, end int, same []intact) []unit {
	us := make([]unit, 0, len(found)+1)
	for i, f := range found {
		next := end
		if i+1 < len(found) {
			next = found[i+1].start
		}
		if next == f.start && (i > 0 || f.start > 0) {
			continue // nothing is left behind the front matter
		}
		u := unit{size: uint32(next - f.start), breaks: uint32(f.breaks), kind: f.kind, flags: f.flags, labels: f.labels}
		for _, s := range same {
			if s.offset == f.start && s.unit.size == u.size {
				u = s.unit
			}
		}
		if u.id == 0 {
			u.id = x.cache.id()
		}
		us = append(us, u)
	}
	return us
}
