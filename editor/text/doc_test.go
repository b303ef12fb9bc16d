package text

import (
	"errors"
	"strings"
	"testing"
)

func TestLines(t *testing.T) {
	d := New("one\ntwo\n\nfour")
	for offset, want := range map[int]int{-1: 0, 0: 0, 3: 0, 4: 1, 8: 2, 9: 3, 99: 3} {
		if got := d.Line(offset); got != want {
			t.Errorf("line of %d is %d, want %d", offset, got, want)
		}
	}
	for line, want := range map[int]struct {
		start, end int
		text       string
	}{-1: {0, 3, ""}, 0: {0, 3, "one"}, 2: {8, 8, ""}, 3: {9, 13, "four"}, 4: {13, 13, ""}} {
		if d.LineStart(line) != want.start || d.LineEnd(line) != want.end || d.LineText(line) != want.text {
			t.Errorf("line %d is [%d,%d) %q, want %v", line, d.LineStart(line), d.LineEnd(line), d.LineText(line), want)
		}
	}
	if d := (Doc{}); d.Lines() != 1 || d.Line(3) != 0 || d.LineStart(1) != 0 || d.LineEnd(0) != 0 || d.LineText(0) != "" {
		t.Error("the empty text is not one empty line")
	}
}

func TestSliceIsClamped(t *testing.T) {
	d := New("abc")
	for _, c := range []struct {
		start, end int
		want       string
	}{{-5, 2, "ab"}, {1, 99, "bc"}, {2, 1, ""}, {9, 12, ""}, {-3, -1, ""}} {
		if got := d.Slice(c.start, c.end); got != c.want {
			t.Errorf("[%d,%d) is %q, want %q", c.start, c.end, got, c.want)
		}
	}
	if got := (Doc{}).Slice(0, 1); got != "" {
		t.Errorf("empty text has %q", got)
	}
}

func TestSameAndEqual(t *testing.T) {
	d := decode(t, "one\r\ntwo")
	e, inverse, _ := d.Apply(Change{Start: 3, End: 4, Insert: "X"})
	back, _, _ := e.Apply(inverse)
	switch {
	case !d.Same(d), !(Doc{}).Same(Doc{}), d.Same(e), d.Same(back):
		t.Error("same is not identity")
	case d.Equal(e), !d.Equal(back), !(Doc{}).Equal(New("")):
		t.Error("equal is not equality")
	}
	if same, _, _ := d.ApplyAll(Changes{{Start: 2, End: 2}}); !same.Same(d) {
		t.Error("a change of nothing made another text")
	}
	for _, other := range []string{"one\ntwo", "one\rtwo", "\ufeffone\r\ntwo", "one\r\ntwx", "one\r\ntwo\r\n"} {
		if d.Equal(decode(t, other)) {
			t.Errorf("equal to %q", other)
		}
	}
	// Equal however the text was made: with another default ending, in other leaves.
	mixed := decode(t, "a\nb\r\n"+strings.Repeat("line\n", 2000))
	other := decode(t, "a\r\nb\r\nc\r\n")
	other, _, _ = other.Apply(Change{Start: 0, End: other.Len(), Insert: ""})
	if !other.Equal(Doc{}) {
		t.Error("two empty files differ")
	}
	for i := 0; i < 3000; i += 100 {
		mixed, inverse, _ = mixed.Apply(Change{Start: i, End: i + 50, Insert: "x"})
		mixed, _, _ = mixed.Apply(inverse)
	}
	if again := decode(t, string(mixed.Bytes())); !mixed.Equal(again) || !again.Equal(mixed) {
		t.Error("differs from what is read back")
	}
}

func TestIndex(t *testing.T) {
	d := New(strings.Repeat("ab", 5000) + "needle" + strings.Repeat("ab", 5000))
	for _, c := range []struct {
		needle     string
		from, want int
	}{{"needle", 0, 10_000}, {"needle", 10_000, 10_000}, {"needle", 10_001, -1}, {"ba", 7, 7}, {"", 5, 5}, {"", 99_999, d.Len()}, {"bb", 0, -1}, {"ab", -4, 0}} {
		if got := d.Index(c.needle, c.from); got != c.want {
			t.Errorf("%q from %d at %d, want %d", c.needle, c.from, got, c.want)
		}
	}
}

func TestApplyRefusesWhatDoesNotFit(t *testing.T) {
	d := New("aé\xe6\xbc")
	for _, cs := range []Changes{
		{{Start: -1}},
		{{Start: 2, End: 1}},
		{{Start: 0, End: 6}},
		{{Start: 2, End: 2}},
		{{Start: 1, End: 2, Insert: "x"}},
		{{Start: 3, End: 3, Insert: "x"}, {Start: 1, End: 1, Insert: "x"}},
		{{Start: 0, End: 3}, {Start: 1, End: 4}},
	} {
		if got, _, err := d.ApplyAll(cs); !errors.Is(err, ErrRange) || !got.Same(d) {
			t.Errorf("%+v: error %v, want ErrRange", cs, err)
		}
	}
	if got, _, err := d.ApplyAll(Changes{{Start: 0, End: 1}, {Start: 1, End: 1, Insert: "x"}, {Start: 1, End: 1, Insert: "y"}, {Start: 4, End: 5}}); err != nil || got.String() != "xyé\xe6" {
		t.Errorf("got %q, %v", got.String(), err)
	}
}

func TestInverseMayDivideCharacters(t *testing.T) {
	d := decode(t, "a\xe6x\xbc\xa2b")
	e, inverse, err := d.Apply(Change{Start: 2, End: 3})
	if err != nil || e.String() != "a漢b" {
		t.Fatalf("%q, %v", e.String(), err)
	}
	if back, _, err := e.Apply(inverse); err != nil || !back.Equal(d) {
		t.Errorf("back to %q, %v", back.String(), err)
	}
}

func FuzzDiff(f *testing.F) {
	f.Add("one two", "one 2 two")
	f.Add("é", "è")
	f.Add("é", "ĩ")
	f.Add("aaa", "aa")
	f.Add("", "漢")
	f.Add("\xe6\xbc", "\xe6\xbc\xa2")
	f.Add("one"+strings.Repeat("same\n", 2000), "two"+strings.Repeat("same\n", 2000))
	f.Add(strings.Repeat("long ", 2000), strings.Repeat("long ", 1999))
	f.Add(strings.Repeat("a\n", 3000)+"x", strings.Repeat("a\n", 3001)+"y")
	f.Fuzz(func(t *testing.T, a, b string) {
		from, to := New(a), New(b)
		c := from.Diff(to.String())
		got, _, err := from.Apply(c)
		if err != nil || got.String() != to.String() {
			t.Fatalf("diff of %q to %q gives %q, %v", from, to, got, err)
		}
		if c.IsZero() != (from.String() == to.String()) {
			t.Fatalf("diff of %q to %q is %v", from, to, c)
		}
	})
}
