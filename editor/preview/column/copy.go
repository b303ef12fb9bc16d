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

// goesOn reports whether a part is the rest of a long paragraph that the part before begins.
func goesOn(e *entry, part int) bool {
	if part == 0 {
		return false
	}
	p, q := e.parts[part-1], e.parts[part]
	return q.Kind == content.Paragraph && p.Kind == q.Kind && p.Box == q.Box && q.Top == 0 && len(q.Marked) == 0
}

// copyPart writes what is selected of a part.
func (v *View) copyPart(out *strings.Builder, c cursor, e *entry, a, b spot) {
	p := e.parts[c.part]
	switch p.Kind {
	case content.Divider, content.NotesDivider:
		return
	}
	switch {
	case out.Len() == 0, goesOn(e, c.part):
	case p.Top < 0.4 && c.part > 0:
		out.WriteString("\n")
	default:
		out.WriteString("\n\n")
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
	cell := -1
	for n, l := range leavesOf(p) {
		if c == a.cursor && n < a.leaf || c == b.cursor && n > b.leaf {
			continue
		}
		switch cell {
		case -1:
		case l.cell:
			out.WriteByte(' ')
		default:
			out.WriteByte('\t')
		}
		cell = l.cell
		from, to := v.sel.within(c, &set{part: l.part}, n)
		writeRuns(out, &l.part.Text, from, to)
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
// beginning or to its end, its markers and delimiters belong to it; where an end lies within
// emphasis or a link that goes beyond, all of that does.
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
	if first.entry == v.heights.count-1 {
		return v.pieces(a, b)
	}
	start, end := v.edge(first, a, b, false), v.edge(last, b, a, true)
	if end < start {
		return v.pieces(a, b)
	}
	return doc.Slice(start, end)
}

// edge is where the source of a selection begins, or ends, at a spot; other is its other end.
// What stands above the article counts as its beginning, what stands below as its end.
func (v *View) edge(c cursor, p, other spot, end bool) int {
	switch {
	case c.entry == 0 && v.title >= 0:
		u := v.page.Unit(v.title)
		if end {
			return u.End
		}
		return u.Start
	case c.entry == 0:
		return v.body()
	case c.entry == v.heights.count-1:
		return v.page.Index().Doc().Len()
	}
	e := v.load(c.entry)
	base := e.baseOf(c.part)
	part := e.parts[c.part]
	t := v.leafText(spot{c, p.leaf, p.at})
	if c != p.cursor || t == nil || len(t.Map) == 0 || part.Kind == content.Row {
		if end {
			return base + part.End
		}
		return base + part.Start
	}
	from, to := 0, len(t.S) // of the selection in this text
	if end {
		to = min(p.at, to)
		if other.cursor == c && other.leaf == p.leaf {
			from = other.at
		}
	} else {
		from = min(p.at, to)
		if other.cursor == c && other.leaf == p.leaf {
			to = min(other.at, to)
		}
	}
	start, stop := styledAround(t, from, to)
	gs, ge := styledAt(t, start), styledAt(t, stop-1)
	switch {
	case !end && start == 0:
		return base + part.Start
	case end && stop >= len(t.S):
		return base + part.End
	case end && ge.End == stop && ge.Start >= start: // with its delimiters
		return base + t.SourceOf(stop)
	case end:
		return base + t.SourceEnd(stop)
	case gs.End > gs.Start && gs.Start == start && gs.End <= stop:
		return base + t.SourceEnd(start)
	}
	return base + t.SourceOf(start)
}

// styled are the stretches of a text that are made with delimiters in the source: emphasis,
// links and the like, as long as they touch.
func styled(t *content.Text) (out []Range) {
	start := 0
	for _, r := range t.Runs {
		if marked(r) {
			if n := len(out); n > 0 && out[n-1].End == start {
				out[n-1].End = r.End
			} else {
				out = append(out, Range{start, r.End})
			}
		}
		start = r.End
	}
	return out
}

// styledAt returns the styled stretch that holds a byte, or nothing.
func styledAt(t *content.Text, at int) Range {
	for _, g := range styled(t) {
		if g.Start <= at && at < g.End {
			return g
		}
	}
	return Range{}
}

// styledAround widens a range of a text to hold whole the styled stretches that it holds in
// part, unless it lies within one.
func styledAround(t *content.Text, from, to int) (start, end int) {
	start, end = from, to
	for _, g := range styled(t) {
		switch {
		case from >= g.Start && to <= g.End: // within
		case from > g.Start && from < g.End:
			start = g.Start
		case to > g.Start && to < g.End:
			end = g.End
		}
	}
	return start, end
}

// marked reports whether a run is made with delimiters.
func marked(r content.Run) bool { return r.Style.Marked() || r.Link > 0 || r.Object > 0 }

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
