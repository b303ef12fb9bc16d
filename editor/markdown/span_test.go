package markdown

import (
	"bytes"
	"context"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"longhand/editor/text"
)

func TestSpans(t *testing.T) {
	// Each node of the tree, in its order: kind and bytes.
	for source, want := range map[string][]string{
		"a **b** c *d _e_*": {"Paragraph a **b** c *d _e_*", "Text a ", "Emphasis **b**", "Text b", "Text  c ", "Emphasis *d _e_*", "Text d ", "Emphasis _e_", "Text e"},
		"***a** b*":         {"Paragraph ***a** b*", "Emphasis ***a** b*", "Emphasis **a**", "Text a", "Text  b"},
		"*a **b***":         {"Paragraph *a **b***", "Emphasis *a **b***", "Text a ", "Emphasis **b**", "Text b"},
		"**a***":            {"Paragraph **a***", "Emphasis **a**", "Text a", "Text *"},
		"**a*":              {"Paragraph **a*", "Text *", "Emphasis *a*", "Text a"},
		"~~a~~ ~b~ ~~c~":    {"Paragraph ~~a~~ ~b~ ~~c~", "Strikethrough ~~a~~", "Text a", "Text  ", "Strikethrough ~b~", "Text b", "Text  ~", "Strikethrough ~c~", "Text c"},
		">a *b\\\n>*":       {"Blockquote >a *b\\\n>*", "Paragraph a *b\\\n>*", "Text a ", "Emphasis *b\\\n>*", "Text b"},
		"~~a~ b~":           {"Paragraph ~~a~ b~", "Strikethrough ~~a~ b~", "Strikethrough ~a~", "Text a", "Text  b"},
		"[a](b \"c\") [d][] ![e *f*][d] [d]\n\n[d]: g 'h'": {
			"Paragraph [a](b \"c\") [d][] ![e *f*][d] [d]", "Link [a](b \"c\")", "Text a", "Text  ", "Link [d][]", "Text d", "Text  ",
			"Image ![e *f*][d]", "Text e ", "Emphasis *f*", "Text f", "Text  ", "Link [d]", "Text d",
		},
		"> [a\n> b](c\n> 'd') `e\n> f`\n> <g\n> h>": {
			"Blockquote > [a\n> b](c\n> 'd') `e\n> f`\n> <g\n> h>", "Paragraph [a\n> b](c\n> 'd') `e\n> f`\n> <g\n> h>", "Link [a\n> b](c\n> 'd')", "Text a", "Text b", "Text  ",
			"CodeSpan `e\n> f`", "Text e\n", "Text f", "Text ", "RawHTML <g\n> h>",
		},
		"\"a\" -- 'b' ... it's": {"Paragraph \"a\" -- 'b' ... it's", "String \"", "Text a", "String \"", "Text  ", "String --", "Text  ", "String '", "Text b", "String '", "Text  ", "String ...", "Text  it", "String '", "Text s"},
		"x http://a.bc. <d@e.fg> (www.h.ij)": {
			"Paragraph x http://a.bc. <d@e.fg> (www.h.ij)", "Text x ", "AutoLink http://a.bc", "Text . ", "AutoLink <d@e.fg>", "Text  (", "AutoLink www.h.ij", "Text )",
		},
		"- [ ] a\n- [x]  b": {"List - [ ] a\n- [x]  b", "ListItem - [ ] a", "TextBlock [ ] a", "TaskCheckBox [ ]", "Text a", "ListItem - [x]  b", "TextBlock [x]  b", "TaskCheckBox [x]", "Text b"},
		"1. a\n\n   > b  \n   > c\\\n   d\n": {
			"List 1. a\n\n   > b  \n   > c\\\n   d", "ListItem 1. a\n\n   > b  \n   > c\\\n   d", "Paragraph a", "Text a",
			"Blockquote > b  \n   > c\\\n   d", "Paragraph b  \n   > c\\\n   d", "Text b", "Text c", "Text d",
		},
		"![^a] [^a]\n\n[^a]: b\n\n    c": {"Paragraph ![^a] [^a]", "Text !", "FootnoteReference [^a]", "Text  ", "FootnoteReference [^a]", "Footnote [^a]: b\n\n    c", "Paragraph b", "Text b", "Paragraph c", "Text c"},
		"## a ##\nb\n===\n":              {"Heading ## a ##", "Text a", "Heading b\n===", "Text b"},
		"> ```go\n> a\n> ```\n> ~~~\n>\n": {
			"Blockquote > ```go\n> a\n> ```\n> ~~~\n>", "FencedCodeBlock ```go\n> a\n> ```", "FencedCodeBlock ~~~\n>",
		},
		"- * * *\n\t-\t# a":          {"List - * * *\n\t-\t# a", "ListItem - * * *\n\t-\t# a", "ThematicBreak * * *", "List -\t# a", "ListItem -\t# a", "Heading # a", "Text a"},
		"    a\n\n    b\n<div>\nc\n": {"CodeBlock a\n\n    b", "HTMLBlock <div>\nc"},
		"a\nb\n: c\n: d\n":           {"DefinitionList a\nb\n: c\n: d", "DefinitionTerm a", "Text a", "DefinitionTerm b", "Text b", "DefinitionDescription : c", "TextBlock c", "Text c", "DefinitionDescription : d", "TextBlock d", "Text d"},
		"> |a | `b\\|` |\n> |--|--\n> c | |\n> d": {
			"Blockquote > |a | `b\\|` |\n> |--|--\n> c | |\n> d", "Table |a | `b\\|` |\n> |--|--\n> c | |\n> d", "TableHeader |a | `b\\|` |", "TableCell a", "Text a",
			"TableCell `b\\|`", "CodeSpan `b\\|`", "Text b", "Text |", "TableRow c | |", "TableCell c", "Text c", "TableCell ", "TableRow d", "TableCell d", "Text d", "TableCell ",
		},
		"[a]:\n  /b\n  'c'\n[d]: e\nf": {"LinkReferenceDefinition [a]:\n  /b\n  'c'", "LinkReferenceDefinition [d]: e", "Paragraph f", "Text f"},
	} {
		x, d := finished(t, source)
		var got []string
		for _, u := range x.Units(0, x.UnitCount()) {
			tree := x.Parse(u)
			tree.each(func(n ast.Node) {
				if n != tree.Root && !(d.Len() == 0) && (n.Kind() != ast.KindLinkReferenceDefinition || strings.HasSuffix(source, "f")) {
					start, end := tree.Span(n)
					got = append(got, n.Kind().String()+" "+source[u.Start+start:u.Start+end])
				}
			})
		}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%q\ngot  %q\nwant %q", source, got, want)
		}
		checkSpansOf(t, source)
	}
}

