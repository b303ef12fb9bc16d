package edits

import (
	"strings"

	"longhand/editor/markdown"
	"longhand/editor/text"
)

// Backspace deletes the selection, or else the grapheme before the caret, whole:
// an emoji of several code points, a letter with its accents.
//
// Right behind a task box, a list marker or a quote mark it deletes that; a list
// that loses an item so is renumbered. In the indentation of code made of spaces
// it goes back to the tab stop before.
func Backspace(s text.State, c Context) text.Transaction {
	return each(s, c, text.Deleting, func(w *work, r text.Range) text.Range {
		if !r.Empty() {
			return w.remove(r.Start(), r.End())
		}
		line := w.doc.Line(r.Head)
		if at := w.doc.LineStart(line); at < r.Head && r.Head-at < headSize {
			if to, ok := w.unmark(line, r.Head-at); ok {
				return caret(to)
			}
			if w.verbatim(line) {
				body := w.body(line)
				if lead := w.doc.Slice(min(body, r.Head), r.Head); lead != "" && strings.Trim(lead, " ") == "" {
					return w.remove(r.Head-(1+(len(lead)-1)%tabWidth), r.Head)
				}
			}
		}
		return w.remove(w.doc.PrevGrapheme(r.Head), r.Head)
	})
}

// remove deletes a stretch of text, and returns the caret that is left.
func (w *work) remove(start, end int) text.Range {
	w.apply(text.Changes{{Start: start, End: end}})
	return caret(start)
}

// unmark removes the mark that ends at a byte of a line. It returns where the
// caret goes.
func (w *work) unmark(line, in int) (int, bool) {
	switch w.block(line) {
	case markdown.FrontMatterBlock, markdown.FencedCode, markdown.IndentedCode, markdown.HTMLBlock:
		return 0, false
	}
	start := w.doc.LineStart(line)
	p := w.prefix(line)
	n := len(p.marks)
	if p.box >= 0 && in == p.text {
		return w.remove(start+p.box, start+in).Head, true
	}
	if n == 0 || p.marks[n-1].text != in {
		return 0, false
	}
	m := p.marks[n-1]
	above := -1
	if m.ordered() {
		o := outlineAt(w.doc, line, line, p.quotes(), func(k int) bool { return k == line })
		if r, ok := o.line(line); ok && r.item >= 0 {
			if before := o.items[r.item].prev; before >= 0 && !o.same(r.item) {
				above = o.first + o.items[before].row
			}
		}
	}
	at := w.remove(start+m.start, start+in).Head
	if above >= 0 {
		at = w.renumberKeeping(at, numbering{line: above, start: startFirst})
	}
	return at, true
}

// Delete deletes the selection, or else the grapheme behind the caret.
func Delete(s text.State, c Context) text.Transaction {
	return deleteTo(s, c, func(d text.Doc, at int) int { return d.NextGrapheme(at) })
}

// DeleteWordBack deletes the selection, or else back to where the caret moves to
// with [text.Doc.PrevWord], but at the start of a line only its line break.
func DeleteWordBack(s text.State, c Context) text.Transaction {
	return deleteTo(s, c, func(d text.Doc, at int) int {
		if at == d.LineStart(d.Line(at)) {
			return at - 1
		}
		return d.PrevWord(at)
	})
}

// DeleteWord deletes the selection, or else up to where the caret moves to with
// [text.Doc.NextWord], but at the end of a line only its line break.
func DeleteWord(s text.State, c Context) text.Transaction {
	return deleteTo(s, c, func(d text.Doc, at int) int {
		if at == d.LineEnd(d.Line(at)) {
			return at + 1
		}
		return d.NextWord(at)
	})
}

// DeleteToLineStart deletes the selection, or else from the caret back to where the
// text of the line begins; from there to the start of the line, markers and all;
// from there the line break before it.
func DeleteToLineStart(s text.State, c Context) text.Transaction {
	return deleteTo(s, c, func(d text.Doc, at int) int {
		start := d.LineStart(d.Line(at))
		if at == start {
			return at - 1
		}
		if body := start + readPrefix(head(d, d.Line(at))).text; body < at {
			return body
		}
		return start
	})
}

// DeleteToLineEnd deletes the selection, or else up to the end of the line, and at
// the end of the line its line break.
func DeleteToLineEnd(s text.State, c Context) text.Transaction {
	return deleteTo(s, c, func(d text.Doc, at int) int {
		if end := d.LineEnd(d.Line(at)); at < end {
			return end
		}
		return at + 1
	})
}

// deleteTo deletes selections, and from carets to the place that to names, which
// may lie outside the text.
func deleteTo(s text.State, c Context, to func(d text.Doc, at int) int) text.Transaction {
	return each(s, c, text.Deleting, func(w *work, r text.Range) text.Range {
		if !r.Empty() {
			return w.remove(r.Start(), r.End())
		}
		other := min(max(to(w.doc, r.Head), 0), w.doc.Len())
		return w.remove(min(r.Head, other), max(r.Head, other))
	})
}

// DeleteLine deletes the lines that the selection touches. The caret keeps its
// place in the line; ordered lists are renumbered.
func DeleteLine(s text.State, c Context) text.Transaction {
	above := s.Doc().Lines() // lines from here on are done
	return each(s, c, text.Command, func(w *work, r text.Range) text.Range {
		from, to := linesOf(w.doc, r)
		if to = min(to, above-1); from > to {
			return w.last()
		}
		above = from
		jobs := w.listsAt(from, to)
		column := r.Head - w.doc.LineStart(w.doc.Line(r.Head))
		start, end := w.doc.LineStart(from), w.doc.LineStart(to+1)
		if to+1 >= w.doc.Lines() && from > 0 {
			start, end = w.doc.LineEnd(from-1), w.doc.Len()
		}
		w.remove(start, end)
		line := min(from, w.doc.Lines()-1)
		at := w.atColumn(line, column)
		for i := range jobs {
			if jobs[i].line > to {
				jobs[i].line -= to - from + 1
			}
		}
		return caret(w.renumberKeeping(at, jobs...))
	})
}

// atColumn returns the offset so many bytes into a line, or its end, between
// graphemes.
func (w *work) atColumn(line, column int) int {
	start := w.doc.LineStart(line)
	at := min(start+column, w.doc.LineEnd(line))
	if at > start && at < w.doc.LineEnd(line) {
		at = w.doc.PrevGrapheme(w.doc.NextGrapheme(at))
	}
	return max(at, start)
}

// listsAt returns what is to be renumbered once the lines [from,to] are gone: each
// ordered list that has items there, named by an item outside of them, which is
// to begin with the number it begins with now.
func (w *work) listsAt(from, to int) []numbering {
	var jobs []numbering
	seen := map[int]bool{}
	var o *outline
	for line := from; line <= to; line++ {
		if w.verbatim(line) {
			continue
		}
		p := w.prefix(line)
		n := p.list()
		if n < 0 || !p.marks[n].ordered() {
			continue
		}
		held := false
		if o != nil && o.depth == p.quotes() {
			_, held = o.line(line)
		}
		if !held {
			o = outlineAt(w.doc, line, to, p.quotes(), func(k int) bool { return false })
			clear(seen)
		}
		r, ok := o.line(line)
		if !ok || r.item < 0 || seen[o.items[r.item].list] {
			continue
		}
		seen[o.items[r.item].list] = true
		all := o.siblings(r.item)
		for _, i := range all {
			if k := o.first + o.items[i].row; k < from || k > to {
				jobs = append(jobs, numbering{k, o.items[all[0]].number(), o.same(r.item)})
				break
			}
		}
	}
	return jobs
}
