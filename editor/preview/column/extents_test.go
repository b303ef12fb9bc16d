package column

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestExtents compares with a slice.
func TestExtents(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var model []int32
	e := newExtents(nil)
	for step := range 4000 {
		switch op := r.IntN(4); {
		case op == 0 && len(model) > 0:
			n, h := r.IntN(len(model)), max(r.IntN(90)-40, 0)
			model[n] = int32(h)
			e.set(n, h)
		default:
			from := r.IntN(len(model) + 1)
			to := from + r.IntN(min(len(model)-from, 1+r.IntN(400))+1)
			with := make([]int32, r.IntN(1+r.IntN(500)))
			for i := range with {
				with[i] = int32(max(r.IntN(90)-40, 0))
			}
			if len(model)-(to-from)+len(with) == 0 {
				continue
			}
			model = slices.Replace(model, from, to, with...)
			e.splice(from, to, with)
		}
		total := 0
		for _, h := range model {
			total += int(h)
		}
		if e.count != len(model) || e.total != total {
			t.Fatalf("step %d: %d entries of %d, want %d of %d", step, e.count, e.total, len(model), total)
		}
		if len(model) == 0 {
			continue
		}
		n := r.IntN(len(model))
		top := 0
		for _, h := range model[:n] {
			top += int(h)
		}
		if e.top(n) != top || e.height(n) != int(model[n]) {
			t.Fatalf("step %d: entry %d at %d of %d, want %d of %d", step, n, e.top(n), e.height(n), top, model[n])
		}
		after, before := n+1, n-1
		for after < len(model) && model[after] == 0 {
			after++
		}
		for before >= 0 && model[before] == 0 {
			before--
		}
		if e.after(n) != after || e.before(n) != before {
			t.Fatalf("step %d: around %d are %d and %d, want %d and %d", step, n, e.before(n), e.after(n), before, after)
		}
		y := r.IntN(total + 1)
		got, gotTop := e.find(y)
		want, sum := 0, 0
		for want < len(model)-1 && sum+int(model[want]) <= y {
			sum += int(model[want])
			want++
		}
		if got != want || gotTop != sum {
			t.Fatalf("step %d: at %d entry %d from %d, want %d from %d", step, y, got, gotTop, want, sum)
		}
	}
}
