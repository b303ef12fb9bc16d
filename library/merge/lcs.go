package merge

import (
	"math"
	"slices"
)

// differ finds what two sequences have in common, by Myers' algorithm in linear space
// (An O(ND) Difference Algorithm and Its Variations, 1986), with bounds that let it end
// soon on sequences that have little in common: the result is then not the shortest,
// but still one.
type differ struct {
	a, b       []int32
	outA, outB []bool // which elements are not common; the others pair up in order
	fwd, bwd   []int  // furthest x by diagonal
	budget     *int   // steps left; without any the rest is taken as different
}

// leastSearch is how many edits a search for the middle of two sequences goes on for
// at least, before it takes the best place found so far.
const leastSearch = 256

// unreached is the x of a diagonal that is not reached; so small that one more is, too.
const unreached = math.MinInt / 2

// different returns which elements of a and b are not common to both. The others are
// the same sequence in both.
// Elements are less than ids.
func different(a, b []int32, ids int, anchors bool, budget *int) (outA, outB []bool) {
	outA, outB = make([]bool, len(a)), make([]bool, len(b))
	// What is on one side only need not be looked for on the other.
	a2, atA := shared(a, b, ids, outA)
	b2, atB := shared(b, a, ids, outB)
	d := &differ{a: a2, b: b2, outA: make([]bool, len(a2)), outB: make([]bool, len(b2)), budget: budget}
	at := [2]int{}
	if anchors {
		for _, p := range landmarks(a2, b2) {
			d.compare(at[0], p[0], at[1], p[1])
			at = [2]int{p[0] + 1, p[1] + 1}
		}
	}
	d.compare(at[0], len(a2), at[1], len(b2))
	for i, out := range d.outA {
		outA[atA[i]] = out
	}
	for i, out := range d.outB {
		outB[atB[i]] = out
	}
	return outA, outB
}

// shared returns the elements of a that b has as well, and their indexes. It marks the
// others.
func shared(a, b []int32, ids int, out []bool) (both []int32, at []int) {
	has := make([]bool, ids)
	for _, e := range b {
		has[e] = true
	}
	for i, e := range a {
		if out[i] = !has[e]; has[e] {
			both, at = append(both, e), append(at, i)
		}
	}
	return both, at
}

// landmarks are the longest ascending sequence of pairs of elements that both have
// just once (patience diff): what is unique is a better guide than blank lines.
func landmarks(a, b []int32) [][2]int {
	type seen struct{ inA, inB, a, b int }
	places := map[int32]*seen{}
	for i, e := range a {
		p := places[e]
		if p == nil {
			p = &seen{}
			places[e] = p
		}
		p.inA, p.a = p.inA+1, i
	}
	for i, e := range b {
		if p := places[e]; p != nil {
			p.inB, p.b = p.inB+1, i
		}
	}
	var pairs [][2]int
	for i, e := range a {
		if p := places[e]; p.inA == 1 && p.inB == 1 {
			pairs = append(pairs, [2]int{i, p.b})
		}
	}
	// piles[n] is the last pair of the best sequence of n+1 pairs.
	var piles []int
	before := make([]int, len(pairs))
	for i, p := range pairs {
		n, _ := slices.BinarySearchFunc(piles, p[1], func(j, b int) int { return pairs[j][1] - b })
		before[i] = -1
		if n > 0 {
			before[i] = piles[n-1]
		}
		if n == len(piles) {
			piles = append(piles, i)
		}
		piles[n] = i
	}
	out := make([][2]int, len(piles))
	if len(piles) > 0 {
		for i, n := piles[len(piles)-1], len(piles)-1; i >= 0; i, n = before[i], n-1 {
			out[n] = pairs[i]
		}
	}
	return out
}

// compare marks what is different in a[a0:a1] and b[b0:b1].
func (d *differ) compare(a0, a1, b0, b1 int) {
	for {
		for a0 < a1 && b0 < b1 && d.a[a0] == d.b[b0] {
			a0, b0 = a0+1, b0+1
		}
		for a0 < a1 && b0 < b1 && d.a[a1-1] == d.b[b1-1] {
			a1, b1 = a1-1, b1-1
		}
		if a0 == a1 || b0 == b1 || *d.budget <= 0 {
			break
		}
		x, y := d.middle(d.a[a0:a1], d.b[b0:b1])
		d.compare(a0, a0+x, b0, b0+y)
		a0, b0 = a0+x, b0+y
	}
	for ; a0 < a1; a0++ {
		d.outA[a0] = true
	}
	for ; b0 < b1; b0++ {
		d.outB[b0] = true
	}
}

// middle returns a place that divides two sequences, neither empty and different at
// both ends, into smaller ones: on a shortest way through both, or where the search
// came furthest.
func (d *differ) middle(a, b []int32) (x, y int) {
	n, m := len(a), len(b)
	limit := max(leastSearch, int(math.Sqrt(float64(n+m))))
	limit = min(limit, (n+m+1)/2)
	zero := limit + 1
	if size := 2*zero + 1; len(d.fwd) < size {
		d.fwd, d.bwd = make([]int, size), make([]int, size)
	}
	for i := range 2*zero + 1 {
		d.fwd[i], d.bwd[i] = unreached, unreached
	}
	delta := n - m
	for edits := 0; ; edits++ {
		*d.budget -= edits + 1
		for k := -edits; k <= edits; k += 2 {
			x := furthest(d.fwd, zero, k, edits, n, m)
			if x < 0 {
				continue
			}
			for x < n && x-k < m && a[x] == b[x-k] {
				x++
				*d.budget--
			}
			d.fwd[zero+k] = x
			if back := delta - k; delta&1 != 0 && -edits < back && back < edits && x+d.bwd[zero+back] >= n {
				return x, x - k
			}
		}
		for k := -edits; k <= edits; k += 2 {
			x := furthest(d.bwd, zero, k, edits, n, m)
			if x < 0 {
				continue
			}
			for x < n && x-k < m && a[n-1-x] == b[m-1-x+k] {
				x++
				*d.budget--
			}
			d.bwd[zero+k] = x
			if fore := delta - k; delta&1 == 0 && -edits <= fore && fore <= edits && x+d.fwd[zero+fore] >= n {
				return n - x, m - x + k
			}
		}
		if edits >= limit || *d.budget <= 0 {
			for k := -edits; k <= edits; k += 2 {
				if at := d.fwd[zero+k]; at >= 0 && 2*at-k > x+y {
					x, y = at, at-k
				}
			}
			return x, y
		}
	}
}

// furthest is where a way of so many edits begins on a diagonal, having come from the
// next ones; less than 0 if it does not lie within both sequences.
func furthest(reached []int, zero, k, edits, n, m int) int {
	if edits == 0 {
		return 0
	}
	x := unreached
	if right := reached[zero+k-1]; k > -edits && right < n {
		x = right + 1
	}
	if down := reached[zero+k+1]; k < edits && down-k <= m {
		x = max(x, down)
	}
	reached[zero+k] = unreached
	return x
}
