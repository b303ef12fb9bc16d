package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// Heading is a heading at any depth of the tree.
type Heading struct {
	Level  int    // 1 to 6
	Text   string // without markup
	ID     string // unique in the document, never empty
	Offset int    // where its first line begins to say something
}

// Picture is a picture written in Markdown. Raw HTML is not looked into.
type Picture struct {
	Destination string // as written, entities and escapes resolved
	Alt, Title  string
	Offset      int // of "!["
}

// Hyperlink is a link or bare address. Raw HTML is not looked into.
type Hyperlink struct {
	Destination string // as written, entities and escapes resolved; with "mailto:" for mail
	Text, Title string
	Offset      int // of "[" or of the address
}

// Outline returns the headings in source order.
func (t *Tree) Outline() []Heading {
	var headings []Heading
	t.each(func(n ast.Node) {
		h, ok := n.(*ast.Heading)
		if !ok {
			return
		}
		id, _ := h.AttributeString("id")
		headings = append(headings, Heading{
			Level: h.Level, Text: t.NodeText(h), ID: attributeText(id), Offset: t.clamp(firstOffset(h)),
		})
	})
	return headings
}

// Pictures returns the pictures in the order of the tree: footnotes last.
func (t *Tree) Pictures() []Picture {
	var pictures []Picture
	t.each(func(n ast.Node) {
		if i, ok := n.(*ast.Image); ok {
			pictures = append(pictures, Picture{
				Destination: unescape(i.Destination), Alt: t.NodeText(i), Title: unescape(i.Title),
				Offset: t.clamp(i.Pos()),
			})
		}
	})
	return pictures
}

// Links returns the links in the order of the tree: footnotes last.
func (t *Tree) Links() []Hyperlink {
	var links []Hyperlink
	t.each(func(n ast.Node) {
		switch n := n.(type) {
		case *ast.Link:
			links = append(links, Hyperlink{
				Destination: unescape(n.Destination), Text: t.NodeText(n), Title: unescape(n.Title),
				Offset: t.clamp(n.Pos()),
			})
		case *ast.AutoLink:
			links = append(links, Hyperlink{
				Destination: autoDestination(n, t.Source), Text: string(n.Label(t.Source)),
				Offset: t.labelOffset(n),
			})
		}
	})
	return links
}

// Destinations calls visit with where each link of Links leads and its offset.
func (t *Tree) Destinations(visit func(destination string, offset int)) {
	t.each(func(n ast.Node) {
		switch n := n.(type) {
		case *ast.Link:
			visit(unescape(n.Destination), t.clamp(n.Pos()))
		case *ast.AutoLink:
			visit(autoDestination(n, t.Source), t.labelOffset(n))
		}
	})
}

// labelOffset steps over the "<" or the space that goldmark counts as part of
// a bare address.
func (t *Tree) labelOffset(n *ast.AutoLink) int {
	at := t.clamp(n.Pos())
	if i := bytes.Index(t.Source[at:], n.Label(t.Source)); i == 1 {
		return at + 1
	}
	return at
}

func autoDestination(n *ast.AutoLink, source []byte) string {
	url := string(n.URL(source))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(url), "mailto:") {
		return "mailto:" + url
	}
	return url
}

func (t *Tree) each(visit func(ast.Node)) {
	_ = ast.Walk(t.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			visit(n)
		}
		return ast.WalkContinue, nil
	})
}

func (t *Tree) clamp(offset int) int {
	return min(max(offset, 0), len(t.Source))
}
