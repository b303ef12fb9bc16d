package bidi

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// alphabet has characters of every class, several of those that matter together.
var alphabet = []string{
	"a", "b", "é", "中", "א", "ב", "ע", "ش", "1", "2", "٣", "۴", "+", "-", "$", "%", "٪", ",", ".", ":", " ", " ",
	"\t", "!", "“", "(", ")", "[", "]", "{", "}", "\u2329", "\u232a", "〈", "〉", "\u0301", "\u05b0", "\u200d", "\u200b",
	"\u200e", "\u200f", "\u061c",
	"\u202a", "\u202b", "\u202c", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u2069",
	"𐤀", "𞤀", "😀", "\ufffd",
}

func random(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(alphabet[r.IntN(len(alphabet))])
	}
	return b.String()
}

func samples() []string {
	r := rand.New(rand.NewPCG(1, 2))
	var texts []string
	for range 40 {
		texts = append(texts, random(r, 1+r.IntN(12)))
	}
	return texts
}

// agrees reports whether golang.org/x/text follows UAX 9 for a text. It finds
// no bracket pairs (it gives both brackets of a pair identifiers of their own, see
// TestPairs for ours), and an override does not reach the PDI but does reach BN.
func agrees(text string) bool {
	if strings.ContainsAny(text, ")]}\u232a〉") && strings.ContainsAny(text, "([{\u2329〈") {
		return false
	}
	overrides := strings.ContainsAny(text, "\u202d\u202e")
	for i := range text {
		c, _ := classOf(text[i:])
		if c == clsB || overrides && (c == clsPDI || c == clsBN) {
			return false
		}
	}
	return true
}

// compare holds the levels of a text against the directions that golang.org/x/text
// finds. Both resolve the same rules with different data structures, but theirs
// leaves what rule X9 removes at levels of its own, so only the rest is compared.
// x/text knows no base direction of left to right.
func compare(t *testing.T, text string, base Direction) {
	t.Helper()
	if !agrees(text) {
		return
	}
	var p bidi.Paragraph
	var options []bidi.Option
	if base == RightToLeft {
		options = append(options, bidi.DefaultDirection(bidi.RightToLeft))
	}
	if _, err := p.SetString(text, options...); err != nil {
		t.Fatal(err)
	}
	order, err := p.Order()
	if err != nil {
		t.Fatalf("%+q: %v", text, err)
	}
	levels, paragraph := Levels(text, base)
	shown := make([]uint8, len(text))
	for _, run := range Row(levels, text, 0, len(text), paragraph) {
		for i := run.Start; i < run.End; i++ {
			shown[i] = run.Level
		}
	}
	chars := []rune(text)
	at := append(starts(text), len(text))
	for i := range order.NumRuns() {
		run := order.Run(i)
		from, to := run.Pos() // of characters, the last one included
		for k := from; k <= to; k++ {
			if c, _ := classOf(string(chars[k])); c.isRemoved() {
				continue
			}
			if rtl := run.Direction() == bidi.RightToLeft; rtl != (shown[at[k]]&1 == 1) {
				t.Fatalf("%+q from %d: character %d, %+q, has level %d, x/text says right to left: %v",
					text, base, k, chars[k], shown[at[k]], rtl)
			}
		}
	}
}

func TestAgainstXText(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	rounds := 60_000
	if testing.Short() {
		rounds = 5_000
	}
	closers := strings.NewReplacer(")", "", "]", "", "}", "", "\u232a", "", "〉", "")
	for i := range rounds {
		compare(t, random(r, 1+r.IntN(4+i%30)), Auto)
		compare(t, closers.Replace(random(r, 1+r.IntN(4+i%30))), Auto)
		compare(t, closers.Replace(random(r, 1+r.IntN(4+i%30))), RightToLeft)
	}
}

