package find

import (
	"context"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"longhand/editor/text"
)

// naive finds plain text at each place of s, character by character.
func naive(s string, q Query) []Match {
	type char struct {
		key  rune
		size int
	}
	read := func(s string) (c char) {
		r, n := utf8.DecodeRuneInString(s)
		if r == utf8.RuneError && n == 1 {
			return char{-rune(s[0]), 1}
		}
		least := r
		for f := unicode.SimpleFold(r); !q.Case && f != r; f = unicode.SimpleFold(f) {
			least = min(least, f)
		}
		return char{least, n}
	}
	var found []Match
	if q.Text == "" {
		return nil
	}
	for i := 0; i < len(s); {
		at, ok := i, true
		for rest := q.Text; rest != ""; {
			if at == len(s) {
				ok = false
				break
			}
			a, b := read(rest), read(s[at:])
			if a.key != b.key {
				ok = false
				break
			}
			rest, at = rest[a.size:], at+b.size
		}
		if ok && q.Word && (cutsWord([]byte(s), i) || cutsWord([]byte(s), at)) {
			ok = false
		}
		if ok {
			found = append(found, Match{i, at})
			i = at
			continue
		}
		i += read(s[i:]).size
	}
	return found
}

// naiveRegexp is the same for expressions that are not of whole words.
func naiveRegexp(s string, q Query) []Match {
	prefix := "(?m)"
	if !q.Case {
		prefix = "(?mi)"
	}
	var found []Match
	for _, loc := range regexp.MustCompile(prefix+q.Text).FindAllStringIndex(s, -1) {
		if loc[0] < loc[1] {
			found = append(found, Match{loc[0], loc[1]})
		}
	}
	return found
}

var alphabet = []string{
	"a", "a", "A", "b", "k", "K", "\u212a", "s", "ſ", "S", "é", "É", "σ", "ς", "Σ", "п", "П", "ß", "ẞ", "ı", "İ",
	"中", "カ", "ー", "𐐀", "𐐨", " ", " ", "\n", "\n", ".", "'", "_", "1", "\u0301", "\xc3", "\xa9", "\xff",
}

func random(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(alphabet[r.IntN(len(alphabet))])
	}
	return b.String()
}

// decode makes a text that keeps what is not UTF-8.
func decode(t testing.TB, s string) text.Doc {
	t.Helper()
	d, err := text.Decode([]byte(s))
	if err != nil || d.String() != s {
		t.Fatalf("%q is no text: %v", s, err)
	}
	return d
}

func TestAgainstNaive(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		// Some letters only, so that there are matches.
		s := random(r, r.IntN(60))
		q := Query{Text: random(r, 1+r.IntN(3)), Case: r.IntN(3) == 0, Word: r.IntN(3) == 0}
		if from := r.IntN(len(s) + 1); r.IntN(2) == 0 {
			q.Text = s[from:min(from+1+r.IntN(6), len(s))]
		}
		got := list(all(t, mustCompile(t, q), decode(t, s)))
		if want := naive(s, q); !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v in %q: %v, want %v", q, s, got, want)
		}
	}
}

// TestWindows has matches over the borders of windows and of the text's leaves.
func TestWindows(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	words := []string{"Straße", "kiss", "\u212aiſs", "été", "ПРИВЕТ", "привет", "中文", "aaaa", "aaab", " ", "\n", ". "}
	for i := range 4 {
		var b strings.Builder
		for b.Len() < 5*windowSize {
			b.WriteString(words[r.IntN(len(words)-i%2*2)])
		}
		s := b.String()
		d := text.New(s)
		for range 50 { // shift the leaves
			at := d.LineStart(r.IntN(d.Lines()))
			d, _, _ = d.Apply(text.Change{Start: at, End: at, Insert: words[r.IntN(len(words))]})
		}
		s = d.String()
		for _, q := range []Query{
			{Text: "kiss"}, {Text: "STRASSE"}, {Text: "straße"}, {Text: "привет", Case: true}, {Text: "a"}, {Text: "aaaaaaaaab"},
			{Text: "é"}, {Text: "kiss", Word: true}, {Text: "Kiss\nÉTÉ"}, {Text: "文", Word: true}, {Text: s[100:90_000]},
		} {
			if !utf8.ValidString(q.Text) {
				continue
			}
			if got, want := list(all(t, mustCompile(t, q), d)), naive(s, q); !slices.Equal(got, want) {
				t.Fatalf("%.20q...: %d matches, want %d", q.Text, len(got), len(want))
			}
		}
		for _, q := range []Query{
			{Text: `a+b`, Regexp: true}, {Text: `^\S+`, Regexp: true}, {Text: `\bki\w*$`, Regexp: true}, {Text: `é.*é`, Regexp: true},
			{Text: `\s\s+`, Regexp: true}, {Text: `\Aa|\nk`, Regexp: true},
		} {
			if got, want := list(all(t, mustCompile(t, q), d)), naiveRegexp(s, q); !slices.Equal(got, want) {
				t.Fatalf("%q: %d matches, want %d", q.Text, len(got), len(want))
			}
		}
	}
}

