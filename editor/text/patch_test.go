package text

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// patched makes the patches the plain way.
func patched(data []byte, patches []Patch) []byte {
	var out []byte
	at := 0
	for _, p := range patches {
		out = append(append(out, data[at:p.Offset]...), p.Insert...)
		at = p.Offset + p.Deleted
	}
	return append(out, data[at:]...)
}

func size(patches []Patch) (n int) {
	for _, p := range patches {
		n += p.Deleted + len(p.Insert)
	}
	return n
}

func TestPatches(t *testing.T) {
	for _, c := range [][2]string{
		{"", ""}, {"", "a"}, {"a", ""}, {"ab", "b"}, {"aaa", "aa"}, {"é", "è"},
		{"a\r\nb\r\n", "a\r\nb\nc\r\n"}, {"\ufeffa", "a"}, {"a", "\ufeffa"}, {"a\rb", "a\nb"}, {"a\xffb", "a\xfeb"},
	} {
		a, err := Decode([]byte(c[0]))
		if err != nil {
			t.Fatal(err)
		}
		b, err := Decode([]byte(c[1]))
		if err != nil {
			t.Fatal(err)
		}
		if got := patched(a.Bytes(), a.Patches(b)); string(got) != c[1] {
			t.Errorf("%q to %q: %+v makes %q", c[0], c[1], a.Patches(b), got)
		}
	}
}

// What is edited is all that a patch holds, in a small text and a large one.
func TestPatchesAreSmall(t *testing.T) {
	for _, eol := range []string{"\n", "\r\n"} {
		long := strings.Repeat("A line of an article that goes on."+eol, 300_000)
		doc, err := Decode([]byte(long))
		if err != nil {
			t.Fatal(err)
		}
		mid := doc.LineStart(150_000)
		after, _, err := doc.ApplyAll(Changes{{Start: 3, End: 3, Insert: "one"}, {Start: mid, End: mid + 4, Insert: "two\nthree"}, {Start: doc.Len() - 1, End: doc.Len(), Insert: ""}})
		if err != nil {
			t.Fatal(err)
		}
		patches := doc.Patches(after)
		if n := size(patches); len(patches) != 3 || n > 24 {
			t.Errorf("%q: %d patches with %d bytes", eol, len(patches), n)
		}
		if string(patched([]byte(long), patches)) != string(after.Bytes()) {
			t.Errorf("%q: they make another text", eol)
		}
	}
}

func TestPatchesOfRandomEdits(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 7))
		var b strings.Builder
		if r.IntN(3) == 0 {
			b.WriteString("\ufeff")
		}
		breaks := []string{"\n", "\r\n", "\r"}
		uniform := r.IntN(4)
		for range r.IntN(20_000) {
			e := breaks[r.IntN(3)]
			if uniform < 3 {
				e = breaks[uniform]
			}
			b.WriteString([]string{"word", "é", "語", " ", "\xff", e}[r.IntN(6)])
		}
		doc, err := Decode([]byte(b.String()))
		if err != nil {
			continue
		}
		state, base := NewState(doc, Selection{}), doc
		data := base.Bytes()
		for step := range 60 {
			if r.IntN(4) == 0 {
				state, _, _ = state.Undo()
			} else {
				var cs Changes
				for at := 0; at < state.Doc().Len() && len(cs) < 1+r.IntN(4); {
					s := at + r.IntN(state.Doc().Len()-at+1)
					e := min(s+r.IntN(50), state.Doc().Len())
					if r.IntN(10) == 0 {
						e = min(s+r.IntN(90_000), state.Doc().Len())
					}
					cs = append(cs, Change{Start: s, End: e, Insert: strings.Repeat("x\r\ny"[:r.IntN(5)], r.IntN(30))})
					at = e
				}
				next, err := state.Apply(Transaction{Changes: cs, Kind: Command})
				if err != nil {
					continue // within a character
				}
				state = next
			}
			if r.IntN(3) > 0 {
				continue // several edits between two looks
			}
			patches := base.Patches(state.Doc())
			want := state.Doc().Bytes()
			if got := patched(data, patches); string(got) != string(want) {
				t.Fatalf("seed %d, step %d: the patches make another text", seed, step)
			}
			base, data = state.Doc(), want
		}
	}
}

func BenchmarkPatches(b *testing.B) {
	for _, n := range []int{10 << 10, 10 << 20} {
		doc := New(strings.Repeat("A line of an article that goes on.\n", n/35))
		after, _, err := doc.Apply(Change{Start: n / 2, End: n / 2, Insert: "a"})
		if err != nil {
			b.Fatal(err)
		}
		far, _, err := after.Apply(Change{Start: 3, End: 3, Insert: "b"})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("%dKB/one", n>>10), func(b *testing.B) {
			for b.Loop() {
				doc.Patches(after)
			}
		})
		b.Run(fmt.Sprintf("%dKB/far", n>>10), func(b *testing.B) {
			for b.Loop() {
				doc.Patches(far)
			}
		})
	}
}
