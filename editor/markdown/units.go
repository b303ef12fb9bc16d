package markdown

import "slices"

// unit is a stretch of a text from one place where the parser's state is empty to
// the next: most often a top-level block with the blank lines behind it. Units
// tile the text.
type unit struct {
	id     uint64 // never used twice
	size   uint32 // bytes
	breaks uint32 // line breaks
	kind   BlockKind
	flags  unitFlags
	labels *labels // what is defined in it, nil for nothing
}

type unitFlags uint8

const (
	// pending units are still to be parsed: the text in them may hold any blocks,
	// and the last of them may not end where it says.
	pending unitFlags = 1 << iota
	// headings may be in it, at any depth.
	headings
	// brackets are in it: other definitions could change it.
	brackets
	// carets: "[^" is in it.
	carets
)

// chunk is a run of units with sums over them. It is not changed once it is in use.
type chunk struct {
	units  []unit
	size   int
	breaks int
	flags  unitFlags // of any unit
	order  *sequence // of the link references defined in it, nil for none
}

const maxChunk = 256

// units is a persistent sequence: changing it copies the list of chunks and the
// chunks touched. A text of 10 MB has some hundred.
type units []chunk

// place is where a unit stands.
type place struct {
	chunk, unit  int
	offset, line int // where the unit begins
}

func (us units) at(p place) *unit { return &us[p.chunk].units[p.unit] }

// valid reports whether the place is not behind the last unit.
func (us units) valid(p place) bool { return p.chunk < len(us) }

// next is the place of the unit behind p.
func (us units) next(p place) place {
	u := us.at(p)
	p.offset += int(u.size)
	p.line += int(u.breaks)
	if p.unit++; p.unit == len(us[p.chunk].units) {
		p.chunk, p.unit = p.chunk+1, 0
	}
	return p
}

// previous is the place of the unit before p; ok is false for the first.
func (us units) previous(p place) (place, bool) {
	if p.unit == 0 {
		if p.chunk == 0 {
			return p, false
		}
		p.chunk--
		p.unit = len(us[p.chunk].units)
	}
	p.unit--
	u := us.at(p)
	p.offset -= int(u.size)
	p.line -= int(u.breaks)
	return p, true
}

// nextChunk is the place of the chunk behind p, which is at a chunk's start.
func (us units) nextChunk(p place) place {
	c := &us[p.chunk]
	return place{chunk: p.chunk + 1, offset: p.offset + c.size, line: p.line + c.breaks}
}

// previousChunk is the place of the chunk before p, which is at a chunk's start.
func (us units) previousChunk(p place) place {
	c := &us[p.chunk-1]
	return place{chunk: p.chunk - 1, offset: p.offset - c.size, line: p.line - c.breaks}
}

// end is the place behind the last unit.
func (us units) end() place {
	var p place
	for us.valid(p) {
		p = us.nextChunk(p)
	}
	return p
}

// find returns the place of the last unit that does not begin behind the given
// offset or line.
func (us units) find(target int, of func(c *chunk, u *unit) int) place {
	var p place
	sum := 0
	for p.chunk < len(us)-1 {
		c := &us[p.chunk]
		n := of(c, nil)
		if sum+n > target {
			break
		}
		sum += n
		p.offset += c.size
		p.line += c.breaks
		p.chunk++
	}
	for p.unit < len(us[p.chunk].units)-1 {
		u := us.at(p)
		n := of(nil, u)
		if sum+n > target {
			break
		}
		sum += n
		p.offset += int(u.size)
		p.line += int(u.breaks)
		p.unit++
	}
	return p
}

func (us units) findOffset(offset int) place {
	return us.find(offset, func(c *chunk, u *unit) int {
		if c != nil {
			return c.size
		}
		return int(u.size)
	})
}

func (us units) findLine(line int) place {
	return us.find(line, func(c *chunk, u *unit) int {
		if c != nil {
			return c.breaks
		}
		return int(u.breaks)
	})
}

// firstWith returns the place of the first unit that has a flag.
func (us units) firstWith(flag unitFlags) (place, bool) {
	var p place
	for ; p.chunk < len(us); p.chunk++ {
		c := &us[p.chunk]
		if c.flags&flag != 0 {
			for i := range c.units {
				if c.units[i].flags&flag != 0 {
					p.unit = i
					return p, true
				}
				p.offset += int(c.units[i].size)
				p.line += int(c.units[i].breaks)
			}
		}
		p.offset += c.size
		p.line += c.breaks
	}
	return p, false
}

// replace returns the sequence with the units of [from, to) replaced.
func (us units) replace(from, to place, with []unit) units {
	a, b := from.chunk, to.chunk
	room := len(with)
	if a < len(us) {
		room += from.unit
	}
	if b < len(us) {
		room += len(us[b].units) - to.unit
	}
	run := make([]unit, 0, room)
	if a < len(us) {
		run = append(run, us[a].units[:from.unit]...)
	}
	run = append(run, with...)
	if b < len(us) {
		run = append(run, us[b].units[to.unit:]...)
		b++
	}
	if a > 0 && len(run) < maxChunk/4 { // no crumbs
		a--
		run = slices.Concat(us[a].units, run)
	}
	out := make(units, 0, len(us)-(b-a)+len(run)/maxChunk+1)
	out = append(out, us[:a]...)
	pieces := (len(run) + maxChunk - 1) / maxChunk
	for i := range pieces {
		piece := run[len(run)*i/pieces : len(run)*(i+1)/pieces]
		if pieces > 1 { // none must keep the others in memory
			piece = slices.Clone(piece)
		}
		out = append(out, newChunk(piece))
	}
	return append(out, us[b:]...)
}

func newChunk(us []unit) chunk {
	c := chunk{units: us}
	for i := range us {
		c.size += int(us[i].size)
		c.breaks += int(us[i].breaks)
		c.flags |= us[i].flags
		if l := us[i].labels; l != nil && len(l.references) > 0 {
			if c.order == nil {
				c.order = &sequence{}
			}
			*c.order = c.order.then(l.order)
		}
	}
	return c
}
