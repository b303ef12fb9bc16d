package edits

import (
	"strings"

	"longhand/editor/markdown"
	"longhand/editor/text"
)

// PlainNewline breaks the line, without going on with a list or a quote.
func PlainNewline(s text.State, c Context) text.Transaction { return Insert(s, c, "\n") }

// Newline breaks the line as a writer of Markdown wants it.
//
// In a list item it begins the next: with the same bullet or the next number (the
// same number if all items have one), an unticked task box if the item has one, and
// the quote marks and the indentation around it; the items that follow are
// renumbered. In a quote the new line is quoted. On an item or quoted line without
// text it ends the list or quote instead: a nested item goes out one level, others
// lose their mark, with a blank line between where the text before would take the
// new line in. Before the marker of an item it opens a line above it. In code,
// and in the further lines of an item, it keeps the indentation; in front matter
// it just breaks the line.
func Newline(s text.State, c Context) text.Transaction {
	return each(s, c, text.Typing, func(w *work, r text.Range) text.Range {
		if !r.Empty() {
			w.apply(text.Changes{{Start: r.Start(), End: r.End()}})
		}
		return caret(w.newline(r.Start()))
	})
}

// newline breaks the line at an offset, and returns where the caret goes.
func (w *work) newline(at int) int {
	line := w.doc.Line(at)
	start := w.doc.LineStart(line)
	in := at - start
	switch w.block(line) {
	case markdown.FrontMatterBlock:
		return w.insert(at, "\n")
	case markdown.FencedCode, markdown.IndentedCode:
		return w.newlineInCode(line, at)
	}
	p := w.prefix(line)
	n := len(p.marks)
	if n == 0 {
		return w.newlineInText(line, at, p)
	}
	last := p.marks[n-1]
	if p.blank && in >= last.end {
		return w.endContainer(line, p)
	}
	k := 0 // marks before the caret
	for k < n && in >= p.marks[k].end {
		k++
	}
	if k < n { // before a marker: open a line above
		above := strings.TrimRight(p.continuation(k), " \t") + "\n"
		w.apply(text.Changes{{Start: start, End: start, Insert: above}})
		return at + len(above)
	}
	if !last.quote() {
		return w.nextItem(line, at, p)
	}
	return w.breakWith(at, p.continuation(n))
}

// insert puts text at an offset and returns the place behind it.
func (w *work) insert(at int, s string) int {
	w.apply(text.Changes{{Start: at, End: at, Insert: s}})
	return at + len(s)
}

// breakWith breaks the line at an offset, drops the white space there, and begins
// the new line with a prefix.
func (w *work) breakWith(at int, prefix string) int {
	end := at + len(w.spaceAt(at))
	w.apply(text.Changes{{Start: at, End: end, Insert: "\n" + prefix}})
	return at + 1 + len(prefix)
}

// spaceAt returns the white space at an offset, within its line.
func (w *work) spaceAt(at int) string {
	s := w.doc.Slice(at, min(at+headSize, w.doc.LineEnd(w.doc.Line(at))))
	return s[:len(s)-len(strings.TrimLeft(s, " \t"))]
}

// newlineInText breaks a line without markers, and keeps its indentation. A line of
// white space alone becomes empty.
func (w *work) newlineInText(line, at int, p prefix) int {
	start := w.doc.LineStart(line)
	space := p.line[:min(p.text, at-start)]
	if p.blank && at-start >= p.text {
		w.apply(text.Changes{{Start: start, End: at, Insert: "\n" + space}})
		return start + 1 + len(space)
	}
	return w.insert(at, "\n"+space)
}

// newlineInCode keeps the quote marks and the white space that the line begins with,
// and after the opening fence of an item its indentation.
func (w *work) newlineInCode(line, at int) int {
	start := w.doc.LineStart(line)
	p := readPrefix(head(w.doc, line))
	lead := ""
	if n := len(p.marks); n > 0 && fenceMark(p.line[p.text:]) != "" {
		lead = p.continuation(n) + p.line[p.marks[n-1].text:p.text]
	} else {
		column := 0
		end := 0
		for q := w.quotesInCode(line); ; q-- {
			end, column = skipSpace(p.line, end, column)
			if q == 0 || end == len(p.line) || p.line[end] != '>' {
				break
			}
			end, column = end+1, column+1
		}
		lead = p.line[:end]
	}
	if in := at - start; in < len(lead) {
		lead = lead[:in]
	}
	return w.insert(at, "\n"+lead)
}

// quotesInCode returns how many quote marks a line of code begins with.
func (w *work) quotesInCode(line int) int {
	if w.ctx == nil {
		f, _ := w.fenceAt(line)
		return f.prefix.quotes()
	}
	n := 0
	s := head(w.doc, line)
	for _, span := range w.ctx.Line(line).Spans {
		if !span.Style.Has(markdown.Quote|markdown.Markup) || span.End > len(s) || span.Style.Has(markdown.CodeBlock) {
			break
		}
		n += strings.Count(s[span.Start:span.End], ">")
	}
	return n
}

