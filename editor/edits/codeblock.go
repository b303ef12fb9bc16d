package edits

import (
	"strings"

	"longhand/editor/text"
)

// CodeBlock puts a fence around the lines of the selection, longer than any run of
// backticks in them, or takes away the fence that the caret is in. In a quote the
// fence is quoted; around text within one list item it stands in the item.
func CodeBlock(s text.State, c Context) text.Transaction {
	above := s.Doc().Lines() // lines from here on are done
	return each(s, c, text.Command, func(w *work, r text.Range) text.Range {
		from, to := linesOf(w.doc, r)
		if to >= above {
			return r
		}
		if w.verbatim(from) && !w.code(from) {
			return r
		}
		if f, ok := w.fenceAt(from); ok && w.code(from) {
			above = f.open
			cs := w.unfence(f)
			w.apply(cs)
			return moved(cs, r, false, false)
		}
		above = from
		return w.fenced(r, from, to)
	})
}

// unfence takes the lines of a fence away. Code in a list item moves up to its marker.
func (w *work) unfence(f fence) text.Changes {
	open := w.doc.LineStart(f.open)
	cs := text.Changes{{Start: open, End: w.doc.LineStart(f.open + 1)}}
	last := f.close
	switch n := f.prefix.list(); {
	case f.open+1 >= w.doc.Lines(): // nothing but the fence
		cs[0].Start, cs[0].End = open+f.prefix.text, w.doc.Len()
		return cs
	case n >= 0 && f.open+1 < last:
		cs[0].Start = open + f.prefix.text
		next := head(w.doc, f.open+1)
		off, _, _ := strip(next, f.prefix.quotes())
		at, column := off, 0
		for want := f.prefix.marks[n].textColumn - columnOf(f.prefix, n); at < len(next) && isSpace(next[at]) && column < want; {
			at, column = skipSpace(next[:at+1], at, column)
		}
		cs[0].End += at
	case n >= 0:
		cs[0].Start, cs[0].End = open+f.prefix.text, w.doc.LineEnd(f.open)
	}
	if last < w.doc.Lines() && last > f.open {
		if f.prefix.list() < 0 && f.open+1 == last { // empty: a line stays
			cs[0].End = w.doc.LineStart(last)
			rest := head(w.doc, last)
			return append(cs, text.Change{Start: w.doc.LineStart(last) + len(rest) - len(strings.TrimLeft(rest, " \t>")), End: w.doc.LineEnd(last)})
		}
		cs = append(cs, text.Change{Start: w.doc.LineEnd(last - 1), End: w.doc.LineEnd(last)})
	}
	return tidy(cs)
}

// fenced puts a fence around lines.
func (w *work) fenced(r text.Range, from, to int) text.Range {
	start, end := w.doc.LineStart(from), w.doc.LineEnd(to)
	mark := strings.Repeat("`", max(3, 1+longestRun(w.doc, start, end)))
	p := w.prefix(from)
	lead := p.continuation(len(p.marks))
	var open, close text.Change
	if p.list() >= 0 && w.oneItem(from, to, p) {
		at := start + min(p.text, len(p.line))
		pad := strings.Repeat(" ", max(0, p.text-len(p.line)))
		open = text.Change{Start: at, End: at, Insert: pad + mark + "\n" + lead}
	} else {
		for n, m := range p.marks {
			if !m.quote() {
				lead = p.continuation(n) + p.line[lastText(prefix{marks: p.marks[:n+1]}):m.start]
				break
			}
		}
		if len(p.marks) == 0 {
			lead = p.line[:p.text]
			if p.blank {
				lead = ""
			}
		}
		open = text.Change{Start: start, End: start, Insert: lead + mark + "\n"}
	}
	close = text.Change{Start: end, End: end, Insert: "\n" + lead + mark}
	w.apply(text.Changes{open, close})
	first := text.Changes{open}
	return spanning(r, first.Map(r.Start(), true), first.Map(r.End(), true))
}

// oneItem reports whether lines are all of the item that begins on the first.
func (w *work) oneItem(from, to int, p prefix) bool {
	if from == to {
		return true
	}
	o := outlineAt(w.doc, from, to, p.quotes(), func(line int) bool { return line == from })
	r, ok := o.line(from)
	if !ok || r.item < 0 {
		return false
	}
	for line := from + 1; line <= to; line++ {
		below, ok := o.line(line)
		if !ok || below.item >= 0 || below.in != r.item {
			return false
		}
	}
	return true
}

// longestRun returns the length of the longest run of backticks in a stretch of text.
func longestRun(d text.Doc, start, end int) int {
	longest, run := 0, 0
	for chunk := range d.Chunks(start, end) {
		for i := 0; i < len(chunk); i++ {
			if chunk[i] != '`' {
				run = 0
				continue
			}
			run++
			longest = max(longest, run)
		}
	}
	return longest
}
