package search

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// markerOf is the marker of a query in an index of the texts.
func markerOf(t *testing.T, query string, texts ...string) *Marker {
	t.Helper()
	var entries []Entry
	for i, s := range texts {
		entries = append(entries, Entry{Path: string(rune('a' + i)), Body: s})
	}
	x := New(entries...)
	t.Cleanup(func() { x.Close() })
	found, err := x.Find(t.Context(), query, 0)
	if err != nil {
		t.Fatal(err)
	}
	return found.Marker()
}

func TestMarker(t *testing.T) {
	for _, c := range []struct{ query, s, want string }{
		{"river", "The River took what rivers take.", "The {River} took what {river}s take."}, // still being typed
		{"river ok", "The River took what rivers take, ok", "The {River} took what rivers take, {ok}"},
		{"took river", "The river took it", "The {river} {took} it"}, // in the order of the text
		{"cafe", "Café, CAFE\u0301 and cafés", "{Café}, {CAFE\u0301} and {café}s"},
		{"naïve", "naive", "{naive}"},
		{"strasse", "Straße und STRASSE", "{Straße} und {STRASSE}"},
		{"stras", "Straße", "{Straß}e"}, // half of ß is all of it
		{"find", "ﬁnd the ﬁn", "{ﬁnd} the ﬁn"},
		{"aero lodz", "Ærø, Łódź", "{Ærø}, {Łódź}"},
		{"οδυσσευς", "Ὀδυσσεύς", "{Ὀδυσσεύς}"},
		{"東京", "夏に東京の東京タワーへ", "夏に{東京}の{東京}タワーへ"},
		{"ガギ", "ガギグ カギ", "{ガギ}グ カギ"},
		{"abc", "ＡＢＣ", "{ＡＢＣ}"},                 // wide letters
		{"rievr", "The river.", "The {river}."}, // misspelt
		{"chekcer borow", "the borrow checker", "the {borrow} {checker}"},
		{"iver", "The river.", "The {river}."}, // a part
		{"cat category", "a cat, a category", "a {cat}, a {category}"},
		{`"took the"`, "It took\n  the bridge; took a, the", "It {took\n  the} bridge; took a, the"},
		{`"took the" bridge`, "took the bridge", "{took the} {bridge}"},
		{`"a a b"`, "a a a b", "a {a a b}"},
		{`“took the`, "took the", "{took the}"},
		{"well-known", "well known, well, known", "{well known}, {well, known}"},
		{"soft", "so\u00adft and s\u200boft", "{so\u00adft} and {s\u200boft}"},
		{"c++", "C++ in C", "{C++} in C"},
		{"🙂", "ok 🙂.", "ok {🙂}."},
		{"river -took", "river", "{river}"},
		{"b", "a\xffb\xfe", "a\xff{b}\xfe"},
	} {
		m := markerOf(t, c.query, c.s)
		if got := marked(c.s, m.Marks(c.s)); got != c.want {
			t.Errorf("%q in %q: %q, want %q", c.query, c.s, got, c.want)
		}
		if p := m.Place(c.s); p.End <= p.Start || !strings.Contains(c.want, "{"+c.s[p.Start:p.End]) {
			t.Errorf("%q in %q is at %v", c.query, c.s, p)
		}
	}
}

func TestMarkerOfNothing(t *testing.T) {
	for _, query := range []string{"", "  ", "...", `""`, "\xff", "-river", "tag:river", "zzzzqqqq"} {
		m := markerOf(t, query, "The river took it.")
		if m != nil || m.Marks("The river") != nil || m.Place("The river") != (Span{}) || !m.ByLine() || !m.Same(nil) {
			t.Errorf("%q gives a marker of %v", query, m.patterns)
		}
	}
}

func TestMarkersAreTheSame(t *testing.T) {
	const s = "one two three"
	for _, c := range []struct {
		a, b string
		same bool
	}{{"one two", "one  TWO", true}, {"one two", "one", false}, {`"one two"`, "one two", false}, {"one two", "two one", false}} {
		if got := markerOf(t, c.a, s).Same(markerOf(t, c.b, s)); got != c.same {
			t.Errorf("%q and %q: %v", c.a, c.b, got)
		}
	}
	if markerOf(t, `"one two"`, s).ByLine() || !markerOf(t, "one two", s).ByLine() {
		t.Error("a phrase may reach into the next line, words may not")
	}
}

// The place is where the words stand together, not where one of them comes first.
func TestPlace(t *testing.T) {
	far := strings.Repeat("words and words. ", 60)
	body := "A river. " + far + "It took the river, the bridge. " + far + "took"
	for query, want := range map[string]string{"river": "river. words", "took river": "took the river", "bridge took": "took the river", "bridge": "bridge. words"} {
		if p := markerOf(t, query, body).Place(body); !strings.HasPrefix(body[p.Start:], want) {
			t.Errorf("%q leads to %.20q, want %q", query, body[p.Start:], want)
		}
	}
}

// What is marked folds to words of the query, wherever they stand.
func TestMarksFoldToTheWords(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	alphabet := []string{"a", "A", "á", "a\u0301", "s", "ß", "f", "i", "ﬁ", "ﬃ", " ", "\n", "\u3000", "\u00ad", "ぱ", "は", "漢", "🙂", "\xff", "é", "İ"}
	pick := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString(alphabet[r.IntN(len(alphabet))])
		}
		return b.String()
	}
	found := 0
	for range 4000 {
		s, query := pick(1+r.IntN(12)), pick(1+r.IntN(4))
		m := markerOf(t, query+" ", s)
		spans := m.Marks(s)
		last := -1
		for _, at := range spans {
			if at.Start <= last || at.End <= at.Start || at.End > len(s) {
				t.Fatalf("%q in %q: spans %v", query, s, spans)
			}
			last = at.End
			if !utf8.RuneStart(s[at.Start]) || at.End < len(s) && !utf8.RuneStart(s[at.End]) {
				t.Fatalf("%q in %q: %v cuts a character", query, s, at)
			}
			folded := Fold(s[at.Start:at.End])
			if !slices.ContainsFunc(m.patterns, func(p pattern) bool { return strings.Contains(folded, p.tokens[0]) }) {
				t.Fatalf("%q in %q: marks %q", query, s, folded)
			}
		}
		found += len(spans)
	}
	if found < 500 {
		t.Errorf("only %d marks in all: nothing is tested", found)
	}
}

func BenchmarkMarks(b *testing.B) {
	paragraph := strings.Repeat("The flood gauge was gone, and nobody in the café had heard it go. ", 12)
	x := New(Entry{Path: "a", Body: paragraph + "zebra crossing"})
	defer x.Close()
	for name, query := range map[string]string{"none": "zebra crossing", "some": "gauge cafe", "many": "e the"} {
		found, err := x.Find(b.Context(), query, 0)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(paragraph)))
			b.ReportAllocs()
			for b.Loop() {
				found.Marker().Marks(paragraph)
			}
		})
	}
}
