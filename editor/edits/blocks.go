package edits

import (
	"strconv"
	"strings"

	"longhand/editor/text"
)

// Table puts a table of three columns and two rows under its header behind the
// paragraph of the caret, with the blank lines it needs, and selects the text of its
// first cell. In code and front matter nothing happens.
func Table(s text.State, c Context) text.Transaction {
	return each(s, c, text.Command, func(w *work, r text.Range) text.Range {
		rows := []string{
			"| Column 1 | Column 2 | Column 3 |",
			"|----------|----------|----------|",
			"|          |          |          |",
			"|          |          |          |",
		}
		at, ok := w.insertBlock(r, rows)
		if !ok {
			return r
		}
		return text.Range{Anchor: at + len("| "), Head: at + len("| Column 1")}
	})
}

// HorizontalRule puts a thematic break behind the paragraph of the caret, and the
// caret on the line below it.
func HorizontalRule(s text.State, c Context) text.Transaction {
	return each(s, c, text.Command, func(w *work, r text.Range) text.Range {
		at, ok := w.insertBlock(r, []string{"---"})
		if !ok {
			return r
		}
		line := w.doc.Line(at)
		if line+1 < w.doc.Lines() {
			p := w.prefix(line + 1)
			return caret(w.doc.LineStart(line+1) + min(p.text, len(p.line)))
		}
		lead := "\n" + w.leadOf(line)
		return caret(w.insert(w.doc.LineEnd(line), lead))
	})
}

// leadOf returns what the lines behind a line begin with in the same quote and item.
func (w *work) leadOf(line int) string {
	p := w.prefix(line)
	lead := p.continuation(len(p.marks))
	switch n := len(p.marks); {
	case n == 0:
		lead = p.line[:p.text]
	case p.list() < 0:
		lead += p.line[p.marks[n-1].text:max(p.text, p.marks[n-1].text)]
	}
	return lead
}

// insertBlock puts lines behind the paragraph at the end of a range, in the same
// quote and list item, with blank lines around where there is text. It returns where
// the first of them begins.
func (w *work) insertBlock(r text.Range, lines []string) (at int, ok bool) {
	line := w.doc.Line(r.End())
	if w.verbatim(line) {
		return 0, false
	}
	_, line = w.paragraphAt(line)
	p := w.prefix(line)
	lead := w.leadOf(line)
	bare := strings.TrimRight(lead, " \t")
	start, end := w.doc.LineStart(line), w.doc.LineEnd(line)
	before := ""
	switch {
	case !p.blank:
		start = end
		before = "\n" + bare + "\n" + lead
	case len(p.marks) > 0 && p.list() >= 0: // an empty item: the block becomes its content
		start += min(p.text, len(p.line))
		before = strings.Repeat(" ", max(0, p.text-len(p.line)))
	default:
		before = lead
		if line > 0 && !w.blankIn(line-1, p.quotes()) {
			before = bare + "\n" + lead
		}
	}
	insert := before + strings.Join(lines, "\n"+lead)
	if line+1 < w.doc.Lines() && !w.blankIn(line+1, p.quotes()) {
		insert += "\n" + bare
	}
	w.apply(text.Changes{{Start: start, End: end, Insert: insert}})
	return start + len(before), true
}

// Footnote puts a reference to a new footnote behind the selection, with the number
// after the highest that the text has, and its definition at the end of the text,
// with the caret in it. It reads the whole text.
func Footnote(s text.State, c Context) text.Transaction {
	w := begin(s, c)
	d := w.doc
	n := highestFootnote(d) + 1
	var cs text.Changes
	var definitions []string
	for _, r := range w.todo {
		if w.verbatim(d.Line(r.End())) {
			continue
		}
		label := "[^" + strconv.Itoa(n) + "]"
		cs = append(cs, text.Change{Start: r.End(), End: r.End(), Insert: label})
		definitions = append(definitions, label+": ")
		n++
	}
	if len(cs) == 0 {
		return text.Transaction{}
	}
	last := d.Lines() - 1
	final := last > 0 && d.LineStart(last) == d.Len() // the text ends with a line break
	if final {
		last--
	}
	tail := head(d, last)
	added := ""
	switch {
	case isBlank(tail) && cs[len(cs)-1].Start < d.LineStart(last), footnoteLabel(tail) > 0 && final:
	case footnoteLabel(tail) > 0 || final:
		added = "\n"
	default:
		added = "\n\n"
	}
	at := d.Len() + growth(cs) + len(added)
	added += strings.Join(definitions, "\n")
	var ranges []text.Range
	for _, definition := range definitions {
		ranges = append(ranges, caret(at+len(definition)))
		at += len(definition) + 1
	}
	if final {
		added += "\n"
	}
	cs = append(cs, text.Change{Start: d.Len(), End: d.Len(), Insert: added})
	return transaction(s, tidy(cs), 0, ranges, text.Command)
}

// highestFootnote returns the highest number that a footnote label has.
func highestFootnote(d text.Doc) int {
	highest := 0
	for at := d.Index("[^", 0); at >= 0; at = d.Index("[^", at+2) {
		label := d.Slice(at+2, min(at+12, d.Len()))
		n := 0
		for n < len(label) && '0' <= label[n] && label[n] <= '9' {
			n++
		}
		if n > 0 && n < len(label) && label[n] == ']' {
			number, _ := strconv.Atoi(label[:n])
			highest = max(highest, number)
		}
	}
	return highest
}