func TestSpansOfRandomText(t *testing.T) {
	for _, source := range oddSources {
		checkSpansOf(t, source)
	}
	for _, c := range styled {
		checkSpansOf(t, c.source)
	}
	for seed := range uint64(5_000) {
		r := rand.New(rand.NewPCG(seed, 6))
		checkSpansOf(t, randomMarkdown(r, 1+r.IntN(24)))
	}
}

// TestSpansOfHostileText has nodes in nodes in nodes.
func TestSpansOfHostileText(t *testing.T) {
	for _, source := range []string{
		strings.Repeat("> ", 3000) + "a", strings.Repeat("- ", 1000) + "a", staircase(100), strings.Repeat("*a **b ", 500) + strings.Repeat("** *", 500),
		strings.Repeat("![", 300) + strings.Repeat("](x)", 300), strings.Repeat("~a ~~b ", 300) + strings.Repeat("~~ ~", 300),
	} {
		start := time.Now()
		checkSpansOf(t, source)
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%.20q: %v", source, took)
		}
	}
}

func FuzzSpans(f *testing.F) {
	for _, source := range oddSources {
		f.Add(source)
	}
	for _, c := range styled {
		f.Add(c.source)
	}
	f.Fuzz(func(t *testing.T, source string) {
		if len(source) < 4096 {
			checkSpansOf(t, source)
		}
	})
}

