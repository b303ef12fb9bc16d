package edits

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// cleanHTML leaves of a document what a writer wants of it.
func cleanHTML(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch c.Type {
		case html.CommentNode:
			n.RemoveChild(c)
		case html.TextNode:
			c.Data = plainSpaces.Replace(c.Data)
		case html.ElementNode:
			cleanElement(n, c)
		}
		c = next
	}
	wordLists(n)
}

var plainSpaces = strings.NewReplacer("\u00a0", " ", "\u200b", "", "\ufeff", "", "\u00ad", "", "\ue000", "")

// cleanElement cleans an element and what is in it; the element may give way to its
// children, or go.
func cleanElement(parent, n *html.Node) {
	style := styleOf(n)
	if hidden(n, style) {
		parent.RemoveChild(n)
		return
	}
	if n.DataAtom == atom.Input {
		if mark := boxMark(n); mark != "" {
			parent.InsertBefore(&html.Node{Type: html.TextNode, Data: mark}, n)
		}
		parent.RemoveChild(n)
		return
	}
	if code := editorCode(n, style); code != nil {
		parent.InsertBefore(code, n)
		parent.RemoveChild(n)
		return
	}
	cleanHTML(n)
	switch n.DataAtom {
	case atom.A:
		if !cleanLink(n) {
			unwrap(parent, n)
		}
	case atom.Img:
		if !cleanImage(n) {
			parent.RemoveChild(n)
		}
	case atom.B, atom.Strong:
		if light(style) || inHeading(n) || !hasContent(n) {
			unwrap(parent, n)
		}
	case atom.I, atom.Em:
		if style["font-style"] == "normal" || !hasContent(n) {
			unwrap(parent, n)
		}
	case atom.Del, atom.S, atom.Strike:
		if !hasContent(n) {
			unwrap(parent, n)
		}
	case atom.Table:
		if cell := onlyCell(n); cell != nil { // a frame around text
			n.DataAtom, n.Data, n.Attr = atom.Div, "div", nil
			for n.FirstChild != nil {
				n.RemoveChild(n.FirstChild)
			}
			moveChildren(cell, n)
		}
	case atom.Span, atom.Font:
		styledSpan(parent, n, style)
	case 0:
		if strings.Contains(n.Data, ":") { // o:p and the like of Word
			unwrap(parent, n)
		}
	}
}

// styleOf reads the declarations of a style attribute.
func styleOf(n *html.Node) map[string]string {
	style := map[string]string{}
	for declaration := range strings.SplitSeq(attr(n, "style"), ";") {
		name, value, ok := strings.Cut(declaration, ":")
		if ok {
			style[strings.ToLower(strings.TrimSpace(name))] = strings.ToLower(strings.TrimSpace(value))
		}
	}
	return style
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func setAttr(n *html.Node, name, value string) {
	for i := range n.Attr {
		if n.Attr[i].Key == name {
			n.Attr[i].Val = value
		}
	}
}

// hidden reports whether an element shows nothing, or nothing that can be pasted.
func hidden(n *html.Node, style map[string]string) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Meta, atom.Link, atom.Title, atom.Template, atom.Iframe, atom.Object,
		atom.Embed, atom.Noscript, atom.Svg, atom.Button, atom.Select, atom.Textarea, atom.Video, atom.Audio, atom.Canvas:
		return true
	}
	return hasAttr(n, "hidden") || style["display"] == "none" || style["visibility"] == "hidden" || style["mso-hide"] == "all" ||
		n.DataAtom == atom.A && attr(n, "aria-hidden") == "true" || strings.Contains(attr(n, "class"), "Apple-interchange-newline")
}

// boxMark returns what stands for a check box.
func boxMark(n *html.Node) string {
	switch {
	case !strings.EqualFold(attr(n, "type"), "checkbox"):
		return ""
	case hasAttr(n, "checked"):
		return tickedBox
	}
	return openBox
}

// bold and light tell what a font weight means, if the style has one.
func bold(style map[string]string) bool {
	weight, _ := strconv.Atoi(style["font-weight"])
	return weight >= 600 || strings.HasPrefix(style["font-weight"], "bold")
}

func light(style map[string]string) bool { return style["font-weight"] != "" && !bold(style) }

// styledSpan puts elements for what the style of a span means.
func styledSpan(parent, n *html.Node, style map[string]string) {
	var tags []atom.Atom
	if hasContent(n) {
		if bold(style) && !inHeading(n) && !within(n, atom.B, atom.Strong) {
			tags = append(tags, atom.Strong)
		}
		if style["font-style"] == "italic" && !within(n, atom.I, atom.Em) {
			tags = append(tags, atom.Em)
		}
		if strings.Contains(style["text-decoration"]+style["text-decoration-line"], "line-through") {
			tags = append(tags, atom.Del)
		}
	}
	for _, tag := range tags {
		e := &html.Node{Type: html.ElementNode, DataAtom: tag, Data: tag.String()}
		moveChildren(n, e)
		n.AppendChild(e)
	}
	unwrap(parent, n)
}

func within(n *html.Node, tags ...atom.Atom) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if slices.Contains(tags, p.DataAtom) && !light(styleOf(p)) {
			return true
		}
	}
	return false
}

func inHeading(n *html.Node) bool {
	return within(n, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6)
}

// hasContent reports whether an element shows text or a picture.
func hasContent(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.Type == html.TextNode && strings.TrimSpace(d.Data) != "" || d.DataAtom == atom.Img {
			return true
		}
	}
	return false
}

// unwrap puts the children of an element in its place.
func unwrap(parent, n *html.Node) {
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		parent.InsertBefore(c, n)
	}
	parent.RemoveChild(n)
}

func moveChildren(from, to *html.Node) {
	for c := from.FirstChild; c != nil; c = from.FirstChild {
		from.RemoveChild(c)
		to.AppendChild(c)
	}
}

// onlyCell returns the cell of a table that has just one.
func onlyCell(n *html.Node) *html.Node {
	var cell *html.Node
	for d := range n.Descendants() {
		if d.DataAtom == atom.Td || d.DataAtom == atom.Th {
			if cell != nil {
				return nil
			}
			cell = d
		}
	}
	return cell
}

// editorCode returns the code in what program editors copy, lines in a monospaced
// font, as an element, or nil.
func editorCode(n *html.Node, style map[string]string) *html.Node {
	if n.DataAtom != atom.Div || !strings.HasPrefix(style["white-space"], "pre") || !strings.Contains(style["font-family"], "mono") {
		return nil
	}
	var lines []string
	for c := range n.ChildNodes() {
		if c.Type == html.ElementNode {
			lines = append(lines, textIn(c))
		}
	}
	code := &html.Node{Type: html.ElementNode, DataAtom: atom.Code, Data: "code"}
	code.AppendChild(&html.Node{Type: html.TextNode, Data: strings.Join(lines, "\n")})
	if len(lines) < 2 {
		return code
	}
	pre := &html.Node{Type: html.ElementNode, DataAtom: atom.Pre, Data: "pre"}
	pre.AppendChild(code)
	return pre
}

func textIn(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
