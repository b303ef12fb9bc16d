package search

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"
)

var day = time.Date(2026, 11, 12, 0, 0, 0, 0, time.UTC)

func find(t *testing.T, x *Index, query string, limit int) []Result {
	t.Helper()
	results, err := x.Search(t.Context(), query, limit)
	if err != nil {
		t.Fatal(err)
	}
	return results
}

func put(tb testing.TB, x *Index, e Entry) {
	tb.Helper()
	if err := x.Put(tb.Context(), e); err != nil {
		tb.Fatal(err)
	}
}

func pathsOf(results []Result) string {
	var out []string
	for _, r := range results {
		p := r.Path
		if r.Fuzzy {
			p += "~"
		}
		out = append(out, p)
	}
	return strings.Join(out, " ")
}

// marked writes the spans into the text.
func marked(s string, spans []Span) string {
	var b strings.Builder
	at := 0
	for _, m := range spans {
		b.WriteString(s[at:m.Start] + "{" + s[m.Start:m.End] + "}")
		at = m.End
	}
	return b.String() + s[at:]
}

func TestSearch(t *testing.T) {
	x := New(
		Entry{Path: "river", Title: "What the river took", Tags: []string{"Nature", "long read"}, Body: "The water rose.\nIt took\nthe bridge.", Date: day},
		Entry{Path: "cafe", Title: "Café Société", Tags: []string{"food"}, Body: "A naïve Straße in Łódź, Ærø; Οδυσσεύς.", Date: day.AddDate(0, 0, -1)},
		Entry{Path: "tokyo", Title: "東京の夏", Tags: []string{"旅行"}, Body: "夏休みに東京タワーへ行きました。ガギグ", Date: day.AddDate(0, 0, -2)},
		Entry{Path: "code", Title: "Writing C++ in 2026", Tags: []string{"read code"}, Body: "See [the manual](https://example.org/manual) 🙂.", Date: day.AddDate(0, 0, -3)},
		Entry{Path: "moscow", Title: "Ещё один день", Body: "ЁЖ и йод", Date: day.AddDate(0, 0, -4)},
	)
	for query, want := range map[string]string{
		"river":           "river",
		"RIVER water":     "river", // title and body
		"nature bridge":   "river", // tag and body
		"river café":      "",
		"wat":             "river", // while typing
		`"took the"`:      "river", // over a line break
		`"the took"`:      "",
		"took the":        "river",
		`"long read"`:     "river",
		`"read code"`:     "code",
		`"food read"`:     "", // two tags are no phrase
		`“took the”`:      "river",
		`"took the`:       "river", // still being typed
		"cafe":            "cafe",
		"CAFÉ":            "cafe",
		"cafe\u0301":      "cafe",
		"naive strasse":   "cafe",
		"lodz aero":       "cafe",
		"ΟΔΥΣΣΕΥΣ":        "cafe",
		"東京":              "tokyo",
		"京タワ":             "tokyo",
		"旅行":              "tokyo",
		"かきく":             "",
		"カギ":              "",
		"ガギ":              "tokyo",
		"еще":             "moscow",
		"еж":              "moscow",
		"c++":             "code",
		"🙂":               "code",
		"example.org":     "code",
		"rvrtk":           "river~", // letters of the title
		"wtrt":            "river~",
		"whatriver":       "river~",
		"qqqq":            "",
		"":                "",
		" \t\n":           "",
		`"" " "`:          "",
		"... !? -- # ' *": "",
		"\x00":            "",
		"\xff\xfe":        "",
	} {
		if got := pathsOf(find(t, x, query, 0)); got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
}

func TestFuzzyIsNotNoisy(t *testing.T) {
	x := New()
	for i, title := range []string{
		"What the river took", "Announcing the next edition", "Notes on a long winter", "How we test the editor", "A retrospective of the year", "Inside the index",
		"The case for small tools", "Why plain text files survive everything else on a disk", "Letters from the road", "Three ways to write worse",
	} {
		put(t, x, Entry{Path: fmt.Sprint(i), Title: title})
	}
	for query, want := range map[string]string{"ante": "1~", "hwte": "3~", "ptf": "7~", "tcfst": "6~", "toe": "", "eee": "", "sot": "", "nre": "", "xy": ""} {
		if got := pathsOf(find(t, x, query, 0)); got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
}

func TestRanking(t *testing.T) {
	x := New(
		Entry{Path: "body-old", Title: "One", Body: "about apples", Date: day.AddDate(-1, 0, 0)},
		Entry{Path: "body-new", Title: "Two", Body: "about apples", Date: day},
		Entry{Path: "body-often", Title: "Three", Body: "apples, apples, apples", Date: day.AddDate(-2, 0, 0)},
		Entry{Path: "inside", Title: "Four", Body: "pineapples", Date: day},
		Entry{Path: "tag", Title: "Five", Tags: []string{"apples"}, Date: day.AddDate(-3, 0, 0)},
		Entry{Path: "title", Title: "Apples", Date: day.AddDate(-4, 0, 0)},
		Entry{Path: "all", Title: "Apples", Tags: []string{"apples"}, Body: "apples", Date: day.AddDate(-5, 0, 0)},
		Entry{Path: "other", Title: "Pears", Body: "pears", Date: day},
	)
	const want = "all title tag body-often body-new body-old" // a part of a word counts when no word is like that
	if got := pathsOf(find(t, x, "apples", 0)); got != want {
		t.Errorf("ranked\n%s, want\n%s", got, want)
	}
	if got := pathsOf(find(t, x, "neapple", 0)); got != "inside" {
		t.Errorf("a part of a word: %s", got)
	}
	if got := pathsOf(find(t, x, "apples", 3)); got != "all title tag" {
		t.Errorf("the first three: %s", got)
	}
}

func TestPutAndRemove(t *testing.T) {
	x := New(Entry{Path: "a", Title: "apple"})
	before := find(t, x, "apple", 0)
	put(t, x, Entry{Path: "a", Title: "pear"})
	put(t, x, Entry{Path: "b", Title: "apple"})
	if got := pathsOf(find(t, x, "apple", 0)); got != "b" {
		t.Error("after a change:", got)
	}
	for _, path := range []string{"b", "never was"} {
		if err := x.Remove(t.Context(), path); err != nil {
			t.Fatal(err)
		}
	}
	if got := pathsOf(find(t, x, "apple", 0)); got != "" {
		t.Error("after removal:", got)
	}
	if pathsOf(before) != "a" {
		t.Error("an older result changed:", pathsOf(before))
	}
}

func TestMarks(t *testing.T) {
	long := strings.Repeat("word ", 100)
	x := New(
		Entry{Path: "1", Title: "Straße und Strasse", Body: long + "hier die Straße.\n\nMehr " + long},
		Entry{Path: "2", Title: "Cafe\u0301 noir", Body: "# Über *das* Café\n\nEin [Link zum Café](https://cafe.example.org/x) und **mehr** ![Bild](b.png), <b>fett</b>, `code`, 1 < 2."},
		Entry{Path: "3", Title: "ﬁnal ½ İstanbul", Body: "x"},
		Entry{Path: "4", Title: "Addresses", Body: "See <https://one.example.org> and [two](https://two.example.org/deep)."},
	)
	for _, c := range []struct{ query, title, snippet string }{
		{"strasse", "{Straße} und {Strasse}", "…" + strings.Repeat("word ", 6) + "hier die {Straße}. Mehr word word"},
		{"sse", "{Straße} und {Strasse}", "…" + strings.Repeat("word ", 6) + "hier die {Straße}. Mehr word word"}, // part of a word marks it,
		{"cafe", "{Cafe\u0301} noir", "Über *das* {Café} Ein Link zum {Café} und mehr Bild, fett , code, 1 < 2."},
		{"mehr", "", "…und {mehr} Bild, fett , code, 1 < 2."},
		{"final", "{ﬁnal} ½ İstanbul", ""},
		{"istan", "ﬁnal ½ {İstan}bul", ""},
		{"one.example", "Addresses", "See <https://{one.example}.org> and two."},
		{"two.example", "Addresses", "…and [two](https://{two.example}.org/deep)."},
	} {
		found := false
		for _, r := range find(t, x, c.query, 0) {
			title, snippet := marked(titleOf(x, r.Path), r.Title), marked(r.Snippet, r.Marks)
			found = found || (c.title == "" || title == c.title) && strings.HasPrefix(snippet, c.snippet)
			t.Logf("%s: %s | %s", c.query, title, snippet)
		}
		if !found {
			t.Errorf("%q: no result reads %q | %q", c.query, c.title, c.snippet)
		}
	}
}

func titleOf(x *Index, path string) string { return x.state.byPath[path].article.Title }

func TestReadable(t *testing.T) {
	for in, want := range map[string]string{
		"## Heading\n> quoted":              "Heading quoted",
		"a [link](x.md) b":                  "a link b",
		"a [link][ref] b [^1]":              "a link b [^1",
		"![alt](p.png \"title\")":           "alt",
		"ends in [a link](https://exam":     "ends in a link",
		"<p class=\"x\">text</p><!-- c -->": "text",
		"1 < 2 > 0, a<b":                    "1 < 2 > 0, a<b",
		"**bold** ~~gone~~ `code`":          "bold gone code",
		"snake_case 2*3*4 (aside)":          "snake_case 2*3*4 (aside)",
	} {
		if got := strings.Join(strings.Fields(readable(in)), " "); got != want {
			t.Errorf("%q reads %q, want %q", in, got, want)
		}
	}
}

func TestEndlessQuery(t *testing.T) {
	x := corpus(rand.New(rand.NewPCG(1, 2)), 200)
	start := time.Now()
	for _, q := range []string{strings.Repeat("a", 100_000), strings.Repeat("a b ", 25_000), strings.Repeat("漢", 33_334), strings.Repeat(`"`, 100_000)} {
		find(t, x, q, 20)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("four queries of 100,000 characters took %v", took)
	}
}

func TestCancel(t *testing.T) {
	x := corpus(rand.New(rand.NewPCG(1, 2)), 5000)
	find(t, x, "a", 1) // the order is made once
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	start := time.Now()
	if r, err := x.Search(ctx, "a b c", 0); !errors.Is(err, context.Canceled) || r != nil {
		t.Errorf("%d results, %v", len(r), err)
	}
	if took := time.Since(start); took > 50*time.Millisecond {
		t.Errorf("a cancelled search took %v", took)
	}
	if _, err := x.Search(ctx, "", 0); !errors.Is(err, context.Canceled) {
		t.Errorf("an empty query: %v", err)
	}
}

func TestConcurrentUse(t *testing.T) {
	x := corpus(rand.New(rand.NewPCG(1, 2)), 100)
	var wg sync.WaitGroup
	for g := range 6 {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(uint64(g), 3))
			for range 100 {
				switch g % 3 {
				case 0:
					put(t, x, randomEntry(r, fmt.Sprint(r.IntN(150))))
				case 1:
					if err := x.Remove(t.Context(), fmt.Sprint(r.IntN(150))); err != nil {
						t.Error(err)
					}
				default:
					if _, err := x.Search(context.Background(), randomWords(r, 2), 10); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	wg.Wait()
}

var syllables = []string{"a", "be", "Ça", "dé", "ß", "Æ", "ł", "İ", "漢", "字", "ガ", "か\u3099", "é", "e\u0301", "ö", "ﬁ", "Ё", "한", "हि", "-", "'", "’", ".", "**", "](", "<b>", "#", "🙂", "Σ", "ς", "\u00ad", "\u00a0"}

func randomWords(r *rand.Rand, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString([]string{" ", " ", " ", "\n", "\n\n", "  "}[r.IntN(6)])
		}
		for range 1 + r.IntN(3) {
			b.WriteString(syllables[r.IntN(len(syllables))])
		}
	}
	return b.String()
}

func randomEntry(r *rand.Rand, path string) Entry {
	e := Entry{Path: path, Title: randomWords(r, 1+r.IntN(5)), Body: randomWords(r, r.IntN(120)), Date: day.AddDate(0, 0, -r.IntN(10))}
	for range r.IntN(3) {
		e.Tags = append(e.Tags, randomWords(r, 1+r.IntN(2)))
	}
	return e
}

func corpus(r *rand.Rand, n int) *Index { return New(randomEntries(r, n)...) }

func randomEntries(r *rand.Rand, n int) []Entry {
	entries := make([]Entry, n)
	for i := range entries {
		entries[i] = randomEntry(r, fmt.Sprint(i))
	}
	return entries
}

// checkResult checks that marks are spans of whole characters in order.
func checkResult(t *testing.T, e Entry, res Result) {
	t.Helper()
	if !utf8.ValidString(res.Snippet) && utf8.ValidString(e.Body) {
		t.Errorf("snippet %q is cut within a character", res.Snippet)
	}
	if strings.ContainsAny(res.Snippet, "\n\t") || len(res.Snippet) > 2*(snippetBefore+snippetAfter) {
		t.Errorf("snippet %q", res.Snippet)
	}
	if place := res.Place; (place.End > 0) != (res.Snippet != "") || place.Start < 0 || place.End < place.Start || place.End > len(e.Body) || place.End > 0 && len(tokens(e.Body[place.Start:place.End])) == 0 {
		t.Fatalf("the place %v of %q", place, e.Body)
	}
	for _, in := range []struct {
		s     string
		spans []Span
	}{{e.Title, res.Title}, {res.Snippet, res.Marks}} {
		last := -1
		for _, m := range in.spans {
			if m.Start <= last || m.End <= m.Start || m.End > len(in.s) ||
				utf8.ValidString(in.s) && (!utf8.RuneStart(in.s[m.Start]) || m.End < len(in.s) && !utf8.RuneStart(in.s[m.End])) {
				t.Fatalf("spans %v of %q", in.spans, in.s)
			}
			last = m.End
			if len(tokens(in.s[m.Start:m.End])) == 0 {
				t.Errorf("%q is marked in %q", in.s[m.Start:m.End], in.s)
			}
		}
	}
}

func FuzzSearch(f *testing.F) {
	for _, s := range [][3]string{
		{"river", "What the river took", "The river."}, {`"a b`, "A\nB", "a  b"}, {"ss", "ß", "Straße"}, {"e", "e\u0301", "é"}, {"fi", "ﬁ", "[x](y"},
		{"\xff", "\xff", "\xff"}, {"が", "か\u3099", "が"}, {"...", "…", "…a"}, {"x", "<x", "<!-- x"}, {"\u00ad", "a\u00adb", "\u00ad"}, {"한", "하", "한"},
		{`-"a b" tag:x year:2024 OR AND NOT NEAR(a b, 2)`, "a", "b"}, {`status:d -tag:"c d" before:2024-13 after: "`, "x", "y"}, {"-a -b", "a", "c"}, {`a* ^b {c}:d (e) "f""g`, "a", "f g"},
		{`before:x year:0001 tag:"" a`, "a b", "b a"}, {"ab cd ef", "ba dc", "fe ab"},
	} {
		f.Add(s[0], s[1], s[2])
	}
	f.Fuzz(func(t *testing.T, query, title, body string) {
		entries := map[string]Entry{
			"p": {Path: "p", Title: title, Tags: []string{title, body}, Authors: []string{body}, Body: body},
			"q": {Path: "q", Title: body, Body: title, Draft: true},
		}
		x := New(entries["p"], entries["q"])
		defer x.Close()
		results, err := x.Search(context.Background(), query, 0)
		if err != nil {
			t.Fatal(err)
		}
		if len(results) > 0 && Empty(query) {
			t.Errorf("%q finds something", query)
		}
		for _, r := range results {
			checkResult(t, entries[r.Path], r)
		}
		if folded := Fold(title); utf8.ValidString(title) && Fold(folded) != folded {
			t.Errorf("%q folds to %q, and that to %q", title, folded, Fold(folded))
		}
		// A whole word of an article finds it.
		for _, w := range tokens(title)[:min(len(tokens(title)), 3)] {
			if found, err := x.Search(context.Background(), w+" ", 0); err != nil || !slices.ContainsFunc(found, func(r Result) bool { return r.Path == "p" }) {
				t.Errorf("%q of %q is not found: %v, %v", w, title, found, err)
			}
		}
	})
}
