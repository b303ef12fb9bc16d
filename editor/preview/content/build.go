package content

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"longhand/editor/markdown"
)

// Room between parts, in em.
const (
	gapBlock   = 0.92 // between paragraphs and the like
	gapLoose   = 0.55 // between the items of a loose list, and within one
	gapTight   = 0.14 // between the items of a tight list
	gapHeading = 1.5  // above a heading
	gapBelow   = 0.32 // below a heading
	gapRule    = 1.5  // around a thematic break
	gapCaption = 0.5
	gapAuthors = 1.7
	gapNote    = 0.35
)

// builder makes the parts of one unit.
type builder struct {
	env
	unit   markdown.Unit
	tree   *markdown.UnitTree
	source []byte
	ask    asker
	block  *Block
	mixed  bool // there may be text from right to left

	w     *writer // of the part under way; nil for none
	part  *Part
	state state
	open  []element // of raw HTML
	base  int       // of open: those that raw HTML here may close
	// most is how many elements may be open, and deeper how many more there are of a name
	// in the innermost.
	most   int
	deeper map[string]int
	gap    float32  // before the next part
	marks  []*Box   // whose markers are to stand at the next part
	ids    []string // of what comes next
	group  int
	seen   bool // the HTML under way has an effect
	html   bool // HTML is under way: its parts are told by what they say
	// trusted tells that all raw HTML gets into the page.
	trusted bool
	folds   int // details so far
}

// env is what block elements set for what is in them.
type env struct {
	kind  Kind
	level int
	align Align
	rtl   bool
	pre   bool
	box   *Box
	space float32 // between blocks
	fold  *fold
	table *tableBuilder
	list  *list
	// inCell tells that it is all within a row.
	inCell bool
	out    *[]*Part
}

// list is a list of raw HTML.
type list struct {
	ordered bool
	next    int
}

// asker answers what a unit depends on beside its source.
type asker interface {
	// number returns the number of a footnote, and how often it is referred to.
	number(label string) (number, references int)
	colours(language, code string) (spans []markdown.CodeSpan, done bool)
}

func newBuilder(t *markdown.UnitTree, u markdown.Unit, ask asker, rtl bool) *builder {
	b := &builder{unit: u, tree: t, source: t.Source, ask: ask, block: &Block{}, most: mostOpen, mixed: rtl || mayBeRTL(t.Source)}
	b.env = env{kind: Paragraph, space: gapBlock, rtl: rtl, out: &b.block.Parts}
	return b
}

// room asks for room before the next part; the larger wish counts.
func (b *builder) room(em float32) { b.gap = max(b.gap, em) }

// begin opens a part for text, which is made from source bytes [start, end).
func (b *builder) begin(kind Kind, start, end int) *Part {
	b.end()
	p := &Part{Kind: kind, Level: b.level, Align: b.align, RTL: b.rtl, Box: b.box, Start: start, End: end}
	b.part, b.w = p, &writer{}
	return p
}

// end closes the part under way. One without text is dropped, unless an item's marker
// needs it.
func (b *builder) end() {
	p, w := b.part, b.w
	b.part, b.w = nil, nil
	if p == nil {
		return
	}
	p.Text = w.done()
	if p.Text.S == "" {
		return
	}
	if strings.HasSuffix(p.Text.S, "\n") {
		p.Text = p.Text.slice(0, len(p.Text.S)-1)
	}
	if p.Text.S == "" {
		return
	}
	if m := p.Text.Map; b.html && len(m) > 0 {
		p.Start, p.End = m[0].Source, m[len(m)-1].Source+m[len(m)-1].SourceLen
	}
	switch {
	case p.Kind == Code || p.Kind == Source:
		p.RTL = false
	case b.mixed:
		p.RTL = direction(p.Text.S, b.rtl)
	}
	b.add(p)
}

// add appends a part.
func (b *builder) add(p *Part) {
	b.seen = true
	b.opened(p)
	p.Top, b.gap = b.gap, 0
	p.Marked, b.marks = b.marks, nil
	p.IDs, b.ids = append(b.ids, p.IDs...), nil
	*b.out = append(*b.out, p.split()...)
}

// shows builds what the whole tree shows within surroundings. If that fails it is the source:
// better than nothing at all.
func (b *builder) shows(s surroundings) (block *Block) {
	box := b.box
	defer func() {
		if recover() != nil {
			p := SourcePart(strings.TrimRight(string(b.source), "\n"), 0, "Could not be shown")
			p.Box = box
			block = &Block{Parts: p.split()}
			share(block.Parts)
		}
	}()
	b.enter(s)
	b.children(b.tree.Root)
	return b.finish()
}

func (b *builder) finish() *Block {
	b.end()
	b.popTo(0)
	b.block.ids = b.ids
	share(b.block.Parts)
	fromLines(b.source, b.block.Parts)
	for _, n := range b.block.Notes {
		share(n.Parts)
		fromLines(b.source, n.Parts)
	}
	return b.block
}

