package text

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clipperhouse/uax29/v2/words"
)

// nextStops and prevStops walk the text from end to end.
func nextStops(d Doc, next func(int) int) []int {
	stops := []int{0}
	for at := 0; at < d.Len(); {
		at = next(at)
		stops = append(stops, at)
	}
	return stops
}

func prevStops(d Doc, prev func(int) int) []int {
	stops := []int{d.Len()}
	for at := d.Len(); at > 0; {
		at = prev(at)
		stops = append(stops, at)
	}
	slices.Reverse(stops)
	return stops
}

// divided writes the stops into the text.
func divided(d Doc, stops []int) string {
	var parts []string
	for i, at := range stops[1:] {
		parts = append(parts, d.Slice(stops[i], at))
	}
	return strings.Join(parts, "|")
}

func TestGraphemes(t *testing.T) {
	for name, want := range map[string]string{
		"empty":               "",
		"letters":             "a|b|\n|c",
		"accents":             "e\u0301|x|e\u0301\u0302",
		"flags":               "🇩🇪|🇫🇷|🇺🇳|a",
		"a flag's half":       "🇩🇪|🇫|a",
		"emoji with joiners":  "👩‍🌾|👨‍👩‍👧‍👦|❤️‍🔥|x",
		"skin tones":          "👍🏽|👍",
		"keycaps and tags":    "1️⃣|🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f|!",
		"Hangul jamo":         "각|\u1100\u1161\u11a8|가",
		"Thai":                "ก็|น้ำ",
		"Devanagari":          "क्षि|ति|ज",
		"Devanagari, nukta":   "क़्त|र्क",
		"Bengali, Malayalam":  "ক্ষ|മ്പ",
		"no conjunct in Thai": "ก|ข",
		"virama at the end":   "क्| |क",
		"zero width non-join": "क्\u200c|ष",
		"Arabic":              "ب\u064b|ن",
		"number sign":         "\u0600١|٢",
		"invalid bytes":       "\xe6|\xbc|漢|\xff|\xff|a|\xc3",
		"accent on nothing":   "\xff|\u0301|\n|\u0301",
		"controls":            "\x00|\x1b|\x00|\u0301",
		"surrogates":          "\xed|\xa0|\x80|a",
		"cut at the end":      "a|\xf0|\x9f",
	} {
		t.Run(name, func(t *testing.T) {
			d := New(strings.ReplaceAll(want, "|", ""))
			if got := divided(d, nextStops(d, d.NextGrapheme)); got != want {
				t.Errorf("forward %q, want %q", got, want)
			}
			if got := divided(d, prevStops(d, d.PrevGrapheme)); got != want {
				t.Errorf("backward %q, want %q", got, want)
			}
		})
	}
}

// TestGraphemesAgree walks random texts both ways, and from every offset.
func TestGraphemesAgree(t *testing.T) {
	parts := []string{
		"a", "e\u0301", "\u0301", "🇩", "🇪", "👩", "\u200d", "🌾", "👍🏽", "क", "्", "ष", "\u093c", "\u1100", "\u1161", "\u11a8", "각", "\n", "\u0600",
		"漢", "\xff", "\xe6\xbc", "\xa2", "ก", "ำ", "\u200c",
	}
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 3))
		var b strings.Builder
		for range r.IntN(60) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		d := New(b.String())
		want := []int{0}
		for at := 0; at < d.Len(); {
			at = cluster(d.String(), at)
			want = append(want, at)
		}
		if got := nextStops(d, d.NextGrapheme); !slices.Equal(got, want) {
			t.Fatalf("seed %d: forward %q, want %q", seed, divided(d, got), divided(d, want))
		}
		if got := prevStops(d, d.PrevGrapheme); !slices.Equal(got, want) {
			t.Fatalf("seed %d: backward %q, want %q", seed, divided(d, got), divided(d, want))
		}
		for at := range d.Len() {
			i, _ := slices.BinarySearch(want, at+1)
			if got := d.NextGrapheme(at); got != want[i] {
				t.Fatalf("seed %d: %q: from %d to %d, want %d", seed, d, at, got, want[i])
			}
			i, _ = slices.BinarySearch(want, at+1)
			if got := d.PrevGrapheme(at + 1); got != want[i-1] {
				t.Fatalf("seed %d: %q: back from %d to %d, want %d", seed, d, at+1, got, want[i-1])
			}
		}
	}
}