var queries = []Query{
	{Text: "a"}, {Text: "aa"}, {Text: "ks"}, {Text: "é", Case: true}, {Text: "a b"}, {Text: "a", Word: true}, {Text: "σ"}, {Text: "中カ"},
	{Text: `a+`, Regexp: true}, {Text: `^.`, Regexp: true}, {Text: `a.*b`, Regexp: true}, {Text: `\w+$`, Regexp: true},
	{Text: `a.?`, Regexp: true, Word: true}, {Text: `^(\w)|b`, Regexp: true, Word: true},
}

func randomChanges(r *rand.Rand, d text.Doc) text.Changes {
	var cs text.Changes
	at := 0
	for range 1 + r.IntN(4) {
		at += r.IntN(max(d.Len()-at, 0)/2 + 1)
		start := at
		if r.IntN(3) > 0 {
			at = min(at+r.IntN(8), d.Len())
		}
		cs = append(cs, text.Change{Start: start, End: at, Insert: strings.ToValidUTF8(random(r, r.IntN(5)), "")})
	}
	return cs
}

func TestUpdate(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for round := range 400 {
		q := queries[round%len(queries)]
		f := mustCompile(t, q)
		d := decode(t, random(r, r.IntN(4000)))
		ms := all(t, f, d)
		for range 30 {
			cs := randomChanges(r, d)
			after, _, err := d.ApplyAll(cs)
			if err != nil {
				continue // inside a character
			}
			mapped := list(ms.Map(cs))
			if want := naiveMap(list(ms), cs); !reflect.DeepEqual(mapped, want) {
				t.Fatalf("%+v, %+v: mapped to %v, want %v", q, cs, mapped, want)
			}
			updated, ok := ms.Update(f, after, cs)
			if !ok {
				t.Fatalf("%+v cannot be updated", q)
			}
			d, ms = after, updated
			if got, want := list(ms), list(all(t, f, d)); !reflect.DeepEqual(got, want) {
				t.Fatalf("%+v, %+v: %v, want %v", q, cs, got, want)
			}
			for i := range ms.Len() {
				if k := ms.Search(ms.At(i).Start); k != i {
					t.Fatalf("match %d is found as %d", i, k)
				}
			}
		}
	}
}

func naiveMap(ms []Match, cs text.Changes) []Match {
	var mapped []Match
next:
	for _, m := range ms {
		for _, c := range cs {
			if !c.IsZero() && c.Start < m.End && c.End > m.Start {
				continue next
			}
		}
		start := cs.Map(m.Start, true)
		mapped = append(mapped, Match{start, start + m.End - m.Start})
	}
	return mapped
}

func TestUpdateTellsWhenItCannot(t *testing.T) {
	for _, q := range []Query{
		{Text: "a\nb"}, {Text: `a\sb`, Regexp: true}, {Text: `[^a]b`, Regexp: true}, {Text: `(?s)a.b`, Regexp: true},
		{Text: `\Aa`, Regexp: true}, {Text: `a\z`, Regexp: true}, {Text: `a(b|\n)`, Regexp: true},
	} {
		f := mustCompile(t, q)
		d := text.New("a b a\nb")
		ms := all(t, f, d)
		cs := text.Changes{{Start: 0, End: 0, Insert: "x"}}
		after, _, _ := d.ApplyAll(cs)
		got, ok := ms.Update(f, after, cs)
		if ok || !reflect.DeepEqual(list(got), list(ms.Map(cs))) {
			t.Errorf("%+v: %v, %v", q, list(got), ok)
		}
	}
}

func TestNextAgreesWithAll(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, q := range append(queries, Query{Text: "\n\n"}, Query{Text: `a\s+b`, Regexp: true}) {
		f := mustCompile(t, q)
		d := decode(t, random(r, 300))
		ms := list(all(t, f, d))
		for from := 0; from <= d.Len(); from++ {
			var next, prev Match
			var wrapped, back = true, true
			for _, m := range ms {
				if m.Start >= from && wrapped {
					next, wrapped = m, false
				}
				if m.End <= from {
					prev, back = m, false
				}
			}
			if len(ms) > 0 && wrapped {
				next = ms[0]
			}
			if len(ms) > 0 && back {
				prev = ms[len(ms)-1]
			}
			some := len(ms) > 0
			if m, w, ok := f.Next(d, from); m != next || w != (wrapped && some) || ok != some {
				t.Fatalf("%+v: next from %d is %v, %v, %v, want %v, %v", q, from, m, w, ok, next, wrapped)
			}
			if m, w, ok := f.Prev(d, from); m != prev || w != (back && some) || ok != some {
				t.Fatalf("%+v: the one before %d is %v, %v, %v, want %v, %v", q, from, m, w, ok, prev, back)
			}
		}
	}
}

