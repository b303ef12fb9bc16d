package bidi

// maxDepth is the deepest level of explicit formatting (BD2).
const maxDepth = 125

// resolver applies the rules from X1 on to one paragraph after another, and keeps
// its memory between them. cls, lvl and at have one element for each character
// that rule X9 leaves.
type resolver struct {
	text      string
	paragraph uint8
	cls       []class
	lvl       []uint8
	at        []int32 // where it stands in text
	runs      []run
	pairs     []pair
	// Of an isolating run sequence of several runs, its characters side by side.
	seqCls []class
	seqLvl []uint8
	seqAt  []int32
}

// run is a level run (BD7).
type run struct {
	start, end int // of resolver.cls
	level      uint8
	opens      bool // ends with an isolate initiator
	closes     bool // begins with the PDI of an isolate
	continues  bool // belongs to the sequence of an earlier run
	next       int  // the next run of its isolating run sequence (BD13), or 0
}

// status is an entry of the directional status stack of rule X1.
type status struct {
	level    uint8
	override class // clsL, clsR or clsON for none
	isolate  bool
}

// resolve sets the levels of text[start:end), which has at most one paragraph
// separator, at its end.
func (r *resolver) resolve(levels []uint8, classes []class, start, end int) {
	r.cls, r.lvl, r.at, r.runs = r.cls[:0], r.lvl[:0], r.at[:0], r.runs[:0]
	r.explicit(classes, start, end)
	r.link()
	for i := range r.runs {
		if !r.runs[i].continues {
			r.sequence(i)
		}
	}
	// What X9 took out gets the level of what stands before it.
	at, level := start, r.paragraph
	for i, next := range r.at {
		fill(levels[at:next], level)
		at, level = int(next), r.lvl[i]
	}
	fill(levels[at:end], level)
}

func fill(levels []uint8, level uint8) {
	for i := range levels {
		levels[i] = level
	}
}

// explicit applies rules X1 to X9 and finds the level runs.
func (r *resolver) explicit(classes []class, start, end int) {
	var stack [maxDepth + 2]status
	stack[0] = status{level: r.paragraph, override: clsON}
	top := 0
	overflowIsolates, overflowEmbeddings, validIsolates := 0, 0, 0

	push := func(rtl bool, override class, isolate bool) bool {
		level := stack[top].level + 1
		if (level&1 == 1) != rtl {
			level++
		}
		if level > maxDepth || overflowIsolates > 0 || overflowEmbeddings > 0 {
			return false
		}
		top++
		stack[top] = status{level: level, override: override, isolate: isolate}
		return true
	}

	for i := start; i < end; i++ {
		c := classes[i]
		switch c {
		case clsRest, clsBN:
		case clsLRE, clsRLE, clsLRO, clsRLO: // X2 to X5
			override := clsON
			switch c {
			case clsLRO:
				override = clsL
			case clsRLO:
				override = clsR
			}
			if !push(c == clsRLE || c == clsRLO, override, false) && overflowIsolates == 0 {
				overflowEmbeddings++
			}
		case clsLRI, clsRLI: // X5a, X5b; X5c is done
			r.add(i, c, stack[top])
			r.runs[len(r.runs)-1].opens = true
			if push(c == clsRLI, clsON, true) {
				validIsolates++
			} else {
				overflowIsolates++
			}
		case clsPDI: // X6a
			matched := false
			switch {
			case overflowIsolates > 0:
				overflowIsolates--
			case validIsolates > 0:
				matched = true
				overflowEmbeddings = 0
				for !stack[top].isolate {
					top--
				}
				top--
				validIsolates--
			}
			if r.add(i, c, stack[top]) {
				r.runs[len(r.runs)-1].closes = matched
			}
		case clsPDF: // X7
			switch {
			case overflowIsolates > 0:
			case overflowEmbeddings > 0:
				overflowEmbeddings--
			case top > 0 && !stack[top].isolate:
				top--
			}
		case clsB: // X8
			r.add(i, c, stack[0])
		default: // X6
			r.add(i, c, stack[top])
		}
	}
}

// add adds a character; first tells whether it begins a level run.
func (r *resolver) add(at int, c class, s status) (first bool) {
	n := len(r.cls)
	if s.override != clsON {
		c = s.override
	}
	r.cls = append(r.cls, c)
	r.lvl = append(r.lvl, s.level)
	r.at = append(r.at, int32(at))
	if first = n == 0 || r.lvl[n-1] != s.level; first {
		r.runs = append(r.runs, run{start: n, level: s.level})
	}
	last := &r.runs[len(r.runs)-1]
	last.end = n + 1
	last.opens = false
	return first
}

// link joins the level runs to isolating run sequences (BD13): a run that ends by
// opening an isolate goes on in the run that begins by closing it.
func (r *resolver) link() {
	var open []int
	for i := range r.runs {
		if r.runs[i].closes && len(open) > 0 {
			before := open[len(open)-1]
			open = open[:len(open)-1]
			r.runs[before].next = i
			r.runs[i].continues = true
		}
		if r.runs[i].opens {
			open = append(open, i)
		}
	}
}

// sequence resolves the isolating run sequence that begins with a run (X10).
func (r *resolver) sequence(first int) {
	last := first
	for r.runs[last].next != 0 {
		last = r.runs[last].next
	}
	level := r.runs[first].level
	before, after := r.paragraph, r.paragraph
	if first > 0 {
		before = r.runs[first-1].level
	}
	if !r.runs[last].opens && last+1 < len(r.runs) {
		after = r.runs[last+1].level
	}
	s := sequence{
		text: r.text, level: level, pairs: r.pairs,
		sos: direction(max(level, before)), eos: direction(max(level, after)),
	}
	defer func() { r.pairs = s.pairs }()

	if first == last {
		start, end := r.runs[first].start, r.runs[first].end
		s.cls, s.lvl, s.at = r.cls[start:end], r.lvl[start:end], r.at[start:end]
		s.resolve()
		return
	}
	r.seqCls, r.seqLvl, r.seqAt = r.seqCls[:0], r.seqLvl[:0], r.seqAt[:0]
	for i := first; ; i = r.runs[i].next {
		start, end := r.runs[i].start, r.runs[i].end
		r.seqCls = append(r.seqCls, r.cls[start:end]...)
		r.seqLvl = append(r.seqLvl, r.lvl[start:end]...)
		r.seqAt = append(r.seqAt, r.at[start:end]...)
		if i == last {
			break
		}
	}
	s.cls, s.lvl, s.at = r.seqCls, r.seqLvl, r.seqAt
	s.resolve()
	done := 0
	for i := first; ; i = r.runs[i].next {
		done += copy(r.lvl[r.runs[i].start:r.runs[i].end], r.seqLvl[done:])
		if i == last {
			break
		}
	}
}

// direction returns the direction of a level.
func direction(level uint8) class {
	if level&1 != 0 {
		return clsR
	}
	return clsL
}