func TestWords(t *testing.T) {
	for name, c := range map[string]struct{ next, prev string }{
		"sentence":       {"One| two|, three|.", "One |two, |three."},
		"emphasis":       {"*one|* **two|** _three|_", "*|one* **|two** _|three_"},
		"apostrophe":     {"don't| stop", "don't |stop"},
		"underscores":    {"snake_case| __x|__", "snake_case __|x__"},
		"numbers":        {"3.14| 1,000", "3.14 |1,000"},
		"task":           {"- [ ] do| it", "- [ ] |do |it"},
		"Chinese":        {"漢|字|か", "漢|字|か"},
		"Katakana":       {"カタカナ|漢", "カタカナ|漢"},
		"Arabic, Hebrew": {"سلام| שלום", "سلام |שלום"},
		"emoji":          {"ab| 👩‍🌾| c", "ab |👩‍🌾 |c"},
		"accents":        {"e\u0301te\u0301| x", "e\u0301te\u0301 |x"},
		"invalid bytes":  {"ab|\xff\xffcd", "ab\xff\xff|cd"},
		"lines":          {"ab|\n|\n  cd| .|\n---|\nef", "ab\n|\n|  |cd .\n|---\n|ef"},
		"last break":     {"ab|\n", "ab\n"},
	} {
		t.Run(name, func(t *testing.T) {
			d := New(strings.ReplaceAll(c.next, "|", ""))
			if got := divided(d, nextStops(d, d.NextWord)); got != c.next {
				t.Errorf("forward %q, want %q", got, c.next)
			}
			if got := divided(d, prevStops(d, d.PrevWord)); got != c.prev {
				t.Errorf("backward %q, want %q", got, c.prev)
			}
		})
	}
}

// TestASCIITokensAgree compares what is found quickly with the rules.
func TestASCIITokensAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 4))
	parts := []string{"a", "B", "3", "z9", " ", "\t", ".", ",", "'", "\"", ":", ";", "_", "-", "*", "@", "{", "`", "\u0301", "é", "漢", "\u200d", "\u05d0"}
	for range 20_000 {
		var b strings.Builder
		for range 1 + r.IntN(8) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		s := b.String()
		end, word := asciiToken(s, 0)
		all := words.FromString(s)
		all.Next()
		want := strings.TrimRight(all.Value(), "_ ")
		if s[0] == ' ' {
			want = " "
		}
		if end > 0 && (s[:end] != want || word != strings.ContainsFunc(want, inWord)) {
			t.Fatalf("%q begins with %q, want %q", s, s[:end], want)
		}
	}
}

// TestWordsFarApart has more between two words than is looked at first.
func TestWordsFarApart(t *testing.T) {
	for _, gap := range []int{firstReach/2 + 9, firstReach - 1, firstReach, 5000, 30_000} {
		long := strings.Repeat("x", gap)
		d := New("word " + strings.Repeat("*", gap) + " " + long + " end")
		if got, want := d.NextWord(4), 6+2*gap; got != want {
			t.Errorf("gap %d: to %d, want %d", gap, got, want)
		}
		if got, want := d.PrevWord(6+2*gap), 6+gap; got != want {
			t.Errorf("gap %d: back to %d, want %d", gap, got, want)
		}
		if got := d.PrevWord(6 + gap); got != 0 {
			t.Errorf("gap %d: back to %d, want 0", gap, got)
		}
	}
}

func TestWordAt(t *testing.T) {
	for _, c := range []string{
		"one ‹t^wo› three", "one ‹^two› three", "one ‹two^› three", "‹one^›", "‹^›", "a\n‹^›\nb", "‹don^'t› x", "_‹sn^ake_case›_",
		"**‹bo^ld›**", "a ‹^.› b", "a‹ ^ \t ›b", "‹  ^›\nx", "漢‹字^›", "é ‹\xff^›", "‹👩‍🌾^› x", "- ‹-^›",
	} {
		s := strings.NewReplacer("‹", "", "›", "").Replace(c)
		d := New(strings.Replace(s, "^", "", 1))
		start, end := d.WordAt(strings.Index(s, "^"))
		got := d.Slice(0, start) + "‹" + d.Slice(start, end) + "›" + d.Slice(end, d.Len())
		if want := strings.Replace(c, "^", "", 1); got != want {
			t.Errorf("%s: got %s", c, got)
		}
	}
}

// TestLongLines moves about in lines that are hard on a search for boundaries.
func TestLongLines(t *testing.T) {
	for name, unit := range map[string]string{
		"letters": "a", "spaces": " ", "accents": "\u0301", "flags": "🇩🇪", "joiners": "👩‍", "Chinese": "漢", "Devanagari": "क्",
		"invalid": "\xbc", "words": "word ", "marks": "*.", "Hangul": "\u1100", "underscores": "_", "quotes": "a'",
	} {
		t.Run(name, func(t *testing.T) {
			d := New(strings.Repeat(unit, (10<<20)/len(unit)))
			begin := time.Now()
			for _, move := range []struct {
				f       func(int) int
				forward bool
			}{{d.NextGrapheme, true}, {d.NextWord, true}, {d.PrevGrapheme, false}, {d.PrevWord, false}} {
				for _, at := range []int{0, d.Len() / 2 / len(unit) * len(unit), d.Len()} {
					for range 10 {
						stop := move.f(at)
						switch {
						case d.inside(stop):
							t.Fatalf("%d is within a character", stop)
						case move.forward && stop <= at && at < d.Len(), !move.forward && stop >= at && at > 0:
							t.Fatalf("from %d to %d", at, stop)
						case max(stop-at, at-stop) >= lastReach+utf8Max:
							t.Fatalf("from %d as far as %d", at, stop)
						}
						at = stop
					}
				}
			}
			if start, end := d.WordAt(d.Len() / 2); d.inside(start) || d.inside(end) || start >= end {
				t.Fatalf("the word in the middle is [%d,%d)", start, end)
			}
			if took := time.Since(begin); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}
