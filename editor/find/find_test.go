package find

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"longhand/editor/text"
)

func mustCompile(t testing.TB, q Query) *Finder {
	t.Helper()
	f, err := Compile(q)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	return f
}

func all(t testing.TB, f *Finder, d text.Doc) Matches {
	t.Helper()
	ms, err := f.All(context.Background(), d, 0)
	if err != nil {
		t.Fatal(err)
	}
	return ms
}

func list(ms Matches) []Match {
	var found []Match
	for i, m := range ms.From(0) {
		if i != len(found) {
			panic(fmt.Sprintf("match %d has the index %d", len(found), i))
		}
		found = append(found, m)
	}
	if len(found) != ms.Len() {
		panic(fmt.Sprintf("%d matches, but Len is %d", len(found), ms.Len()))
	}
	return found
}

// marked puts brackets around the matches.
func marked(s string, ms Matches) string {
	var b strings.Builder
	at := 0
	for _, m := range ms.From(0) {
		b.WriteString(s[at:m.Start] + "[" + s[m.Start:m.End] + "]")
		at = m.End
	}
	return b.String() + s[at:]
}

func TestAll(t *testing.T) {
	tests := []struct {
		name  string
		query Query
		text  string
		want  string
	}{
		{"nothing to look for", Query{}, "abc", "abc"},
		{"plain", Query{Text: "an"}, "banana, Anna", "b[an][an]a, [An]na"},
		{"case", Query{Text: "an", Case: true}, "banana, Anna", "b[an][an]a, Anna"},
		{"no overlap", Query{Text: "aa"}, "aaaaa", "[aa][aa]a"},
		{"no expression", Query{Text: "a.c(", Case: true}, "abc a.c(", "abc [a.c(]"},
		{"over lines", Query{Text: "a\r\nB"}, "xa\nb\na\nc", "x[a\nb]\na\nc"},
		{"blank lines", Query{Text: "\n\n"}, "a\n\n\n\nb", "a[\n\n][\n\n]b"},
		{"accents stay", Query{Text: "e"}, "é e É", "é [e] É"},
		{"accents fold", Query{Text: "ÉTÉ"}, "été Été etE", "[été] [Été] etE"},
		{"combining mark", Query{Text: "e\u0301"}, "\u00e9 e\u0301", "\u00e9 [e\u0301]"},
		{"Kelvin", Query{Text: "k"}, "k K \u212a", "[k] [K] [\u212a]"},
		{"from Kelvin", Query{Text: "\u212aelvin"}, "kelvin KELVIN", "[kelvin] [KELVIN]"},
		{"long s", Query{Text: "missed"}, "miſſed MISSED mißed", "[miſſed] [MISSED] mißed"},
		{"sigma", Query{Text: "Σοφός"}, "σοφος σοφός ΣΟΦΌΣ σοφόσ", "σοφος [σοφός] [ΣΟΦΌΣ] [σοφόσ]"},
		{"sharp s", Query{Text: "straße"}, "Straße STRASSE STRAẞE", "[Straße] STRASSE [STRAẞE]"},
		{"Turkish", Query{Text: "i"}, "i I İ ı", "[i] [I] İ ı"},
		{"Turkish capital", Query{Text: "İ"}, "i I İ ı", "i I [İ] ı"},
		{"Cyrillic", Query{Text: "Привет"}, "привет ПРИВЕТ Прилет", "[привет] [ПРИВЕТ] Прилет"},
		{"Deseret, four bytes", Query{Text: "𐐀"}, "𐐀 𐐨", "[𐐀] [𐐨]"},
		{"word", Query{Text: "cat", Word: true}, "cat concat cats cat. (Cat) cat's _cat cat2", "[cat] concat cats [cat]. ([Cat]) [cat]'s _cat cat2"},
		{"word with accents", Query{Text: "et", Word: true}, "été et État é et\u0301", "été [et] État é et\u0301"},
		{"word of punctuation", Query{Text: "--", Word: true}, "a--b -- c", "a[--]b [--] c"},
		{"French article", Query{Text: "homme", Word: true}, "l'homme l’homme hommes", "l'[homme] l’[homme] hommes"},
		{"word, Cyrillic", Query{Text: "кот", Word: true}, "кот который Кот", "[кот] который [Кот]"},
		{"word, Greek", Query{Text: "και", Word: true}, "και καιρός", "[και] καιρός"},
		{"word, Arabic", Query{Text: "من", Word: true}, "من منزل زمن", "[من] منزل زمن"},
		{"word, Hindi", Query{Text: "हिन्द", Word: true}, "हिन्दी हिन्द", "हिन्दी [हिन्द]"},
		{"word, Chinese", Query{Text: "中国", Word: true}, "我爱中国人", "我爱[中国]人"},
		{"word, Japanese", Query{Text: "カー", Word: true}, "カーはカード", "[カー]はカード"},
		{"word, Thai", Query{Text: "ไทย", Word: true}, "ภาษาไทยดี", "ภาษา[ไทย]ดี"},
		{"word, Korean", Query{Text: "서울", Word: true}, "서울 서울은", "[서울] 서울은"},
		{"the second of two overlapping is a word", Query{Text: "aa", Word: true, Case: true}, "xaa aa", "xaa [aa]"},
		{"half a character", Query{Text: "\xa9"}, "é \xa9", "é [\xa9]"},
		{"half a character, with case", Query{Text: "\xc3", Case: true}, "é \xc3", "é [\xc3]"},

		{"expression", Query{Text: `b.n`, Regexp: true}, "ban BIN b\nn", "[ban] [BIN] b\nn"},
		{"expression with case", Query{Text: `b.n`, Regexp: true, Case: true}, "ban BIN", "[ban] BIN"},
		{"lines", Query{Text: `^a|a$`, Regexp: true}, "aba\naba", "[a]b[a]\n[a]b[a]"},
		{"only the text's start", Query{Text: `\Aa`, Regexp: true}, "aa\na", "[a]a\na"},
		{"empty ones do not count", Query{Text: `x*`, Regexp: true}, "axxbx", "a[xx]b[x]"},
		{"an alternative is no group", Query{Text: `a|b`, Regexp: true, Case: true}, "aAbB", "[a]A[b]B"},
		{"expression over lines", Query{Text: `a\s+b`, Regexp: true}, "a \n b", "[a \n b]"},
		{"expression, words", Query{Text: `\w+n`, Regexp: true, Word: true}, "tan tanned a-ban", "[tan] tanned a-[ban]"},
		{"expression, words behind what is no word", Query{Text: `b.*?a`, Regexp: true, Word: true}, "bac b a", "bac [b a]"},
		{"expression, words with accents", Query{Text: `t.`, Regexp: true, Word: true}, "été té", "été [té]"},
		{"expression, words over lines", Query{Text: `b\sa`, Regexp: true, Word: true}, "b\na b\nac", "[b\na] b\nac"},
		{"line start only at a line's start", Query{Text: `^b|c$`, Regexp: true, Word: true}, "a b\nb c\nab bc", "a b\n[b] [c]\nab bc"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			ms := all(t, mustCompile(t, test.query), text.New(test.text))
			if got := marked(test.text, ms); got != test.want {
				// Decode keeps what is not UTF-8; New need not.
				t.Errorf("%s\nwant %s", got, test.want)
			}
		})
	}
}

