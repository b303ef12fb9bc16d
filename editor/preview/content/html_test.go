package content

import (
	"fmt"
	"strings"
	"testing"

	"longhand/editor/text"
)

// all is every part of a page with the offset its source is counted from: what is in cells,
// and footnotes, too.
func all(p *Page) (parts []*Part, bases []int) {
	var visit func(ps []*Part, base int)
	visit = func(ps []*Part, base int) {
		for _, q := range ps {
			parts, bases = append(parts, q), append(bases, base)
			for _, c := range q.Cells {
				visit(c.Parts, base)
			}
		}
	}
	for n := range p.Index().UnitCount() {
		visit(p.Block(n).Parts, p.Unit(n).Start)
	}
	for _, n := range p.Notes() {
		visit(n.Parts, p.Unit(n.Unit).Start)
	}
	return parts, bases
}

// sourceOf is where the source of a word of a page begins.
func sourceOf(t *testing.T, source, word string) int {
	t.Helper()
	parts, bases := all(fresh(text.New(source)))
	for i, p := range parts {
		if at := strings.Index(p.Text.S, word); at >= 0 {
			return bases[i] + p.Text.SourceOf(at)
		}
	}
	t.Fatalf("%q is not shown of %q", word, source)
	return 0
}

func outline(parts []*Part) string {
	var out []string
	for _, p := range parts {
		s := fmt.Sprint(p.Text.S)
		if p.Kind == Rule {
			s = "―"
		}
		if p.Kind != Row {
			out = append(out, s)
		}
	}
	return strings.Join(out, "|")
}

func TestRuleWithinText(t *testing.T) {
	for source, want := range map[string]string{
		"one <hr> two\n":                         "one|―|two",
		"two <hr>\n":                             "two|―",
		"**one <hr> two** three\n":               "one|―|two three",
		"- one <hr> two\n":                       "one|―|two",
		"> one <hr> two\n":                       "one|―|two",
		"# one <hr> two\n":                       "one\ntwo",
		"x[^1]\n\n[^1]: one <hr> two\n":          "x1|one|―|two\u00a0↩\ufe0e",
		"| one <hr> two | b |\n|---|---|\n":      "one\ntwo|b",
		"<div>one<hr>two</div>\n":                "one|―|two",
		"> <div>\n> one<hr>two\n":                "one|―|two",
		"> <p>one\n> <hr>two\n":                  "one|―|two",
		"<table><tr><td>one<hr>two</table>\n":    "one\ntwo",
		"<figcaption>one<hr>two</figcaption>\n":  "one\ntwo",
		"<pre>one<hr>two</pre>\n":                "one|―|two",
		"<details><summary>one<hr>two</summary>": "one\ntwo",
	} {
		parts, bases := all(fresh(text.New(source)))
		if got := outline(parts); got != want {
			t.Errorf("%q shows %q, not %q", source, got, want)
		}
		if at := sourceOf(t, source, "two"); at != strings.Index(source, "two") {
			t.Errorf("the source of \"two\" in %q is %d", source, at)
		}
		for i, p := range parts {
			if p.Kind == Rule && source[bases[i]+p.Start] != '<' && !strings.Contains(source[bases[i]+p.Start:bases[i]+p.End], "<hr>") {
				t.Errorf("the rule of %q is %d to %d", source, p.Start, p.End)
			}
		}
	}
	f := Frame{Authors: []Author{{Heading: "H", Bio: "one <hr> two"}}}
	if got := outline(f.Foot()); got != "|H|one|―|two|" {
		t.Errorf("a bio shows %q", got)
	}
}

// A unit that cannot be built is shown as its source, wherever it stands.
func TestBuildFails(t *testing.T) {
	tree := fresh(text.New("one\n"))
	b := newBuilder(tree.Index().Parse(tree.Unit(0)), tree.Unit(0), tree, false)
	b.out = nil // as good as anything
	if parts := b.shows(nil).Parts; len(parts) != 1 || parts[0].Kind != Source || parts[0].Text.S != "one" {
		t.Errorf("%+v", parts)
	}
}

