package edits

import (
	"strings"

	"longhand/editor/text"
)

// PasteHTML puts HTML in place of the selection, as [FromHTML] reads it: within the
// line if it is text of one paragraph, else as blocks of their own with blank lines
// around, in the quote or list item of the caret. Where there is nothing to read, or
// in code and front matter, the plain text that came with it is pasted, and so it is
// if it is just an address.
func PasteHTML(s text.State, c Context, html, plain string) text.Transaction {
	converted := FromHTML(html)
	if converted == "" || isURL(strings.TrimSpace(plain)) {
		return Paste(s, c, plain)
	}
	plain = normal(plain)
	inline := isInline(converted)
	return each(s, c, text.Command, func(w *work, r text.Range) text.Range {
		switch {
		case w.verbatim(w.doc.Line(r.Start())):
			return w.replace(r, w.quoted(r.Start(), plain))
		case inline:
			return w.replace(r, converted)
		}
		return w.pasteBlocks(r, converted)
	})
}

// isInline reports whether Markdown is text of one paragraph on one line.
func isInline(s string) bool {
	if strings.Contains(s, "\n") {
		return false
	}
	p := readPrefix(s)
	return len(p.marks) == 0 && !startsBlock(s) && fenceMark(s) == "" && !strings.HasPrefix(s, "|")
}

// pasteBlocks puts blocks in place of a range.
func (w *work) pasteBlocks(r text.Range, s string) text.Range {
	line := w.doc.Line(r.Start())
	start, end := r.Start(), r.End()
	lead := w.leadOf(line)
	if body := w.doc.LineStart(line) + len(lead); start < body && w.prefix(line).list() < 0 {
		lead = w.doc.Slice(w.doc.LineStart(line), start)
	}
	bare := strings.TrimRight(lead, " \t")
	p := w.prefix(line)
	before, behind := "", ""
	if start > w.doc.LineStart(line)+min(p.text, len(p.line)) {
		before = "\n" + bare + "\n" + lead
	} else if p.list() < 0 && line > 0 && !w.blankIn(line-1, p.quotes()) {
		before = "\n" + lead
	}
	last := w.doc.Line(end)
	if end < w.doc.LineEnd(last) {
		behind = "\n" + bare + "\n" + lead
	} else if last+1 < w.doc.Lines() && !w.blankIn(last+1, p.quotes()) {
		behind = "\n" + bare
	}
	lines := strings.Split(s, "\n")
	for i := 1; i < len(lines); i++ {
		if lines[i] == "" {
			lines[i] = bare
		} else {
			lines[i] = lead + lines[i]
		}
	}
	s = before + strings.Join(lines, "\n")
	w.apply(text.Changes{{Start: start, End: end, Insert: s + behind}})
	return caret(start + len(s))
}
