package bidi

import (
	"bufio"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// show gives the levels of the characters of a text, one digit or letter each.
func show(text string, levels []uint8) string {
	var b strings.Builder
	for i := range text {
		b.WriteString(strconv.FormatInt(int64(levels[i]), 36))
	}
	return b.String()
}

// visual gives the characters of a text as a row shows them.
func visual(text string, runs []Run) string {
	var b strings.Builder
	for _, run := range runs {
		chars := []rune(text[run.Start:run.End])
		for i := range chars {
			if run.RTL() {
				b.WriteRune(chars[len(chars)-1-i])
			} else {
				b.WriteRune(chars[i])
			}
		}
	}
	return b.String()
}

// hebrew turns capitals into Hebrew letters, as the examples of UAX 9 are written.
var hebrew = strings.NewReplacer("A", "א", "B", "ב", "C", "ג", "D", "ד", "E", "ה", "F", "ו", "M", "מ", "N", "נ", "S", "ש", "Y", "י")

func TestLevels(t *testing.T) {
	tests := []struct {
		name, text string
		base       Direction
		levels     string
		paragraph  uint8
	}{
		{"empty", "", Auto, "", 0},
		{"empty, right to left", "", RightToLeft, "", 1},
		{"Latin", "car (1)", Auto, "0000000", 0},
		{"Latin in a paragraph from the right", "car.", RightToLeft, "2221", 1},
		{"UAX 9, 3.4: he said", "he said “ABC.” “AB”", Auto, "0000000001111111110", 0},
		{"Hebrew", "ABC", Auto, "111", 1},
		{"first strong after neutrals", "1. “ABC", Auto, "2111111", 1},
		{"first strong skips isolates", "\u2067A\u2069 a", Auto, "01000", 0},
		{"number in Hebrew", "A 12.5% B", Auto, "112222211", 1},
		{"minus in Hebrew", "A -5", Auto, "1112", 1},
		{"number in Arabic", "ع 1-2", Auto, "11212", 1},
		{"mark on Arabic, then a number", "ع\u0301+1", Auto, "1112", 1},
		{"Arabic digits", "a ٣٤ b", Auto, "002200", 0},
		{"brackets follow their content", "a (A b) B", RightToLeft, "211112111", 1},
		{"brackets keep a name together", "A (b) C", LeftToRight, "1000001", 0},
		{"isolate", "a \u2068A 1\u2069 2", Auto, "000112000", 0},
		{"no isolate: the number is drawn in", "a A 1 2", Auto, "0011212", 0},
		{"nested isolates of first strong", "\u2068\u2068a\u2069A\u2069", LeftToRight, "012110", 0},
		{"separator ends embeddings", "\u202bA\u2029b", LeftToRight, "0100", 0},
		{"separator, then a new first strong does not count", "a\u2029A", Auto, "001", 0},
		{"mark at the start", "\u0301A", Auto, "11", 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text := hebrew.Replace(test.text)
			levels, paragraph := Levels(text, test.base)
			if got := show(text, levels); got != test.levels || paragraph != test.paragraph {
				t.Errorf("%q: levels %s in a paragraph of %d, want %s in %d", test.text, got, paragraph, test.levels, test.paragraph)
			}
		})
	}
}

func TestInvalidBytes(t *testing.T) {
	// Each byte is a neutral of its own, also those of half a character and of surrogates.
	for _, bad := range []string{"\xff", "\xd7", "\xe2\x80", "\xed\xa0\x80", "\xf0\x90"} {
		text := "א" + bad + "ב" + bad
		levels, _ := Levels(text, LeftToRight)
		want, _ := Levels("א"+strings.Repeat("\ufffd", len(bad))+"ב"+strings.Repeat("\ufffd", len(bad)), LeftToRight)
		n := 2 + len(bad) + 2
		for i := range n {
			if levels[i] != 1 {
				t.Errorf("%q: byte %d has level %d", text, i, levels[i])
			}
		}
		if levels[n] != 0 || want[len(want)-1] != 0 {
			t.Errorf("%q: level %d at the end, want 0", text, levels[n])
		}
	}
}

