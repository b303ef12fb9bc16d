package merge_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"longhand/editor/text"
	"longhand/library/merge"
)

func TestMerge(t *testing.T) {
	for _, tt := range []struct {
		name, base, ours, theirs, want string
		conflicts                      []string // base|ours|theirs
	}{
		{name: "nothing"},
		{name: "only ours", base: "a\n", ours: "b\n", theirs: "a\n", want: "b\n"},
		{name: "only theirs", base: "a\n", ours: "a\n", theirs: "b\n", want: "b\n"},
		{name: "both alike", base: "a\n", ours: "b\n", theirs: "b\n", want: "b\n"},
		{name: "two paragraphs", base: "one\n\ntwo\n", ours: "ONE\n\ntwo\n", theirs: "one\n\nTWO\n", want: "ONE\n\nTWO\n"},
		{name: "two lines next to each other", base: "title: A\ndate: 1\n", ours: "title: B\ndate: 1\n", theirs: "title: A\ndate: 2\n", want: "title: B\ndate: 2\n"},
		{name: "two words of a line", base: "the quick brown fox jumps", ours: "the slow brown fox jumps", theirs: "the quick brown fox sleeps", want: "the slow brown fox sleeps"},
		{name: "the same word", base: "the quick fox", ours: "the slow fox", theirs: "the red fox", want: "the slow fox", conflicts: []string{"quick|slow|red"}},
		{name: "words side by side", base: "the quick, brown fox", ours: "the slow, brown fox", theirs: "the quick, red fox", want: "the slow, brown fox", conflicts: []string{"quick, brown|slow, brown|quick, red"}},
		{name: "one changes what the other removes", base: "a\nb c d\ne\n", ours: "a\nb X d\ne\n", theirs: "a\ne\n", want: "a\nb X d\ne\n", conflicts: []string{"b c d\n|b X d\n|"}},
		{name: "both add at the end", base: "a\n", ours: "a\nours\n", theirs: "a\ntheirs\n", want: "a\nours\n", conflicts: []string{"|ours\n|theirs\n"}},
		{name: "they have less of what was typed", base: "a", ours: "a b c d", theirs: "a b c", want: "a b c d"},
		{name: "they have more of what was typed", base: "a", ours: "a b", theirs: "a b c", want: "a b c"},
		{name: "Chinese", base: "我们走在河边的路上", ours: "我们跑在河边的路上", theirs: "我们走在河边的街上", want: "我们跑在河边的街上"},
		{name: "no base", ours: "a\n", theirs: "b\n", want: "a\n", conflicts: []string{"|a\n|b\n"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := merge.Merge(tt.base, tt.ours, tt.theirs)
			if got.Text != tt.want {
				t.Errorf("text is %q, want %q", got.Text, tt.want)
			}
			var conflicts []string
			for _, c := range got.Conflicts {
				conflicts = append(conflicts, c.Base.Of(tt.base)+"|"+c.Ours.Of(tt.ours)+"|"+c.Theirs.Of(tt.theirs))
			}
			if !slices.Equal(conflicts, tt.conflicts) {
				t.Errorf("conflicts are %q, want %q", conflicts, tt.conflicts)
			}
			checkMerge(t, tt.base, tt.ours, tt.theirs)
		})
	}
}

func TestMarked(t *testing.T) {
	for _, tt := range []struct{ name, base, ours, theirs, want string }{
		{"a word", "one\nthe quick fox\nend\n", "one\nthe slow fox\nend\n", "one\nthe red fox\nend\n",
			"one\n<<<<<<< mine\nthe slow fox\n=======\nthe red fox\n>>>>>>> theirs\nend\n"},
		{"two words of a line", "a quick fox and a lazy dog", "a slow fox and a sleepy dog", "a red fox and a tired dog",
			"<<<<<<< mine\na slow fox and a sleepy dog\n=======\na red fox and a tired dog\n>>>>>>> theirs\n"},
		{"removed lines", "a\nb c d\ne\n", "a\nb X d\ne\n", "a\ne\n", "a\n<<<<<<< mine\nb X d\n=======\n>>>>>>> theirs\ne\n"},
		{"added lines", "a\n\nend\n", "a\n\nours\n\nend\n", "a\n\ntheirs\n\nend\n", "a\n\n<<<<<<< mine\nours\n\n=======\ntheirs\n\n>>>>>>> theirs\nend\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, places := merge.Merge(tt.base, tt.ours, tt.theirs).Marked("mine", "theirs")
			if got != tt.want {
				t.Errorf("got %q\nwant %q", got, tt.want)
			}
			if len(places) != 1 || !strings.HasPrefix(places[0].Of(got), "<<<<<<< mine\n") || !strings.HasSuffix(places[0].Of(got), ">>>>>>> theirs\n") {
				t.Errorf("marked places are %v", places)
			}
		})
	}
}

