package edits

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// betweenMarks keeps marks apart that stand next to each other while the HTML is
// converted, for the converter would take them for one.
const betweenMarks = "\ue000\ue003"

// htmlMark returns the kind of mark that an element stands for.
func htmlMark(n *html.Node) (spanKind, bool) {
	switch {
	case n == nil || n.Type != html.ElementNode:
	case n.DataAtom == atom.B || n.DataAtom == atom.Strong:
		return strong, true
	case n.DataAtom == atom.I || n.DataAtom == atom.Em:
		return emphasis, true
	case n.DataAtom == atom.Del || n.DataAtom == atom.S || n.DataAtom == atom.Strike:
		return strike, true
	}
	return 0, false
}

// settleMarks moves white space at the ends of marked text out of the marks, and
// punctuation where Markdown could not tell the marks from stars.
func settleMarks(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		settleMarks(c)
		if kind, ok := htmlMark(c); ok {
			hoist(n, c, edgeOf(c.PrevSibling, true), true)
			hoist(n, c, edgeOf(c.NextSibling, false), false)
			if !hasContent(c) {
				unwrap(n, c)
			} else if other, ok := htmlMark(c.NextSibling); ok && other != kind {
				n.InsertBefore(&html.Node{Type: html.TextNode, Data: betweenMarks}, c.NextSibling)
			}
		}
		c = next
	}
}

// edgeOf returns the last or the first character of what stands next to an element;
// a space at the edge of a paragraph.
func edgeOf(n *html.Node, last bool) rune {
	if n == nil {
		return ' '
	}
	s := n.Data
	if n.Type == html.ElementNode {
		s = textIn(n)
	}
	if s == "" {
		return ' '
	}
	r, _ := utf8.DecodeRuneInString(s)
	if last {
		r, _ = utf8.DecodeLastRuneInString(s)
	}
	return r
}

// hoist moves what may not stand at one end of an element out of it, given the
// character on the other side of that end.
func hoist(parent, n *html.Node, outside rune, front bool) {
	var end *html.Node // the text at that end
	for d := range n.Descendants() {
		if d.Type == html.TextNode && d.Data != "" {
			if end = d; front {
				break
			}
		}
	}
	if end == nil {
		return
	}
	within := func(r rune) bool { return !unicode.IsSpace(r) }
	if !unicode.IsSpace(outside) && !isMark(outside) {
		within = func(r rune) bool { return !unicode.IsSpace(r) && !isMark(r) }
	}
	if front {
		at := strings.IndexFunc(end.Data, within)
		if at > 0 {
			parent.InsertBefore(&html.Node{Type: html.TextNode, Data: end.Data[:at]}, n)
			end.Data = end.Data[at:]
		}
		return
	}
	at := strings.LastIndexFunc(end.Data, within)
	if at < 0 {
		return
	}
	_, size := utf8.DecodeRuneInString(end.Data[at:])
	if at += size; at < len(end.Data) {
		parent.InsertBefore(&html.Node{Type: html.TextNode, Data: end.Data[at:]}, n.NextSibling)
		end.Data = end.Data[:at]
	}
}
