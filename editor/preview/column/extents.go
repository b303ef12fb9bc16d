package column

// extents are the heights of a sequence of entries, in runs with sums, so that finding a
// place and changing a height cost little at any length.
type extents struct {
	runs  []extentRun
	count int
	total int
}

type extentRun struct {
	heights []int32
	sum     int
}

const extentRunSize = 512

func newExtents(heights []int32) extents {
	var e extents
	e.count = len(heights)
	for len(heights) > 0 {
		n := min(len(heights), extentRunSize/2)
		r := extentRun{heights: append(make([]int32, 0, extentRunSize), heights[:n]...)}
		for _, h := range heights[:n] {
			r.sum += int(h)
		}
		e.total += r.sum
		e.runs = append(e.runs, r)
		heights = heights[n:]
	}
	return e
}

// at returns the run that holds entry n and its index there.
func (e *extents) at(n int) (run, i int) {
	for run = 0; n >= len(e.runs[run].heights); run++ {
		n -= len(e.runs[run].heights)
	}
	return run, n
}

func (e *extents) height(n int) int {
	run, i := e.at(n)
	return int(e.runs[run].heights[i])
}

func (e *extents) set(n, height int) {
	run, i := e.at(n)
	r := &e.runs[run]
	d := height - int(r.heights[i])
	r.heights[i] = int32(height)
	r.sum += d
	e.total += d
}

// top returns the height of all before entry n.
func (e *extents) top(n int) int {
	top := 0
	for i := range e.runs {
		r := &e.runs[i]
		if n < len(r.heights) {
			for _, h := range r.heights[:n] {
				top += int(h)
			}
			return top
		}
		n -= len(r.heights)
		top += r.sum
	}
	return top
}

// find returns the entry at a height, and the height of all before it; beyond the end the
// last one.
func (e *extents) find(y int) (n, top int) {
	for i := range e.runs {
		r := &e.runs[i]
		if top+r.sum <= y && i < len(e.runs)-1 {
			top += r.sum
			n += len(r.heights)
			continue
		}
		for j, h := range r.heights {
			if top+int(h) > y || i == len(e.runs)-1 && j == len(r.heights)-1 {
				return n + j, top
			}
			top += int(h)
		}
		n += len(r.heights)
	}
	return max(n-1, 0), top
}

// splice replaces the entries [from, to).
func (e *extents) splice(from, to int, with []int32) {
	if from == to && len(with) == 0 {
		return
	}
	if to-from == len(with) {
		for i, h := range with {
			e.set(from+i, int(h))
		}
		return
	}
	a, i := len(e.runs), 0
	if from < e.count {
		a, i = e.at(from)
	} else if len(e.runs) > 0 {
		a = len(e.runs) - 1
		i = len(e.runs[a].heights)
	}
	b, j := a, i
	for left := to - from; left > 0; {
		n := min(left, len(e.runs[b].heights)-j)
		left -= n
		if j += n; left > 0 {
			b, j = b+1, 0
		}
	}
	var list []int32
	if a < len(e.runs) {
		list = append(list, e.runs[a].heights[:i]...)
	}
	list = append(list, with...)
	if b < len(e.runs) {
		list = append(list, e.runs[b].heights[j:]...)
		b++
	}
	middle := newExtents(list)
	runs := append(append(append([]extentRun{}, e.runs[:a]...), middle.runs...), e.runs[b:]...)
	e.runs, e.count, e.total = runs, 0, 0
	for k := range runs {
		e.count += len(runs[k].heights)
		e.total += runs[k].sum
	}
}

// after returns the first entry behind n that has a height, or the number of entries.
func (e *extents) after(n int) int {
	n++
	first := 0
	for i := range e.runs {
		r := &e.runs[i]
		if last := first + len(r.heights); n < last && r.sum > 0 {
			for j := max(n-first, 0); j < len(r.heights); j++ {
				if r.heights[j] > 0 {
					return first + j
				}
			}
		}
		first += len(r.heights)
	}
	return e.count
}

// before returns the last entry before n that has a height, or -1.
func (e *extents) before(n int) int {
	last := e.count
	for i := len(e.runs) - 1; i >= 0; i-- {
		r := &e.runs[i]
		first := last - len(r.heights)
		if n > first && r.sum > 0 {
			for j := min(n-first, len(r.heights)) - 1; j >= 0; j-- {
				if r.heights[j] > 0 {
					return first + j
				}
			}
		}
		last = first
	}
	return -1
}