func TestAllLimit(t *testing.T) {
	d := text.New(strings.Repeat("ab ", 5000))
	for _, q := range []Query{{Text: "a"}, {Text: "a", Case: true}, {Text: "a", Regexp: true}, {Text: "ab", Regexp: true, Word: true}} {
		f := mustCompile(t, q)
		for _, limit := range []int{1, 2, 1024, 1025, 4999, 5000, 9000} {
			ms, err := f.All(context.Background(), d, limit)
			if err != nil || ms.Len() != min(limit, 5000) {
				t.Errorf("%+v: %d matches of a limit of %d, %v", q, ms.Len(), limit, err)
			}
		}
	}
}

// ending ends after it was asked some times.
type ending struct {
	context.Context
	left int
}

func (e *ending) Err() error {
	if e.left--; e.left < 0 {
		return context.Canceled
	}
	return nil
}

func TestAllEnds(t *testing.T) {
	d := text.New(strings.Repeat("word and word\n", 40_000))
	for _, q := range []Query{{Text: "word"}, {Text: "word", Case: true}, {Text: "w.rd", Regexp: true}, {Text: "w.rd", Regexp: true, Word: true}} {
		f := mustCompile(t, q)
		if ms, err := f.All(&ending{context.Background(), 0}, d, 0); !errors.Is(err, context.Canceled) || ms.Len() > 0 {
			t.Errorf("%+v: %d matches, %v, of a context that had ended", q, ms.Len(), err)
		}
		if ms, err := f.All(&ending{context.Background(), 3}, d, 0); !errors.Is(err, context.Canceled) || ms.Len() >= 20_000 {
			t.Errorf("%+v: %d matches, %v, of a context that ends", q, ms.Len(), err)
		}
	}
}

