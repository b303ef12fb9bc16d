package content

import "strings"

// Anchor returns where an id or a name of raw HTML stands: the start of the part that it
// belongs to, or of the unit if nothing there follows it.
func (p *Page) Anchor(id string) (offset int, ok bool) {
	if id == "" {
		return 0, false
	}
	for at := p.index.Doc().Index(id, 0); at >= 0; at = p.index.Doc().Index(id, at) {
		n, u := p.index.UnitAt(at)
		if !mayName(p.index.Doc().Slice(max(u.Start, at-80), at)) {
			at++
			continue
		}
		if start, ok := p.Block(n).anchor(id); ok {
			return u.Start + start, true
		}
		at = u.End
	}
	return 0, false
}

// mayName reports whether what follows a source may be the value of an attribute.
func mayName(s string) bool {
	return strings.HasSuffix(strings.TrimRight(s, " \t\n\"'"), "=")
}

// anchor returns where a block has an id.
func (b *Block) anchor(id string) (start int, ok bool) {
	if start, ok = anchorIn(b.Parts, id); ok {
		return start, true
	}
	for _, n := range b.Notes {
		if start, ok = anchorIn(n.Parts, id); ok {
			return start, true
		}
	}
	for _, other := range b.ids {
		if other == id {
			return 0, true
		}
	}
	return 0, false
}

func anchorIn(parts []*Part, id string) (start int, ok bool) {
	for _, p := range parts {
		for _, other := range p.IDs {
			if other == id {
				return p.Start, true
			}
		}
		for _, c := range p.Cells {
			if start, ok = anchorIn(c.Parts, id); ok {
				return start, true
			}
		}
	}
	return 0, false
}
