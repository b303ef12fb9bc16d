package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// inlines follows the inline nodes of one block through its source. Goldmark
// keeps the places of text but not of delimiters; since all of the block's source
// is either, each delimiter lies where the node before it ended.
type inlines struct {
	*painter
	lines *text.Segments
	line  int // the one that holds at
	at    int
}

// inline paints the inline nodes of a block. What is left is markup.
func (p *painter) inline(block ast.Node) {
	if block.Lines() == nil || block.Lines().Len() == 0 {
		return
	}
	in := &inlines{painter: p, lines: block.Lines(), at: block.Lines().At(0).Start}
	in.children(block, 0)
}

// move sets the place to a byte of this or a later line.
func (in *inlines) move(to int) {
	in.at = to
	for in.line+1 < in.lines.Len() && in.at >= in.lines.At(in.line).Stop {
		in.line++
		in.at = max(in.at, in.lines.At(in.line).Start)
	}
}

// stop is the end of the line's content.
func (in *inlines) stop() int { return in.lines.At(in.line).Stop }

// find moves to the next such byte and reports whether there is one.
func (in *inlines) find(c byte) bool {
	for {
		for ; in.at < in.stop(); in.at++ {
			if in.source[in.at] == c {
				return true
			}
		}
		if in.line+1 >= in.lines.Len() {
			return false
		}
		in.move(in.at)
	}
}

// run is the number of bytes equal to the one at the place.
func (in *inlines) run() int {
	n := 1
	for in.at+n < in.stop() && in.source[in.at+n] == in.source[in.at] {
		n++
	}
	return n
}

// cover adds s to [from, here), but not to what comes before the content of lines
// in between.
func (in *inlines) cover(from int, s Style) {
	for i := in.line; i >= 0; i-- {
		segment := in.lines.At(i)
		in.add(max(from, segment.Start), min(in.at, segment.Stop), s)
		if segment.Start <= from {
			return
		}
	}
}

func (in *inlines) children(parent ast.Node, s Style) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		in.node(n, s)
	}
}

func (in *inlines) node(n ast.Node, s Style) {
	switch n := n.(type) {
	case *ast.Text:
		in.text(n, s)
	case *ast.String:
		in.typographic(n)
	case *ast.CodeSpan:
		in.codeSpan(n)
	case *ast.Emphasis:
		kind := Emphasis
		if n.Level == 2 {
			kind = Strong
		}
		in.delimited(n, n.Level, kind)
	case *extast.Strikethrough:
		in.strike(n)
	case *ast.Link:
		in.link(n, n.Pos(), n.Reference, Link)
	case *ast.Image:
		in.link(n, n.Pos(), n.Reference, Image)
	case *ast.AutoLink:
		in.autoLink(n)
	case *ast.RawHTML:
		in.rawHTML(n)
	case *FootnoteReference:
		in.footnote()
	case *extast.TaskCheckBox:
		in.taskBox()
	default:
		in.children(n, s)
	}
}

func (in *inlines) text(n *ast.Text, s Style) {
	start, length := n.Segment.Start, n.Segment.Stop-n.Segment.Start
	// What is left of a delimiter run that closed something has the place where
	// the run began, though it was the front of it that closed.
	if start < in.at && length > 0 && in.at+length <= len(in.source) &&
		bytes.Equal(in.source[start:start+length], in.source[in.at:in.at+length]) {
		start = in.at
	}
	in.content(start, start+length, s)
	if !n.IsRaw() {
		in.escapes(start, start+length)
	}
	if n.SoftLineBreak() || n.HardLineBreak() {
		in.move(max(start+length, in.stop()))
	} else {
		in.move(start + length)
	}
}

// sources are what the typographer's characters stand for.
var sources = map[string]string{
	"‘": "'", "’": "'", "“": `"`, "”": `"`, "–": "--", "—": "---", "…": "...", "«": "<<", "»": ">>",
}

func (in *inlines) typographic(n *ast.String) {
	source := sources[string(n.Value)]
	if source == "" || !in.find(source[0]) {
		return
	}
	in.content(in.at, in.at+len(source), 0)
	in.move(in.at + len(source))
}

func (in *inlines) codeSpan(n *ast.CodeSpan) {
	if !in.find('`') {
		return
	}
	from, length := in.at, in.run()
	in.move(in.at + length)
	in.children(n, Code)
	if in.find('`') {
		in.at += length
	}
	in.cover(from, Code)
	in.move(in.at)
}

// delimited paints a node between two runs of a delimiter.
func (in *inlines) delimited(n ast.Node, length int, s Style) {
	from := in.at
	in.move(in.at + length)
	in.children(n, 0)
	in.at = min(in.at+length, in.stop())
	in.cover(from, s)
	in.move(in.at)
}

func (in *inlines) strike(n *extast.Strikethrough) {
	length := 1
	if in.at < in.stop() {
		length = min(in.run(), 2)
	}
	// Of two tildes each may open one of two nested nodes.
	if n.FirstChild() != nil && n.FirstChild().Kind() == extast.KindStrikethrough {
		length = 1
	}
	in.delimited(n, length, Strike)
}

func (in *inlines) autoLink(n *ast.AutoLink) {
	label := n.Label(in.source)
	from := in.at
	if !bytes.HasPrefix(in.source[in.at:], label) {
		if !in.find('<') {
			return
		}
		from = in.at
		in.content(in.at+1, in.at+1+len(label), 0)
		in.at += len(label) + 2
	} else {
		in.content(in.at, in.at+len(label), 0)
		in.at += len(label)
	}
	in.cover(from, Link)
	in.move(in.at)
}

func (in *inlines) rawHTML(n *ast.RawHTML) {
	comment := false
	for i := range n.Segments.Len() {
		segment := n.Segments.At(i)
		text := bytes.TrimRight(in.source[segment.Start:segment.Stop], "\n")
		in.content(segment.Start, segment.Start+len(text), HTML)
		comment = in.comments(segment.Start, text, comment)
		in.move(segment.Stop)
	}
}

func (in *inlines) footnote() {
	length := footnoteLabel(in.source[in.at:in.stop()], 1)
	if length < 0 {
		return
	}
	from := in.at
	in.at += len("[^") + length + len("]")
	in.cover(from, Footnote)
	in.move(in.at)
}

func (in *inlines) taskBox() {
	if !in.find('[') {
		return
	}
	in.add(in.at, in.at+3, TaskBox)
	line := in.painter.line(in.at)
	in.move(in.at + 3)
	for in.at < in.stop() && util.IsSpace(in.source[in.at]) {
		in.move(in.at + 1) // goldmark takes a line break too
	}
	if in.painter.line(in.at) == line {
		in.painter.lines[line].hang = int32(in.at - in.starts[line])
	}
}
