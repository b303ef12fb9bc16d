package content

import (
	"sort"

	"longhand/editor/html"
	"longhand/editor/markdown"
	"longhand/editor/text"
)

// Page is what a text shows, followed through its edits. It belongs to one goroutine.
type Page struct {
	index *markdown.Index
	title string
	rtl   bool
	// trusted tells that all raw HTML gets into the page.
	trusted bool

	// effects are those of the units with HTML that reaches over its own unit, and
	// around what holds behind each of them.
	effects []placedEffect
	around  []surroundings
	version uint64 // of around; 0 as long as there is none
	notes   notes

	built map[uint64]*built
	clock uint64
	// empty are units that show nothing, whatever else the text has.
	empty map[uint64]struct{}
}

type placedEffect struct {
	n int // the unit's number
	effect
}

// built is a block with all that it depends on beside the unit's bytes.
type built struct {
	unit        markdown.Unit
	block       *Block
	around      string
	references  uint64
	noteVersion uint64
	labels      uint64
	colours     uint64
	rtl         bool
	trusted     bool
	asksRefs    bool
	asksNotes   bool
	used        uint64
}

// mostBuilt is how many blocks are kept, mostEmpty how many units are known to show nothing.
const (
	mostBuilt = 512
	mostEmpty = 100_000
)

// nothing is the block of units that show nothing.
var nothing = &Block{}

// NewPage returns the page of an empty text.
func NewPage() *Page {
	return &Page{index: markdown.NewIndex(text.Doc{}), built: map[uint64]*built{}, empty: map[uint64]struct{}{}}
}

// SetIndex follows the text. The units [from, to) stand where [from, was) stood; blocks of
// others may have changed as well, since they depend on more than their own source:
// ask for them again.
func (p *Page) SetIndex(x *markdown.Index) (from, to, was int) {
	from, to, was = x.Changed(p.index)
	p.index = x
	units := x.Units(from, to)
	p.follow(from, to, was, units)
	p.notes.follow(x, from, to, was, units)
	return from, to, was
}

// SetTitle tells the title and the base direction. The first heading is not shown if it
// says the title again.
func (p *Page) SetTitle(title string, rtl bool) {
	p.title, p.rtl = title, rtl
}

// SetTrusted tells whether all raw HTML gets into the page: else what is left out of it is
// labelled so.
func (p *Page) SetTrusted(trusted bool) { p.trusted = trusted }

// Index returns the index that is shown.
func (p *Page) Index() *markdown.Index { return p.index }

// CatchUp does what SetIndex left for later, and reports whether that changed anything.
func (p *Page) CatchUp() bool { return p.notes.catchUp(p.index) }

// follow brings the effects of HTML up to the units.
func (p *Page) follow(from, to, was int, units []markdown.Unit) {
	first := sort.Search(len(p.effects), func(i int) bool { return p.effects[i].n >= from })
	last := sort.Search(len(p.effects), func(i int) bool { return p.effects[i].n >= was })
	var fresh []placedEffect
	for i, u := range units {
		if u.Kind != markdown.HTMLBlock || u.End-u.Start > mostHTML {
			continue
		}
		if e := effectOf(u, p.index.Doc().Slice(u.Start, u.End)); !e.none() {
			fresh = append(fresh, placedEffect{from + i, e})
		}
	}
	if first == last && len(fresh) == 0 && to == was {
		return
	}
	effects := append(append([]placedEffect{}, p.effects[:first]...), fresh...)
	for _, e := range p.effects[last:] {
		e.n += to - was
		effects = append(effects, e)
	}
	p.effects = effects
	p.version++
	p.around = p.around[:0:0]
	var s surroundings
	for _, e := range effects {
		s = s.after(e.effect)
		p.around = append(p.around, s)
	}
}

// mostHTML is the size of a unit of HTML up to which it is read for what it leaves open.
const mostHTML = 1 << 20

// aroundUnit returns what a unit stands in.
func (p *Page) aroundUnit(n int) surroundings {
	i := sort.Search(len(p.effects), func(i int) bool { return p.effects[i].n >= n })
	if i == 0 {
		return nil
	}
	return p.around[i-1]
}

// OpenFold is details that a unit stands in: the key of their box, and whether they are open
// at first.
type OpenFold struct {
	Key  string
	Open bool
}

// DetailsAround returns the details that a unit stands in, from the outermost.
func (p *Page) DetailsAround(n int) []OpenFold {
	var folds []OpenFold
	for _, o := range p.aroundUnit(n) {
		if o.key != "" {
			folds = append(folds, OpenFold{o.key, o.open})
		}
	}
	return folds
}

