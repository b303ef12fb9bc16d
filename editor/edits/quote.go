package edits

import (
	"longhand/editor/markdown"
	"longhand/editor/text"
)

// Quote puts a quote mark before the lines of the selection, or takes one away if
// all of them have one. A bare caret stands for its paragraph or code block. Front
// matter stays as it is.
func Quote(s text.State, c Context) text.Transaction {
	return byLine(s, c, func(w *work, _ []int) {
		var lines []int
		for _, r := range s.Selection().Ranges() {
			from, to := linesOf(w.doc, r)
			if r.Empty() {
				from, to = w.paragraphAt(from)
			}
			for line := from; line <= to; line++ {
				if n := len(lines); (n == 0 || lines[n-1] < line) && w.block(line) != markdown.FrontMatterBlock {
					lines = append(lines, line)
				}
			}
		}
		quoted := true
		for _, line := range lines {
			p := readPrefix(head(w.doc, line))
			quoted = quoted && (len(p.marks) > 0 && p.marks[0].quote() || p.blank && len(p.marks) == 0 && len(lines) > 1)
		}
		var cs text.Changes
		for _, line := range lines {
			start := w.doc.LineStart(line)
			p := readPrefix(head(w.doc, line))
			switch {
			case !quoted && w.doc.LineEnd(line) == start && len(lines) > 1:
				cs = append(cs, text.Change{Start: start, End: start, Insert: ">"})
			case !quoted:
				cs = append(cs, text.Change{Start: start, End: start, Insert: "> "})
			case len(p.marks) > 0:
				cs = append(cs, text.Change{Start: start + p.marks[0].start, End: start + p.marks[0].text})
			}
		}
		w.apply(cs)
	})
}
