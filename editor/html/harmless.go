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

// clean takes in what was drawn, cleaned from the first block that needs it to the last:
// what is open at the end of one block may be closed in another. Most articles have no such
// block, and cleaning takes as long as drawing.
func (f *finisher) clean(d *drawing, drawn []byte) {
	from, to := harmful(d.tree)
	if from == to {
		f.finishOwn(drawn)
		return
	}
	begins := append(d.begins, len(drawn))
	f.finishOwn(drawn[:begins[from]])
	f.finish(policy().SanitizeBytes(drawn[begins[from]:begins[to]]))
	f.finishOwn(drawn[begins[to]:])
}

// harmful returns which blocks of the top level need cleaning, from the first to the one
// before the second; both are 0 if none does.
func harmful(tree *markdown.Tree) (from, to int) {
	all := bytes.ContainsAny(tree.Source, "\r\f\x00") || !utf8.Valid(tree.Source) // which the cleaning makes plain
	i := 0
	for n := tree.Root.FirstChild(); n != nil; n = n.NextSibling() {
		if all || !harmless(tree, n) {
			if to == 0 {
				from = i
			}
			to = i + 1
		}
		i++
	}
	return from, to
}

// harmless reports whether a block's HTML needs no cleaning: all of it is what the
// renderer writes by itself, and its addresses lead nowhere that a page may not lead.
func harmless(tree *markdown.Tree, block ast.Node) bool {
	ok := true
	_ = ast.Walk(block, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
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
