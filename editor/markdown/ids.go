package markdown

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"golang.org/x/text/unicode/norm"
)

// headingIDs gives every heading an id that is unique in the document. An id
// written as {#id} wins. It also makes goldmark settle what it would otherwise
// compute while rendering, so that a Tree can be shared.
type headingIDs struct{}

// Transform implements parser.ASTTransformer. It runs last, when the text of
// headings is known without its markup.
func (headingIDs) Transform(root *ast.Document, reader text.Reader, _ parser.Context) {
	tree := &Tree{Source: reader.Source(), Root: root}
	var headings []*ast.Heading
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			headings = append(headings, n)
			return ast.WalkSkipChildren, nil
		case *ast.FencedCodeBlock:
			n.Language(tree.Source)
		}
		if n.Type() == ast.TypeInline {
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	used := newIDs(headings)
	for _, h := range headings {
		if _, own := h.AttributeString("id"); !own {
			h.SetAttributeString("id", []byte(used.unique(slug(tree.NodeText(h)))))
		}
	}
}

// ids counts for each name the number it was last given.
type ids map[string]int

// newIDs takes the ids that the author wrote; a repeated one gets a number.
func newIDs(headings []*ast.Heading) ids {
	used := ids{}
	for _, h := range headings {
		value, own := h.AttributeString("id")
		if !own {
			continue
		}
		id := strings.Join(strings.Fields(attributeText(value)), "-")
		if id == "" {
			id = slug("")
		}
		h.SetAttributeString("id", []byte(used.unique(id)))
	}
	return used
}

func (used ids) unique(name string) string {
	id := name
	for {
		if _, taken := used[id]; !taken {
			used[id] = 0
			return id
		}
		used[name]++
		id = name + "-" + strconv.Itoa(used[name])
	}
}

func attributeText(value any) string {
	switch v := value.(type) {
	case []byte:
		return strings.ToValidUTF8(string(v), "")
	case string:
		return strings.ToValidUTF8(v, "")
	}
	return ""
}

// slug keeps the letters, marks and digits of every script in lower case and
// turns what lies between them into single hyphens.
func slug(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(norm.NFC.String(s)) {
		switch {
		case r == unicode.ReplacementChar:
		case unicode.IsLetter(r), unicode.IsMark(r) && b.Len() > 0 && !gap, unicode.IsDigit(r), r == '_':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case r == '\'', r == '’', r == '\u200d', r == '\u200c':
			// An apostrophe or a joiner does not part a word.
		default:
			gap = true
		}
	}
	if b.Len() == 0 {
		return "section"
	}
	return b.String()
}