// Unit returns a unit of the text.
func (p *Page) Unit(n int) markdown.Unit { return p.index.Units(n, n+1)[0] }

// Block returns what unit number n shows. It parses the unit unless that was done lately.
func (p *Page) Block(n int) *Block {
	u := p.Unit(n)
	s := p.aroundUnit(n)
	if _, ok := p.empty[u.ID]; ok && len(s) == 0 {
		return nothing
	}
	key := s.key()
	p.clock++
	if b := p.built[u.ID]; b != nil && p.holds(b, key) {
		b.used, b.unit = p.clock, u
		return b.block
	}
	b := &built{unit: u, around: key, references: p.index.References(), noteVersion: p.notes.version, labels: p.index.FootnoteLabels(), colours: p.index.ColourVersion(), rtl: p.rtl, trusted: p.trusted, used: p.clock}
	b.block = p.build(b, s)
	if b.block.none() && key == "" && !b.asksRefs && !b.asksNotes {
		if len(p.empty) >= mostEmpty {
			clear(p.empty)
		}
		p.empty[u.ID] = struct{}{}
		return nothing
	}
	p.built[u.ID] = b
	p.evict()
	return b.block
}

func (p *Page) holds(b *built, around string) bool {
	return b.around == around && b.rtl == p.rtl && b.trusted == p.trusted &&
		(!b.asksRefs || b.references == p.index.References()) &&
		(!b.asksNotes || b.noteVersion == p.notes.version && b.labels == p.index.FootnoteLabels()) &&
		(!b.block.Plain || b.colours == p.index.ColourVersion())
}

func (p *Page) build(b *built, s surroundings) *Block {
	tree := p.index.Parse(b.unit)
	b.asksRefs, b.asksNotes = tree.AsksReferences, tree.AsksFootnotes || b.unit.Footnotes
	builder := newBuilder(tree, b.unit, p, p.rtl)
	builder.trusted = p.trusted
	return builder.shows(s)
}

// SourcePart shows source that begins at an offset of its unit, under a label.
func SourcePart(s string, start int, label string) *Part {
	t := Text{S: s, Runs: []Run{{End: len(s)}}, Map: []Stretch{{Len: len(s), Source: start, SourceLen: len(s)}}}
	return &Part{Kind: Source, Label: label, Text: t, First: true, Last: true, Made: true, Start: start, End: start + len(s)}
}

// evict drops the blocks not used for longest.
func (p *Page) evict() {
	if len(p.built) <= 2*mostBuilt {
		return
	}
	for id, b := range p.built {
		if b.used+mostBuilt < p.clock {
			delete(p.built, id)
		}
	}
}

// TitleUnit returns the number of the unit whose heading is shown as the page's title, or
// -1.
func (p *Page) TitleUnit() int {
	n := p.index.UnitCount()
	for i := 0; i < min(n, 8); i++ {
		u := p.Unit(i)
		switch u.Kind {
		case markdown.FrontMatterBlock, markdown.ReferenceBlock, markdown.Blank:
			continue
		case markdown.HeadingBlock:
		default:
			return -1
		}
		parts := p.Block(i).Parts
		if len(parts) == 1 && parts[0].Kind == Heading && parts[0].Level == 1 && html.SameTitle(p.title, parts[0].Text.S) {
			return i
		}
		return -1
	}
	return -1
}

// number implements asker.
func (p *Page) number(label string) (number, references int) { return p.notes.number(label) }

// colours implements asker.
func (p *Page) colours(language, code string) ([]markdown.CodeSpan, bool) {
	return p.index.Colours(language, code)
}

// NotesVersion differs when footnotes have other numbers.
func (p *Page) NotesVersion() uint64 { return p.notes.version }

// PlacedNote is a footnote as it stands at the end of the page.
type PlacedNote struct {
	Note
	Unit int // that defines it
}

// Notes returns the footnotes that are referred to, in the order of their numbers.
func (p *Page) Notes() []PlacedNote {
	var out []PlacedNote
	var block *Block
	unit := -1
	for _, label := range p.notes.order {
		if n := p.notes.defined[label]; n != unit {
			unit, block = n, p.Block(n)
		}
		if i, ok := block.notes[label]; ok {
			out = append(out, PlacedNote{block.Notes[i], unit})
		}
	}
	return out
}

// Reference returns where in the text the n-th reference to a footnote stands, counted from 0
// as the ways back at its end are.
func (p *Page) Reference(label string, n int) (offset int, ok bool) {
	p.notes.references(func(unit int, m noteMark) {
		if m.label != label {
			return
		}
		if n == 0 {
			offset, ok = p.Unit(unit).Start+m.at, true
		}
		n--
	})
	return offset, ok
}
