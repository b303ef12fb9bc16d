package markdown

import (
	"bytes"
	"slices"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// Block is a node with the part of the source it was made from: whole lines,
// [Start, End), with the line end of the last line, with fences, list
// markers and quote marks, without blank lines after it.
type Block struct {
	Node       ast.Node
	Start, End int
}

// Blocks returns the top-level nodes in source order. Spans ascend and do not
// overlap. Each line that is not blank lies in one of them, save those of link
// reference definitions, which are not shown, and of footnote definitions,
// for which see Footnotes.
func (t *Tree) Blocks() []Block {
	return t.spans(func(n ast.Node) bool {
		return n.Kind() != ast.KindLinkReferenceDefinition && n.Kind() != extast.KindFootnote
	})
}

// Footnotes returns the footnotes in the order in which they are shown after
// the last block. A footnote defined inside a quote or a list lies in the span
// of that block and has an empty span here, at its own position.
func (t *Tree) Footnotes() []Block {
	spans := map[ast.Node]Block{}
	for _, b := range t.spans(func(n ast.Node) bool { return n.Kind() == extast.KindFootnote }) {
		spans[b.Node] = b
	}
	var shown []Block
	list := t.Root.LastChild()
	if list == nil || list.Kind() != extast.KindFootnoteList {
		return nil
	}
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		b, ok := spans[n]
		if !ok {
			at := min(max(n.Pos(), 0), len(t.Source))
			b = Block{Node: n, Start: at, End: at}
		}
		shown = append(shown, b)
	}
	return shown
}

// spans cuts the source at the first line of every top-level construct. Ends
// are not in goldmark's tree, but between two starts there is nothing else.
func (t *Tree) spans(keep func(ast.Node) bool) []Block {
	all := t.starts()
	kept := make([]Block, 0, len(all))
	for i, b := range all {
		limit := len(t.Source)
		if i+1 < len(all) {
			limit = all[i+1].Start
		}
		if keep(b.Node) {
			b.End = max(t.trimBlank(b.Start, limit), min(codeEnd(b.Node, t.Source), limit))
			kept = append(kept, b)
		}
	}
	return kept
}

func (t *Tree) starts() []Block {
	all := make([]Block, 0, t.Root.ChildCount()+len(t.definitions))
	for n := t.Root.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() != extast.KindFootnoteList {
			all = append(all, Block{Node: n, Start: firstOffset(n)})
		}
	}
	for _, n := range t.definitions {
		all = append(all, Block{Node: n, Start: n.Pos()})
	}
	last := 0
	for i := range all {
		if all[i].Start < 0 { // nothing in it tells its place: keep it after the one before
			all[i].Start = last
		}
		last = min(all[i].Start, len(t.Source))
		all[i].Start = bytes.LastIndexByte(t.Source[:last], '\n') + 1
	}
	slices.SortStableFunc(all, func(a, b Block) int { return a.Start - b.Start })
	return all
}

// firstOffset is the smallest position in the first branches of n, or -1.
// Containers know where they begin; what was made from a paragraph may not.
func firstOffset(n ast.Node) int {
	first := -1
	for ; n != nil; n = n.FirstChild() {
		first = smaller(first, n.Pos())
		if n.Type() != ast.TypeInline && n.Lines().Len() > 0 {
			first = smaller(first, n.Lines().At(0).Start)
		}
	}
	return first
}

func smaller(a, b int) int {
	if a < 0 || b >= 0 && b < a {
		return b
	}
	return a
}

// trimBlank returns the end of the last line in [start, limit) that is not
// blank.
func (t *Tree) trimBlank(start, limit int) int {
	text := bytes.TrimRight(t.Source[start:limit], " \t\r\n\v\f")
	end := start + len(text)
	if i := bytes.IndexByte(t.Source[end:limit], '\n'); i >= 0 {
		return end + i + 1
	}
	return limit
}

// codeEnd is the end of the last line that belongs to a fenced code block,
// where blank lines count even if no closing fence follows them.
func codeEnd(n ast.Node, source []byte) int {
	lines := n.Lines()
	if n.Kind() != ast.KindFencedCodeBlock || lines.Len() == 0 {
		return 0
	}
	return min(lines.At(lines.Len()-1).Stop, len(source))
}
