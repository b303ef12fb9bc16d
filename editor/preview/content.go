package preview

import (
	"encoding/binary"
	"hash/maphash"
	"image"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"longhand/editor/html"
	"longhand/editor/markdown"
)

// Content is a page made ready to be shown. It is not changed after Prepare.
type Content struct {
	// ID names the article: content of the same article keeps the place read.
	ID     string
	blocks []block
}

// Empty is a page without anything on it.
func Empty() *Content { return &Content{} }

type kind uint8

const (
	paragraph kind = iota
	heading
	code
	list
	definition
	quote
	table
	picture
	rule
	htmlBlock
	kicker
	byline
	authorBox
	boxTitle
)

// block is one thing below another on the page.
type block struct {
	kind    kind
	spans   []span
	level   int       // of a heading
	items   [][]block // of a list, or the one of a quote
	markers []string  // of a list's items
	rows    [][][]span
	aligns  []extast.Alignment
	image   image.Image
	text    string // source of code and HTML, initials of an author
	tight   bool
}

// key tells blocks apart: what has the same key looks the same.
func (b *block) key() uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	b.hash(&h)
	return h.Sum64()
}

var seed = maphash.MakeSeed()

func (b *block) hash(h *maphash.Hash) {
	number := func(n int) {
		var buf [8]byte
		binary.LittleEndian.PutUint64(buf[:], uint64(n))
		h.Write(buf[:])
	}
	str := func(s string) {
		number(len(s))
		h.WriteString(s)
	}
	spans := func(spans []span) {
		number(len(spans))
		for _, s := range spans {
			maphash.WriteComparable(h, s)
		}
	}
	number(int(b.kind))
	number(b.level)
	spans(b.spans)
	str(b.text)
	str(strings.Join(b.markers, "\x00"))
	maphash.WriteComparable(h, b.tight)
	maphash.WriteComparable(h, b.image)
	number(len(b.rows))
	for _, row := range b.rows {
		number(len(row))
		for _, cell := range row {
			spans(cell)
		}
	}
	for _, a := range b.aligns {
		number(int(a))
	}
	number(len(b.items))
	for _, item := range b.items {
		number(len(item))
		for i := range item {
			item[i].hash(h)
		}
	}
}

// Prepare works out what the page holds. It reads pictures, and belongs on a
// goroutine of its own.
func Prepare(id string, page html.Page, pictures *Pictures) *Content {
	b := &builder{page: page, tree: page.Body, pictures: pictures}
	c := &Content{ID: id, blocks: b.header()}
	body := b.children(page.Body.Root)
	if len(body) > 0 && body[0].kind == heading && body[0].level == 1 && strings.EqualFold(plain(body[0].spans), page.Title) {
		body = body[1:]
	}
	c.blocks = append(append(c.blocks, body...), b.authors()...)
	return c
}

func plain(spans []span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.text)
	}
	return b.String()
}

// builder turns a tree into blocks.
type builder struct {
	page     html.Page
	tree     *markdown.Tree
	pictures *Pictures
}

func (b *builder) children(n ast.Node) []block {
	var out []block
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		out = append(out, b.block(c)...)
	}
	return out
}

func (b *builder) block(n ast.Node) []block {
	switch n := n.(type) {
	case *ast.Heading:
		return []block{{kind: heading, level: n.Level, spans: b.spans(n)}}
	case *ast.Paragraph, *ast.TextBlock, *extast.DefinitionTerm:
		return b.prose(n)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		return []block{{kind: code, text: strings.TrimRight(string(n.Lines().Value(b.tree.Source)), "\n")}}
	case *ast.Blockquote:
		return []block{{kind: quote, items: [][]block{b.children(n)}}}
	case *ast.List:
		return []block{b.list(n)}
	case *extast.DefinitionDescription:
		return []block{{kind: definition, items: [][]block{b.children(n)}}}
	case *extast.Table:
		return []block{b.table(n)}
	case *ast.ThematicBreak:
		return []block{{kind: rule}}
	case *ast.HTMLBlock:
		return b.html(n)
	case *extast.FootnoteList:
		return b.footnotes(n)
	}
	if n.Type() == ast.TypeBlock {
		return b.children(n)
	}
	return nil
}

func (b *builder) html(n *ast.HTMLBlock) []block {
	src := string(n.Lines().Value(b.tree.Source))
	if n.HasClosure() {
		src += string(n.ClosureLine.Value(b.tree.Source))
	}
	src = strings.TrimSpace(strings.ToValidUTF8(src, "\ufffd"))
	if strings.HasPrefix(src, "<!--") && strings.Index(src, "-->") == len(src)-len("-->") {
		return nil // a comment alone
	}
	return []block{{kind: htmlBlock, text: src}}
}

func (b *builder) list(n *ast.List) block {
	l := block{kind: list, tight: n.IsTight}
	number := n.Start
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		marker := "•"
		if n.IsOrdered() {
			marker = itoa(number) + "."
			number++
		}
		if box := taskBox(c); box != nil {
			marker = "☐"
			if box.IsChecked {
				marker = "☑"
			}
		}
		l.markers = append(l.markers, marker)
		l.items = append(l.items, b.children(c))
	}
	return l
}

func taskBox(item ast.Node) *extast.TaskCheckBox {
	if first := item.FirstChild(); first != nil {
		box, _ := first.FirstChild().(*extast.TaskCheckBox)
		return box
	}
	return nil
}

func (b *builder) table(n *extast.Table) block {
	t := block{kind: table, aligns: n.Alignments}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var cells [][]span
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			spans := b.spans(cell)
			if row == n.FirstChild() {
				for i := range spans {
					spans[i].bold = true
				}
			}
			cells = append(cells, spans)
		}
		t.rows = append(t.rows, cells)
	}
	return t
}

func (b *builder) footnotes(n *extast.FootnoteList) []block {
	notes := block{kind: list, tight: true}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if f, ok := c.(*extast.Footnote); ok {
			notes.markers = append(notes.markers, itoa(f.Index)+".")
			notes.items = append(notes.items, b.children(c))
		}
	}
	return []block{{kind: rule}, notes}
}

// prose is a paragraph, parted where pictures stand in it.
func (b *builder) prose(n ast.Node) []block {
	var out []block
	var spans []span
	flush := func() {
		if strings.TrimSpace(plain(spans)) != "" {
			out = append(out, block{kind: paragraph, spans: spans})
		}
		spans = nil
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		img := onlyImage(c)
		if img == nil {
			spans = b.inline(c, span{}, spans)
			continue
		}
		flush()
		out = append(out, b.picture(img))
	}
	flush()
	return out
}

// onlyImage returns the picture that n is, or that is all a link holds.
func onlyImage(n ast.Node) *ast.Image {
	switch n := n.(type) {
	case *ast.Image:
		return n
	case *ast.Link:
		if n.ChildCount() == 1 {
			img, _ := n.FirstChild().(*ast.Image)
			return img
		}
	}
	return nil
}

func (b *builder) picture(n *ast.Image) block {
	alt := b.tree.NodeText(n)
	caption := string(n.Title)
	img, err := b.pictures.load(b.page.Files, string(n.Destination))
	if err != nil {
		text := "Picture: " + string(n.Destination) + " (" + err.Error() + ")"
		if alt != "" {
			text = alt + " (" + err.Error() + ")"
		}
		return block{kind: picture, spans: []span{{text: text, italic: true}}}
	}
	p := block{kind: picture, image: img}
	if caption != "" {
		p.spans = []span{{text: caption, italic: true}}
	}
	return p
}