func TestDiff(t *testing.T) {
	for _, tt := range []struct{ name, a, b, want string }{
		{"nothing", "a b\n", "a b\n", "a b\n"},
		{"a word", "the quick fox\n", "the slow fox\n", "the [-quick-][+slow+] fox\n"},
		{"words as one", "the quick brown fox ran\n", "the slow red fox ran\n", "the [-quick brown-][+slow red+] fox ran\n"},
		{"hardly a word between", "Everything that happened, a secret, remained\n", "Nobody who whispered, a fact, complained\n", "[-Everything that happened, a secret, remained-][+Nobody who whispered, a fact, complained+]\n"},
		{"a word for two", "What the river took\n", "What that very river took\n", "What [-the-][+that very+] river took\n"},
		{"a line", "one\n\ntwo\n", "one\n\nmore\n\ntwo\n", "one\n\n[+more\n\n+]two\n"},
		{"an ending", "run\n", "running\n", "[-run-][+running+]\n"},
		{"an accent", "cafe au lait", "café au lait", "[-cafe-][+café+] au lait"},
		{"Chinese", "我们走在河边", "我们跑在河边", "我们[-走-][+跑+]在河边"},
		{"Japanese", "東京へ行きます", "京都へ行きます", ""},
		{"from nothing", "", "all\n", "[+all\n+]"},
		{"to nothing", "all\n", "", "[-all\n-]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			edits := merge.Diff(tt.a, tt.b)
			checkEdits(t, tt.a, tt.b, edits)
			if got := show(tt.a, tt.b, edits); got != tt.want && tt.want != "" {
				t.Errorf("got %q\nwant %q", got, tt.want)
			}
		})
	}
}

func show(a, b string, edits []merge.Edit) string {
	var out strings.Builder
	at := 0
	for _, e := range edits {
		out.WriteString(a[at:e.Old.Start])
		if e.Old.Len() > 0 {
			out.WriteString("[-" + e.Old.Of(a) + "-]")
		}
		if e.New.Len() > 0 {
			out.WriteString("[+" + e.New.Of(b) + "+]")
		}
		at = e.Old.End
	}
	return out.String() + a[at:]
}

// checkEdits checks that edits are ascending, apart, not empty, at characters, and that
// all else is the same in both.
func checkEdits(t *testing.T, a, b string, edits []merge.Edit) {
	t.Helper()
	valid := utf8.ValidString(a)
	i, j := 0, 0
	for n, e := range edits {
		if e.Old.Start < i || e.Old.End < e.Old.Start || e.New.End < e.New.Start || e.Old.Len()+e.New.Len() == 0 {
			t.Fatalf("edit %d of %v is out of order or empty", n, edits)
		}
		if a[i:e.Old.Start] != b[j:e.New.Start] {
			t.Fatalf("before edit %d stands %q and %q", n, a[i:e.Old.Start], b[j:e.New.Start])
		}
		for _, at := range []int{e.Old.Start, e.Old.End} {
			if valid && at < len(a) && !utf8.RuneStart(a[at]) {
				t.Fatalf("edit %d is inside a character", n)
			}
		}
		i, j = e.Old.End, e.New.End
	}
	if a[i:] != b[j:] {
		t.Fatalf("behind the last edit stands %q and %q", a[i:], b[j:])
	}
}

// checkMerge checks what holds of every merge.
func checkMerge(t *testing.T, base, ours, theirs string) {
	t.Helper()
	checkEdits(t, base, ours, merge.Edits(base, ours))
	checkEdits(t, base, ours, merge.Diff(base, ours))
	for _, tt := range []struct{ base, ours, theirs, want string }{
		{base, base, theirs, theirs}, {base, ours, base, ours}, {base, ours, ours, ours},
	} {
		if got := merge.Merge(tt.base, tt.ours, tt.theirs); got.Text != tt.want || len(got.Conflicts) > 0 {
			t.Fatalf("merging %q, %q and %q gives %q", tt.base, tt.ours, tt.theirs, got.Text)
		}
	}
	m, turned := merge.Merge(base, ours, theirs), merge.Merge(base, theirs, ours)
	if len(m.Conflicts) != len(turned.Conflicts) {
		t.Fatalf("%d conflicts, and %d the other way round", len(m.Conflicts), len(turned.Conflicts))
	}
	// With their side of each conflict it is what the merge the other way round says.
	var b strings.Builder
	at := 0
	for i, c := range m.Conflicts {
		if c.At.Of(m.Text) != c.Ours.Of(ours) {
			t.Fatalf("at conflict %d stands %q, ours is %q", i, c.At.Of(m.Text), c.Ours.Of(ours))
		}
		b.WriteString(m.Text[at:c.At.Start] + c.Theirs.Of(theirs))
		at = c.At.End
	}
	if b.WriteString(m.Text[at:]); b.String() != turned.Text {
		t.Fatalf("with their side it is %q, the other way round %q", b.String(), turned.Text)
	}
	// Nothing of either side is lost from the marked text.
	marked, _ := m.Marked("ours", "theirs")
	for _, c := range m.Conflicts {
		if !strings.Contains(marked, c.Ours.Of(ours)) || !strings.Contains(marked, c.Theirs.Of(theirs)) {
			t.Fatalf("the marked text %q lacks %q or %q", marked, c.Ours.Of(ours), c.Theirs.Of(theirs))
		}
	}
	doc := text.New(ours)
	if doc.String() == ours { // nothing that a text normalises
		for _, to := range []string{m.Text, theirs} {
			if text.New(to).String() != to {
				continue
			}
			after, _, err := doc.ApplyAll(merge.Changes(ours, to))
			if err != nil || after.String() != to {
				t.Fatalf("the changes give %q, want %q (%v)", after.String(), to, err)
			}
		}
	}
}