// checkSpansOf checks the spans of all nodes in all units of a text.
func checkSpansOf(t testing.TB, source string) {
	t.Helper()
	x, err := NewIndex(text.New(source)).Finish(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range x.Units(0, x.UnitCount()) {
		if u.Kind == FrontMatterBlock {
			continue
		}
		c := &spanCheck{TB: t, UnitTree: x.Parse(u), covered: map[int]ast.Node{}}
		c.blocks(c.Root)
	}
}

type spanCheck struct {
	testing.TB
	*UnitTree
	covered map[int]ast.Node // bytes, by the inline node that they belong to
}

func (c *spanCheck) fail(n ast.Node, why string) {
	c.Helper()
	start, end := c.Span(n)
	c.Fatalf("%q: %s [%d,%d) %q: %s", c.Source, n.Kind(), start, end, c.Source[start:end], why)
}

func (c *spanCheck) blocks(n ast.Node) {
	start, end := c.Span(n)
	text := c.Source[start:end]
	inLine := n.Kind() == extast.KindTableCell
	if start < 0 || end < start || end > len(c.Source) {
		c.fail(n, "outside")
	}
	if !inLine && end < len(c.Source) && c.Source[end] != '\n' {
		c.fail(n, "ends within a line")
	}
	begins := map[ast.NodeKind]string{
		ast.KindBlockquote: ">", ast.KindList: "-+*0123456789", ast.KindListItem: "-+*0123456789", ast.KindFencedCodeBlock: "`~",
		ast.KindThematicBreak: "*-_", extast.KindFootnote: "[", extast.KindDefinitionDescription: ":", ast.KindHTMLBlock: "<",
		ast.KindLinkReferenceDefinition: "[",
	}[n.Kind()]
	if begins != "" && (len(text) == 0 || strings.IndexByte(begins, text[0]) < 0) {
		c.fail(n, "begins with something else")
	}
	if n, ok := n.(*ast.Heading); ok && (len(text) == 0 || text[0] != '#' && !bytes.ContainsAny(text[len(text)-1:], "-= \t\r")) {
		c.fail(n, "no heading")
	}
	if n, ok := n.(*ast.FencedCodeBlock); ok && n.Lines().Len() > 0 && end < n.Lines().At(n.Lines().Len()-1).Stop-1 {
		c.fail(n, "too short")
	}
	before := start
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		from, to := c.Span(child)
		if from < start || to > end {
			c.fail(child, "not in its parent")
		}
		if from < before && !aroundTable(child) {
			c.fail(child, "overlaps what is before")
		}
		if child.Kind() != ast.KindLinkReferenceDefinition { // goldmark finds some behind the text that it has them before
			before = max(before, to)
		}
		if child.Type() == ast.TypeInline {
			c.inline(child)
		} else {
			c.blocks(child)
		}
	}
	if n.Type() == ast.TypeBlock && n.FirstChild() != nil && n.FirstChild().Type() == ast.TypeInline {
		for i := range n.Lines().Len() {
			c.coverage(n, n.Lines().At(i).Start, n.Lines().At(i).Stop)
		}
	}
	if n.Type() == ast.TypeDocument {
		c.lines(n)
	}
}

// aroundTable tells of a heading or a definition list made from a paragraph of which the end was
// cut off for a table: goldmark has it behind the table, though it stands around it.
func aroundTable(n ast.Node) bool {
	return (n.Kind() == ast.KindHeading || n.Kind() == extast.KindDefinitionList) &&
		n.PreviousSibling() != nil && n.PreviousSibling().Kind() == extast.KindTable
}

// lines fails if a line that says something lies in no block.
func (c *spanCheck) lines(root ast.Node) {
	at := 0
	for line := range strings.Lines(string(c.Source)) {
		inside := strings.Trim(line, " \t\n\v\f\r\x00") == ""
		from := at + len(line) - len(strings.TrimLeft(line, " \t\n\v\f\r"))
		for n := root.FirstChild(); n != nil && !inside; n = n.NextSibling() {
			start, end := c.Span(n)
			inside = start <= from && end >= from
		}
		if !inside {
			c.fail(root, "nothing holds "+line)
		}
		at += len(line)
	}
}