// nextItem splits a list item at an offset in its text.
func (w *work) nextItem(line, at int, p prefix) int {
	m := p.marks[len(p.marks)-1]
	start := w.doc.LineStart(line)
	at = max(at, start+min(m.text, len(p.line)))
	if p.box >= 0 {
		at = max(at, start+p.text)
	}
	mark := p.line[m.start:m.end]
	job := numbering{line: line, start: startFirst}
	var cs text.Changes
	if m.ordered() {
		o := outlineAt(w.doc, line, line, p.quotes(), func(k int) bool { return k == line })
		r, ok := o.line(line)
		ok = ok && r.item >= 0
		if job.same = ok && o.same(r.item); !job.same {
			mark = numberLike(m, m.number()+1)
		}
		if ok && len(mark) != m.end-m.start { // what belongs to the item goes with the new one
			for _, c := range o.remark(map[int]string{r.item: mark}, nil) {
				if c.Start > at {
					cs = append(cs, c)
				}
			}
		}
	}
	lead := p.continuation(len(p.marks)-1) + p.line[lastText(p):m.start] + mark
	if pad := p.line[m.end:min(m.text, len(p.line))]; pad != "" {
		lead += pad
	} else {
		lead += " "
	}
	if p.box >= 0 {
		lead += "[ ] "
	}
	w.apply(append(text.Changes{{Start: at, End: at + len(w.spaceAt(at)), Insert: "\n" + lead}}, cs...))
	to := at + 1 + len(lead)
	if !m.ordered() {
		return to
	}
	return w.renumberKeeping(to, job)
}

// lastText returns where the content of the marker before the innermost begins.
func lastText(p prefix) int {
	if n := len(p.marks); n > 1 {
		return p.marks[n-2].text
	}
	return 0
}

// renumberKeeping renumbers and returns where an offset goes.
func (w *work) renumberKeeping(at int, jobs ...numbering) int {
	before := len(w.steps)
	w.renumber(jobs...)
	for _, cs := range w.steps[before:] {
		at = cs.Map(at, true)
	}
	return at
}

// sameNumbers reports whether the ordered list that has an item at a line, two
// items at least, has one number for all.
func (w *work) sameNumbers(line int, p prefix) bool {
	o := outlineAt(w.doc, line, line, p.quotes(), func(k int) bool { return k == line })
	r, ok := o.line(line)
	if !ok || r.item < 0 {
		return false
	}
	return o.same(r.item)
}

// endContainer ends the innermost item or quote of a line that holds only markers.
func (w *work) endContainer(line int, p prefix) int {
	start, end := w.doc.LineStart(line), w.doc.LineEnd(line)
	n := len(p.marks)
	last := p.marks[n-1]
	if !last.quote() {
		if n > 1 && !p.marks[n-2].quote() { // "- - ": the outer item stays
			to := start + p.marks[n-2].text
			w.apply(text.Changes{{Start: to, End: end}})
			return to
		}
		if to, ok := w.outdentEmpty(line, p); ok {
			return to
		}
	}
	lead := p.continuation(n - 1)
	if n == 1 || !p.marks[n-2].quote() {
		lead = strings.TrimRight(lead, " \t")
	}
	insert := lead
	if line > 0 && !w.blankIn(line-1, p.quotes()) {
		insert = strings.TrimRight(lead, " \t") + "\n" + lead
	}
	w.apply(text.Changes{{Start: start, End: end, Insert: insert}})
	return start + len(insert)
}

// blankIn reports whether a line is blank behind so many quote marks, or has fewer.
func (w *work) blankIn(line, quotes int) bool {
	s := head(w.doc, line)
	for ; quotes > 0; quotes-- {
		off, _, ok := strip(s, quotes)
		if ok {
			return isBlank(s[off:])
		}
	}
	return isBlank(s)
}

// outdentEmpty makes an empty nested item the next item of the list around it.
func (w *work) outdentEmpty(line int, p prefix) (int, bool) {
	o := outlineAt(w.doc, line, line, p.quotes(), func(k int) bool { return k == line })
	r, ok := o.line(line)
	if !ok || r.item < 0 || o.items[r.item].parent < 0 {
		return 0, false
	}
	outer := o.items[o.items[r.item].parent]
	if outer.kind == '^' {
		return 0, false
	}
	start := w.doc.LineStart(line)
	mark := string(outer.kind)
	job := numbering{line: line, start: startFirst}
	if outer.ordered() {
		if job.same = w.sameNumbers(o.first+outer.row, p); job.same {
			mark = numberLike(outer.marker, outer.number())
		} else {
			mark = numberLike(outer.marker, outer.number()+1)
		}
	}
	lead := p.line[:r.off] + strings.Repeat(" ", outer.column) + mark + " "
	if outer.box {
		lead += "[ ] "
	}
	w.apply(text.Changes{{Start: start, End: w.doc.LineEnd(line), Insert: lead}})
	at := start + len(lead)
	if outer.ordered() {
		at = w.renumberKeeping(at, job)
	}
	return at, true
}
