package markdown

import (
	"reflect"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"
)

func TestHeadingIDs(t *testing.T) {
	source := "# Die *schöne* `Müllerin`\n\n## 第一章 序\n\n## فصل أول\n\n## फ़िर से\n\n## Own {#mine}\n\n" +
		"## mine\n\n## Mine\n\n## Don't stop\n\n## 🎉\n\n##\n\n> ## [A link](x.md) here\n\nSetext & co\n---\n\n## Twice {#mine}\n"
	var got []string
	for _, h := range Parse([]byte(source)).Outline() {
		got = append(got, h.ID)
	}
	want := []string{"die-schöne-müllerin", "第一章-序", "فصل-أول", "फ़िर-से", "mine", "mine-2", "mine-3",
		"dont-stop", "section", "section-1", "a-link-here", "setext-co", "mine-1"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestOutlineOffsets(t *testing.T) {
	source := "intro\n\n# One\n\nTwo\n---\n\n> ### Three\n"
	for _, h := range Parse([]byte(source)).Outline() {
		line := strings.TrimLeft(source[h.Offset:], "# ")
		if !strings.HasPrefix(line, h.Text) {
			t.Errorf("%q is at %d: %q", h.Text, h.Offset, line)
		}
	}
}

func TestPicturesAndLinks(t *testing.T) {
	source := "a ![alt *b*](my%20pic.png \"T\") [![in](x.png)](page.md) ![ref][r] <mail@x.org> www.x.org [w &amp; x](<a b.md>)\n\n[r]: r.png 'R'\n"
	tree := Parse([]byte(source))
	pictures := tree.Pictures()
	want := []Picture{
		{"my%20pic.png", "alt b", "T", 2},
		{"x.png", "in", "", 32},
		{"r.png", "ref", "R", 55},
	}
	if !reflect.DeepEqual(pictures, want) {
		t.Errorf("pictures %+v", pictures)
	}
	links := tree.Links()
	wantLinks := []Hyperlink{
		{"page.md", "in", "", 31},
		{"mailto:mail@x.org", "mail@x.org", "", strings.Index(source, "mail@")},
		{"http://www.x.org", "www.x.org", "", strings.Index(source, "www")},
		{"a b.md", "w & x", "", strings.Index(source, "[w")},
	}
	if !reflect.DeepEqual(links, wantLinks) {
		t.Errorf("links %+v\nwant  %+v", links, wantLinks)
	}
}

func TestPlainText(t *testing.T) {
	for source, want := range map[string]string{
		"# Title\n\nOne *two*\nthree\\\nfour":          "Title\nOne two three four",
		"- a\n- b\n  - c":                              "a\nb\nc",
		"| a | b |\n|---|---|\n| 1 | 2 |":              "a b\n1 2",
		"```go\nfunc x()\n```":                         "func x()",
		"<p>raw <b>html</b> &amp; more</p>":            "raw html & more",
		"<script>alert(1)</script>":                    "",
		"中文\n中文":                                       "中文中文",
		"\"quoted\" -- it's \\*so\\* &eacute;":         "“quoted” – it’s *so* é",
		"![alt](x.png) [link](y) <http://z.org>":       "alt link http://z.org",
		"note[^1] here\n\n[^1]: the note":              "note here\nthe note",
		"Term\n: meaning":                              "Term\nmeaning",
		"a <!-- hidden --> b < c":                      "a  b < c",
		"`code  with` spaces":                          "code  with spaces",
		"[x]: /url\n\n- [ ] todo":                      "todo",
		"\xff bytes\n\n***\n\nend":                     "\ufffd bytes\nend",
		"> quote\n> more\n\nhttps://example.org/a_b_c": "quote more\nhttps://example.org/a_b_c",
	} {
		if got := Parse([]byte(source)).PlainText(); got != want {
			t.Errorf("%q: got %q, want %q", source, got, want)
		}
	}
}

func TestExcerpt(t *testing.T) {
	long := "# Head\n\n![pic](x.png)\n\n```\ncode\n```\n\n<div>html</div>\n\nThe flood gauge on the *old* bridge, dry for years.\n"
	for _, c := range []struct {
		source string
		max    int
		want   string
	}{
		{long, 100, "The flood gauge on the old bridge, dry for years."},
		{long, 34, "The flood gauge on the old…"},
		{long, 36, "The flood gauge on the old bridge…"},
		{long, 1, "…"},
		{long, 0, ""},
		{"我们的故事从这里开始。很长", 6, "我们的故事…"},
		{"Donaudampfschifffahrt", 8, "Donauda…"},
		{"- one\n- two\n\n> three", 40, "one two three"},
		{"# Only a heading", 40, ""},
		{strings.Repeat("```\ncode\n```\n", 600) + "late prose", 40, "late prose"},
		{strings.Repeat("x", 10_000), 5, "xxxx…"},
	} {
		if got := Excerpt([]byte(c.source), c.max); got != c.want {
			t.Errorf("%.20q at %d: got %q, want %q", c.source, c.max, got, c.want)
		}
	}
}

func TestWords(t *testing.T) {
	for s, want := range map[string]int{
		"": 0, "one": 1, "don't stop": 2, "it’s well-known, e.g. 3,000 times": 5, "— … 🎉 👩‍👩‍👧 !": 0,
		"中文字": 3, "日本語とカナー": 7, "Go 语言": 3, "한국어 문장": 2, "naïve cafe\u0301": 2, "مرحبا بالعالم": 2,
		"a-b - c": 2, "snake_case": 1, "x. y": 2, "\xff": 0,
	} {
		if got := Words(s); got != want {
			t.Errorf("%q: got %d, want %d", s, got, want)
		}
	}
}

func TestReadingMinutes(t *testing.T) {
	for words, want := range map[int]int{0: 1, 1: 1, 230: 1, 231: 2, 1204: 6} {
		if got := ReadingMinutes(words); got != want {
			t.Errorf("%d words: got %d, want %d", words, got, want)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	paragraph := "Some *prose* with a [link](x.md), `code` and \"quotes\".\n\n- a list\n- of things\n\n## Heading\n\n"
	for name, size := range map[string]int{"10KB": 10 << 10, "1MB": 1 << 20} {
		source := []byte(strings.Repeat(paragraph, size/len(paragraph)))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(source)))
			for b.Loop() {
				Parse(source)
			}
		})
	}
}

func TestLineBreak(t *testing.T) {
	for source, want := range map[string]string{
		"a\nb": " ", "a\\\nb": "\n", "a  \nb": "\n", "中\n文": "", "中\na": " ", "a": "", "\x82\n00": " ",
	} {
		tree := Parse([]byte(source))
		text := tree.Root.FirstChild().FirstChild().(*ast.Text)
		if got := tree.LineBreak(text); got != want {
			t.Errorf("%q: %q", source, got)
		}
	}
}
