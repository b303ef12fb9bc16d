package layout

// piece is a line of the text, or a part of a very long one, with its height.
type piece struct {
	bytes  int32 // with its line break
	height int32 // in pixels; an estimate until it is laid out first
	joined bool  // goes on with the line of the piece before
	laid   *Line // nil when not laid out at present
}

// pieces is the list of all pieces of a text, in runs with sums, so that finding
// a place and changing a line cost little at any size.
type pieces struct {
	runs []*run
}

type run struct {
	list   []piece
	bytes  int
	height int
	lines  int  // pieces that begin a line
	laid   bool // some of its pieces may be laid out
}

// runSize is the most pieces a run holds: two of these fit a cut in half.
const runSize = 256

func newPieces(list []piece) pieces {
	var p pieces
	for len(list) > 0 {
		n := min(len(list), runSize/2)
		r := &run{list: append(make([]piece, 0, runSize), list[:n]...)}
		r.sum()
		p.runs = append(p.runs, r)
		list = list[n:]
	}
	return p
}

func (r *run) sum() {
	r.bytes, r.height, r.lines, r.laid = 0, 0, 0, false
	for i := range r.list {
		p := &r.list[i]
		r.bytes += int(p.bytes)
		r.height += int(p.height)
		if !p.joined {
			r.lines++
		}
		r.laid = r.laid || p.laid != nil
	}
}

// place is a piece's place in the list and in the text.
type place struct {
	run, i int
	start  int // offset of its first byte
	line   int // the line it belongs to
	top    int // height of all before it
}

func (p *pieces) at(at place) *piece { return &p.runs[at.run].list[at.i] }

func (p *pieces) height() int {
	h := 0
	for _, r := range p.runs {
		h += r.height
	}
	return h
}

// find returns the piece for which before, called with what lies before each
// piece and the piece itself, is false first; else the last one. skip tells
// the same for a whole run.
func (p *pieces) find(skip func(at place, r *run) bool, before func(at place, e *piece) bool) place {
	var at place
	at.line = -1
	for ; at.run < len(p.runs)-1 && skip(at, p.runs[at.run]); at.run++ {
		r := p.runs[at.run]
		at.start += r.bytes
		at.top += r.height
		at.line += r.lines
	}
	list := p.runs[at.run].list
	for ; ; at.i++ {
		e := &list[at.i]
		if !e.joined {
			at.line++
		}
		if at.i == len(list)-1 || !before(at, e) {
			return at
		}
		at.start += int(e.bytes)
		at.top += int(e.height)
	}
}

// byOffset returns the piece that holds the offset; at the end the last one.
func (p *pieces) byOffset(offset int) place {
	return p.find(
		func(at place, r *run) bool { return at.start+r.bytes <= offset },
		func(at place, e *piece) bool { return at.start+int(e.bytes) <= offset })
}

// byHeight returns the piece at a height in pixels from the top of the text.
func (p *pieces) byHeight(y int) place {
	return p.find(
		func(at place, r *run) bool { return at.top+r.height <= y },
		func(at place, e *piece) bool { return at.top+int(e.height) <= y })
}

// next returns the place after, and whether there is one.
func (p *pieces) next(at place) (place, bool) {
	e := p.at(at)
	n := place{run: at.run, i: at.i + 1, start: at.start + int(e.bytes), line: at.line, top: at.top + int(e.height)}
	if n.i == len(p.runs[n.run].list) {
		if n.run+1 == len(p.runs) {
			return at, false
		}
		n.run, n.i = n.run+1, 0
	}
	if !p.at(n).joined {
		n.line++
	}
	return n, true
}

// prev returns the place before, and whether there is one.
func (p *pieces) prev(at place) (place, bool) {
	n := at
	if !p.at(at).joined {
		n.line--
	}
	if n.i--; n.i < 0 {
		if n.run == 0 {
			return at, false
		}
		n.run--
		n.i = len(p.runs[n.run].list) - 1
	}
	e := p.at(n)
	n.start -= int(e.bytes)
	n.top -= int(e.height)
	return n, true
}

// setHeight notes the height of a piece.
func (p *pieces) setHeight(at place, height int) {
	e := p.at(at)
	p.runs[at.run].height += height - int(e.height)
	e.height = int32(height)
}

// forget drops the layouts of the lines [from, to). Their heights stay, as
// estimates.
func (p *pieces) forget(from, to int) {
	line := -1
	for _, r := range p.runs {
		first := line
		line += r.lines
		if !r.laid || line < from {
			continue
		}
		if first >= to {
			return
		}
		r.laid = false
		for i := range r.list {
			e := &r.list[i]
			if !e.joined {
				first++
			}
			if first >= from && first < to {
				e.laid = nil
			}
			r.laid = r.laid || e.laid != nil
		}
	}
}

// splice replaces the pieces from one place to another, both included.
func (p *pieces) splice(from, to place, with []piece) {
	first, last := p.runs[from.run], p.runs[to.run]
	if from.run == to.run && len(first.list)-(to.i-from.i+1)+len(with) <= runSize && len(first.list)-(to.i-from.i+1)+len(with) > 0 {
		first.list = replace(first.list, from.i, to.i+1, with)
		first.sum()
		return
	}
	list := make([]piece, 0, from.i+len(with)+len(last.list)-to.i)
	list = append(list, first.list[:from.i]...)
	list = append(list, with...)
	list = append(list, last.list[to.i+1:]...)
	p.runs = replace(p.runs, from.run, to.run+1, newPieces(list).runs)
}

// replace is slices.Replace for a slice whose room may be used.
func replace[T any](s []T, i, j int, with []T) []T {
	if d := len(with) - (j - i); d > 0 {
		old := len(s)
		s = append(s, make([]T, d)...)
		copy(s[j+d:], s[j:old])
	} else if d < 0 {
		copy(s[j+d:], s[j:])
		clear(s[len(s)+d:])
		s = s[:len(s)+d]
	}
	copy(s[i:], with)
	return s
}
