package edits

import (
	"strings"

	"longhand/editor/markdown"
	"longhand/editor/text"
)

// block returns what a line belongs to.
func (w *work) block(line int) markdown.BlockKind {
	if w.ctx != nil {
		return w.ctx.Line(line).Block
	}
	if line < maxMatter && line < matterEnd(w.doc) {
		return markdown.FrontMatterBlock
	}
	if _, ok := w.fenceAt(line); ok {
		return markdown.FencedCode
	}
	s := head(w.doc, line)
	if p := readPrefix(s); p.blank {
		if len(p.marks) > 0 {
			return markdown.Container
		}
		return markdown.Blank
	}
	return markdown.Paragraph
}

// code reports whether a line is program code.
func (w *work) code(line int) bool {
	b := w.block(line)
	return b == markdown.FencedCode || b == markdown.IndentedCode
}

// verbatim reports whether a line is no Markdown: code or front matter.
func (w *work) verbatim(line int) bool {
	b := w.block(line)
	return b == markdown.FencedCode || b == markdown.IndentedCode || b == markdown.FrontMatterBlock
}

// prefix reads the markers of a line. What the context knows to be no list item
// has none: "1984. A novel" within a paragraph.
func (w *work) prefix(line int) prefix {
	p := readPrefix(head(w.doc, line))
	if w.ctx == nil || p.blank || p.list() < 0 {
		return p
	}
	if style := w.ctx.Line(line); style.Block == markdown.Paragraph && style.Hang <= p.marks[0].start && p.marks[0].ordered() && p.marks[0].number() != 1 {
		p.marks, p.box, p.text = nil, -1, p.marks[0].start
	}
	return p
}

// maxMatter is how many lines front matter may have where there is no context.
const maxMatter = 400

// matterEnd returns the line behind the front matter, 0 if there is none.
func matterEnd(d text.Doc) int {
	mark := strings.TrimRight(head(d, 0), " \t")
	if mark != "---" && mark != "+++" {
		return 0
	}
	for i := 1; i < min(d.Lines(), maxMatter); i++ {
		if strings.TrimRight(head(d, i), " \t") == mark {
			return i + 1
		}
	}
	return 0
}
