package preview

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

func itoa(n int) string { return strconv.Itoa(n) }

// spans is the running text below a node.
func (b *builder) spans(n ast.Node) []span {
	var out []span
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		out = b.inline(c, span{}, out)
	}
	return out
}

// inline appends the text of an inline node, in the style around it.
func (b *builder) inline(n ast.Node, style span, out []span) []span {
	switch n := n.(type) {
	case *ast.Emphasis:
		if n.Level == 2 {
			style.bold = true
		} else {
			style.italic = true
		}
	case *extast.Strikethrough:
		style.struck = true
	case *ast.Link:
		style.link = string(n.Destination)
	case *ast.AutoLink:
		style.link = string(n.URL(b.tree.Source))
		if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(style.link, "mailto:") {
			style.link = "mailto:" + style.link
		}
	case *ast.CodeSpan:
		style.code = true
	case *ast.Image:
		style.italic = true
		style.text = b.tree.NodeText(n)
		return put(out, style)
	case *extast.FootnoteLink:
		style.raised, style.text, style.link = true, itoa(n.Index), ""
		return put(out, style)
	case *ast.RawHTML:
		return b.rawHTML(n, style, out)
	}
	if text, ok := b.tree.Leaf(n); ok {
		style.text = text
		if !style.code {
			style.text = strings.ReplaceAll(text, "\n", " ")
		}
		out = put(out, style)
		if t, ok := n.(*ast.Text); ok {
			if style.text = b.tree.LineBreak(t); style.text != "" {
				out = put(out, style)
			}
		}
		return out
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		out = b.inline(c, style, out)
	}
	return out
}

// put appends a span, or lengthens the last one if it has the same style.
func put(out []span, s span) []span {
	if s.text == "" {
		return out
	}
	if n := len(out); n > 0 {
		last := out[n-1]
		last.text = s.text
		if last == s {
			out[n-1].text += s.text
			return out
		}
	}
	return append(out, s)
}

// rawHTML shows a line break as one and a picture by its text, and leaves other
// tags out; what they hold is text of its own.
func (b *builder) rawHTML(n *ast.RawHTML, style span, out []span) []span {
	tag := strings.ToLower(string(n.Segments.Value(b.tree.Source)))
	if strings.HasPrefix(tag, "<br") {
		style.text = "\n"
		return put(out, style)
	}
	if strings.HasPrefix(tag, "<img") {
		style.italic, style.text = true, "picture"
		if m := altText.FindSubmatch(n.Segments.Value(b.tree.Source)); m != nil {
			style.text = string(m[1])
		}
		return put(out, style)
	}
	return out
}

var altText = regexp.MustCompile(`(?i)\balt="([^"]+)"`)
