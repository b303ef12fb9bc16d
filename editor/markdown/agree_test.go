package markdown

import (
	"fmt"
	stdhtml "html"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// The agreement of Styles with goldmark's tree. Both sides are read as lines of
// bytes that each have a style:
//
//   - the tree is walked: the text of its nodes, escapes and entities resolved by
//     goldmark's writer, each byte with the kinds of the nodes around it; a line ends
//     where a block, a row of a table or a line of the source ends;
//   - the source is read by its styles: bytes that are Markup are dropped, entities
//     resolved, and a line is a line.
//
// Lines without anything but white space are dropped on both sides, and what is left,
// joined, must be equal. Three things are not compared, for they are no bytes of the source:
// the spaces that goldmark puts for the rest of a tab in code, which quotation mark the
// typographer chose, and U+FFFD for NUL. Goldmark moves footnotes to the end: they are
// compared where they are defined, but not whether they stand in a quote; and it
// forgets those defined in another block that nothing refers to, and what is in a
// footnote in a footnote: a source with such a one is not checked.

const compared = Emphasis | Strong | Strike | Code | CodeBlock | Link | Image | Quote | HTML | Table | Term | Definition | 7<<levelShift

type agreedLine struct {
	at   int // for the order only
	text []byte
	like []Style
}

func (l agreedLine) String() string {
	var b strings.Builder
	for i := 0; i < len(l.text); {
		from := i
		for i < len(l.text) && l.like[i] == l.like[from] {
			i++
		}
		fmt.Fprintf(&b, "%q:%s ", l.text[from:i], styleNames(l.like[from]))
	}
	return b.String()
}

func styleNames(s Style) string {
	var names []string
	for i, name := range strings.Fields("Markup Emphasis Strong Strike Code CodeBlock Link Image Target Quote HTML Comment " +
		"ListMarker TaskBox Table Term Footnote Definition Escape FrontMatter") {
		if s&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	if s.Heading() > 0 {
		names = append(names, fmt.Sprintf("H%d", s.Heading()))
	}
	if s.Token() != NoToken {
		names = append(names, fmt.Sprintf("T%d", s.Token()))
	}
	return strings.Join(names, "+")
}

// treeLines reads the tree.
type treeLines struct {
	source []byte
	lines  []agreedLine
	line   agreedLine
	placed bool // the line has its place from a node
	notes  int  // footnotes seen
}

func (t *treeLines) end() {
	if len(strings.TrimSpace(string(t.line.text))) > 0 {
		t.lines = append(t.lines, t.line)
	}
	at := t.line.at
	t.line, t.placed = agreedLine{at: at}, false
}

func (t *treeLines) add(at int, text string, s Style) {
	for i, part := range strings.Split(strings.ReplaceAll(text, "\x00", "\ufffd"), "\n") {
		if i > 0 {
			t.end()
		}
		if !t.placed && at >= 0 {
			t.line.at, t.placed = at, true
		}
		t.line.text = append(t.line.text, part...)
		for range []byte(part) {
			t.line.like = append(t.line.like, s)
		}
	}
}

func (t *treeLines) walk(n ast.Node, s Style) {
	block := n.Type() == ast.TypeBlock && n.Kind() != extast.KindTableCell
	if block {
		t.end()
	}
	if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 && len(t.line.text) == 0 {
		t.line.at = n.Lines().At(0).Start
	}
	switch n := n.(type) {
	case *ast.Heading:
		s |= level(n.Level)
	case *ast.Blockquote:
		s |= Quote
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		for i := range n.Lines().Len() {
			seg := n.Lines().At(i)
			t.add(seg.Start, string(t.source[seg.Start:seg.Stop]), s|CodeBlock)
			t.end()
		}
	case *ast.HTMLBlock:
		for i := range n.Lines().Len() {
			seg := n.Lines().At(i)
			t.add(seg.Start, string(t.source[seg.Start:seg.Stop]), s|HTML)
		}
		if n.HasClosure() {
			t.add(n.ClosureLine.Start, string(t.source[n.ClosureLine.Start:n.ClosureLine.Stop]), s|HTML)
		}
	case *extast.Table:
		s |= Table
	case *extast.TableHeader:
		s |= Strong
	case *extast.DefinitionTerm:
		s |= Term
	case *extast.Footnote:
		t.notes++
	case *ast.Emphasis:
		s |= []Style{1: Emphasis, 2: Strong}[n.Level]
	case *extast.Strikethrough:
		s |= Strike
	case *ast.Link:
		s |= Link
	case *ast.Image:
		s |= Image
	case *ast.CodeSpan:
		s |= Code
	case *ast.AutoLink:
		t.add(-1, string(n.Label(t.source)), s|Link)
	case *ast.RawHTML:
		for i := range n.Segments.Len() {
			seg := n.Segments.At(i)
			t.add(seg.Start, string(t.source[seg.Start:seg.Stop]), s|HTML)
		}
	case *ast.String:
		t.add(-1, sources[string(n.Value)], s)
	case *ast.Text:
		value := string(t.source[n.Segment.Start:n.Segment.Stop])
		if !n.IsRaw() {
			value = strings.ReplaceAll(unescape([]byte(value)), "\n", "␤") // of an entity
		}
		t.add(n.Segment.Start, value, s)
		if n.SoftLineBreak() || n.HardLineBreak() {
			t.end()
		}
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t.walk(c, s)
	}
	if block {
		t.end()
	}
}

// sourceLines reads the source by its styles.
func sourceLines(source []byte, spans []StyledSpan) []agreedLine {
	style := make([]Style, len(source))
	for _, s := range spans {
		for i := s.Start; i < s.End; i++ {
			style[i] = s.Style
		}
	}
	var lines []agreedLine
	at := 0
	for text := range strings.Lines(string(source)) {
		l := agreedLine{at: at}
		body := strings.TrimSuffix(text, "\n")
		for i := 0; i < len(body); {
			s := style[at+i]
			from := i
			for i++; i < len(body) && style[at+i] == s && !(s.Has(Escape) && body[i] == '&'); i++ {
			}
			part := body[from:i]
			if s.Has(Markup) {
				continue
			}
			if s.Has(Escape) {
				part = strings.ReplaceAll(stdhtml.UnescapeString(part), "\n", "␤")
			}
			part = strings.ReplaceAll(part, "\x00", "\ufffd")
			l.text = append(l.text, part...)
			for range []byte(part) {
				l.like = append(l.like, s&compared)
			}
		}
		if len(strings.TrimSpace(string(l.text))) > 0 {
			lines = append(lines, l)
		}
		at += len(text)
	}
	return lines
}

// checkAgreement fails unless the styles of a source agree with its tree.
func checkAgreement(t *testing.T, source []byte, strict bool) {
	t.Helper()
	tree := Parse(source)
	want := &treeLines{source: source}
	for n := tree.Root.FirstChild(); n != nil; n = n.NextSibling() {
		want.walk(n, 0)
	}
	for _, n := range tree.definitions { // that nothing refers to
		if n.Parent() == nil {
			want.walk(n, 0)
		}
	}
	slices.SortStableFunc(want.lines, func(a, b agreedLine) int { return a.at - b.at })
	got := sourceLines(source, Styles(source))
	if notes := definedFootnotes(source); notes > want.notes {
		return
	} else if notes > 0 {
		for _, lines := range [][]agreedLine{got, want.lines} {
			for _, l := range lines {
				for i := range l.like {
					l.like[i] &^= Quote
				}
			}
		}
	}
	g, w := allOf(got), allOf(want.lines)
	if g.String() != w.String() && (strict || w.withoutSpace() != g.withoutSpace()) {
		t.Fatalf("%q\nthe tree has   %v\nthe styles are %v", source, w, g)
	}
}

func allOf(lines []agreedLine) agreedLine {
	var all agreedLine
	for _, l := range lines {
		all.text = append(all.text, l.text...)
		all.like = append(all.like, l.like...)
	}
	return all
}

// withoutSpace leaves out white space in prose: where a link's target goes over
// several lines, the lines of the tree are not those of the source.
func (l agreedLine) withoutSpace() string {
	var kept agreedLine
	for i, c := range l.text {
		if l.like[i]&(Code|CodeBlock|HTML) != 0 || !strings.ContainsRune(" \t\v\f\r", rune(c)) {
			kept.text = append(kept.text, c)
			kept.like = append(kept.like, l.like[i])
		}
	}
	return kept.String()
}

// definedFootnotes counts the definitions: as a great many if one is in another.
func definedFootnotes(source []byte) int {
	pc := newParsing(nil, false)
	root := blockParser().Parse(text.NewReader(source), parser.WithContext(pc))
	count := 0
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Kind() == extast.KindFootnote && entering {
			count++
			for p := n.Parent(); p != nil; p = p.Parent() {
				if p.Kind() == extast.KindFootnote {
					count = 1 << 20
				}
			}
		}
		return ast.WalkContinue, nil
	})
	return count
}