// TestManyUpdates lets blocks split and shrink.
func TestManyUpdates(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	f := mustCompile(t, Query{Text: "a"})
	d := text.New(strings.Repeat("a b a\n", 2000))
	ms := all(t, f, d)
	for range 3000 {
		start := r.IntN(d.Len() + 1)
		c := text.Change{Start: start, End: min(start+r.IntN(12), d.Len()), Insert: []string{"a", "a\na\n", "", strings.Repeat("ab\n", 6)}[r.IntN(4)]}
		after, _, err := d.Apply(c)
		if err != nil {
			t.Fatal(err)
		}
		ms, _ = ms.Update(f, after, text.Changes{c})
		d = after
	}
	if got, want := list(ms), list(all(t, f, d)); !reflect.DeepEqual(got, want) {
		t.Errorf("%d matches after many changes, want %d", len(got), len(want))
	}
	if limit := 64 + 2*ms.Len()/blockSize; len(ms.blocks) > limit+1 {
		t.Errorf("%d blocks for %d matches", len(ms.blocks), ms.Len())
	}
}

// TestLongLines has searches that go back over what they have seen.
func TestLongLines(t *testing.T) {
	d := text.New(strings.Repeat("ab ", 60_000))
	for _, q := range []Query{
		{Text: `.*a`, Regexp: true, Word: true}, {Text: `a.*a|b`, Regexp: true, Word: true}, {Text: `x*`, Regexp: true, Word: true},
		{Text: strings.Repeat("ab ", 30) + "b"}, {Text: "b", Word: true},
	} {
		begin := time.Now()
		ms := all(t, mustCompile(t, q), d)
		if took := time.Since(begin); took > 5*time.Second {
			t.Errorf("%+v: %v for %d matches", q, took, ms.Len())
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("The cat, the Cat", "cat", uint8(0))
	f.Add("miſſed \u212aiss\nkiss", "KISS", uint8(2))
	f.Add("éé\xc3\xa9\xff", "\xa9", uint8(1))
	f.Add("a\n\n\nb a", `a\s+b|^b`, uint8(4))
	f.Add("foobar foo bar", `foo|foobar`, uint8(6))
	f.Add("xx x\nx", `^x|\bx`, uint8(6))
	f.Fuzz(func(t *testing.T, s, needle string, options uint8) {
		if len(s) > 2000 || len(needle) > 50 {
			return
		}
		q := Query{Text: needle, Case: options&1 != 0, Word: options&2 != 0, Regexp: options&4 != 0}
		if !q.Regexp && strings.Contains(needle, "\r") {
			return
		}
		d, err := text.Decode([]byte(s))
		if err != nil || d.String() != s {
			return // not a text, or not with these line breaks
		}
		finder, err := Compile(q)
		if err != nil {
			if e := err.(*SyntaxError); e.Offset < 0 || e.Offset > len(needle) || e.Reason == "" {
				t.Fatalf("%q: %+v", needle, e)
			}
			return
		}
		ms := all(t, finder, d)
		got := list(ms)
		switch {
		case !q.Regexp:
			if want := naive(s, q); !reflect.DeepEqual(got, want) {
				t.Fatalf("%+v in %q: %v, want %v", q, s, got, want)
			}
		case !q.Word:
			if want := naiveRegexp(s, q); !reflect.DeepEqual(got, want) {
				t.Fatalf("%+v in %q: %v, want %v", q, s, got, want)
			}
		}
		end := 0
		for _, m := range got {
			if m.Start < end || m.End <= m.Start || m.End > len(s) {
				t.Fatalf("%+v in %q: %v", q, s, got)
			}
			if q.Word && (cutsWord([]byte(s), m.Start) || cutsWord([]byte(s), m.End)) {
				t.Fatalf("%+v in %q: %v cuts a word", q, s, m)
			}
			end = m.End
		}
		if _, _, err := d.ApplyAll(finder.Replace(d, ms, `x$1\n$`)); err != nil {
			t.Fatal(err)
		}
		if len(got) > 0 {
			c := text.Changes{{Start: got[0].Start, End: got[0].End, Insert: "\n" + needle}}
			after, _, err := d.ApplyAll(c)
			if err != nil {
				t.Fatal(err)
			}
			updated, ok := ms.Update(finder, after, c)
			if want, _ := finder.All(context.Background(), after, 0); ok && !reflect.DeepEqual(list(updated), list(want)) {
				t.Fatalf("%+v: updated to %v, want %v", q, list(updated), list(want))
			}
		}
	})
}
