package markdown

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

var oddSources = []string{
	"", "\n", " ", "\t\n\t", "\x00", "a\x00b", "\xff\xfe", "# \xc3\x28", "#", "# #", "[a]: <b>", "[a]:\n/b\n'c\n\nd'",
	"0\n-:\n-", "-\n\n  x", "> [a]: b", "> [^a]: b\n\n[^a]", "[^a]\n\n[^a]: one\n[^a]: two", "[^a]:", "- [^a]: x\n\n[^a]",
	"a\n: b\n\nc\n: d", ": x", "a\n\n:   b", "~~~", "```\n\n\n", "<script>\n\nx", "<!--", "| a |\n|--", "|a|\n|-|\n\n",
	"para\n| a |\n|---|\n| b |", "a\n===\n[b]: c\n===", "[b]: c\n===\n", "1. a\n10) b\n* c\n+ d", "\tcode\n\n\tmore", "-\t\tx",
	"![a](b \"c\") [d](<e f>) <g@h.i> www.x.org", "***a**b*c", "`a``b`", "\\\n", "a  \nb\\\nc", "# a {#b .c d=e}", "# x {#",
	"- a\n  - b\n    - c\n\n    d", "\u2028", "\ufeff# a", "&#0; &#x110000; &bogus;", "'a' \"b\" -- --- ... << >>",
	"[^\xff]: a\n\n[^\xff]", "~~a~~ ~b~", "- [ ] a\n- [x] b", "http://[", "a\r\nb\r\n\r\n# c\r\n", "<A A=\"\x92\">",
}

func FuzzParse(f *testing.F) {
	for _, source := range oddSources {
		f.Add([]byte(source))
	}
	f.Add([]byte(strings.Repeat("> ", 200) + "a"))
	f.Add([]byte(strings.Repeat("- ", 200) + "a"))
	f.Add([]byte(strings.Repeat("[", 300) + strings.Repeat("](x)", 300)))
	f.Fuzz(func(t *testing.T, source []byte) {
		checkSpans(t, source)
		tree := Parse(source)
		seen := map[string]bool{}
		for _, h := range tree.Outline() {
			if h.ID == "" || seen[h.ID] || strings.ContainsAny(h.ID, " \t\n") {
				t.Fatalf("heading id %q", h.ID)
			}
			seen[h.ID] = true
		}
		if !utf8.ValidString(tree.PlainText()) {
			t.Fatal("plain text is not UTF-8")
		}
		tree.Pictures()
		tree.Links()
		tree.Footnotes()
		Words(tree.PlainText())
		if s := Excerpt(source, 40); utf8.RuneCountInString(s) > 40 {
			t.Fatalf("excerpt of %d runes: %q", utf8.RuneCountInString(s), s)
		}
	})
}

func TestHostileSourcesEndInTime(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const n = 10_000
	for name, source := range map[string]string{
		"quotes":       strings.Repeat(">", n) + "a",
		"lists":        strings.Repeat("- ", n) + "a",
		"quoted lists": strings.Repeat("> - ", n/2) + "a",
		"nested lists": staircase(500),
		"emphasis":     strings.Repeat("*a **b ", n),
		"brackets":     strings.Repeat("[", n),
		"links":        strings.Repeat("[", n) + "a" + strings.Repeat("](b)", n),
		"pictures":     strings.Repeat("![", n),
		"backticks":    strings.Repeat("`a``", n),
		"angles":       strings.Repeat("<a ", n),
		"references":   strings.Repeat("[a]: b\n", n),
		"one word":     strings.Repeat("a", 100*n),
		"footnotes":    strings.Repeat("[^a] ", n) + "\n\n[^a]: b",
		"same heading": strings.Repeat("# a\n", n),
		"table":        strings.Repeat("|", n) + "\n" + strings.Repeat("|-", n),
		"addresses":    strings.Repeat("www.a.", n),
		"quotes marks": strings.Repeat("\"'", n),
		"entities":     strings.Repeat("&amp;", n),
	} {
		start := time.Now()
		tree := Parse([]byte(source))
		tree.Blocks()
		tree.PlainText()
		took := time.Since(start)
		t.Logf("%-14s %6d bytes %v", name, len(source), took.Round(time.Millisecond))
		if took > 30*time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
}

func staircase(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	return b.String()
}
