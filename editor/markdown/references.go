package markdown

import (
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// references is goldmark's parser of link reference definitions, which takes a long list of
// simple ones piece by piece: by itself it needs time in proportion to the square of
// their number.
type references struct{ parser.ParagraphTransformer }

// referencePiece is how many lines are given to goldmark at once.
const referencePiece = 256

// simpleReference is a line that is a definition by itself and does not care for the next
// line, if that is one as well.
var simpleReference = regexp.MustCompile(`^ {0,3}\[[^\[\]\\\s]+\]:[ \t]*[^\s<>()\\'"]+[ \t]*\r?\n?$`)

// Transform implements parser.ParagraphTransformer.
func (r references) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := node.Lines()
	simple := func(from int) bool { // the piece from there and a line more
		if from+referencePiece >= lines.Len() {
			return false
		}
		for i := from; i <= from+referencePiece; i++ {
			segment := lines.At(i)
			if !simpleReference.Match(segment.Value(reader.Source())) {
				return false
			}
		}
		return true
	}
	done := 0
	for ; simple(done); done += referencePiece {
		piece := ast.NewParagraph()
		piece.SetPos(node.Pos())
		piece.SetBlankPreviousLines(done == 0 && node.HasBlankPreviousLines())
		for i := range referencePiece {
			piece.Lines().Append(lines.At(done + i))
		}
		node.Parent().InsertBefore(node.Parent(), node, piece)
		r.ParagraphTransformer.Transform(piece, reader, pc)
		if piece.Parent() != nil { // not only definitions
			piece.Parent().RemoveChild(piece.Parent(), piece)
			rest := text.NewSegments()
			rest.AppendAll(piece.Lines().Sliced(0, piece.Lines().Len()))
			rest.AppendAll(lines.Sliced(done+referencePiece, lines.Len()))
			node.SetLines(rest)
			done = 0
			break
		}
	}
	if done > 0 {
		rest := text.NewSegments()
		rest.AppendAll(lines.Sliced(done, lines.Len()))
		node.SetLines(rest)
	}
	r.ParagraphTransformer.Transform(node, reader, pc)
}

func paragraphTransformers() []util.PrioritizedValue {
	all := parser.DefaultParagraphTransformers()
	for i, t := range all {
		if t, ok := t.Value.(parser.ParagraphTransformer); ok && t == parser.LinkReferenceParagraphTransformer {
			all[i].Value = references{t}
		}
	}
	return all
}
