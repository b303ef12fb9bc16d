package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// link paints a link or picture that begins at from. What goldmark read behind
// its text is read again in the same way.
func (in *inlines) link(n ast.Node, from int, reference *ast.ReferenceLink, s Style) {
	in.move(from + 1)
	if s == Image {
		in.move(from + 2)
	}
	in.children(n, 0)
	if !in.find(']') {
		return
	}
	in.at++
	tail := in.at
	segment := in.lines.At(in.line)
	reader := text.NewBlockReader(in.source, in.lines)
	reader.SetPosition(in.line, segment.WithStart(in.at))
	switch {
	case reference == nil:
		skipTarget(reader)
	case reference.Type != ast.ReferenceLinkShortcut:
		reader.Advance(1)
		reader.FindClosure('[', ']', text.FindClosureOptions{Newline: true, Advance: true})
	}
	if line, at := reader.Position(); at.Start > in.at {
		in.line, in.at = line, at.Start
	}
	in.cover(from, s)
	in.cover(tail, Target)
	in.move(in.at)
}

// skipTarget reads "(destination "title")" as goldmark's link parser does.
func skipTarget(r text.Reader) {
	r.Advance(1)
	r.SkipSpaces()
	if r.Peek() != ')' {
		skipDestination(r)
		r.SkipSpaces()
		if opener := r.Peek(); opener != ')' {
			closer := opener
			if opener == '(' {
				closer = ')'
			}
			r.Advance(1)
			r.FindClosure(opener, closer, text.FindClosureOptions{Newline: true, Advance: true})
			r.SkipSpaces()
		}
	}
	r.Advance(1)
}

func skipDestination(r text.Reader) {
	line, _ := r.PeekLine()
	angle := r.Peek() == '<'
	opened := 0
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case c == '\\' && i < len(line)-1 && util.IsPunct(line[i+1]):
			i++
		case angle:
			if c == '>' {
				r.Advance(i + 1)
				return
			}
		case c == '(':
			opened++
		case c == ')' && opened == 0, util.IsSpace(c):
			r.Advance(i)
			return
		case c == ')':
			opened--
		}
	}
	r.Advance(len(line))
}
