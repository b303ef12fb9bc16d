package edits

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"longhand/editor/text"
)

// maxTable is how many rows of a table are tidied.
const maxTable = 2 << 10

// TidyTable aligns the columns of the table that the caret is in, by the width of
// their text on screen, Chinese and emoji counting double: every cell has a space on
// both sides, every row its outer bars and as many cells as the header.
func TidyTable(s text.State, c Context) text.Transaction {
	above := s.Doc().Lines() // lines from here on are done
	return each(s, c, text.Command, func(w *work, r text.Range) text.Range {
		line := w.doc.Line(r.Head)
		if line >= above {
			return r
		}
		from, to, ok := w.tableAt(line)
		if !ok {
			return r
		}
		above = from
		cell, in := w.cellAt(r.Head, line)
		cs, places := w.tidyTable(from, to)
		w.apply(cs)
		if line-from < len(places) && cell >= 0 && cell < len(places[line-from]) {
			p := places[line-from][cell]
			return caret(w.doc.LineStart(line) + p[0] + min(in, p[1]-p[0]))
		}
		return moved(cs, caret(r.Head), false, false)
	})
}

// tableAt returns the lines of the table at a line: rows with a bar, the second of
// them the row of dashes.
func (w *work) tableAt(line int) (from, to int, ok bool) {
	isRow := func(line int) bool {
		return line >= 0 && line < w.doc.Lines() && !w.verbatim(line) && strings.Contains(head(w.doc, line), "|") &&
			w.doc.LineEnd(line)-w.doc.LineStart(line) < maxRow
	}
	for from = line; isRow(from-1) && line-from < maxTable; from-- {
	}
	for to = line; isRow(to+1) && to-from < maxTable; to++ {
	}
	if !isRow(line) || to == from || !isRule(w.rowText(from+1)) {
		return 0, 0, false
	}
	return from, to, true
}

func isRule(s string) bool {
	return ruleRowPattern.MatchString(s) && strings.Contains(s, "-")
}

// rowText returns a table row without what stands before it.
func (w *work) rowText(line int) string {
	p := readPrefix(head(w.doc, line))
	start := w.doc.LineStart(line) + p.text
	return w.doc.Slice(start, w.doc.LineEnd(line))
}

// rowCells splits a table row, with its cells trimmed, empty ones too.
func rowCells(s string) []string {
	s = strings.TrimSpace(s)
	s = strings.TrimPrefix(s, "|")
	var all []string
	begin := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '|':
			all = append(all, strings.TrimSpace(s[begin:i]))
			begin = i + 1
		}
	}
	if last := strings.TrimSpace(s[begin:]); last != "" || begin == 0 {
		all = append(all, last)
	}
	return all
}

// cellAt returns the number of the cell at an offset, and how far in its text that is.
func (w *work) cellAt(at, line int) (cell, in int) {
	p := readPrefix(head(w.doc, line))
	start := w.doc.LineStart(line) + p.text
	if at < start {
		return -1, 0
	}
	s := w.doc.Slice(start, at)
	cell = 0
	begin := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '|':
			if strings.TrimSpace(s[:i]) != "" {
				cell++
			}
			begin = i + 1
		}
	}
	return cell, len(strings.TrimLeft(s[begin:], " \t"))
}

// tidyTable returns the changes that align a table, and where each cell of each row
// stands then, from the start of the line.
func (w *work) tidyTable(from, to int) (cs text.Changes, places [][][2]int) {
	header := rowCells(w.rowText(from))
	columns := make([]int, len(header))
	rows := make([][]string, 0, to-from+1)
	for line := from; line <= to; line++ {
		row := rowCells(w.rowText(line))
		row = append(row, make([]string, max(0, len(header)-len(row)))...)
		rows = append(rows, row)
		for i := range columns {
			if line != from+1 {
				columns[i] = max(columns[i], displayWidth(row[i]), 3)
			}
		}
	}
	for i, row := range rows {
		line := from + i
		p := readPrefix(head(w.doc, line))
		var b strings.Builder
		var at [][2]int
		for k, cell := range row {
			b.WriteString("|")
			room := 0
			if k < len(columns) {
				room = columns[k] - displayWidth(cell)
			}
			align := ""
			if k < len(rows[1]) {
				align = rows[1][k]
			}
			left, right := strings.HasPrefix(align, ":"), strings.HasSuffix(align, ":")
			if i == 1 && k < len(columns) {
				cell = dashes(left, right, columns[k]+2)
				at = append(at, [2]int{p.text + b.Len(), p.text + b.Len() + len(cell)})
				b.WriteString(cell)
				continue
			}
			before := 0
			switch {
			case right && left:
				before = max(room, 0) / 2
			case right:
				before = max(room, 0)
			}
			b.WriteString(strings.Repeat(" ", 1+before))
			at = append(at, [2]int{p.text + b.Len(), p.text + b.Len() + len(cell)})
			b.WriteString(cell)
			b.WriteString(strings.Repeat(" ", 1+max(room, 0)-before))
		}
		b.WriteString("|")
		start := w.doc.LineStart(line) + p.text
		if old := w.doc.Slice(start, w.doc.LineEnd(line)); old != b.String() {
			cs = append(cs, text.Change{Start: start, End: w.doc.LineEnd(line), Insert: b.String()})
		}
		places = append(places, at)
	}
	return cs, places
}

func dashes(left, right bool, n int) string {
	s := strings.Repeat("-", n)
	if left {
		s = ":" + s[1:]
	}
	if right {
		s = s[:n-1] + ":"
	}
	return s
}

// displayWidth returns how many columns a text takes in a monospaced font: two for a
// grapheme that begins with a wide character or an emoji, else one.
func displayWidth(s string) int {
	d := text.New(s)
	n := 0
	for at := 0; at < d.Len(); at = d.NextGrapheme(at) {
		n++
		r, _ := utf8.DecodeRuneInString(s[at:])
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth || r > 0xffff && unicode.Is(unicode.So, r) {
			n++
		}
	}
	return n
}
