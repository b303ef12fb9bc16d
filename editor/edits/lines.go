package edits

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"longhand/editor/text"
)

// MoveUp moves the lines of the selection above the line before them. Ordered lists
// that items moved in keep their numbers in order.
func MoveUp(s text.State, c Context) text.Transaction { return moveLines(s, c, true) }

// MoveDown moves the lines of the selection below the line behind them.
func MoveDown(s text.State, c Context) text.Transaction { return moveLines(s, c, false) }

func moveLines(s text.State, c Context, up bool) text.Transaction {
	w := begin(s, c)
	d := w.doc
	var blocks [][2]int // lines that move together
	of := make([]int, len(w.todo))
	for i, r := range w.todo {
		from, to := linesOf(d, r)
		if n := len(blocks); n > 0 && from <= blocks[n-1][1]+1 {
			blocks[n-1][1] = max(blocks[n-1][1], to)
		} else {
			blocks = append(blocks, [2]int{from, to})
		}
		of[i] = len(blocks) - 1
	}
	var cs text.Changes
	var jobs []numbering
	shifts := make([]int, len(blocks))
	for k, b := range blocks {
		from, to := b[0], b[1]
		if up && from == 0 || !up && to == d.Lines()-1 {
			continue
		}
		first, last := from, to+1
		if up {
			first, last = from-1, to
			shifts[k] = d.LineStart(from-1) - d.LineStart(from)
			cs = append(cs, text.Change{Start: d.LineStart(from - 1), End: d.LineStart(from)},
				text.Change{Start: d.LineEnd(to), End: d.LineEnd(to), Insert: "\n" + d.LineText(from-1)})
		} else {
			shifts[k] = d.LineEnd(to+1) - d.LineEnd(to)
			cs = append(cs, text.Change{Start: d.LineStart(from), End: d.LineStart(from), Insert: d.LineText(to+1) + "\n"},
				text.Change{Start: d.LineEnd(to), End: d.LineEnd(to + 1)})
		}
		same := w.numberedAlike(first) || w.numberedAlike(last)
		for line := first; line <= last; line++ {
			jobs = append(jobs, numbering{line, startLowest, same})
		}
	}
	if len(cs) == 0 {
		return text.Transaction{}
	}
	for i, r := range w.todo {
		b := blocks[of[i]]
		end := d.LineEnd(b[1])
		w.todo[i] = spanning(r, min(r.Start(), end)+shifts[of[i]], min(r.End(), end)+shifts[of[i]])
	}
	ranges := w.todo
	w.todo = nil
	w.apply(cs)
	for i := len(ranges) - 1; i >= 0; i-- {
		w.done = append(w.done, placed{ranges[i], 0, i == s.Selection().MainIndex()})
	}
	w.renumber(jobs...)
	return w.end(s, text.Command)
}

// numberedAlike reports whether the line begins an item of an ordered list that has
// one number for all.
func (w *work) numberedAlike(line int) bool {
	p := w.prefix(line)
	n := p.list()
	return n >= 0 && p.marks[n].ordered() && w.sameNumbers(line, p)
}

// Duplicate puts a copy of the selection behind it and selects that. A bare caret
// stands for its line, and goes to the copy below.
func Duplicate(s text.State, c Context) text.Transaction {
	above := s.Doc().Lines() // lines from here on are done
	return each(s, c, text.Command, func(w *work, r text.Range) text.Range {
		if !r.Empty() {
			copied := w.doc.Slice(r.Start(), r.End())
			w.insert(r.End(), copied)
			return spanning(r, r.End(), r.End()+len(copied))
		}
		line := w.doc.Line(r.Head)
		if line >= above {
			return r
		}
		above = line
		same := w.numberedAlike(line)
		copied := "\n" + w.doc.LineText(line)
		w.insert(w.doc.LineEnd(line), copied)
		at := r.Head + len(copied)
		if !w.verbatim(line) {
			at = w.renumberKeeping(at, numbering{line, startFirst, same})
		}
		return caret(at)
	})
}

// JoinLines joins the lines of the selection, or the line of the caret and the
// next, into one: markers, quote marks and indentation in between go, and a space
// stands there instead, none between Chinese or Japanese characters. The caret goes
// to the last join.
func JoinLines(s text.State, c Context) text.Transaction {
	return each(s, c, text.Command, func(w *work, r text.Range) text.Range {
		from, to := linesOf(w.doc, r)
		if from == to {
			to++
		}
		if to >= w.doc.Lines() {
			to = w.doc.Lines() - 1
		}
		if from == to {
			return r
		}
		var cs text.Changes
		for line := from; line < to; line++ {
			cs = append(cs, w.join(line))
		}
		numbers := w.listsAt(from+1, to)
		cs = tidy(cs)
		at := cs.Map(cs[len(cs)-1].Start, false)
		after := moved(cs, r, true, false)
		w.apply(cs)
		for i := range numbers {
			if numbers[i].line > to {
				numbers[i].line -= to - from
			}
		}
		before := len(w.steps)
		w.renumber(numbers...)
		for _, cs := range w.steps[before:] {
			at, after = cs.Map(at, true), moved(cs, after, true, true)
		}
		if !r.Empty() {
			return after
		}
		return caret(at)
	})
}

// join returns the change that joins a line with the next.
func (w *work) join(line int) text.Change {
	start, end := w.doc.LineStart(line), w.doc.LineEnd(line)
	tail := w.doc.Slice(max(start, end-headSize), end)
	trimmed := strings.TrimRight(tail, " \t")
	next := w.doc.LineStart(line + 1)
	if trimmed == "" && end-start <= headSize { // a blank line just goes
		return text.Change{Start: start, End: next}
	}
	p := w.prefix(line + 1)
	at := p.text
	switch {
	case w.verbatim(line + 1):
		at = w.body(line+1) - next
		at += len(p.line[at:]) - len(strings.TrimLeft(p.line[at:], " \t"))
	case !w.verbatim(line):
		if l := w.inlineLine(line + 1); !l.empty() && l.cells == nil && footnoteLabel(p.line[p.text:]) == 0 {
			at = l.start - next
		}
	}
	at = min(at, len(p.line))
	end -= len(tail) - len(trimmed)
	before, _ := utf8.DecodeLastRuneInString(trimmed)
	after, n := utf8.DecodeRuneInString(p.line[at:])
	space := " "
	if q := readPrefix(head(w.doc, line)); n == 0 || trimmed == "" || q.blank || unspaced(before) && unspaced(after) {
		space = ""
	}
	if q := readPrefix(head(w.doc, line)); q.blank && len(q.marks) > 0 {
		end = start + min(q.text, w.doc.LineEnd(line)-start) // keep the space of the marker
	}
	return text.Change{Start: end, End: next + at, Insert: space}
}

// unspaced reports whether a character is of a script written without spaces, or
// its punctuation.
func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || 0x3000 <= r && r <= 0x303f || 0xff01 <= r && r <= 0xff60
}
