package edits

import (
	"math/rand/v2"
	"strings"
	"testing"

	"longhand/editor/text"
)

func randomChanges(r *rand.Rand, n int) text.Changes {
	var cs text.Changes
	for at := 0; at <= n; at += 1 + r.IntN(4) {
		if r.IntN(3) > 0 {
			end := min(n, at+r.IntN(3))
			cs = append(cs, text.Change{Start: at, End: end, Insert: strings.Repeat("X", r.IntN(3))})
			at = end
		}
	}
	return cs
}

// One set of changes does what several steps do, and maps places that they keep to
// the same places.
func TestComposeDoesAllSteps(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	for range 2000 {
		d := text.New("0123456789abcdef"[:r.IntN(17)])
		after := d
		var steps []text.Changes
		for range r.IntN(5) {
			cs := tidy(randomChanges(r, after.Len()))
			next, _, err := after.ApplyAll(cs)
			if err != nil {
				t.Fatal(err)
			}
			after = next
			steps = append(steps, cs)
		}
		cs := composeAll(steps)
		got, _, err := d.ApplyAll(cs)
		if err != nil || got.String() != after.String() {
			t.Fatalf("%v in one is %v on %q: %q (%v), want %q", steps, cs, d, got, err, after)
		}
	}
}
