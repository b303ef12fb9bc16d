package column

import (
	"longhand/editor/preview/content"
	"longhand/editor/typeset"
)

// tables are the widths of the columns of the tables of one block.
type tables map[*content.Table]*columns

// columns are where the columns of a table stand.
type columns struct {
	x, width []float32 // of what is in them
	wide     float32   // of all
}

// Room around what is in a cell, in em.
const (
	cellSide = 0.67
	cellTop  = 0.36
)

// measured is how many rows of a table are measured for the widths of its columns.
const measured = 200

// columnsOf works out the columns of a table: as wide as what is in them, if there is room
// for that; else in proportion, none narrower than its longest word; and if there is no room
// for those, the table is wider than the column and scrolls.
func (v *View) columnsOf(t *content.Table, width float32, ts *tables) *columns {
	if c := (*ts)[t]; c != nil {
		return c
	}
	em := v.typ.Size
	n := t.Columns
	least, most := make([]float32, n), make([]float32, n)
	for i, p := range t.Rows {
		if i == measured {
			break
		}
		for j := range p.Cells {
			c := &p.Cells[j]
			if c.Column >= n || c.Span > 1 {
				continue
			}
			l, m := v.measureCell(c)
			least[c.Column], most[c.Column] = max(least[c.Column], l), max(most[c.Column], m)
		}
	}
	sumLeast, sumMost := float32(0), float32(0)
	for j := range least {
		least[j] = min(least[j], 14*em)
		least[j], most[j] = max(least[j], 1.2*em), max(most[j], 1.2*em)
		sumLeast, sumMost = sumLeast+least[j], sumMost+most[j]
	}
	room := width - float32(max(n-1, 0))*2*cellSide*em
	c := &columns{x: make([]float32, n), width: make([]float32, n)}
	x := float32(0)
	for j := range least {
		w := most[j]
		switch {
		case sumMost <= room: // the table is as wide as the column
			w += (room - sumMost) * most[j] / max(sumMost, 1)
		case sumLeast <= room:
			w = least[j] + (most[j]-least[j])*(room-sumLeast)/max(sumMost-sumLeast, 1)
		default:
			w = least[j]
		}
		c.x[j], c.width[j] = x, w
		x += w + 2*cellSide*em
	}
	c.wide = max(x-2*cellSide*em, 0)
	if *ts == nil {
		*ts = tables{}
	}
	(*ts)[t] = c
	return c
}

func (v *View) measureCell(c *content.Cell) (least, most float32) {
	for _, p := range c.Parts {
		left, _, _ := v.geometry(p, 1<<20)
		if p.Kind == content.Figure {
			if w, _, ready, err := v.size(p.Picture); err == nil && ready {
				fw, _ := v.fit(p.Picture, w, 1, v.width)
				most = max(most, float32(fw))
			}
			least = max(least, 4*v.typ.Size)
			continue
		}
		s := &set{part: p, width: v.width}
		s.setting = v.typ.of(p, false, false)
		if p.Kind == content.Paragraph {
			s.setting = v.typ.cell()
		}
		l, m := v.shaper.Measure(typeset.Paragraph{Text: p.Text.S, Base: s.setting.base, RowHeight: s.setting.row, Spans: v.spans(s)})
		least, most = max(least, l+left+1), max(most, m+left+1)
	}
	return least, most
}

// layRow lays out a row of a table.
func (v *View) layRow(s *set, ts *tables) {
	em := v.typ.Size
	p := s.part
	cols := v.columnsOf(p.Table, s.width, ts)
	if cols.wide > s.width+1 {
		s.wide = cols.wide
	}
	padding := round(em * cellTop)
	height := round(v.typ.cell().row)
	for i := range p.Cells {
		c := &p.Cells[i]
		if c.Column >= len(cols.x) {
			continue
		}
		last := min(c.Column+c.Span, len(cols.x)) - 1
		sc := setCell{cell: c, x: cols.x[c.Column], width: cols.x[last] + cols.width[last] - cols.x[c.Column]}
		y := s.top + padding
		before := y
		for _, q := range partsOf(c) {
			q := *q
			if q.Align == content.Start {
				q.Align = c.Align
			}
			room := 0
			if y > before {
				room = round(q.Top * em)
			}
			inner := v.layPart(&q, sc.width, room, true, ts)
			sc.parts = append(sc.parts, inner)
			sc.tops = append(sc.tops, y)
			y += inner.height
		}
		height = max(height, y-before)
		s.cells = append(s.cells, sc)
	}
	s.height = s.top + height + 2*padding + max(1, round(v.typ.Scale))
	if p.RTL { // the first column stands at the right
		all := max(s.width, s.wide)
		for i := range s.cells {
			s.cells[i].x = all - s.cells[i].x - s.cells[i].width
		}
	}
}