// coverage fails if something in the line of a block belongs to no inline node.
func (c *spanCheck) coverage(n ast.Node, from, to int) {
	for at := from; at < to; at++ {
		last := strings.Trim(string(c.Source[at:to]), " \t\n\v\f\r")
		if c.covered[at] == nil && last != "" && last != "\\" && strings.IndexByte(" \t\n\v\f\r", c.Source[at]) < 0 {
			c.fail(n, "in no inline node: "+string(c.Source[at:to]))
		}
	}
}

func (c *spanCheck) cover(n ast.Node, start, end int) {
	for at := start; at < end; at++ {
		if c.covered[at] != nil {
			c.fail(n, "overlaps "+c.covered[at].Kind().String())
		}
		c.covered[at] = n
	}
}

func (c *spanCheck) inline(n ast.Node) {
	start, end := c.Span(n)
	if start < 0 || end < start || end > len(c.Source) {
		c.fail(n, "outside")
	}
	text := string(c.Source[start:end])
	around := func(open, close string) {
		if len(text) < len(open)+len(close) || !strings.HasPrefix(text, open) || !strings.HasSuffix(text, close) {
			c.fail(n, "not between "+open+" and "+close)
		}
	}
	leaf := true
	switch n := n.(type) {
	case *ast.Text:
		if text != string(c.Source[n.Segment.Start:n.Segment.Stop]) {
			c.fail(n, "not its text")
		}
	case *ast.String:
		if text != sources[string(n.Value)] {
			c.fail(n, "not a mark")
		}
	case *ast.CodeSpan:
		marks := text[:len(text)-len(strings.TrimLeft(text, "`"))]
		around(marks, marks)
	case *ast.Emphasis:
		marks := strings.Repeat(text[:1], n.Level)
		around(marks, marks)
		if text[0] != '*' && text[0] != '_' {
			c.fail(n, "no delimiter")
		}
		c.delimiters(n, n.Level, n.Level)
		leaf = false
	case *extast.Strikethrough:
		from, _ := c.Span(n.FirstChild())
		marks := "~~"[:min(from-start, 2)]
		around(marks, marks)
		c.delimiters(n, len(marks), len(marks))
		leaf = false
	case *ast.Link:
		around("[", map[bool]string{true: ")", false: "]"}[n.Reference == nil])
		leaf = !n.HasChildren()
		c.delimiters(n, 1, 0)
	case *ast.Image:
		around("![", map[bool]string{true: ")", false: "]"}[n.Reference == nil])
		leaf = !n.HasChildren()
		c.delimiters(n, 2, 0)
	case *ast.AutoLink:
		if label := string(n.Label(c.Source)); text != label && text != "<"+label+">" {
			c.fail(n, "not its address")
		}
	case *ast.RawHTML:
		around("<", ">")
	case *extast.TaskCheckBox:
		around("[", "]")
		if len(text) != 3 {
			c.fail(n, "no box")
		}
	case *FootnoteReference:
		if text != "[^"+string(n.Label)+"]" {
			c.fail(n, "not its label")
		}
	default:
		c.fail(n, "unknown")
	}
	before := start
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		from, to := c.Span(child)
		if from < before || to > end {
			c.fail(child, "not in order in its parent")
		}
		before = to
		if !leaf {
			c.inline(child)
		}
	}
	if leaf {
		c.cover(n, start, end)
	}
}

// delimiters counts as covered what of a node lies before and after its children, of which
// the lengths are given, if not 0.
func (c *spanCheck) delimiters(n ast.Node, before, after int) {
	if !n.HasChildren() {
		return
	}
	start, end := c.Span(n)
	from, _ := c.Span(n.FirstChild())
	_, to := c.Span(n.LastChild())
	if after > 0 {
		if gap := string(c.Source[to : end-after]); strings.Contains(gap, "\n") && strings.Trim(gap, " \t\n\\>") == "" {
			to = end - after // closed at a line's start, which is possible in a quote
		}
		if from != start+before || to != end-after {
			c.fail(n, "has something between its delimiters and its content")
		}
	}
	if strings.TrimSpace(string(c.Source[start+before:from])) != "" && after > 0 {
		c.fail(n, "begins before its content")
	}
	c.cover(n, start, start+before)
	c.cover(n, to, end)
}
