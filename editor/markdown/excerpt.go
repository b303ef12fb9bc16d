package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// Excerpts of nearly all articles are found in the first of these many bytes;
// the second is for those that open with code or tables.
var excerptSizes = [...]int{4 << 10, 32 << 10}

// Excerpt returns the first words of prose in source, at most max runes with
// the "…" that marks a cut. Headings, pictures, code, tables, HTML and footnotes
// are passed over. It is "" when there is no prose near the beginning.
func Excerpt(source []byte, max int) string {
	for _, size := range excerptSizes {
		if s := prose(head(source, size), max+1); s != "" {
			return cut(s, max)
		}
		if len(source) <= size {
			break
		}
	}
	return ""
}

// head cuts source at the last line end within size bytes.
func head(source []byte, size int) []byte {
	if len(source) <= size {
		return source
	}
	if i := bytes.LastIndexByte(source[:size], '\n'); i > 0 {
		return source[:i+1]
	}
	return source[:size]
}

// prose gathers at least enough runes of running text, if there are as many.
func prose(source []byte, enough int) string {
	tree := Parse(source)
	w := &textWriter{source: source, prose: true}
	for n := tree.Root.FirstChild(); n != nil && utf8.RuneCountInString(w.out.String()) < enough; n = n.NextSibling() {
		_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			switch n.Kind() {
			case ast.KindHeading, ast.KindCodeBlock, ast.KindFencedCodeBlock, ast.KindHTMLBlock,
				extast.KindTable, extast.KindFootnoteList:
				return ast.WalkSkipChildren, nil
			}
			return w.visit(n, entering)
		})
	}
	return strings.Join(strings.Fields(strings.ToValidUTF8(w.out.String(), "\ufffd")), " ")
}

// cut shortens s to at most max runes at the end of a word.
func cut(s string, max int) string {
	if max <= 0 {
		return ""
	}
	runes := []rune(s)
	if len(runes) <= max {
		return s
	}
	end := max - 1 // room for the ellipsis
	for end > 0 && !wordEnd(runes[end-1], runes[end]) {
		end--
	}
	if end == 0 { // one endless word
		end = max - 1
	}
	trimmed := strings.TrimRightFunc(string(runes[:end]), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",;:–—-、，；：،؛", r)
	})
	return trimmed + "…"
}

func wordEnd(before, after rune) bool {
	if unicode.IsMark(after) || after == '\u200d' || before == '\u200d' {
		return false
	}
	return unicode.IsSpace(after) || unicode.IsSpace(before) || ideograph(before) || ideograph(after)
}