func TestNextAndPrev(t *testing.T) {
	//            0123456789
	const s = "aXa\nbXX\nXc"
	tests := []struct {
		from    int
		next    Match
		wrapped bool
		prev    Match
		back    bool // prev wrapped
	}{
		{-5, Match{1, 2}, false, Match{8, 9}, true},
		{0, Match{1, 2}, false, Match{8, 9}, true},
		{1, Match{1, 2}, false, Match{8, 9}, true},
		{2, Match{5, 6}, false, Match{1, 2}, false},
		{5, Match{5, 6}, false, Match{1, 2}, false},
		{6, Match{6, 7}, false, Match{5, 6}, false},
		{8, Match{8, 9}, false, Match{6, 7}, false},
		{9, Match{1, 2}, true, Match{8, 9}, false},
		{99, Match{1, 2}, true, Match{8, 9}, false},
	}
	d := text.New(s)
	for _, q := range []Query{{Text: "x"}, {Text: "X", Case: true}, {Text: "x", Regexp: true}, {Text: `x|\n\n`, Regexp: true}} {
		f := mustCompile(t, q)
		for _, test := range tests {
			if m, wrapped, ok := f.Next(d, test.from); !ok || m != test.next || wrapped != test.wrapped {
				t.Errorf("%+v: next from %d is %v, %v, %v", q, test.from, m, wrapped, ok)
			}
			if m, wrapped, ok := f.Prev(d, test.from); !ok || m != test.prev || wrapped != test.back {
				t.Errorf("%+v: the one before %d is %v, %v, %v", q, test.from, m, wrapped, ok)
			}
		}
	}
	none := mustCompile(t, Query{Text: "y"})
	if m, wrapped, ok := none.Next(d, 3); ok || wrapped || m != (Match{}) {
		t.Errorf("next of none: %v, %v, %v", m, wrapped, ok)
	}
	if m, wrapped, ok := none.Prev(d, 3); ok || wrapped || m != (Match{}) {
		t.Errorf("previous of none: %v, %v, %v", m, wrapped, ok)
	}
}

func TestMatches(t *testing.T) {
	var b builder
	var want []Match
	for i := range 5000 {
		m := Match{i * 10, i*10 + 3}
		if i > 2500 {
			m.End += i % 3
		}
		b.add(m.Start, m.End)
		want = append(want, m)
	}
	ms := b.matches()
	if got := list(ms); !reflect.DeepEqual(got, want) {
		t.Fatal("other matches than were added")
	}
	for _, i := range []int{0, 1, 1023, 1024, 2500, 2501, 4999} {
		if got := ms.At(i); got != want[i] {
			t.Errorf("match %d is %v, want %v", i, got, want[i])
		}
		for _, off := range []int{-9, 0, 1} {
			wantIndex := max(i, 0)
			if off > 0 {
				wantIndex++
			}
			if got := ms.Search(i*10 + off); got != wantIndex {
				t.Errorf("the first match from %d is %d, want %d", i*10+off, got, wantIndex)
			}
		}
		for k, m := range ms.From(i) {
			if k != i || m != want[i] {
				t.Errorf("from %d: %d, %v", i, k, m)
			}
			break
		}
	}
	if (Matches{}).Search(0) != 0 || (Matches{}).Len() != 0 {
		t.Error("no matches are not none")
	}
}