func TestRow(t *testing.T) {
	tests := []struct {
		name, text string
		base       Direction
		from, to   int // characters; to 0: all
		want       string
	}{
		{"one direction", "abc", Auto, 0, 0, "abc"},
		{"Hebrew", "ABC", Auto, 0, 0, "CBA"},
		{"mixed", "abc ABC def", Auto, 0, 0, "abc CBA def"},
		{"UAX 9, 3.4: car means CAR.", "car MEANS CAR.", LeftToRight, 0, 0, "car RAC SNAEM."},
		{"the same from the right", "car MEANS CAR.", RightToLeft, 0, 0, ".RAC SNAEM car"},
		{"white space at the end of a row", "ABC DEF", LeftToRight, 0, 4, "CBA "},
		{"white space at the end of a row from the right", "abc ABC", RightToLeft, 0, 4, " abc"},
		{"white space before a tab", "AB \tCD", LeftToRight, 0, 0, "BA \tDC"},
		{"a row's middle", "abc ABC def", Auto, 5, 9, "CB d"},
		{"numbers", "A 12 B", Auto, 0, 0, "B 12 A"},
		{"empty row", "abc", Auto, 1, 1, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			replacer := strings.NewReplacer("A", "א", "B", "ב", "C", "ג", "D", "ד", "E", "ה", "F", "ו", "M", "מ", "N", "נ", "S", "ש", "R", "ר")
			text := replacer.Replace(test.text)
			levels, paragraph := Levels(text, test.base)
			at := append(starts(text), len(text))
			to := test.to
			if to == 0 {
				to = len(at) - 1
			}
			got := visual(text, Row(levels, text, at[test.from], at[to], paragraph))
			if want := replacer.Replace(test.want); got != want {
				t.Errorf("row %q, want %q", got, want)
			}
		})
	}
}

// starts returns where the characters of a text begin.
func starts(text string) []int {
	var at []int
	for i := range text {
		at = append(at, i)
	}
	return at
}

