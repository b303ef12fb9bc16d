package markdown

import (
	"context"

	"longhand/editor/text"
)

// Index tells of one version of a text where its blocks lie, and how each line looks. It is
// a value: what changes makes a new one, which shares most with the old. It may be used by several
// goroutines at once.
//
// It keeps no tree. The text is cut into units, which begin where goldmark's
// parser has nothing in its mind, so that each parses by itself as it does in
// the whole text; what the whole text defines (link references, footnotes) is kept
// beside them. After a change only the units around it are parsed again, up to the first
// that begins where an old one began. Lines are styled when they are asked for.
//
// While a part of a text is pending, its lines are styled as well as can be
// told. The lines of a block beyond 64 KB are styled from the text around them, see
// [Index.Line].
type Index struct {
	doc   text.Doc
	units units
	defs  *definitions
	links *links
	// body is where the Markdown begins, and seen how much of the text tells so.
	body, seen int
	cache      *cache
	colours    uint64 // the version of the colours of code that is known
}

// maxWork is how many bytes are parsed at once, and keyWork how many after an edit,
// where a key waits for it.
const (
	maxWork = 64 << 10
	keyWork = 12 << 10
)

// NewIndex begins the index of a text: it parses the first 64 KB.
func NewIndex(d text.Doc) *Index { return newIndex(d, newCache()) }

func newIndex(d text.Doc, c *cache) *Index {
	x := &Index{doc: d, cache: c, colours: c.version(), links: &links{}}
	x.body, x.seen = frontMatterOf(d)
	x.units = units{newChunk([]unit{x.unparsed(0, d.Len())})}
	var changes labelChanges
	x.cutFrontMatter(&changes)
	x.repairNear([]int{x.body}, &changes, nil)
	x.define(changes)
	return x
}

// unparsed is a pending unit for a part of the text.
func (x *Index) unparsed(start, end int) unit {
	return unit{
		id: x.cache.id(), flags: pending | headings | brackets | carets,
		size: uint32(end - start), breaks: uint32(x.doc.Line(end) - x.doc.Line(start)),
	}
}

// frontMatterOf is frontMatter for a text of which most is seldom needed.
func frontMatterOf(d text.Doc) (end, seen int) {
	head := d.Slice(0, min(d.Len(), maxFrontMatter+maxLine))
	end, seen = frontMatter(head)
	if seen == unclosed && len(head) < d.Len() {
		return frontMatter(d.String())
	}
	return end, seen
}

// cutFrontMatter gives the front matter its own unit.
func (x *Index) cutFrontMatter(changes *labelChanges) {
	first := x.units.at(place{})
	switch {
	case x.body > 0:
		p := x.units.findOffset(x.body)
		with := []unit{{
			id: x.cache.id(), kind: FrontMatterBlock,
			size: uint32(x.body), breaks: uint32(x.doc.Line(x.body)),
		}}
		if end := p.offset + int(x.units.at(p).size); p.offset < x.body {
			p = x.units.next(p)
			if x.body < end {
				with = append(with, x.unparsed(x.body, end))
			}
		}
		x.put(place{}, p, with, changes)
	case first.kind == FrontMatterBlock:
		x.put(place{}, x.units.next(place{}), []unit{x.unparsed(0, int(first.size))}, changes)
	}
}

// Pending reports whether there is something for Finish to do: text to parse, or
// code that Line was asked for and that is to be coloured.
func (x *Index) Pending() bool {
	_, some := x.units.firstWith(pending)
	return some || x.cache.wantsColours()
}

// Finish returns the index of the same text with everything parsed, and colours
// the code in the blocks that Line was asked for. It takes time in proportion to the text,
// and is made to run beside the main thread; x can be used and edited meanwhile. Changes
// that came in between are brought onto the result by Edit. When the
// context is done it returns x and the context's error.
func (x *Index) Finish(ctx context.Context) (*Index, error) {
	done := func() bool { return ctx.Err() != nil }
	y := *x
	var changes labelChanges
	y.repair(&changes, done)
	y.cache.lexWanted(done)
	if err := ctx.Err(); err != nil {
		return x, err
	}
	y.define(changes)
	y.colours = y.cache.version()
	return &y, nil
}
