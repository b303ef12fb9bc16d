package markdown

import (
	"bufio"
	"bytes"
	stdhtml "html"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer/html"
)

// PlainText returns what a reader reads, without markup: one line for each
// paragraph, heading, table row and line of code; the alternative text
// of pictures; HTML without its tags. Nothing that is only in the source, such as
// addresses, is in it.
func (t *Tree) PlainText() string {
	return t.NodeText(t.Root)
}

// NodeText is PlainText for one node of the tree and what is below it.
func (t *Tree) NodeText(n ast.Node) string {
	w := &textWriter{source: t.Source}
	w.out.Grow(sourceLength(n, t.Source))
	_ = ast.Walk(n, w.visit)
	return shown(w.out.String())
}

// sourceLength is about how many bytes of the source a node is made from, 0 where that is
// not known.
func sourceLength(n ast.Node, source []byte) int {
	if n.Kind() == ast.KindDocument {
		return len(source)
	}
	if n.Type() != ast.TypeBlock {
		return 0
	}
	lines := n.Lines()
	if count := lines.Len(); count > 0 {
		return max(lines.At(count-1).Stop-lines.At(0).Start, 0)
	}
	return 0
}

// textWriter gathers the text of nodes.
type textWriter struct {
	source []byte
	out    strings.Builder
	// pending is a space or line end to be written before the next text.
	pending byte
	// prose leaves out everything that is not running text.
	prose bool
}

func (w *textWriter) visit(n ast.Node, entering bool) (ast.WalkStatus, error) {
	if n.Type() == ast.TypeBlock {
		w.separate(n)
	}
	if !entering {
		return ast.WalkContinue, nil
	}
	switch n := n.(type) {
	case *ast.Text:
		w.text(n)
	case *ast.String:
		w.addBytes(n.Value)
	case *ast.AutoLink:
		w.addBytes(n.Label(w.source))
	case *ast.CodeSpan:
		w.add(strings.ReplaceAll(rawText(n, w.source), "\n", " "))
		return ast.WalkSkipChildren, nil
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		w.add(strings.TrimRight(string(n.Lines().Value(w.source)), "\n"))
	case *ast.RawHTML:
		if tag := n.Segments.At(0); parts(string(tag.Value(w.source))) && !strings.HasSuffix(w.out.String(), " ") {
			w.pending = max(w.pending, ' ')
		}
	case *ast.HTMLBlock:
		w.add(strings.TrimSpace(withoutTags(string(n.Lines().Value(w.source)))))
	case *ast.Image:
		if w.prose {
			return ast.WalkSkipChildren, nil
		}
	}
	return ast.WalkContinue, nil
}

// separate parts blocks by line ends and the cells of a row by spaces.
func (w *textWriter) separate(n ast.Node) {
	if n.Kind() != extast.KindTableCell {
		w.pending = '\n'
	} else if w.pending == 0 {
		w.pending = ' '
	}
}

func (w *textWriter) text(n *ast.Text) {
	value := n.Segment.Value(w.source)
	if n.IsRaw() || !bytes.ContainsAny(value, escaping) {
		w.addBytes(value)
	} else {
		w.add(unescape(value))
	}
	if n.HardLineBreak() || n.SoftLineBreak() && !joins(value, n.NextSibling(), w.source) {
		w.pending = max(w.pending, ' ')
	}
}

func (w *textWriter) add(s string) {
	if s != "" {
		w.part()
		w.out.WriteString(s)
	}
}

func (w *textWriter) addBytes(b []byte) {
	if len(b) > 0 {
		w.part()
		w.out.Write(b)
	}
}

// part writes what stands between the text before and the next.
func (w *textWriter) part() {
	if w.pending != 0 && w.out.Len() > 0 {
		w.out.WriteByte(w.pending)
	}
	w.pending = 0
}

// joins reports whether a line end between before and next is no space,
// because both sides are Chinese or Japanese.
func joins(before []byte, next ast.Node, source []byte) bool {
	t, ok := next.(*ast.Text)
	if !ok {
		return false
	}
	last, _ := utf8.DecodeLastRune(before)
	first, _ := utf8.DecodeRune(t.Segment.Value(source))
	return wide(last) && wide(first)
}

func wide(r rune) bool {
	return ideograph(r) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xff60
}

// escaping are the bytes that stand at the beginning of what unescape resolves.
const escaping = "\\&\x00"

// unescape resolves backslashes and entities just as goldmark writes them.
func unescape(value []byte) string {
	if !bytes.ContainsAny(value, escaping) {
		return string(value)
	}
	var b strings.Builder
	w := bufio.NewWriter(&b)
	html.DefaultWriter.Write(w, value)
	_ = w.Flush()
	return stdhtml.UnescapeString(b.String())
}

func rawText(n ast.Node, source []byte) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.Write(t.Segment.Value(source))
		}
	}
	return b.String()
}

// withoutTags drops tags, comments, scripts and styles. It is for reading and
// searching only: the result is text and never becomes HTML again.
func withoutTags(s string) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(s, '<')
		if open < 0 {
			break
		}
		b.WriteString(s[:open])
		s = s[open:]
		length := tagLength(s)
		switch {
		case length == 0:
			b.WriteByte('<')
			length = 1
		case parts(s[:length]) && !strings.HasSuffix(b.String(), " "):
			b.WriteByte(' ')
		}
		s = s[length:]
	}
	b.WriteString(s)
	return stdhtml.UnescapeString(b.String())
}

// withinWords are the tags that may stand within a word.
var withinWords = map[string]bool{
	"a": true, "abbr": true, "b": true, "bdi": true, "bdo": true, "big": true, "cite": true, "code": true, "data": true, "del": true, "dfn": true,
	"em": true, "font": true, "i": true, "ins": true, "kbd": true, "mark": true, "q": true, "s": true, "samp": true, "script": true, "small": true, "span": true,
	"strike": true, "strong": true, "style": true, "sub": true, "sup": true, "time": true, "tt": true, "u": true, "var": true, "wbr": true,
}

// parts reports whether the words before and after a tag are two: it begins or ends a
// block, a cell or a line.
func parts(tag string) bool {
	name := strings.TrimLeft(tag, "</")
	end := 0
	for end < len(name) && (name[end]|0x20 >= 'a' && name[end]|0x20 <= 'z' || name[end] >= '0' && name[end] <= '9') {
		end++
	}
	return end > 0 && !withinWords[strings.ToLower(name[:end])]
}

// tagLength is the length of the tag, comment, script or style that s begins
// with, all of s if it has no end, or 0 when s begins with a bare "<".
func tagLength(s string) int {
	for _, skip := range [...][2]string{{"<!--", "-->"}, {"<script", "</script>"}, {"<style", "</style>"}} {
		if len(s) >= len(skip[0]) && strings.EqualFold(s[:len(skip[0])], skip[0]) {
			return until(s, skip[1])
		}
	}
	if len(s) < 2 || !unicode.IsLetter(rune(s[1])) && !strings.ContainsRune("/!?", rune(s[1])) {
		return 0
	}
	return until(s, ">")
}

// until is the length of s up to and with end, which is in small ASCII letters
// and found in any case. strings.ToLower would not do: it changes the length of
// invalid UTF-8.
func until(s, end string) int {
	for i := 0; i+len(end) <= len(s); i++ {
		if s[i] == end[0] && strings.EqualFold(s[i:i+len(end)], end) {
			return i + len(end)
		}
	}
	return len(s)
}