func TestSourceOfVerbatim(t *testing.T) {
	for source, word := range map[string]string{
		"```\nfirst line\nhello world":              "world",
		"    first line\n    hello world":           "world",
		"- ```\n\tfirst line\n\thello world":        "world",
		">\t\tcode\n>\t\thello world":               "world",
		"<pre>\nfirst\nhello world":                 "world",
		"- <pre>\n\tone\n\thello world</pre>":       "world",
		"- <div>\n\tone\n\thello world</div>":       "world",
		"-\t<pre>\n\t\tone\n\t \thello world</pre>": "world",
		"> <!-- a -->\n> <foo>\n> hello world":      "world",
		"<!doctype a>\n<nothing\nworld":             "world",
	} {
		if at := sourceOf(t, source, word); at != strings.Index(source, word) {
			t.Errorf("the source of %q in %q is %d, not %d", word, source, at, strings.Index(source, word))
		}
	}
}

// Long HTML is shown in parts, as code is.
func TestLongSource(t *testing.T) {
	numbered := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "line %d &lt;\n", i)
		}
		return b.String()
	}
	for _, c := range []struct {
		source string
		kind   Kind
		parts  int
	}{
		{"<pre>\n" + numbered(32) + "</pre>\n", Code, 2},
		{"<pre>\n" + numbered(32) + "\n</pre>\n", Code, 3},
		{"> <pre>\n> " + strings.ReplaceAll(numbered(33), "\n", "\n> ") + "</pre>\n", Code, 3},
		{"<script>\n" + numbered(30) + "</script>\n", Source, 2},
		{"<script>\n" + numbered(31) + "</script>\n", Source, 3},
		{"<form\n" + numbered(30) + ">\n", Source, 2},
		{"<pre>" + numbered(16) + "</pre>", Code, 1},
	} {
		p := fresh(text.New(c.source))
		parts, _ := all(p)
		if len(parts) != c.parts {
			t.Errorf("%.20q makes %d parts, not %d", c.source, len(parts), c.parts)
		}
		checkParts(t, parts, len(c.source))
		shown := 0
		for i, q := range parts {
			switch {
			case q.Kind != c.kind || q.Group != parts[0].Group || q.First != (i == 0) || q.Last != (i == len(parts)-1):
				t.Errorf("part %d of %.20q: %+v", i, c.source, q)
			case (q.Label != "") != (i == 0 && c.kind == Source):
				t.Errorf("part %d of %.20q has label %q", i, c.source, q.Label)
			case i > 0 && q.Start < parts[i-1].End:
				t.Errorf("part %d of %.20q begins at %d, within the one before", i, c.source, q.Start)
			}
			for line := range strings.Lines(q.Text.S) {
				if name, _, ok := strings.Cut(line, " &"); ok || strings.HasPrefix(line, "line") {
					name, _, _ = strings.Cut(name, " <")
					at := q.Text.SourceOf(strings.Index(q.Text.S, line))
					if !strings.HasPrefix(c.source[at:], name) || at < q.Start || at >= q.End {
						t.Errorf("%q of %.20q is at %d, in %d to %d", name, c.source, at, q.Start, q.End)
					}
					shown++
				}
			}
		}
		if want := strings.Count(c.source, "line"); shown != want {
			t.Errorf("%.20q shows %d lines of %d", c.source, shown, want)
		}
	}
}

// Room within code stands where its text does.
func TestSourceGoesForward(t *testing.T) {
	for _, source := range []string{"<code> </code>\n", "a <code>b </code> c\n", "<kbd>k <code>c</code> </kbd>\n", "<hr>\n<li><li>x<hr>y\n"} {
		parts, _ := all(fresh(text.New(source)))
		checkParts(t, parts, len(source))
		for i := range parts {
			if i > 0 && parts[i].Start < parts[i-1].Start {
				t.Errorf("%q: part %d begins at %d, before the one before", source, i, parts[i].Start)
			}
		}
	}
}

// What an HTML parser does with text where none belongs, and with an end tag that the file ends in.
func TestOddEndsSayWhatThePageSays(t *testing.T) {
	for _, source := range []string{
		"<table>loose<tr><td>a</td></tr></table>\n", "<table><tr><td>a</td></tr>\nloose\n</table>\n\nafter\n", "<table>loose",
		"<table>loose\n\n*x*\n\n</table>\n", "<div>a</", "text </", "<div>a</\n", "- <ul></", "> <div>a</", "1. <div>a</\n",
	} {
		if got, want := shown(source), rendered(source); got != want {
			t.Errorf("%q shows %q, not %q", source, got, want)
		}
	}
}
