package find

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"longhand/editor/text"
)

// vowels marks each run of a or e.
func vowels(s string) []Match {
	var out []Match
	for i := 0; i < len(s); i++ {
		start := i
		for i < len(s) && (s[i] == 'a' || s[i] == 'e') {
			i++
		}
		if i > start {
			out = append(out, Match{start, i})
		}
	}
	return out
}

func TestFunc(t *testing.T) {
	for _, s := range []string{"", "a", "\n", "one\ntea\n\naa\n", strings.Repeat("a long line of words\n", 20_000), strings.Repeat("ea", 100_000) + "\nb"} {
		d, err := text.Decode([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		for _, lines := range []bool{true, false} {
			if got, want := list(all(t, Func(vowels, lines), d)), vowels(s); !slices.Equal(got, want) {
				t.Errorf("%.20q by lines %v: %d matches, want %d", s, lines, len(got), len(want))
			}
		}
	}
}

func TestFuncFollowsEdits(t *testing.T) {
	before, _ := text.Decode([]byte("one\nbar\nsea\n"))
	after, _ := text.Decode([]byte("one\nba!e\nr\nsea\n"))
	changes := text.Changes{{Start: 6, End: 6, Insert: "!e\n"}}
	f := Func(vowels, true)
	found, _ := f.All(t.Context(), before, 0)
	found, ok := found.Update(f, after, changes)
	got := list(found)
	if want := list(all(t, f, after)); !ok || !slices.Equal(got, want) {
		t.Errorf("after an edit %v, want %v", got, want)
	}
	if _, ok := found.Update(Func(vowels, false), after, changes); ok {
		t.Error("what may reach over lines is looked for anew")
	}
	if n := len(f.Replace(after, found, "x")); n != 0 {
		t.Errorf("%d matches are replaced", n)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.All(ctx, after, 0); !errors.Is(err, context.Canceled) {
		t.Error("it is not to be stopped:", err)
	}
}
