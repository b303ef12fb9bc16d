// Package edits holds the editing commands of Longhand as pure functions.
//
// A command takes a text with its selection and what is known of its Markdown,
// and returns one [text.Transaction]: the changes, the selection after them, and
// the kind that groups them in the history. A zero transaction means that there
// is nothing to do. Every command works on all ranges of a selection; a result
// always fits the text it was made for, so applying it never fails.
//
// Offsets are bytes. Inserted text has "\n" as line break; the text package puts
// in the endings that the file has.
//
// Commands read the lines around the ranges, never the whole text, but for
// [Footnote], which looks for a free number, and lists that are renumbered.
package edits

import (
	"longhand/editor/markdown"
	"longhand/editor/text"
)

// Context tells what the Markdown is at a line of the text the command is given.
// A [*markdown.Index] is one. Where it is nil the commands judge by the lines
// themselves, which sees fences and front matter but not every paragraph that
// only looks like a list.
type Context interface {
	Line(line int) markdown.LineStyle
}

// work is a command on its way: the text as changed so far, and the ranges that
// move along.
type work struct {
	ctx Context
	doc text.Doc
	// steps are the changes made, each in the coordinates left by those before.
	steps []text.Changes
	// todo are the ranges not yet handled, done those that are, in falling
	// order. A range in done stands where shift was its own.
	todo  []text.Range
	done  []placed
	shift int
	// also are ranges that the command at work adds behind its own, in order.
	also []text.Range
	// lines: the command is about whole lines, so that what it puts in at the
	// edges of a selection belongs to it.
	lines  bool
	failed bool
	fences *fences // as last looked for
}

// placed is a range that is done.
type placed struct {
	text.Range
	shift int
	main  bool
}

func begin(s text.State, c Context) *work {
	return &work{ctx: c, doc: s.Doc(), todo: s.Selection().Ranges()}
}

// each runs the command on every range, from the last to the first, so that the
// lines before the one at work, and what the context says of them, stay as they
// were. The command applies its changes and returns its range after them.
func each(s text.State, c Context, kind text.Kind, command func(w *work, r text.Range) text.Range) text.Transaction {
	w := begin(s, c)
	for len(w.todo) > 0 {
		last := len(w.todo) - 1
		r := w.todo[last]
		w.todo = w.todo[:last]
		r = command(w, r)
		for i := len(w.also) - 1; i >= 0; i-- {
			w.done = append(w.done, placed{w.also[i], w.shift, false})
		}
		w.also = nil
		w.done = append(w.done, placed{r, w.shift, last == s.Selection().MainIndex()})
	}
	return w.end(s, kind)
}

// byLine runs a command on the lines that the ranges touch, each once and in order.
// Of a selection that ends at the start of a line, that line is not one.
func byLine(s text.State, c Context, command func(w *work, lines []int)) text.Transaction {
	w := begin(s, c)
	w.lines = true
	var lines []int
	for _, r := range w.todo {
		from, to := linesOf(w.doc, r)
		for line := from; line <= to; line++ {
			if n := len(lines); n == 0 || lines[n-1] < line {
				lines = append(lines, line)
			}
		}
	}
	for i := len(w.todo) - 1; i >= 0; i-- {
		w.done = append(w.done, placed{w.todo[i], 0, i == s.Selection().MainIndex()})
	}
	w.todo = nil
	command(w, lines)
	return w.end(s, text.Command)
}

func linesOf(d text.Doc, r text.Range) (from, to int) {
	from, to = d.Line(r.Start()), d.Line(r.End())
	if to > from && r.End() == d.LineStart(to) {
		to--
	}
	return from, to
}

// last returns the range done last.
func (w *work) last() text.Range {
	p := w.done[len(w.done)-1]
	return text.Range{Anchor: p.Anchor + w.shift - p.shift, Head: p.Head + w.shift - p.shift}
}

// apply changes the text and moves the ranges that are not at work.
func (w *work) apply(cs text.Changes) {
	cs = tidy(cs)
	if len(cs) == 0 || w.failed {
		return
	}
	d, _, err := w.doc.ApplyAll(cs)
	if err != nil {
		// The changes of a command always fit; if not, better no command than half of one.
		w.failed = true
		return
	}
	if w.fences != nil { // what stands above is as it was
		w.fences.cut(w.doc.Line(cs[0].Start))
	}
	w.doc = d
	w.steps = append(w.steps, cs)
	for i, r := range w.todo {
		if cs[0].Start <= r.End() {
			w.todo[i] = moved(cs, r, false, false)
		}
	}
	if n := len(w.done); n > 0 {
		first := w.done[n-1].Start() + w.shift - w.done[n-1].shift
		if last := cs[len(cs)-1]; last.End <= first && last.Start < first {
			w.shift += growth(cs)
			return
		}
	}
	for i, p := range w.done {
		r := text.Range{Anchor: p.Anchor + w.shift - p.shift, Head: p.Head + w.shift - p.shift}
		w.done[i] = placed{moved(cs, r, r.Empty() || !w.lines, true), w.shift, p.main}
	}
}

func growth(cs text.Changes) int {
	n := 0
	for _, c := range cs {
		n += len(c.Insert) - (c.End - c.Start)
	}
	return n
}

// moved returns where a range lands; each end goes behind what is inserted at it if
// told so.
func moved(cs text.Changes, r text.Range, start, end bool) text.Range {
	return spanning(r, cs.Map(r.Start(), start), cs.Map(r.End(), end))
}

// end makes the transaction of everything applied.
func (w *work) end(s text.State, kind text.Kind) text.Transaction {
	if w.failed {
		return text.Transaction{}
	}
	ranges := make([]text.Range, len(w.done))
	main := 0
	for i, p := range w.done {
		k := len(ranges) - 1 - i
		ranges[k] = text.Range{Anchor: p.Anchor + w.shift - p.shift, Head: p.Head + w.shift - p.shift}
		if p.main {
			main = k
		}
	}
	cs := composeAll(w.steps)
	if len(w.steps) > 1 {
		// Steps that make a character of two halves cannot be one.
		if _, _, err := s.Doc().ApplyAll(cs); err != nil {
			return text.Transaction{}
		}
	}
	return transaction(s, cs, main, ranges, kind)
}

// transaction is zero if it would change neither the text nor the selection.
func transaction(s text.State, cs text.Changes, main int, ranges []text.Range, kind text.Kind) text.Transaction {
	sel := text.NewSelection(main, ranges...)
	if len(cs) == 0 {
		if sel.Equal(s.Selection()) {
			return text.Transaction{}
		}
		kind = text.Moving
	}
	return text.Transaction{Changes: cs, Selection: sel, HasSelection: true, Kind: kind}
}

func caret(offset int) text.Range { return text.Range{Anchor: offset, Head: offset} }

// spanning returns a range over [start,end) that points the way r does.
func spanning(r text.Range, start, end int) text.Range {
	if r.Head < r.Anchor {
		return text.Range{Anchor: end, Head: start}
	}
	return text.Range{Anchor: start, Head: end}
}