// fromLines has parts begin where their first line does: what stands before them there is
// their markers.
func fromLines(source []byte, parts []*Part) {
	end := 0
	for _, p := range parts {
		from := max(end-1, 0) // no line that begins before end is looked for
		if at := min(p.Start, len(source)); p.End > p.Start && at >= from {
			if i := bytes.LastIndexByte(source[from:at], '\n'); i >= 0 || end == 0 {
				p.Start = from + i + 1
			}
		}
		end = max(end, p.End)
	}
}

// share notes which boxes each part has in common with the one before.
func share(parts []*Part) {
	var before []*Box
	for _, p := range parts {
		var chain []*Box
		for b := p.Box; b != nil; b = b.Parent {
			chain = append(chain, b)
		}
		slices.Reverse(chain)
		for p.Shared < min(len(chain), len(before)) && chain[p.Shared] == before[p.Shared] {
			p.Shared++
		}
		before = chain
	}
}

func (b *builder) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		b.node(c)
	}
}

// within builds the children of a container: raw HTML opened in it ends with it.
func (b *builder) within(n ast.Node) {
	was, base := b.env, b.base
	b.base = len(b.open)
	b.children(n)
	b.end()
	b.popTo(b.base)
	b.base, b.env = base, was
}

func (b *builder) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		b.paragraph(n)
	case *ast.Heading:
		b.heading(n)
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		b.code(n)
	case *ast.Blockquote:
		b.inBox(n, &Box{Kind: Quote, Indent: 1.11}, gapBlock)
	case *ast.List:
		b.listOf(n)
	case *ast.ThematicBreak:
		b.end()
		start, end := b.tree.Span(n)
		b.addRule(start, end)
	case *ast.HTMLBlock:
		b.htmlBlock(n)
	case *extast.Table:
		b.markdownTable(n)
	case *extast.DefinitionTerm:
		start, end := b.tree.Span(n)
		b.begin(Term, start, end)
		b.inlines(n)
		b.end()
	case *extast.DefinitionDescription:
		b.gap = gapTight
		b.inBox(n, &Box{Kind: Definition, Indent: 1.35}, b.spaceOf(n.IsTight))
		b.room(b.space)
	case *extast.Footnote:
		b.note(n)
	default:
		if n.Type() == ast.TypeBlock {
			b.children(n)
		}
	}
}

func (b *builder) spaceOf(tight bool) float32 {
	if tight {
		return gapTight
	}
	return gapLoose
}

// inBox builds a container in a box, with the given room between the blocks in it.
func (b *builder) inBox(n ast.Node, box *Box, space float32) {
	b.end()
	outer := b.space
	was := b.env
	box.Parent = b.box
	if box.Kind == Quote {
		b.rtl = b.directionOf(n)
	}
	box.RTL = b.rtl
	b.box, b.space = box, space
	b.within(n)
	b.env = was
	b.room(outer)
}

func (b *builder) paragraph(n ast.Node) {
	if pic, link := lonePicture(n); pic != nil {
		b.figure(pic, link)
		return
	}
	b.end()
	start, end := b.tree.Span(n)
	b.begin(b.kind, start, end)
	b.inlines(n)
	b.end()
	b.room(b.space)
}

func (b *builder) heading(n *ast.Heading) {
	b.end()
	b.room(gapHeading)
	start, end := b.tree.Span(n)
	level := b.level
	b.level = n.Level
	b.begin(Heading, start, end)
	b.level = level
	b.inlines(n)
	b.end()
	b.gap = gapBelow
}

func (b *builder) listOf(n *ast.List) {
	b.end()
	was := b.env
	outer := b.space
	b.rtl = b.directionOf(n)
	space := b.spaceOf(n.IsTight)
	number := n.Start
	indent := float32(1.11)
	if n.IsOrdered() {
		indent = 1.3
		if digits := len(strconv.Itoa(n.Start + n.ChildCount())); digits > 1 || n.Start > 9 {
			indent = 0.72 + 0.52*float32(digits)
		}
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		box := &Box{Parent: was.box, Kind: Item, RTL: b.rtl, Indent: indent, Marker: "•"}
		if n.IsOrdered() {
			box.Marker = strconv.Itoa(number) + string(n.Marker)
			number++
		}
		if task := taskBox(c); task != nil {
			box.Marker = ""
			box.Task = &Task{Done: task.IsChecked, Offset: b.taskOffset(c)}
		}
		b.room(space)
		b.box, b.space = box, space
		b.marks = append(b.marks, box)
		before := len(*b.out)
		b.within(c)
		if len(*b.out) == before && len(b.marks) > 0 { // nothing in it: the marker stands alone
			start, end := b.tree.Span(c)
			b.add(&Part{Kind: Paragraph, Box: box, RTL: b.rtl, Start: start, End: end})
		}
		b.env.box, b.env.space = was.box, outer
	}
	b.env = was
	b.room(outer)
}

func taskBox(item ast.Node) *extast.TaskCheckBox {
	if first := item.FirstChild(); first != nil {
		box, _ := first.FirstChild().(*extast.TaskCheckBox)
		return box
	}
	return nil
}

// taskOffset returns where the box of an item's task begins.
func (b *builder) taskOffset(item ast.Node) int {
	start, end := b.tree.Span(item)
	if i := strings.IndexByte(string(b.source[start:end]), '['); i >= 0 {
		return start + i
	}
	return start
}
