package column

import (
	"strings"

	"longhand/editor/preview/content"
)

// Selected returns what is selected: as it is read, or as the source that it was made from.
func (v *View) Selected(source bool) string {
	if v.sel.empty() {
		return ""
	}
	a, b := v.sel.ends()
	if source {
		return v.selectedSource(a, b)
	}
	var out strings.Builder
	c, ok := v.firstFrom(a.cursor)
	for ; ok && !b.cursor.before(c); c, ok = v.next(c) {
		v.copyPart(&out, c, v.load(c.entry), a, b)
	}
	return strings.TrimRight(out.String(), "\n")
}

// firstFrom is the first part that is shown at a cursor or behind it.
func (v *View) firstFrom(c cursor) (cursor, bool) {
	if v.shown(c) {
		return c, true
	}
	return v.next(c)
}

// copyPart writes what is selected of a part.
func (v *View) copyPart(out *strings.Builder, c cursor, e *entry, a, b spot) {
	p := e.parts[c.part]
	switch p.Kind {
	case content.Divider, content.NotesDivider:
		return
	}
	if out.Len() > 0 {
		gap := "\n\n"
		if p.Top*v.typ.Size < v.typ.Size*0.4 && c.part > 0 {
			gap = "\n"
		}
		out.WriteString(gap)
	}
	if c != a.cursor || a.at == 0 {
		for _, m := range p.Marked {
			depth := m.Depth() - 1
			switch {
			case m.Task != nil && m.Task.Done:
				out.WriteString(strings.Repeat("  ", depth) + "[x] ")
			case m.Task != nil:
				out.WriteString(strings.Repeat("  ", depth) + "[ ] ")
			case m.Marker != "":
				out.WriteString(strings.Repeat("  ", depth) + m.Marker + " ")
			}
		}
	}
	switch p.Kind {
	case content.Figure:
		out.WriteString(p.Picture.Alt)
		return
	case content.Rule:
		out.WriteString("* * *")
		return
	}
	column := 0
	for leaf, q := range leavesOf(p) {
		from, to := v.sel.within(c, &set{part: q}, leaf)
		if leaf > 0 && column > 0 {
			out.WriteByte('\t')
		}
		column++
		writeRuns(out, &q.Text, from, to)
	}
}

// writeRuns writes bytes of a text, with the words of pictures in their place.
func writeRuns(out *strings.Builder, t *content.Text, from, to int) {
	start := 0
	for _, r := range t.Runs {
		i, j := max(start, from), min(r.End, to)
		start = r.End
		switch {
		case i >= j, r.Style&content.Pad != 0:
		case r.Object > 0 && r.Object <= len(t.Objects):
			out.WriteString(t.Objects[r.Object-1].Alt)
		default:
			out.WriteString(strings.ToValidUTF8(t.S[i:j], "\ufffd"))
		}
	}
}

// selectedSource returns the source of what is selected. Where a part is selected from its
// beginning or to its end, its markers and delimiters belong to it.
func (v *View) selectedSource(a, b spot) string {
	doc := v.page.Index().Doc()
	first, ok := v.firstFrom(a.cursor)
	last := b.cursor
	if !v.shown(last) {
		last, _ = v.prev(last)
	}
	if !ok || !v.shown(last) {
		return ""
	}
	start, end := v.edge(first, a, false), v.edge(last, b, true)
	if start < 0 || end < 0 || end < start {
		return v.pieces(a, b)
	}
	return doc.Slice(start, end)
}

// edge is where the source of a selection begins or ends; -1 if that is not in the text.
func (v *View) edge(c cursor, p spot, end bool) int {
	e := v.load(c.entry)
	base := e.baseOf(c.part)
	if base < 0 || c.entry == v.heights.count-1 && e.bases[c.part] < 0 {
		return -1
	}
	part := e.parts[c.part]
	t := v.leafText(spot{c, p.leaf, p.at})
	switch {
	case c != p.cursor, t == nil, len(t.Map) == 0, part.Kind == content.Row:
		if end {
			return base + part.End
		}
		return base + part.Start
	case !end && p.at == 0:
		return base + part.Start
	case end && p.at >= len(t.S):
		return base + part.End
	case end:
		return base + t.SourceEnd(p.at)
	}
	return base + t.SourceOf(p.at)
}

// pieces are the sources of all parts of a selection that does not go on in the source, as
// when it holds footnotes.
func (v *View) pieces(a, b spot) string {
	doc := v.page.Index().Doc()
	var out []string
	end := -1
	c, ok := v.firstFrom(a.cursor)
	for ; ok && !b.cursor.before(c); c, ok = v.next(c) {
		e := v.load(c.entry)
		base := e.baseOf(c.part)
		if base < 0 {
			continue
		}
		p := e.parts[c.part]
		if from, to := base+p.Start, base+p.End; to > from && from >= end {
			out = append(out, strings.TrimRight(doc.Slice(from, to), "\n"))
			end = to
		}
	}
	return strings.Join(out, "\n\n")
}
