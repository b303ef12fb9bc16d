package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// Texts are the plain texts of a whole tree and of its headings, paragraphs, lists and
// quotations, gathered at one go. It may be used by one goroutine at a time.
type Texts struct {
	tree  *Tree
	all   string
	spans []textSpan // in the order of the tree
	next  int        // near where the next one that is asked for will be
}

// textSpan is where the text of a node stands in the whole.
type textSpan struct {
	node     ast.Node
	from, to int
}

// Texts gathers the texts.
func (t *Tree) Texts() *Texts {
	w := &textWriter{source: t.Source}
	w.out.Grow(len(t.Source))
	texts := &Texts{tree: t}
	var open []int
	_ = ast.Walk(t.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n.Kind() {
		case ast.KindHeading, ast.KindParagraph, ast.KindList, ast.KindBlockquote:
			if entering {
				open = append(open, len(texts.spans))
				texts.spans = append(texts.spans, textSpan{n, w.out.Len(), 0})
			} else {
				texts.spans[open[len(open)-1]].to = w.out.Len()
				open = open[:len(open)-1]
			}
		}
		return w.visit(n, entering)
	})
	texts.all = w.out.String()
	return texts
}

// All is what [Tree.PlainText] returns.
func (x *Texts) All() string { return shown(x.all) }

// Of is what [Tree.NodeText] returns. It is found at once where nodes are asked for in
// the order of the tree.
func (x *Texts) Of(n ast.Node) string {
	for range len(x.spans) {
		if x.next >= len(x.spans) {
			x.next = 0
		}
		s := x.spans[x.next]
		x.next++
		if s.node == n {
			return shown(x.all[s.from:s.to])
		}
	}
	return x.tree.NodeText(n)
}

func shown(s string) string {
	return strings.TrimSpace(strings.ToValidUTF8(s, "\ufffd"))
}