// TestPairs holds findPairs against the rules as they are written.
func TestPairs(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	alphabet := []rune("([{〈\u2329)]}〉\u232aaאa!")
	for range 50_000 {
		s := sequence{level: uint8(r.IntN(2)), sos: clsL}
		var text strings.Builder
		for range 1 + r.IntN(24) {
			char := string(alphabet[r.IntN(len(alphabet))])
			c, _ := classOf(char)
			s.cls = append(s.cls, c)
			s.at = append(s.at, int32(text.Len()))
			text.WriteString(char)
		}
		s.text = text.String()
		s.findPairs()
		var want []pair
		var open []int
		for i, c := range s.cls {
			if c == clsOpen {
				open = append(open, i)
			}
			for k := len(open) - 1; c == clsClose && k >= 0; k-- {
				if closing(s.char(open[k])) == canonical(s.char(i)) {
					p := pair{open: open[k], close: i}
					for _, inside := range s.cls[p.open:i] {
						switch inside {
						case clsL:
							p.has |= hasL
						case clsR:
							p.has |= hasR
						}
					}
					want = append(want, p)
					open = open[:k]
					break
				}
			}
		}
		slices.SortFunc(want, func(a, b pair) int { return a.open - b.open })
		if !slices.Equal(s.pairs, want) {
			t.Fatalf("%q: %v, want %v", s.text, s.pairs, want)
		}
	}
}

// TestLinear takes texts that cost quadratic time where a rule looks ahead or back
// for each character.
func TestLinear(t *testing.T) {
	const n = 300_000
	for name, part := range map[string]string{
		"isolates of first strong": "\u2068", "closed isolates": "\u2068\u2069", "neutrals": "!", "terminators": "%",
		"brackets": "(", "bracket pairs": "()", "pairs with content": "(א)", "unmatched": "(]", "separators": "\u2029",
		"embeddings": "\u202b", "overflow": "\u2067\u202b", "short runs": "א1", "isolated runs": "a\u2067ב\u2069",
	} {
		text := "א" + strings.Repeat(part, n/len(part))
		begin := time.Now()
		levels, paragraph := Levels(text, Auto)
		Row(levels, text, 0, len(text), paragraph)
		if took := time.Since(begin); took > 2*time.Second {
			t.Errorf("%s: %v for %d KB", name, took, len(text)/1000)
		}
	}
}

func FuzzLevels(f *testing.F) {
	for _, text := range samples() {
		f.Add(text, uint8(0))
	}
	f.Add("א\xff(\xe2\x80", uint8(2))
	f.Add("a\u2029\u2067א\u2029b", uint8(1))
	f.Fuzz(func(t *testing.T, text string, b uint8) {
		base := Direction(b % 3)
		levels, paragraph := Levels(text, base)
		if len(levels) != len(text) || paragraph > 1 {
			t.Fatalf("%d levels for %d bytes, paragraph %d", len(levels), len(text), paragraph)
		}
		for i := 0; i < len(text); {
			_, n := utf8.DecodeRuneInString(text[i:])
			for j := i; j < i+n; j++ {
				if levels[j] != levels[i] || levels[j] > maxDepth+1 || levels[j] < paragraph {
					t.Fatalf("byte %d: level %d", j, levels[j])
				}
			}
			i += n
		}
		covered := 0
		for _, run := range Row(levels, text, 0, len(text), paragraph) {
			covered += run.End - run.Start
		}
		if covered != len(text) {
			t.Fatalf("runs cover %d of %d bytes", covered, len(text))
		}
		if !NeedsBidi(text) && base != RightToLeft {
			for i, l := range levels {
				if l != 0 {
					t.Fatalf("byte %d has level %d where none is needed", i, l)
				}
			}
		}
		if utf8.ValidString(text) && base != LeftToRight && text != "" {
			compare(t, text, base)
		}
	})
}

func benchmarkTexts() map[string]string {
	return map[string]string{
		"latin":  strings.Repeat("The quick brown fox jumps over the lazy dog, again. ", 20_000),
		"cjk":    strings.Repeat("国际标准化组织的文本。", 30_000),
		"hebrew": strings.Repeat("שלום (world) 123, טקסט. ", 25_000),
	}
}

func BenchmarkNeedsBidi(b *testing.B) {
	for name, text := range benchmarkTexts() {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				NeedsBidi(text)
			}
		})
	}
}

func BenchmarkLevels(b *testing.B) {
	texts := benchmarkTexts()
	texts["paragraph"] = texts["hebrew"][:len("שלום (world) 123, טקסט. ")*20]
	for name, text := range texts {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				Levels(text, Auto)
			}
		})
	}
}

func BenchmarkRow(b *testing.B) {
	text := strings.Repeat("שלום (world) 123, טקסט. ", 4)
	levels, paragraph := Levels(text, Auto)
	b.ReportAllocs()
	for b.Loop() {
		Row(levels, text, 0, len(text), paragraph)
	}
}
