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

// print draws the tree.
func (d *drawing) print() ([]byte, error) {
	kind := pressKind{d.page, d.textTables}
	free, ok := presses.Load(kind)
	if !ok {
		free, _ = presses.LoadOrStore(kind, &sync.Pool{New: func() any {
			p := &press{kind: kind}
			p.renderer = markdown.Renderer(goldhtml.WithUnsafe(), renderer.WithNodeRenderers(util.Prioritized(p, 1))).Renderer()
			return p
		}})
	}
	pool := free.(*sync.Pool)
	p := pool.Get().(*press)
	p.drawing = d
	var b bytes.Buffer
	b.Grow(len(d.tree.Source) + len(d.tree.Source)/2)
	err := p.renderer.Render(&b, d.tree.Source, d.tree.Root)
	p.drawing = nil
	pool.Put(p)
	return b.Bytes(), err
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
