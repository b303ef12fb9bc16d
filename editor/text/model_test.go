package text

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// decode reads a text that is no cause for refusal.
func decode(t testing.TB, s string) Doc {
	t.Helper()
	d, err := Decode([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// checkTree fails the test unless the tree is as [node] says.
func checkTree(t testing.TB, d Doc) {
	t.Helper()
	var leaves []string
	var check func(n *node) (bytes, breaks int, height int8, mixed bool)
	check = func(n *node) (bytes, breaks int, height int8, mixed bool) {
		if n.isLeaf() {
			if k := strings.Count(n.text, "\n"); n.ends != "" && (len(n.ends) != k || canonical(n.ends, d.eol) == "") {
				t.Fatalf("a leaf of %d breaks has the endings %q, the text %v", k, n.ends, d.eol)
			}
			if n.right != nil || n.text == "" || len(n.text) > maxLeaf {
				t.Fatalf("a leaf of %d bytes", len(n.text))
			}
			leaves = append(leaves, n.text)
			bytes, breaks, mixed = len(n.text), strings.Count(n.text, "\n"), n.ends != ""
		} else {
			lb, lk, lh, lm := check(n.left)
			rb, rk, rh, rm := check(n.right)
			if lh-rh > 1 || rh-lh > 1 {
				t.Fatalf("heights %d and %d", lh, rh)
			}
			bytes, breaks, height, mixed = lb+rb, lk+rk, max(lh, rh)+1, lm || rm
		}
		if n.bytes != bytes || n.breaks != breaks || n.height != height || n.mixed != mixed {
			t.Fatalf("node says %d, %d, %d, %v; is %d, %d, %d, %v", n.bytes, n.breaks, n.height, n.mixed, bytes, breaks, height, mixed)
		}
		return bytes, breaks, height, mixed
	}
	if d.root == nil {
		return
	}
	check(d.root)
	for i, leaf := range leaves[1:] {
		before := leaves[i]
		// Cutting a long text may leave up to three bytes less, not to cut a character.
		if n := min(len(before), halfLeaf) + min(len(leaf), halfLeaf); n <= fillLeaf-utf8Max {
			t.Fatalf("neighbouring leaves of %d and %d bytes", len(before), len(leaf))
		}
		if inside(before+leaf, len(before)) {
			t.Fatalf("a character is cut between %q and %q", tail(before), leaf[:1])
		}
	}
}

const utf8Max = 4

func tail(s string) string { return s[max(len(s)-4, 0):] }

// model is a text as simple as can be.
type model string

func (m model) apply(cs Changes) model {
	var b strings.Builder
	at := 0
	for _, c := range cs {
		b.WriteString(string(m[at:c.Start]))
		b.WriteString(strings.ReplaceAll(strings.ReplaceAll(c.Insert, "\r\n", "\n"), "\r", "\n"))
		at = c.End
	}
	b.WriteString(string(m[at:]))
	return model(b.String())
}

// checkAgrees fails the test unless the text answers as the model does, at some
// random places.
func checkAgrees(t testing.TB, r *rand.Rand, d Doc, m model) {
	t.Helper()
	s := string(m)
	if d.String() != s {
		t.Fatalf("text of %d bytes is not the model of %d", d.Len(), len(s))
	}
	starts := []int{0}
	for i := range len(s) {
		if s[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	if d.Len() != len(s) || d.Lines() != len(starts) {
		t.Fatalf("%d bytes in %d lines, want %d in %d", d.Len(), d.Lines(), len(s), len(starts))
	}
	for range 8 {
		a, b := r.IntN(len(s)+1), r.IntN(len(s)+1)
		a, b = min(a, b), max(a, b)
		if got := d.Slice(a, b); got != s[a:b] {
			t.Fatalf("slice [%d,%d) is wrong", a, b)
		}
		var chunks strings.Builder
		for chunk := range d.Chunks(a, b) {
			chunks.WriteString(chunk)
		}
		if chunks.String() != s[a:b] {
			t.Fatalf("chunks of [%d,%d) are wrong", a, b)
		}
		line := strings.Count(s[:a], "\n")
		if got := d.Line(a); got != line {
			t.Fatalf("line of %d is %d, want %d", a, got, line)
		}
		start, end := starts[line], len(s)
		if line+1 < len(starts) {
			end = starts[line+1] - 1
		}
		if d.LineStart(line) != start || d.LineEnd(line) != end || d.LineText(line) != s[start:end] {
			t.Fatalf("line %d is [%d,%d), want [%d,%d)", line, d.LineStart(line), d.LineEnd(line), start, end)
		}
		needle := s[a:min(b, a+1+r.IntN(9000))]
		from := r.IntN(len(s) + 1)
		want := strings.Index(s[from:], needle)
		if want >= 0 {
			want += from
		}
		if got := d.Index(needle, from); got != want {
			t.Fatalf("index of %d bytes from %d is %d, want %d", len(needle), from, got, want)
		}
	}
}

// atoms hold what makes offsets go wrong: long characters, halves of characters,
// and line breaks.
var atoms = []string{
	"a", "b", "é", "漢", "👩‍🌾", "🇩🇪", "\n", "\n", "\r\n", "\r", " ", "\xe6\xbc", "\xa2", "\xf0\x9f", "\x98", "\x80", "\xff",
	strings.Repeat("lorem ipsum ", 200), strings.Repeat("水", 700), strings.Repeat("x\n", 900),
}

func randomText(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(atoms[r.IntN(len(atoms))])
	}
	return b.String()
}

// randomChanges returns up to k changes that fit the text. Some begin and end where
// leaves of the tree do.
func randomChanges(r *rand.Rand, d Doc, k int) Changes {
	var cs Changes
	var seams []int
	at := 0
	for chunk := range d.Chunks(0, d.Len()) {
		at += len(chunk)
		seams = append(seams, at)
	}
	aligned := r.IntN(4) == 0
	snap := func(offset int) int {
		if i, _ := slices.BinarySearch(seams, offset); aligned && i < len(seams) {
			return seams[i]
		}
		return offset
	}
	at = 0
	for range 1 + r.IntN(k) {
		c := Change{Start: at}
		switch r.IntN(4) {
		case 0:
			c.Start += r.IntN(d.Len() - at + 1)
		case 1:
			c.Start += r.IntN(min(d.Len()-at, 100) + 1)
		}
		c.Start = snap(c.Start)
		c.End = c.Start
		switch r.IntN(4) {
		case 0:
			c.End += r.IntN(d.Len() - c.Start + 1)
		case 1, 2:
			c.End += r.IntN(min(d.Len()-c.Start, 20) + 1)
		}
		for c.End = snap(c.End); d.inside(c.Start); {
			c.Start++
		}
		for c.End = max(c.End, c.Start); d.inside(c.End); {
			c.End++
		}
		if r.IntN(4) > 0 {
			c.Insert = randomText(r, r.IntN(4))
		}
		cs = append(cs, c)
		at = c.End
	}
	return cs
}

// checkReads fails the test unless a file of the text is read back as it is.
func checkReads(t testing.TB, d Doc) {
	t.Helper()
	again, err := Decode(d.Bytes())
	var bad *EncodingError
	if errors.As(err, &bad) || strings.HasPrefix(d.Slice(0, 3), mark) {
		return
	}
	if again.String() != d.String() || again.mark != d.mark {
		t.Fatalf("a text of %d lines is read back with %d", d.Lines(), again.Lines())
	}
	if !again.Equal(d) || !d.Equal(again) {
		t.Fatal("not equal to what is read back")
	}
}

func TestEditsAgreeWithModel(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		d := decode(t, randomText(r, r.IntN(60)))
		checkTree(t, d)
		start, file := d, string(d.Bytes())
		m := model(d.String())
		var undo []Changes
		for range 12 {
			checkAgrees(t, r, d, m)
			cs := randomChanges(r, d, 1+r.IntN(12))
			next, inverse, err := d.ApplyAll(cs)
			if err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			m = m.apply(cs)
			checkTree(t, next)
			checkReads(t, next)
			undo = append(undo, inverse)
			d = next
		}
		checkAgrees(t, r, d, m)
		var redo []Changes
		end := string(d.Bytes())
		for i := len(undo) - 1; i >= 0; i-- {
			var again Changes
			var err error
			if d, again, err = d.ApplyAll(undo[i]); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			checkTree(t, d)
			redo = append(redo, again)
		}
		if string(d.Bytes()) != file || !d.Equal(start) {
			t.Fatalf("seed %d: undone to other bytes", seed)
		}
		for i := len(redo) - 1; i >= 0; i-- {
			d, _, _ = d.ApplyAll(redo[i])
		}
		if string(d.Bytes()) != end {
			t.Fatalf("seed %d: redone to other bytes", seed)
		}
	}
}

// TestTypingDoesNotFragment types and deletes as one writes, at one place.
func TestTypingDoesNotFragment(t *testing.T) {
	d := New(strings.Repeat("Some text, a line of it.\n", 4000))
	at := d.Len() / 2
	for i := range 20_000 {
		c := Change{Start: at, End: at, Insert: "x"}
		if i%7 == 6 || i > 12_000 {
			c = Change{Start: at - 1, End: at}
		}
		d, _, _ = d.Apply(c)
		at += len(c.Insert) - (c.End - c.Start)
	}
	checkTree(t, d)
	for d.Len() > 0 {
		d, _, _ = d.Apply(Change{Start: max(d.Len()/2-600, 0), End: min(d.Len()/2+600, d.Len())})
		checkTree(t, d)
	}
}

// TestLeavesThatMeet deletes just the leaf between two others, which become one if
// small. In one file a lone CR meets an LF there.
func TestLeavesThatMeet(t *testing.T) {
	for name, c := range map[string]struct {
		ending string
		small  int
	}{"small": {"\n", 1200}, "full": {"\n", fillLeaf}, "small, lone CR": {"\r", 1200}, "full, lone CR": {"\r", fillLeaf}} {
		t.Run(name, func(t *testing.T) {
			file := strings.Repeat("ab\n", fillLeaf/3-1) + "ab" + c.ending + strings.Repeat("漢", fillLeaf/3) + strings.Repeat("\nab", fillLeaf/3)
			d := decode(t, file)
			d, first, err := d.ApplyAll(Changes{{Start: 0, End: fillLeaf - c.small}, {Start: 2*fillLeaf + c.small, End: d.Len()}})
			if err != nil {
				t.Fatal(err)
			}
			var leaves []int
			for chunk := range d.Chunks(0, d.Len()) {
				leaves = append(leaves, len(chunk))
			}
			if !slices.Equal(leaves, []int{c.small, fillLeaf, c.small}) {
				t.Fatalf("leaves of %d bytes", leaves)
			}
			e, inverse, err := d.Apply(Change{Start: c.small, End: c.small + fillLeaf})
			if err != nil {
				t.Fatal(err)
			}
			checkTree(t, e)
			checkReads(t, e)
			back, _, err := e.Apply(inverse)
			if err != nil || !back.Equal(d) {
				t.Errorf("not undone, %v", err)
			}
			if back, _, err = back.ApplyAll(first); err != nil || string(back.Bytes()) != file {
				t.Errorf("not undone to the file, %v", err)
			}
		})
	}
}
