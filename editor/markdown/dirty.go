package markdown

// Dirty returns the lines [start,end) of x that may look otherwise than the same
// text does in since, an index that x came from by Edit and Finish. The edited lines are among
// them. start is end if nothing changed.
func (x *Index) Dirty(since *Index) (start, end int) {
	all := x.doc.Lines()
	if x.cache != since.cache {
		return 0, all
	}
	start, end = x.differing(since)
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

// differing returns the lines of the units that are not in since, between those at the
// start and at the end that are.
func (x *Index) differing(since *Index) (start, end int) {
	a, b := x.units, since.units
	var p, q place
	for a.valid(p) && b.valid(q) {
		if ca, cb := &a[p.chunk], &b[q.chunk]; p.unit == 0 && q.unit == 0 && &ca.units[0] == &cb.units[0] && len(ca.units) == len(cb.units) {
			p.chunk, p.line = p.chunk+1, p.line+ca.breaks
			q.chunk++
			continue
		}
		if a.at(p).id != b.at(q).id {
			break
		}
		p, q = a.next(p), b.next(q)
	}
	if !a.valid(p) && !b.valid(q) {
		return p.line, p.line
	}
	e, f := place{chunk: len(a), line: x.doc.Lines() - 1}, place{chunk: len(b)}
	for {
		if e.unit == 0 && f.unit == 0 && e.chunk > 0 && f.chunk > 0 && e.chunk-1 > p.chunk && f.chunk-1 > q.chunk {
			if ca, cb := &a[e.chunk-1], &b[f.chunk-1]; &ca.units[0] == &cb.units[0] && len(ca.units) == len(cb.units) {
				e.chunk, e.line = e.chunk-1, e.line-ca.breaks
				f.chunk--
				continue
			}
		}
		before, ok := a.previous(e)
		other, ok2 := b.previous(f)
		if !ok || !ok2 || !p.before(e) || !q.before(f) || a.at(before).id != b.at(other).id {
			break
		}
		e, f = before, other
	}
	if !a.valid(e) { // with the line that the text ends with
		return p.line, x.doc.Lines()
	}
	return p.line, max(e.line, p.line)
}

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
