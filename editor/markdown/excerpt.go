package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// Excerpts of most articles are found in the first of these many bytes; the others
// are for those that open with headings, pictures, code or tables.
var excerptSizes = [...]int{1 << 10, 4 << 10, 32 << 10}

// Excerpt returns the first words of prose in source, at most max runes with
// the "…" that marks a cut. Headings, pictures, code, tables, HTML and footnotes
// are passed over. It is "" when there is no prose near the beginning.
func Excerpt(source []byte, max int) string {
	best := ""
	for _, size := range excerptSizes {
		s := prose(withDefinitions(source, size), max+1)
		if s != "" {
			best = s
		}
		// Half a paragraph may be the end of what was looked at, not of the text.
		if len(source) <= size || utf8.RuneCountInString(s) > max || s != "" && size > 1<<10 {
			break
		}
	}
	return Shorten(best, max)
}

// withDefinitions is the head of source with the link references of the rest, which
// stand at the end of many a text.
func withDefinitions(source []byte, size int) []byte {
	first := head(source, size)
	rest := source[len(first):]
	rest = rest[:min(len(rest), excerptSizes[len(excerptSizes)-1])]
	if !bytes.Contains(rest, []byte("]:")) || !bytes.Contains(first, []byte("[")) {
		return first
	}
	out := append(first[:len(first):len(first)], "\n\n"...)
	for line := range bytes.Lines(rest) {
		label := bytes.TrimLeft(line, " ")
		if len(line)-len(label) <= 3 && len(label) > 1 && label[0] == '[' && label[1] != '^' && bytes.Contains(label, []byte("]:")) {
			out = append(out, line...)
		}
	}
	return out
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
	return Parse(source).prose(enough)
}

// Excerpt is [Excerpt] of a text that is parsed already; it may be found further below.
func (t *Tree) Excerpt(max int) string { return Shorten(t.prose(max+1), max) }

func (t *Tree) prose(enough int) string {
	w := &textWriter{source: t.Source, prose: true}
	for n := t.Root.FirstChild(); n != nil && utf8.RuneCountInString(w.out.String()) < enough; n = n.NextSibling() {
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

// Shorten cuts s to at most max runes at the end of a word, with the "…" that marks
// the cut.
func Shorten(s string, max int) string {
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