func TestReplace(t *testing.T) {
	tests := []struct {
		name  string
		query Query
		text  string
		with  string
		want  string
	}{
		{"plain", Query{Text: "an"}, "banana", "$1\\n", "b$1\\n$1\\na"},
		{"nothing to be found", Query{Text: "x"}, "banana", "y", "banana"},
		{"with nothing", Query{Text: "an"}, "banana", "", "ba"},
		{"groups", Query{Text: `(\w+) (\w+)`, Regexp: true}, "a b, c d", "$2 $1", "b a, d c"},
		{"whole match", Query{Text: `b`, Regexp: true}, "abc", "<$0>", "a<b>c"},
		{"braces", Query{Text: `(b)`, Regexp: true}, "abc", "${1}1", "ab1c"},
		{"names", Query{Text: `(?P<first>.)(?<second>.)`, Regexp: true}, "ab", "${second}${first}", "ba"},
		{"more digits than groups", Query{Text: `(b)`, Regexp: true}, "abc", "$10", "ab0c"},
		{"unknown group", Query{Text: `b`, Regexp: true}, "abc", "$1 ${x} ${", "a$1 ${x} ${c"},
		{"group without a part", Query{Text: `(x)?b`, Regexp: true}, "abc", "<$1>", "a<>c"},
		{"escapes", Query{Text: `b`, Regexp: true}, "abc", `\n\t\\n\d$$1\`, "a\n\t\\n\\d$1\\c"},
		{"line starts", Query{Text: `^`, Regexp: true}, "a\nb", "> ", "a\nb"}, // empty matches are none
		{"lines", Query{Text: `^(.)`, Regexp: true}, "a\nb", "> $1", "> a\n> b"},
		{"over lines", Query{Text: `(\S)\n(\S)`, Regexp: true}, "a\nb\n\nc", "$1 $2", "a b\n\nc"},
		{"words", Query{Text: `(b)a?`, Regexp: true, Word: true}, "ba bab b", "$1$1", "bb bab bb"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := mustCompile(t, test.query)
			d := text.New(test.text)
			out, _, err := d.ApplyAll(f.Replace(d, all(t, f, d), test.with))
			if err != nil {
				t.Fatal(err)
			}
			if got := out.String(); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

func TestReplaceOne(t *testing.T) {
	f := mustCompile(t, Query{Text: `(\w)(\d)`, Regexp: true})
	d := text.New("a1 b2\nc3 d4\ne5")
	ms := all(t, f, d)
	cs := f.Replace(d, ms.Slice(2, 3), "$2$1")
	if want := (text.Changes{{Start: 6, End: 8, Insert: "3c"}}); !reflect.DeepEqual(cs, want) {
		t.Errorf("changes %v, want %v", cs, want)
	}
	var stale builder
	stale.add(7, 9)
	if cs := f.Replace(d, stale.matches(), "x"); len(cs) != 0 {
		t.Errorf("changes %v where the finder finds nothing", cs)
	}
}

func TestSyntaxErrors(t *testing.T) {
	tests := []struct{ pattern, want string }{
		{`a(b`, "missing closing ), at character 2"},
		{`é(b)(c`, "missing closing ), at character 5"},
		{`(a`, "missing closing ), at character 1"},
		{`a\((b`, "missing closing ), at character 4"},
		{`ab)`, ") without (, at character 3"},
		{`a[b`, "missing closing ], at character 2"},
		{`*a`, "nothing to repeat before *, at character 1"},
		{`a*(+b)`, "nothing to repeat before +, at character 4"},
		{`ab**`, "repeated twice: **, at character 3"},
		{`a{2000}`, "repeated too often: {2000}, at character 2"},
		{`a\`, "\\ at the end, at character 2"},
		{`a\y`, "unknown escape \\y, at character 2"},
		{`[z-a]`, "unknown range z-a, at character 2"},
		{`x[[:wörd:]]`, "unknown range [:wörd:], at character 3"},
		{`x(?=y)`, "looking ahead or behind is not supported: (?=, at character 2"},
		{`(?P<a b>x)`, "bad group name (?P<a b>, at character 1"},
		{"\xff", "not UTF-8, at character 1"},
		{strings.Repeat("(", 2000) + strings.Repeat(")", 2000), "too large, at character 1"},
	}
	for _, test := range tests {
		_, err := Compile(Query{Text: test.pattern, Regexp: true})
		var syntax *SyntaxError
		if !errors.As(err, &syntax) {
			t.Errorf("%s: %v", test.pattern, err)
			continue
		}
		if got := err.Error(); got != test.want {
			t.Errorf("%s: %s\nwant %s", test.pattern, got, test.want)
		}
	}
}

func ExampleFinder_Replace() {
	f, err := Compile(Query{Text: `(\d+)\.(\d+)\.(\d+)`, Regexp: true})
	if err != nil {
		panic(err)
	}
	d := text.New("From 24.12.2025 to 6.1.2026.")
	ms, err := f.All(context.Background(), d, 0)
	if err != nil {
		panic(err)
	}
	d, _, err = d.ApplyAll(f.Replace(d, ms, "$3-$2-$1"))
	fmt.Println(ms.Len(), d, err)
	// Output: 2 From 2025-12-24 to 2026-1-6. <nil>
}
