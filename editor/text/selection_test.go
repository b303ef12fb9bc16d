package text

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestSelectionIsNormal(t *testing.T) {
	for name, c := range map[string]struct {
		main     int
		in, want []Range
		wantMain int
	}{
		"sorted":                     {1, []Range{{8, 9}, {1, 2}}, []Range{{1, 2}, {8, 9}}, 0},
		"overlapping, main backward": {1, []Range{{1, 5}, {7, 3}}, []Range{{7, 1}}, 0},
		"overlapping, main forward":  {0, []Range{{1, 5}, {7, 3}}, []Range{{1, 7}}, 0},
		"touching":                   {0, []Range{{1, 3}, {3, 5}}, []Range{{1, 5}}, 0},
		"not touching":               {1, []Range{{1, 3}, {4, 5}}, []Range{{1, 3}, {4, 5}}, 1},
		"caret at an edge":           {0, []Range{{3, 1}, {3, 3}}, []Range{{3, 1}}, 0},
		"caret behind a range":       {2, []Range{{3, 1}, {3, 3}, {9, 9}}, []Range{{3, 1}, {9, 9}}, 1},
		"carets at one place":        {1, []Range{{3, 3}, {3, 3}}, []Range{{3, 3}}, 0},
		"one within another":         {2, []Range{{0, 9}, {20, 21}, {2, 4}}, []Range{{0, 9}, {20, 21}}, 0},
		"main out of range":          {7, []Range{{1, 2}}, []Range{{1, 2}}, 0},
		"none":                       {0, nil, []Range{{0, 0}}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			in := slices.Clone(c.in)
			s := NewSelection(c.main, in...)
			if !slices.Equal(s.Ranges(), c.want) || s.MainIndex() != c.wantMain || s.Len() != len(c.want) {
				t.Errorf("got %v, main %d; want %v, main %d", s.Ranges(), s.MainIndex(), c.want, c.wantMain)
			}
			if s.Main() != c.want[c.wantMain] {
				t.Errorf("main is %v", s.Main())
			}
			if !slices.Equal(in, c.in) {
				t.Error("the ranges given were changed")
			}
		})
	}
}

func TestSelectionsFollowChanges(t *testing.T) {
	for name, c := range map[string]struct {
		before  string
		changes Changes
		want    string
	}{
		"typing at the caret":         {"one |two", Changes{{Start: 4, End: 4, Insert: "new "}}, "one new |two"},
		"typing before the caret":     {"one |two", Changes{{Start: 0, End: 0, Insert: "é"}}, "éone |two"},
		"typing behind the caret":     {"one |two", Changes{{Start: 5, End: 5, Insert: "é"}}, "one |téwo"},
		"deleting around the caret":   {"one |two", Changes{{Start: 2, End: 6}}, "on|o"},
		"replacing around the caret":  {"one |two", Changes{{Start: 2, End: 6, Insert: "XY"}}, "onXY|o"},
		"replacing up to the caret":   {"one |two", Changes{{Start: 0, End: 4, Insert: "X"}}, "X|two"},
		"replacing from the caret":    {"one |two", Changes{{Start: 4, End: 7, Insert: "X"}}, "one |X"},
		"inserting at a range's ends": {"a‹b|›c", Changes{{Start: 1, End: 1, Insert: "X"}, {Start: 2, End: 2, Insert: "Y"}}, "aX‹b|›Yc"},
		"inserting within a range":    {"a‹|bc›d", Changes{{Start: 2, End: 2, Insert: "X"}}, "a‹|bXc›d"},
		"replacing a range":           {"a‹|bc›d", Changes{{Start: 1, End: 3, Insert: "XYZ"}}, "a‹|XYZ›d"},
		"deleting a range":            {"a‹bc|›d", Changes{{Start: 1, End: 3}}, "a|d"},
		"carets that meet":            {"a|b|c", Changes{{Start: 1, End: 2}}, "a|c"},
		"several":                     {"a|b|c", Changes{{Start: 1, End: 1, Insert: "1"}, {Start: 2, End: 2, Insert: "22"}}, "a1|b22|c"},
		"CRLF in the insertion":       {"a|b", Changes{{Start: 1, End: 1, Insert: "1\r\n2\r3"}}, "a1\n2\n3|b"},
		"two insertions at a place":   {"a|b", Changes{{Start: 1, End: 1, Insert: "1"}, {Start: 1, End: 1, Insert: "2"}}, "a12|b"},
		"insertion where one ended":   {"ab|c", Changes{{Start: 1, End: 2, Insert: "X"}, {Start: 2, End: 2, Insert: "Y"}}, "aXY|c"},
		"nothing":                     {"a|b", nil, "a|b"},
	} {
		t.Run(name, func(t *testing.T) {
			d, s := written(t, c.before)
			d, _, err := d.ApplyAll(c.changes)
			if err != nil {
				t.Fatal(err)
			}
			if got := shown(d, s.Map(c.changes)); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// TestMapKeepsOrder checks on random changes that mapping never exchanges two
// offsets, that what is kept is found again, and that a selection maps as its ends.
func TestMapKeepsOrder(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 2))
		d := decode(t, randomText(r, 1+r.IntN(20)))
		cs := randomChanges(r, d, 6)
		next, _, err := d.ApplyAll(cs)
		if err != nil {
			t.Fatal(err)
		}
		before, after := 0, 0
		for at := range min(d.Len(), 500) + 1 {
			b, a := cs.Map(at, false), cs.Map(at, true)
			if b > a || b < before || a < after || a > next.Len() {
				t.Fatalf("seed %d: %d maps to %d and %d, after %d and %d", seed, at, b, a, before, after)
			}
			before, after = b, a
			kept := !slices.ContainsFunc(cs, func(c Change) bool { return c.Start <= at && at < c.End })
			if kept && at < d.Len() && next.Slice(a, a+1) != d.Slice(at, at+1) {
				t.Fatalf("seed %d: %d does not map to its byte", seed, at)
			}
			if s := Caret(at).Map(cs); s.Main() != (Range{a, a}) {
				t.Fatalf("seed %d: a caret at %d maps to %v, want %d", seed, at, s.Main(), a)
			}
		}
		var ranges []Range
		for range 5 {
			ranges = append(ranges, Range{r.IntN(d.Len() + 1), r.IntN(d.Len() + 1)})
		}
		s := NewSelection(r.IntN(5), ranges...)
		ranges = s.Ranges()
		for i, x := range ranges {
			start, end := cs.Map(x.Start(), true), cs.Map(x.End(), x.Empty())
			ranges[i] = x.between(start, max(start, end))
		}
		if want := NewSelection(s.MainIndex(), ranges...); !s.Map(cs).Equal(want) {
			t.Fatalf("seed %d: %v maps to %v, want %v", seed, s, s.Map(cs), want)
		}
	}
}