// TestBidiCharacterTest runs Unicode's conformance test on a sample of it. Put the
// whole file beside it to run all.
func TestBidiCharacterTest(t *testing.T) {
	name := "testdata/BidiCharacterTest.txt"
	if _, err := os.Stat(name); err != nil {
		name = "testdata/BidiCharacterTest-sample.txt"
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	cases := 0
	scanner := bufio.NewScanner(f)
	for line := 1; scanner.Scan(); line++ {
		if s := scanner.Text(); s != "" && s[0] != '#' {
			cases++
			testCharacters(t, line, strings.Split(s, ";"))
		}
	}
	if err := scanner.Err(); err != nil || cases < 100 {
		t.Fatalf("%d cases, %v", cases, err)
	}
}

func testCharacters(t *testing.T, line int, fields []string) {
	var text strings.Builder
	for code := range strings.FieldsSeq(fields[0]) {
		r, err := strconv.ParseUint(code, 16, 32)
		if err != nil {
			t.Fatal(line, err)
		}
		text.WriteRune(rune(r))
	}
	s := text.String()
	base := map[string]Direction{"0": LeftToRight, "1": RightToLeft, "2": Auto}[fields[1]]
	levels, paragraph := Levels(s, base)
	if strconv.Itoa(int(paragraph)) != fields[2] {
		t.Errorf("line %d: paragraph level %d, want %s", line, paragraph, fields[2])
	}
	at := starts(s)
	removed := map[int]bool{}
	afterL1 := make([]string, len(s))
	runs := Row(levels, s, 0, len(s), paragraph)
	var order []string
	for _, run := range runs {
		var chars []string
		for i, o := range at {
			if run.Start <= o && o < run.End {
				afterL1[o] = strconv.Itoa(int(run.Level))
				chars = append(chars, strconv.Itoa(i))
			}
		}
		for i := range chars {
			if run.RTL() {
				order = append(order, chars[len(chars)-1-i])
			} else {
				order = append(order, chars[i])
			}
		}
	}
	for i, want := range strings.Fields(fields[3]) {
		if removed[i] = want == "x"; !removed[i] && want != afterL1[at[i]] {
			t.Errorf("line %d: character %d has level %s, want %s", line, i, afterL1[at[i]], want)
		}
	}
	kept := order[:0]
	for _, o := range order {
		if i, _ := strconv.Atoi(o); !removed[i] {
			kept = append(kept, o)
		}
	}
	if got := strings.Join(kept, " "); got != fields[4] {
		t.Errorf("line %d: order %s, want %s", line, got, fields[4])
	}
}

// TestNestedBrackets tests the capacity of the stack of BD16.
func TestNestedBrackets(t *testing.T) {
	for depth, want := range map[int]uint8{62: 2, 63: 2, 64: 1} {
		text := "a" + strings.Repeat("(", depth) + "b" + strings.Repeat(")", depth)
		levels, _ := Levels(text, RightToLeft)
		if got := levels[len(levels)-1]; got != want {
			t.Errorf("%d brackets: level %d, want %d", depth, got, want)
		}
	}
}

// TestDeepNesting tests the depth of BD2.
func TestDeepNesting(t *testing.T) {
	for _, in := range []struct{ open, close string }{{"\u202a\u202b", "\u202c\u202c"}, {"\u2066\u2067", "\u2069\u2069"}} {
		text := strings.Repeat(in.open, 100) + "a" + strings.Repeat(in.close, 100) + "b"
		levels, _ := Levels(text, LeftToRight)
		if got := levels[strings.IndexByte(text, 'a')]; got != 126 {
			t.Errorf("%q: the deepest level is %d, want 126", in.open, got)
		}
		if got := levels[len(text)-1]; got != 0 {
			t.Errorf("%q: level %d at the end, want 0", in.open, got)
		}
	}
}

func TestBracketPairs(t *testing.T) {
	pairs := 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		p, _ := bidi.LookupRune(r)
		if !p.IsBracket() || !p.IsOpeningBracket() {
			continue
		}
		pairs++
		want, _ := utf8.DecodeRuneInString(bidi.ReverseString(string(r)))
		if got := closing(r); got != canonical(want) {
			t.Errorf("%U closes with %U, want %U", r, got, want)
		}
		if c, _ := classOf(string(want)); c != clsClose {
			t.Errorf("%U does not close", want)
		}
	}
	if pairs < 60 {
		t.Errorf("%d pairs", pairs)
	}
}

func TestNeedsBidi(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		p, _ := bidi.LookupRune(r)
		want := false
		switch p.Class() {
		case bidi.R, bidi.AL, bidi.AN, bidi.LRE, bidi.RLE, bidi.LRO, bidi.RLO, bidi.PDF,
			bidi.LRI, bidi.RLI, bidi.FSI, bidi.PDI:
			want = true
		}
		if got := NeedsBidi("abcdefgh" + string(r) + "中é"); got != want {
			t.Fatalf("%U: %v, want %v", r, got, want)
		}
	}
	if NeedsBidi("") || NeedsBidi("\xff\xd7\xe2\x80\xf0") {
		t.Error("needed without a character")
	}
}

func TestRunsCoverTheRow(t *testing.T) {
	for _, text := range samples() {
		levels, paragraph := Levels(text, Auto)
		at := append(starts(text), len(text))
		for _, from := range at {
			for _, to := range at {
				if from >= to {
					continue
				}
				covered := make([]bool, len(text))
				for _, run := range Row(levels, text, from, to, paragraph) {
					for i := run.Start; i < run.End; i++ {
						if covered[i] || i < from || i >= to {
							t.Fatalf("%q: byte %d twice or outside of [%d,%d)", text, i, from, to)
						}
						covered[i] = true
					}
				}
				want := make([]bool, len(text))
				for i := from; i < to; i++ {
					want[i] = true
				}
				if !reflect.DeepEqual(covered, want) {
					t.Fatalf("%q: [%d,%d) is not covered", text, from, to)
				}
			}
		}
	}
}
