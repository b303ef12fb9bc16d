package search

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestMarker(t *testing.T) {
	for _, c := range []struct{ query, s, want string }{
		{"river", "The River took what rivers take.", "The {River} took what {river}s take."},
		{"took river", "The river took it", "The {river} {took} it"}, // in the order of the text
		{"cafe", "Café, CAFE\u0301 and cafés", "{Café}, {CAFE\u0301} and {café}s"},
		{"naïve", "naive", "{naive}"},
		{"e", "e\u0301\u0302te", "{e\u0301\u0302}t{e}"}, // accents go with their letter
		{"strasse", "Straße und STRASSE", "{Straße} und {STRASSE}"},
		{"stras", "Straße", "{Straß}e"}, // half of ß is all of it
		{"se", "Straße", "Stra{ße}"},
		{"s", "ßs", "{ßs}"},
		{"find", "ﬁnd the ﬁn", "{ﬁnd} the ﬁn"},
		{"fi", "ﬃ oﬀice", "{ﬃ} o{ﬀi}ce"},
		{"i", "ﬁx", "{ﬁ}x"},
		{"aero lodz", "Ærø, Łódź", "{Ærø}, {Łódź}"},
		{"οδυσσευς", "Ὀδυσσεύς", "{Ὀδυσσεύς}"},
		{"東京", "夏に東京の東京タワーへ", "夏に{東京}の{東京}タワーへ"},
		{"ガギ", "ガギグ カギ", "{ガギ}グ カギ"},
		{"abc", "ＡＢＣ", "{ＡＢＣ}"}, // wide letters
		{"aba bab", "xababax", "x{abab}ax"},
		{"cat category", "a category", "a {category}"},
		{"on one", "one on", "{one} {on}"},
		{"nan ana", "banana", "b{anan}a"}, // a word is looked for behind where it stood
		{"dog cat", "catdog", "{catdog}"}, // what touches is one mark
		{`"took the"`, "It took\n  the bridge; took a, the", "It {took\n  the} bridge; took a, the"},
		{`"took the" bridge`, "took the bridge", "{took the} {bridge}"},
		{`“took the`, "took the", "{took the}"},
		{"soft", "so\u00adft and s\u200boft", "{so\u00adft} and {s\u200boft}"},
		{"c++", "C++ in C", "{C++} in C"},
		{"🙂", "ok 🙂.", "ok {🙂}."},
		{"zebra", "no such animal", "no such animal"},
		{"b", "a\xffb\xfe", "a\xff{b}\xfe"},
		{"a", "", ""},
		{"", "anything", "anything"},
		{" \t\n", "any thing", "any thing"},
		{`"" ... !?`, `"" ... !?`, `"" ... !?`},
	} {
		if got := marked(c.s, NewMarker(c.query).Marks(c.s)); got != c.want {
			t.Errorf("%q in %q: %q, want %q", c.query, c.s, got, c.want)
		}
	}
}

func TestMarkerOfNothing(t *testing.T) {
	for _, query := range []string{"", "  ", "...", `""`, "\xff"} {
		if m := NewMarker(query); m != nil {
			t.Errorf("%q gives a marker of %q", query, m.words)
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
	for range 20000 {
		s, query := pick(r.IntN(12)), pick(1+r.IntN(4))
		m := NewMarker(query)
		spans := m.Marks(s)
		last := -1
		for _, at := range spans {
			if at.Start <= last || at.End <= at.Start || at.End > len(s) {
				t.Fatalf("%q in %q: spans %v", query, s, spans)
			}
			last = at.End
			if at.Start > 0 && !utf8.RuneStart(s[at.Start]) || at.End < len(s) && !utf8.RuneStart(s[at.End]) {
				t.Fatalf("%q in %q: %v cuts a character", query, s, at)
			}
			if piece := Fold(s[at.Start:at.End]); !holdsAny(piece, m.words) {
				t.Fatalf("%q in %q: marks %q", query, s, piece)
			}
		}
		if m != nil && (len(spans) > 0) != holdsAny(Fold(s), m.words) {
			t.Fatalf("%q in %q: spans %v", query, s, spans)
		}
		found += len(spans)
	}
	if found < 1000 {
		t.Errorf("only %d marks in all: nothing is tested", found)
	}
}

func holdsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

func BenchmarkMarks(b *testing.B) {
	paragraph := strings.Repeat("The flood gauge was gone, and nobody in the café had heard it go. ", 12)
	for name, query := range map[string]string{"none": "zebra crossing", "some": "gauge cafe", "many": "e"} {
		m := NewMarker(query)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(paragraph)))
			b.ReportAllocs()
			for b.Loop() {
				m.Marks(paragraph)
			}
		})
	}
}
