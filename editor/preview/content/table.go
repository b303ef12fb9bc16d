package content

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	nethtml "golang.org/x/net/html"
)

// mostColumns is how many columns of a table are told apart.
const mostColumns = 200

// tableBuilder gathers a table of HTML.
type tableBuilder struct {
	rows    []*tableRow
	blocked []int // by column, up to which row cells above reach down
}

type tableRow struct {
	cells      []Cell
	ids        []string // of cells that show nothing
	column     int
	start, end int
}

func (b *builder) markdownTable(n *extast.Table) {
	b.end()
	b.group++
	table := &Table{}
	for _, a := range n.Alignments {
		table.Aligns = append(table.Aligns, alignOf(a))
	}
	rtl := b.directionOf(n)
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		start, end := b.tree.Span(row)
		p := &Part{Kind: Row, Box: b.box, RTL: rtl, Table: table, Group: b.group, Start: start, End: end}
		head := row.Kind() == extast.KindTableHeader
		column := 0
		ids := b.ids
		b.ids = nil
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			if column == mostColumns {
				break
			}
			c := Cell{Head: head, Column: column, Span: 1}
			if column < len(table.Aligns) {
				c.Align = table.Aligns[column]
			}
			c.Parts = b.cell(cell, c, rtl)
			p.Cells = append(p.Cells, c)
			column++
		}
		table.Columns = max(table.Columns, column)
		table.Rows = append(table.Rows, p)
		p.IDs, b.ids = b.ids, ids
	}
	b.addRows(table)
}

// cell builds the parts of a cell of Markdown, one paragraph.
func (b *builder) cell(n ast.Node, c Cell, rtl bool) []*Part {
	was, gap, marks, ids := b.env, b.gap, b.marks, b.ids
	var parts []*Part
	b.env = env{kind: Paragraph, align: c.Align, rtl: rtl, space: 0.3, out: &parts, inCell: true}
	b.gap, b.marks, b.ids = 0, nil, nil
	start, end := b.tree.Span(n)
	b.begin(Paragraph, start, end)
	st := b.state
	if c.Head {
		b.state.style |= Strong
	}
	b.inlines(n)
	b.state = st
	b.end()
	b.env, b.gap, b.marks, b.ids = was, gap, marks, append(ids, b.ids...)
	return parts
}

func alignOf(a extast.Alignment) Align {
	switch a {
	case extast.AlignCenter:
		return Centre
	case extast.AlignRight:
		return End
	}
	return Start
}

// addRows adds the rows of a finished table.
func (b *builder) addRows(t *Table) {
	for i, p := range t.Rows {
		p.First, p.Last = i == 0, i == len(t.Rows)-1
		b.add(p)
	}
	b.room(b.space)
}

func (b *builder) startTable() {
	b.table, b.align = &tableBuilder{}, Start
}

func (b *builder) startRow(start, end int) {
	if t := b.table; t != nil {
		t.rows = append(t.rows, &tableRow{start: start, end: end})
		b.seen = true
	}
}

func (b *builder) startCell(tag nethtml.Token) {
	t := b.table
	if t == nil {
		return
	}
	if len(t.rows) == 0 {
		t.rows = append(t.rows, &tableRow{})
	}
	row := t.rows[len(t.rows)-1]
	for row.column < len(t.blocked) && t.blocked[row.column] > 0 && len(t.rows) <= t.blocked[row.column] {
		row.column++
	}
	c := Cell{Head: tag.Data == "th", Align: b.align, Column: row.column, Span: number(tag, "colspan")}
	down := number(tag, "rowspan")
	for i := range c.Span {
		for len(t.blocked) <= c.Column+i {
			t.blocked = append(t.blocked, 0)
		}
		if down > 1 {
			t.blocked[c.Column+i] = len(t.rows) - 1 + down
		}
	}
	row.column += c.Span
	if row.column > mostColumns {
		return
	}
	row.cells = append(row.cells, c)
	var parts []*Part
	b.out, b.box, b.space, b.gap, b.table, b.list, b.fold, b.inCell = &parts, nil, 0.3, 0, nil, nil, nil, true
	b.seen = true
}

// number reads an attribute that counts cells.
func number(t nethtml.Token, key string) int {
	n, err := strconv.Atoi(attr(t, key))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, mostColumns)
}

// endCell takes what was built in a cell into the table of the elements around.
func (b *builder) endCell(t *tableBuilder) {
	b.gap, b.marks = 0, nil
	if t == nil || len(t.rows) == 0 || b.table == t {
		return
	}
	parts := *b.out
	row := t.rows[len(t.rows)-1]
	row.ids, b.ids = append(row.ids, b.ids...), nil
	if n := len(row.cells); n > 0 && row.cells[n-1].Parts == nil && len(parts) > 0 {
		row.cells[n-1].Parts = parts
	}
}

// endTable adds the rows of a table that say something.
func (b *builder) endTable() {
	t := b.table
	if t == nil {
		return
	}
	b.group++
	table := &Table{}
	for _, row := range t.rows {
		p := &Part{Kind: Row, Box: b.box, RTL: b.rtl, Table: table, Group: b.group, Cells: row.cells, IDs: row.ids, Start: row.start, End: row.end}
		some := false
		for _, c := range row.cells {
			table.Columns = max(table.Columns, c.Column+c.Span)
			if n := len(c.Parts); n > 0 {
				if !some {
					p.Start = c.Parts[0].Start
				}
				p.End, some = c.Parts[n-1].End, true
			}
		}
		if some {
			table.Rows = append(table.Rows, p)
		} else {
			b.ids = append(b.ids, row.ids...)
		}
	}
	b.addRows(table)
}

// startCaption puts a table's caption above its rows.
func (b *builder) startCaption() {
	b.kind, b.align = Caption, Centre
	b.seen = true
}
