package column

import (
	"longhand/editor/preview/content"
)

// foundIn returns what a search matched in a part.
func (v *View) foundIn(s *set) []Range {
	if v.marker == nil {
		return nil
	}
	if s.since != v.marked {
		s.found, s.since = v.marker(s.part.Text.S), v.marked
	}
	return s.found
}

// hot notes what of a part answers a click.
func (v *View) hot(c cursor, e *entry, s *set, y int, f *Frame) {
	base := e.baseOf(c.part)
	for _, l := range s.labels {
		if l.box.Task != nil && base >= 0 {
			em := v.typ.Size
			x := round(l.right - 0.95*em)
			if l.rtl {
				x = round(l.right - 0.2*em)
			}
			h := Hot{Task: base + l.box.Task.Offset, From: base + l.box.Task.Offset}
			h.Area.Min.X, h.Area.Min.Y = x, y+s.top
			h.Area.Max.X, h.Area.Max.Y = x+round(1.15*em), y+s.top+round(s.setting.row)
			f.Hot = append(f.Hot, h)
		}
	}
	if s.part.Kind == content.Figure {
		h := Hot{Task: -1, Link: s.part.Picture.Link, Title: s.part.Picture.Title, From: base + s.part.Start}
		h.Area.Min.X, h.Area.Min.Y = s.picture.x, y+s.picture.y
		h.Area.Max.X, h.Area.Max.Y = s.picture.x+s.picture.width, y+s.picture.y+s.picture.height
		if h.Link != nil || h.Title != "" {
			f.Hot = append(f.Hot, h)
		}
		return
	}
	shift := float32(0)
	if s.wide > 0 {
		shift = -v.sidewaysOf(e, s)
	}
	v.hotCells(s, base, s.left+shift, y, f)
	v.hotText(s, base, s.left+shift, y, f)
	if s.part.Fold != nil {
		h := Hot{Task: -1, Fold: s.part.Fold, From: base + s.part.Start}
		h.Area.Min.X, h.Area.Min.Y, h.Area.Max.X, h.Area.Max.Y = 0, y+s.top, round(v.width), y+s.height
		f.Hot = append(f.Hot, h)
	}
}

// hotCells is hotText for the cells of a row.
func (v *View) hotCells(s *set, base int, left float32, y int, f *Frame) {
	for i := range s.cells {
		sc := &s.cells[i]
		for j, p := range sc.parts {
			v.hotText(p, base, left+sc.x+p.left, y+sc.tops[j], f)
			v.hotCells(p, base, left+sc.x+p.left, y+sc.tops[j], f)
		}
	}
}

func (v *View) hotText(s *set, base int, left float32, y int, f *Frame) {
	if s.lay == nil || len(s.part.Text.Links) == 0 && len(s.part.Text.Titles) == 0 {
		return
	}
	t := &s.part.Text
	start := 0
	for _, r := range t.Runs {
		from, to := start, r.End
		start = r.End
		if r.Link == 0 && r.Title == 0 || r.Link > len(t.Links) {
			continue
		}
		h := Hot{Task: -1, From: -1}
		if src := t.SourceOf(from); src >= 0 && base >= 0 {
			h.From = base + src
		}
		if r.Link > 0 {
			h.Link, h.Title = &t.Links[r.Link-1], t.Links[r.Link-1].Title
		}
		if r.Title > 0 && r.Title <= len(t.Titles) {
			h.Title = t.Titles[r.Title-1]
		}
		for i := range s.rows {
			lr := &s.lay.Rows[i]
			if to <= lr.Start || from >= lr.End {
				continue
			}
			for _, b := range s.lay.Boxes(i, max(from, lr.Start), min(to, lr.End)) {
				g := h
				g.Area.Min.X, g.Area.Min.Y = round(left+b.X0), y+s.rows[i].top
				g.Area.Max.X, g.Area.Max.Y = round(left+b.X1), y+s.rows[i].top+s.rows[i].height
				f.Hot = append(f.Hot, g)
			}
		}
	}
}
