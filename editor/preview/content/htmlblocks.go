package content

import (
	"strconv"
	"strings"

	nethtml "golang.org/x/net/html"
)

// startBlock sets what a block element means for what is in it.
func (b *builder) startBlock(t nethtml.Token, start, end int) {
	switch alignment(t) {
	case "left", "start":
		b.align = Start
	case "center":
		b.align = Centre
	case "right", "end":
		b.align = End
	}
	switch strings.ToLower(attr(t, "dir")) {
	case "rtl":
		b.rtl, b.mixed = true, true
	case "ltr":
		b.rtl = false
	}
	switch name := t.Data; name {
	case "center":
		b.align = Centre
	case "h1", "h2", "h3", "h4", "h5", "h6":
		b.kind, b.level = Heading, int(name[1]-'0')
		b.room(gapHeading)
	case "pre":
		b.pre = true
	case "blockquote":
		b.box = &Box{Parent: b.box, Kind: Quote, RTL: b.rtl, Indent: 1.11}
	case "ul", "ol", "menu":
		b.list = &list{ordered: name == "ol", next: 1}
		if n, err := strconv.Atoi(attr(t, "start")); err == nil {
			b.list.next = n
		}
		b.space = gapTight
	case "li":
		b.startItem(t)
	case "dt":
		b.kind = Term
	case "dd":
		b.box = &Box{Parent: b.box, Kind: Definition, RTL: b.rtl, Indent: 1.35}
	case "figcaption":
		b.kind = Caption
		if b.align == Start {
			b.align = Centre
		}
		b.gap = gapCaption
	case "details":
		b.startDetails(t)
	case "summary":
		if b.fold != nil && !b.fold.summary {
			b.kind = Summary
			b.openText(start, end)
		}
	case "table":
		b.startTable()
	case "tr":
		b.startRow(start, end)
	case "td", "th":
		b.startCell(t)
	case "caption":
		b.startCaption()
	}
}

func (b *builder) startItem(t nethtml.Token) {
	box := &Box{Parent: b.box, Kind: Item, RTL: b.rtl, Indent: 1.11, Marker: "•"}
	if l := b.list; l != nil && l.ordered {
		if n, err := strconv.Atoi(attr(t, "value")); err == nil {
			l.next = n
		}
		box.Marker = strconv.Itoa(l.next) + "."
		if l.next > 9 {
			box.Indent = 0.72 + 0.52*float32(len(box.Marker)-1)
		}
		l.next++
	}
	b.box = box
	b.marks = append(b.marks, box)
	b.seen = true
}

// startDetails opens what a click on its summary shows.
func (b *builder) startDetails(t nethtml.Token) {
	b.folds++
	_, open := lookup(t, "open")
	box := &Box{Parent: b.box, Kind: Details, RTL: b.rtl, Open: open, Key: detailsKey(b.unit.ID, b.folds)}
	if key := attr(t, keyAttribute); key != "" { // opened in a unit before
		box.Key = key
	}
	b.fold = &fold{box: box}
	b.box = box
	b.seen = true
}

func detailsKey(unit uint64, n int) string {
	return strconv.FormatUint(unit, 36) + "." + strconv.Itoa(n)
}

// keyAttribute carries the key of details into the units after the one that opens them.
const keyAttribute = "data-longhand-key"

// opened gives details a summary that have none.
func (b *builder) opened(p *Part) {
	f := b.fold
	if f == nil || f.summary || p.Kind == Summary {
		return
	}
	f.summary = true
	s := &Part{Kind: Summary, Box: f.box.Parent, Fold: f.box, RTL: b.rtl, Made: true, Top: b.gap, Start: p.Start, End: p.Start}
	s.Text = Text{S: "Details", Runs: []Run{{End: len("Details")}}, Map: []Stretch{{Len: len("Details"), Source: p.Start, Made: true}}}
	b.gap = gapTight
	*b.out = append(*b.out, s)
}

// endBlock ends what a block element meant.
func (b *builder) endBlock(e element) {
	switch e.name {
	case "table":
		b.endTable()
	case "td", "th":
		b.endCell(e.env.table)
	case "details":
		// What it holds may come in other units: its summary stands in the one that opens it.
		b.opened(&Part{Start: b.lastEnd()})
		b.room(e.env.space)
	case "summary":
		b.gap = gapBlock * 0.6
	case "tr", "thead", "tbody", "tfoot", "li":
		if e.name == "li" && len(b.marks) > 0 { // an item with nothing in it
			b.add(&Part{Kind: Paragraph, Box: b.box, RTL: b.rtl, Start: b.lastEnd(), End: b.lastEnd()})
		}
		b.marks = nil
	case "h1", "h2", "h3", "h4", "h5", "h6":
		b.gap = gapBelow
	default:
		b.room(e.env.space)
	}
}

// lastEnd is where the source of the last part ends.
func (b *builder) lastEnd() int {
	if n := len(*b.out); n > 0 {
		return (*b.out)[n-1].End
	}
	return 0
}
