package html

import (
	"bytes"
	"sync"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	goldhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"

	"longhand/editor/markdown"
)

// press is a renderer of goldmark's that draws one tree after another: to make one
// takes longer than to draw many a tree.
type press struct {
	renderer renderer.Renderer
	kind     pressKind
	drawing  *drawing // what is drawn now
}

// pressKind is what decides which nodes are drawn in our own way.
type pressKind struct{ page, textTables bool }

// presses are those that are free.
var presses sync.Map // from pressKind to *sync.Pool

// buffers are those that are free for what is made on the way to a page.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// maxFree is how large a buffer may be that is kept for the next page.
const maxFree = 1 << 20

// free gives a buffer back; nothing may use what is in it from then on.
func free(b *bytes.Buffer) {
	if b.Cap() <= maxFree {
		b.Reset()
		buffers.Put(b)
	}
}

// unbuffered is a buffer that goldmark puts no other in front of.
type unbuffered struct{ *bytes.Buffer }

func (unbuffered) Available() int { return 0 }
func (unbuffered) Buffered() int  { return 0 }
func (unbuffered) Flush() error   { return nil }

// print draws the tree, block by block.
func (d *drawing) print(out *bytes.Buffer) error {
	kind := pressKind{d.page, d.textTables}
	idle, ok := presses.Load(kind)
	if !ok {
		idle, _ = presses.LoadOrStore(kind, &sync.Pool{New: func() any {
			p := &press{kind: kind}
			p.renderer = markdown.Renderer(goldhtml.WithUnsafe(), renderer.WithNodeRenderers(util.Prioritized(p, 1))).Renderer()
			return p
		}})
	}
	pool := idle.(*sync.Pool)
	p := pool.Get().(*press)
	p.drawing = d
	out.Grow(len(d.tree.Source) + len(d.tree.Source)/2)
	var err error
	for n := d.tree.Root.FirstChild(); n != nil && err == nil; n = n.NextSibling() {
		d.begins = append(d.begins, out.Len())
		err = p.renderer.Render(unbuffered{out}, d.tree.Source, n)
	}
	p.drawing = nil
	pool.Put(p)
	return err
}

// drawer draws the nodes of a kind for a drawing.
type drawer func(d *drawing, w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error)

// RegisterFuncs implements renderer.NodeRenderer.
func (p *press) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	draw := func(kind ast.NodeKind, with drawer) {
		r.Register(kind, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
			return with(p.drawing, w, source, n, entering)
		})
	}
	draw(ast.KindHeading, (*drawing).heading)
	draw(ast.KindParagraph, (*drawing).paragraph)
	draw(ast.KindList, (*drawing).list)
	draw(ast.KindBlockquote, (*drawing).quote)
	draw(ast.KindImage, (*drawing).image)
	draw(ast.KindText, (*drawing).text)
	draw(ast.KindFencedCodeBlock, (*drawing).code)
	draw(ast.KindCodeBlock, (*drawing).indentedCode)
	draw(ast.KindHTMLBlock, (*drawing).htmlBlock)
	draw(ast.KindRawHTML, (*drawing).rawHTML)
	draw(extast.KindTableCell, (*drawing).cell)
	if p.kind.page {
		draw(extast.KindTaskCheckBox, (*drawing).box)
	} else {
		draw(extast.KindFootnoteLink, (*drawing).noteLink)
		draw(extast.KindFootnoteBacklink, (*drawing).noteBack)
		draw(extast.KindFootnoteList, (*drawing).notes)
	}
	if p.kind.textTables {
		draw(extast.KindTable, (*drawing).textTable)
	}
}
