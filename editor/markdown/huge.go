package markdown

import (
	"bytes"
	"regexp"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// hugeWindow is how much of a huge unit is styled at once, and hugeBefore how much of
// the text before is parsed for it: less in a paragraph, where only what is inline
// can reach over. A key in such a unit waits for all of it.
const (
	hugeWindow      = 4 << 10
	hugeBefore      = 8 << 10
	hugeProseBefore = 1 << 10
)

// hugeMode is how a piece of a huge unit is parsed.
type hugeMode uint8

const (
	hugeAnything hugeMode = iota // as if a block began there
	hugeProse                    // the inside of a paragraph
	hugeTable                    // rows
	hugeCode                     // lines of code
	hugeHTML
)

// hugeMode tells by the beginning of a unit how its pieces parse, and the head of a table.
func (x *Index) hugeMode(p place, u *unit) (mode hugeMode, head string) {
	switch u.kind {
	case FencedCode, IndentedCode:
		return hugeCode, ""
	case HTMLBlock:
		return hugeHTML, ""
	case Paragraph:
		return x.proseOrTable(p)
	}
	return hugeAnything, ""
}

// proseOrTable tells a paragraph from what else begins like one, and returns the
// table's head: what is before its rows.
func (x *Index) proseOrTable(p place) (mode hugeMode, head string) {
	w := readWindow(x.doc, p.offset, hugeProseBefore, 0)
	root := blockParser().Parse(text.NewReader(w.source), parser.WithContext(newParsing(nil, false)))
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		switch n.Kind() {
		case extast.KindDefinitionList, ast.KindLinkReferenceDefinition:
			return hugeAnything, ""
		case extast.KindTable:
			end := n.FirstChild().Pos() // the header's line, and the next
			for range 2 {
				end += len(lineFrom(w.source, min(end, len(w.source)))) + 1
			}
			return hugeTable, string(w.source[:min(end, len(w.source))])
		}
	}
	return hugeProse, ""
}

// hugeSheet returns the styles of the piece of a huge unit that holds a line, and
// the line that they begin with.
func (x *Index) hugeSheet(p place, u *unit, line int) (*sheet, int) {
	piece := (x.doc.LineStart(line) - p.offset) / hugeWindow
	c := x.cached(sheetKey{u.id, piece + 1}, func() (*sheet, int) {
		from := x.doc.LineStart(x.doc.Line(p.offset + piece*hugeWindow))
		return x.hugePiece(p, u, from, min(p.offset+(piece+1)*hugeWindow, p.offset+int(u.size)))
	})
	return c.sheet, p.line + c.first
}

// hugePiece styles the lines from one that begins at from to the one that holds the
// byte before to, perhaps with lines before them, and returns the line of the
// unit that the sheet begins with.
func (x *Index) hugePiece(p place, u *unit, from, to int) (s *sheet, first int) {
	read := func(from int) []byte {
		w := readWindow(x.doc, from, to-from, 0)
		return w.source
	}
	if u.kind == FrontMatterBlock {
		return frontMatterSheet(read(from)), x.doc.Line(from) - p.line
	}
	if from == p.offset {
		return styleSheet(read(from), x.defs, nil), 0
	}
	mode, head := x.hugeMode(p, u)
	switch mode {
	case hugeCode, hugeHTML:
		s = plainSheet(read(from), u.kind, to == p.offset+int(u.size))
	case hugeTable:
		s = styleSheet(append([]byte(head), read(from)...), x.defs, nil)
		return s, x.doc.Line(from) - p.line - strings.Count(head, "\n")
	case hugeProse:
		from = x.doc.LineStart(x.doc.Line(max(from-hugeProseBefore, p.offset)))
		s = styleWith(proseParser(), read(from), x.defs, nil)
	default:
		from = x.plausibleStart(max(from-hugeBefore, p.offset), from)
		s = styleSheet(read(from), x.defs, nil)
	}
	return s, x.doc.Line(from) - p.line
}

// plausibleStart is the first line behind a place at which a block may well begin:
// after a blank line, not indented, or a list marker.
func (x *Index) plausibleStart(from, to int) int {
	at := x.doc.LineStart(x.doc.Line(from) + 1)
	blank := false
	for line := range strings.Lines(x.doc.Slice(at, to)) {
		if line[0] != ' ' && line[0] != '\t' && line[0] != '\n' && (blank || listMarker.MatchString(line)) {
			return at
		}
		blank = strings.TrimSpace(line) == ""
		at += len(line)
	}
	return to
}

var (
	listMarker   = regexp.MustCompile(`^(?:[-+*]|\d{1,9}[.)])[ \t]`)
	closingFence = regexp.MustCompile("^ {0,3}(?:```+|~~~+)[ \t]*$")
)

// plainSheet styles lines inside code or HTML. last tells whether the unit ends with
// them.
func plainSheet(source []byte, kind BlockKind, last bool) *sheet {
	p := &painter{source: source, style: make([]Style, len(source))}
	p.splitLines()
	style := CodeBlock
	if kind == HTMLBlock {
		style = HTML
	}
	for i, at := range p.starts {
		p.lines[i].block, p.lines[i].leaf = kind, 1
		end := p.end(i)
		if last && kind == FencedCode && closingFence.Match(source[at:end]) && len(bytes.TrimSpace(source[end:])) == 0 {
			p.add(at, end, style)
			continue
		}
		indent := at
		for kind == IndentedCode && indent < end && indent < at+4 && source[indent] == ' ' {
			indent++
		}
		p.add(at, end, style)
		p.content(indent, end, style)
	}
	return p.sheet()
}

// proseParser parses everything as one paragraph.
var proseParser = sync.OnceValue(func() parser.Parser {
	return traced(withInline, []util.PrioritizedValue{util.Prioritized(parser.NewParagraphParser(), 1000)})
})
