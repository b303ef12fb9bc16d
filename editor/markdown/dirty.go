package markdown

// Dirty returns the lines [start,end) of x that may look otherwise than the same
// text does in since, an index that x came from by Edit and Finish. The edited lines are among
// them. start is end if nothing changed.
func (x *Index) Dirty(since *Index) (start, end int) {
	all := x.doc.Lines()
	if x.cache != since.cache {
		return 0, all
	}
	d := x.units.differing(since.units)
	start, end = d.from.line, d.to.line
	if !d.none && !x.units.valid(d.to) {
		end = all // with the line that the text ends with
	}
	if x.defs != since.defs && (x.defs == nil || since.defs == nil || x.defs.version != since.defs.version) {
		start, end = x.cover(start, end, func(c *chunk, u *unit) bool {
			if c != nil {
				return c.flags&brackets != 0
			}
			return u.flags&brackets != 0
		})
	}
	if changed := x.cache.recoloured(since.colours); len(changed) > 0 {
		start, end = x.cover(start, end, func(c *chunk, u *unit) bool { return c != nil || changed[u.id] })
	}
	return start, end
}

// difference is where two sequences of units differ: [from,to) of the one stands where
// the units from the same number on up to was of the other stand.
type difference struct {
	from, to, was place
	none          bool
}

// differing returns where a differs from b, between the units at the start and at the end
// that are the same. It passes over chunks that both share.
func (a units) differing(b units) difference {
	var p, q place
	for a.valid(p) && b.valid(q) {
		if p.unit == 0 && q.unit == 0 && a[p.chunk].is(&b[q.chunk]) {
			p, q = a.nextChunk(p), b.nextChunk(q)
			continue
		}
		if a.at(p).id != b.at(q).id {
			break
		}
		p, q = a.next(p), b.next(q)
	}
	none := !a.valid(p) && !b.valid(q)
	e, f := a.end(), b.end()
	for p.before(e) && q.before(f) {
		if e.unit == 0 && f.unit == 0 && e.chunk-1 > p.chunk && f.chunk-1 > q.chunk && a[e.chunk-1].is(&b[f.chunk-1]) {
			e, f = a.previousChunk(e), b.previousChunk(f)
			continue
		}
		before, _ := a.previous(e)
		other, _ := b.previous(f)
		if a.at(before).id != b.at(other).id {
			break
		}
		e, f = before, other
	}
	return difference{p, e, f, none}
}

// is reports whether two chunks are one.
func (c *chunk) is(d *chunk) bool { return &c.units[0] == &d.units[0] && len(c.units) == len(d.units) }

// before reports whether p is an earlier unit than q.
func (p place) before(q place) bool {
	return p.chunk < q.chunk || p.chunk == q.chunk && p.unit < q.unit
}

// cover widens [start,end) to hold the lines of all units that are wanted; a chunk of
// which none is wanted may be skipped.
func (x *Index) cover(start, end int, want func(c *chunk, u *unit) bool) (int, int) {
	if start == end {
		start, end = x.doc.Lines(), 0
	}
	line := 0
	for i := range x.units {
		c := &x.units[i]
		if !want(c, nil) {
			line += c.breaks
			continue
		}
		for j := range c.units {
			u := &c.units[j]
			if want(nil, u) {
				start = min(start, line)
				end = max(end, line+int(u.breaks))
				if i == len(x.units)-1 && j == len(c.units)-1 { // with the line that the text ends with
					end = x.doc.Lines()
				}
			}
			line += int(u.breaks)
		}
	}
	if start > end {
		return 0, 0
	}
	return start, end
}

// recoloured returns the units with code whose colours changed after a version.
func (c *cache) recoloured(since uint64) map[uint64]bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.colours.version == since {
		return nil
	}
	changed := map[uint64]bool{}
	for id, version := range c.colours.units {
		if version > since {
			changed[id] = true
		}
	}
	return changed
}
