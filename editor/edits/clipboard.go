package edits

import (
	"slices"
	"strings"

	"longhand/editor/text"
)

// Copy returns the selected text; that of several ranges as lines. Without a
// selection it is the line of each caret with its line break.
func Copy(s text.State) string {
	d := s.Doc()
	var all []string
	if !allCarets(s) {
		for _, r := range s.Selection().Ranges() {
			if !r.Empty() {
				all = append(all, d.Slice(r.Start(), r.End()))
			}
		}
		return strings.Join(all, "\n")
	}
	last := -1
	for _, r := range s.Selection().Ranges() {
		if line := d.Line(r.Head); line != last {
			all = append(all, d.LineText(line)+"\n")
			last = line
		}
	}
	return strings.Join(all, "")
}

// Cut returns what [Copy] does and deletes it.
func Cut(s text.State, c Context) (string, text.Transaction) {
	copied := Copy(s)
	if allCarets(s) {
		return copied, DeleteLine(s, c)
	}
	return copied, each(s, c, text.Command, func(w *work, r text.Range) text.Range {
		return w.remove(r.Start(), r.End())
	})
}

// Paste puts text in place of the selection, or to several carets a line each if
// there are as many lines. The address of a page or of mail, pasted over text in one
// paragraph that is no code, link or address itself, makes that a link. Several lines
// pasted into a quote are quoted, unless they are quotes themselves.
func Paste(s text.State, c Context, pasted string) text.Transaction {
	return pasteText(s, c, pasted, func(w *work, r text.Range, p string) text.Range {
		if address := strings.TrimSpace(p); !r.Empty() && isURL(address) {
			if after, ok := w.pasteAddress(r, address); ok {
				return after
			}
		}
		return w.replace(r, w.quoted(r.Start(), p))
	})
}

// PastePlain puts text in place of the selection as it is.
func PastePlain(s text.State, c Context, pasted string) text.Transaction {
	return pasteText(s, c, pasted, func(w *work, r text.Range, p string) text.Range { return w.replace(r, p) })
}

// pasteText deals the text out to the ranges.
func pasteText(s text.State, c Context, pasted string, put func(w *work, r text.Range, p string) text.Range) text.Transaction {
	pasted = normal(pasted)
	n := s.Selection().Len()
	lines := strings.Split(strings.TrimSuffix(pasted, "\n"), "\n")
	return each(s, c, text.Command, func(w *work, r text.Range) text.Range {
		n--
		if len(lines) > 1 && len(lines) == s.Selection().Len() {
			return put(w, r, lines[n])
		}
		return put(w, r, pasted)
	})
}

// replace puts text in place of a range, and the caret behind it.
func (w *work) replace(r text.Range, s string) text.Range {
	w.apply(text.Changes{{Start: r.Start(), End: r.End(), Insert: s}})
	return caret(r.Start() + len(s))
}

// pasteAddress makes a link of a range, if it may be one.
func (w *work) pasteAddress(r text.Range, target string) (text.Range, bool) {
	if r.End()-r.Start() > longLine {
		return r, false
	}
	segments := w.segments(r)
	if len(segments) != 1 {
		return r, false
	}
	g := segments[0]
	a, b := trim(g.text, g.a, g.b)
	selected := w.doc.Slice(r.Start(), r.End())
	from, to := trim(selected, 0, len(selected))
	if a == b || g.doc(a) != r.Start()+from || g.doc(b) != r.Start()+to || isAddress(g.text[a:b], link) {
		return r, false
	}
	spans := scan(g.text)
	for _, sp := range spans {
		if sp.start < b && a < sp.end && (sp.kind == link || sp.kind == code && (a > sp.start || b < sp.end) || sp.kind == raw && isAddress(g.text[sp.start:sp.end], link)) {
			return r, false
		}
	}
	if from, to := whole(spans, link, a, b, true); from != a || to != b || unbalanced(g.text[a:b], spans, a) {
		return r, false
	}
	cs := tidy(g.changes(text.Changes{{Start: a, End: a, Insert: "["}, {Start: b, End: b, Insert: "](" + addressFor(target) + ")"}}))
	w.apply(cs)
	return caret(cs.Map(g.doc(b), true)), true
}

// quoted puts the quote marks of the line at an offset before all lines of a text
// but the first.
func (w *work) quoted(at int, s string) string {
	if !strings.Contains(s, "\n") {
		return s
	}
	line := w.doc.Line(at)
	p := w.prefix(line)
	n := len(p.marks)
	if w.verbatim(line) {
		if n = w.quotesInCode(line); n > len(p.marks) {
			return s
		}
	}
	for n > 0 && !p.marks[n-1].quote() {
		n--
	}
	if n == 0 || at-w.doc.LineStart(line) < p.marks[n-1].end {
		return s
	}
	lines := strings.Split(s, "\n")
	if !slices.ContainsFunc(lines, func(l string) bool { return !isBlank(l) && !strings.HasPrefix(l, ">") }) {
		return s
	}
	lead := p.continuation(n)
	for i := 1; i < len(lines); i++ {
		if lines[i] == "" && i < len(lines)-1 {
			lines[i] = strings.TrimRight(lead, " \t")
		} else {
			lines[i] = lead + lines[i]
		}
	}
	return strings.Join(lines, "\n")
}

// Drop puts text that was dragged to an offset, and selects it. If it moves, it is
// deleted from the range it comes from; text from elsewhere comes from an empty
// range. A text moved onto itself stays.
func Drop(s text.State, c Context, dropped string, at int, from text.Range, move bool) text.Transaction {
	d := s.Doc()
	at = snap(d, at)
	dropped = normal(dropped)
	start, end := snap(d, from.Start()), snap(d, from.End())
	cs := text.Changes{{Start: at, End: at, Insert: dropped}}
	if move && start < end {
		if start <= at && at <= end {
			return text.Transaction{}
		}
		cs = append(cs, text.Change{Start: start, End: end})
	}
	cs = tidy(cs)
	to := cs.Map(at, false)
	if move && start < end && end <= at {
		to = at - (end - start)
	}
	return transaction(s, cs, 0, []text.Range{{Anchor: to, Head: to + len(dropped)}}, text.Command)
}