// Each side makes changes in lines of its own: all of both are in the merged text, and
// nothing else.
func TestMergeKeepsBothSides(t *testing.T) {
	const rounds = 1000
	words := strings.Fields("river boat water stone night bridge 河 きょう Ñandú and the of a")
	changes := 0
	for seed := range uint64(rounds) {
		r := rand.New(rand.NewPCG(seed, 1))
		var base, ours, theirs, want strings.Builder
		for n := range 4 + r.IntN(12) {
			line := fmt.Sprintf("line %d:", n)
			for range r.IntN(12) {
				line += " " + words[r.IntN(len(words))]
			}
			changed := line
			switch r.IntN(3) {
			case 0:
				changed = "" // removed
			case 1:
				changed = fmt.Sprintf("%s\nnew %d-%d", line, seed, n)
			case 2:
				at := strings.IndexByte(line, ':')
				changed = fmt.Sprintf("%s: word%d%s", line[:at], n, line[at+1:])
			}
			o, t := line, line
			w := line
			switch r.IntN(4) {
			case 0:
				o, w = changed, changed
				changes++
			case 1:
				t, w = changed, changed
				changes++
			}
			for _, p := range []struct {
				b *strings.Builder
				s string
			}{{&base, line}, {&ours, o}, {&theirs, t}, {&want, w}} {
				if p.s != "" {
					p.b.WriteString(p.s + "\n")
				}
				p.b.WriteString(fmt.Sprintf("fixed %d\n", n))
			}
		}
		got := merge.Merge(base.String(), ours.String(), theirs.String())
		if got.Text != want.String() || len(got.Conflicts) > 0 {
			t.Fatalf("seed %d: %d conflicts, got\n%s\nwant\n%s", seed, len(got.Conflicts), got.Text, want.String())
		}
	}
	t.Logf("%d merges of %d changes: none lost", rounds, changes)
}

// Random changes anywhere: what holds of every merge, and no word that one side added
// far from all changes of the other is lost.
func TestMergeProperties(t *testing.T) {
	alphabet := strings.Fields("a b c . , \\n \\n 河 は é the 👩‍👩‍👧 _ - \\n\\n")
	gen := func(r *rand.Rand, n int) []string {
		out := make([]string, n)
		for i := range out {
			out[i] = strings.ReplaceAll(alphabet[r.IntN(len(alphabet))], `\n`, "\n") + strings.Repeat(" ", r.IntN(2))
		}
		return out
	}
	edit := func(r *rand.Rand, in []string) []string {
		out := slices.Clone(in)
		for range r.IntN(4) {
			at := r.IntN(len(out) + 1)
			end := min(at+r.IntN(4), len(out))
			out = slices.Replace(out, at, end, gen(r, r.IntN(4))...)
		}
		return out
	}
	conflicts := 0
	for seed := range uint64(1500) {
		r := rand.New(rand.NewPCG(seed, 2))
		base := gen(r, r.IntN(40))
		b, o, th := strings.Join(base, ""), strings.Join(edit(r, base), ""), strings.Join(edit(r, base), "")
		checkMerge(t, b, o, th)
		conflicts += len(merge.Merge(b, o, th).Conflicts)
	}
	if conflicts < 100 {
		t.Errorf("only %d conflicts: the test tests little", conflicts)
	}
}

func FuzzMerge(f *testing.F) {
	f.Add("one\n\ntwo\n", "ONE\n\ntwo\n", "one\n\nTWO\n")
	f.Add("a", "a b c", "a c")
	f.Add("河边", "河\xff边", "\n\n河")
	f.Add("", "x", "y\r\n")
	f.Fuzz(func(t *testing.T, base, ours, theirs string) { checkMerge(t, base, ours, theirs) })
}
