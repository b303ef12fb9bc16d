package markdown

import (
	"slices"
	"strings"

	"longhand/editor/text"
)

// Edit returns the index of d, the text after the changes. It parses the blocks
// around them, at most some 12 KB; if that does not reach to where all is as it was, the
// rest is pending, and till then taken to be what it was.
func (x *Index) Edit(d text.Doc, cs text.Changes) *Index {
	cs = joined(cs)
	y := *x
	y.doc = d
	y.colours = y.cache.version()
	var changes labelChanges
	var same []intact
	shift := 0
	for i := len(cs) - 1; i >= 0; i-- { // from the last, so that offsets before it still hold
		insert := normal(cs[i].Insert)
		shift += len(insert) - (cs[i].End - cs[i].Start)
		if cs[i].Start < 0 || cs[i].End < cs[i].Start || cs[i].End > x.doc.Len() {
			return newIndex(d, x.cache)
		}
		same = y.touch(x.doc, cs[i], insert, same)
	}
	if x.doc.Len()+shift != d.Len() {
		return newIndex(d, x.cache) // not the text after these changes
	}
	slices.SortFunc(same, func(a, b intact) int { return a.offset - b.offset })
	for m, i := cs.Mapper(), 0; i < len(same); i++ { // offsets are of the old text
		same[i].offset = m.Map(same[i].offset, false)
	}
	if x.touchesFrontMatter(d, cs) {
		y.body, y.seen = frontMatterOf(d)
		y.cutFrontMatter(&changes)
	} else if y.body > 0 && y.units.at(place{}).flags&pending != 0 { // something was added to it
		y.cutFrontMatter(&changes)
	}
	places := make([]int, 0, len(cs)+1)
	m := cs.Mapper()
	for _, c := range cs {
		places = append(places, m.Map(c.Start, false))
	}
	if x.body != y.body {
		places = append(places, y.body)
		slices.Sort(places)
	}
	y.repairNear(places, &changes, same)
	y.define(changes)
	return &y
}

// joined makes one of changes that touch.
func joined(cs text.Changes) text.Changes {
	var out text.Changes
	for _, c := range cs {
		if n := len(out); n > 0 && out[n-1].End == c.Start {
			out[n-1] = text.Change{Start: out[n-1].Start, End: c.End, Insert: out[n-1].Insert + c.Insert}
		} else {
			out = append(out, c)
		}
	}
	return out
}

// normal is how a text takes up what is inserted.
func normal(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// touch makes one pending unit of those that a change touches. old is the text that the change
// is for; behind the change the units may be those of a later text.
func (x *Index) touch(old text.Doc, c text.Change, insert string, same []intact) []intact {
	same = slices.DeleteFunc(same, func(s intact) bool {
		return s.offset <= c.End && s.offset+int(s.unit.size) >= c.Start
	})
	from := x.units.findOffset(c.Start)
	if first := x.units.at(from); c.Start <= old.LineEnd(from.line) && first.kind != FrontMatterBlock {
		// Its first line changes: it may become a part of the block before.
		if p, ok := x.units.previous(from); ok && x.units.at(p).kind != FrontMatterBlock {
			from = p
			if u := x.units.at(p); u.flags&pending == 0 {
				same = append(same, intact{p.offset, *u})
			}
		}
	}
	merged := unit{id: x.cache.id(), kind: x.units.at(from).kind, flags: pending}
	to := from
	for {
		u := x.units.at(to)
		merged.size += u.size
		merged.breaks += u.breaks
		merged.flags |= u.flags
		merged.labels = joinLabels(merged.labels, u.labels)
		end := to.offset + int(u.size)
		to = x.units.next(to)
		if end > c.End || !x.units.valid(to) {
			break
		}
	}
	merged.size += uint32(len(insert) - (c.End - c.Start))
	merged.breaks += uint32(strings.Count(insert, "\n") - (old.Line(c.End) - old.Line(c.Start)))
	x.units = x.units.replace(from, to, []unit{merged})
	return same
}

func joinLabels(a, b *labels) *labels {
	if a == nil {
		return b
	}
	if b == nil {
		return a
	}
	return &labels{
		references: slices.Concat(a.references, b.references),
		footnotes:  slices.Concat(a.footnotes, b.footnotes),
		order:      a.order.then(b.order),
	}
}

// touchesFrontMatter reports whether changes could tell otherwise where the front matter ends.
func (x *Index) touchesFrontMatter(d text.Doc, cs text.Changes) bool {
	if len(cs) == 0 {
		return false
	}
	if x.seen != unclosed {
		return cs[0].Start < x.seen
	}
	// Nothing closes it yet: a delimiter must come, or the first line change.
	if cs[0].Start <= x.doc.LineEnd(0) {
		return true
	}
	m := cs.Mapper()
	for _, c := range cs {
		start := m.Map(c.Start, false)
		end := d.LineEnd(d.Line(start + len(normal(c.Insert))))
		for line := range strings.Lines(d.Slice(d.LineStart(d.Line(start)), end)) {
			switch strings.TrimRight(line, " \t\n") {
			case "---", "...", "+++":
				return true
			}
		}
	}
	return false
}
