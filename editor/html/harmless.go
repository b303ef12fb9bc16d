package html

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"longhand/editor/markdown"
)

// harmless reports whether the tree's HTML needs no cleaning: all of it is what the
// renderer writes by itself, and its addresses lead nowhere that a page may not lead.
// Most articles are of this kind, and cleaning takes as long as rendering.
func harmless(tree *markdown.Tree) bool {
	if bytes.ContainsAny(tree.Source, "\r\f\x00") || !utf8.Valid(tree.Source) {
		return false // which the cleaning makes plain
	}
	ok := true
	_ = ast.Walk(tree.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.RawHTML:
			ok = plainHTML(n.Segments.Value(tree.Source))
		case *ast.HTMLBlock:
			text := n.Lines().Value(tree.Source)
			if n.HasClosure() {
				text = append(text, n.ClosureLine.Value(tree.Source)...)
			}
			ok = plainHTML(text)
		case *ast.Link:
			ok = plainAddress(n.Destination)
		case *ast.Image:
			ok = plainAddress(n.Destination)
		case *ast.AutoLink:
			ok = plainAddress(n.URL(tree.Source))
		}
		for _, a := range n.Attributes() { // {style=…} after a heading
			ok = ok && string(a.Name) == "id" && plainID(a.Value)
		}
		if !ok {
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	return ok
}

// plainHTML reports whether raw HTML is nothing but a line break or a comment, which is left
// out wherever it stands.
func plainHTML(text []byte) bool {
	text = bytes.Trim(text, " \n")
	comment, opened := bytes.CutPrefix(text, []byte("<!--"))
	if !opened {
		return string(text) == "<br>"
	}
	comment, closed := bytes.CutSuffix(comment, []byte("-->"))
	// A browser ends a comment at these as well.
	return closed && !bytes.HasPrefix(comment, []byte(">")) && !bytes.HasPrefix(comment, []byte("->")) &&
		!bytes.Contains(comment, []byte("-->")) && !bytes.Contains(comment, []byte("--!>")) && !bytes.HasSuffix(comment, []byte("<!-"))
}

// plainAddress reports whether the cleaning would leave an address as it is.
func plainAddress(destination []byte) bool {
	if len(destination) == 0 {
		return false
	}
	if isUsualAddress(string(destination)) {
		return true
	}
	for _, c := range destination {
		if c <= ' ' || c >= 0x7f || strings.IndexByte("\\\"<>`{}|^'", c) >= 0 {
			return false
		}
	}
	address := string(util.URLEscape(destination, true))
	u, err := url.Parse(address)
	if err != nil || u.String() != address || !hostName.MatchString(u.Host) {
		return false
	}
	return u.Scheme == "" && !strings.HasPrefix(address, "//") || slices.Contains(schemes, u.Scheme) && (u.Host != "" || u.Scheme == "mailto" && u.Opaque != "")
}

// isUsualAddress is true of most addresses of which plainAddress is, and quick: what net/url
// would take apart and put together again as it was.
func isUsualAddress(address string) bool {
	rest, host := "", ""
	if web, ok := strings.CutPrefix(address, "https://"); ok {
		end := strings.IndexAny(web, "/#")
		if end < 0 {
			end = len(web)
		}
		host, rest = web[:end], web[end:]
		if host == "" {
			return false
		}
	} else {
		rest = address
		if strings.HasPrefix(rest, "//") {
			return false
		}
	}
	for i := range len(host) {
		if c := host[i]; !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.') {
			return false
		}
	}
	path, fragment, cut := strings.Cut(rest, "#")
	return isPlainPath(path) && (!cut || fragment != "" && !strings.Contains(fragment, "#") && isPlainPath("f"+fragment))
}

// plainID reports whether the cleaning would leave an id as it is.
func plainID(value any) bool {
	id, ok := value.([]byte)
	if !ok || len(id) == 0 {
		return false
	}
	return !strings.ContainsFunc(string(id), func(r rune) bool { return r <= ' ' || r == 0xfffd || r == 0x85 || r == 0xa0 })
}
