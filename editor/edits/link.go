package edits

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"longhand/editor/text"
)

// Link makes the selection the text of a link, with the caret where the address
// goes; of an address that is selected it makes the link's address, with the caret
// where the text goes. A selection that touches links takes their marks away. As
// with [Bold], each paragraph of a selection becomes a link of its own, and what
// cannot be cut is taken whole.
//
// Without a selection, a link at the caret has its address selected; else the word
// or the bare address at the caret is taken, or an empty link put in. In code and
// front matter nothing happens.
func Link(s text.State, c Context) text.Transaction { return insertLink(s, c, link) }

// Image does the same with pictures; an address is also the name of a picture file,
// and no word is taken at a caret.
func Image(s text.State, c Context) text.Transaction { return insertLink(s, c, image) }

func insertLink(s text.State, c Context, kind spanKind) text.Transaction {
	return each(s, c, text.Command, func(w *work, r text.Range) text.Range {
		if r.Empty() {
			return w.linkAtCaret(r.Head, kind)
		}
		return w.linkRange(r, kind)
	})
}

// opening returns what a link or an image begins with.
func opening(kind spanKind) string {
	if kind == image {
		return "!["
	}
	return "["
}

func (w *work) linkAtCaret(at int, kind spanKind) text.Range {
	if w.verbatim(w.doc.Line(at)) {
		return caret(at)
	}
	open := opening(kind)
	if g, ok := w.segmentAt(at); ok {
		spans := scan(g.text)
		for _, sp := range slices.Backward(spans) {
			if (sp.kind == link || sp.kind == image) && sp.start < g.a && g.a < sp.end {
				a, b := address(g.text, sp)
				return text.Range{Anchor: g.doc(a), Head: g.doc(b)}
			}
		}
		for _, sp := range spans {
			if sp.kind == raw && sp.start <= g.a && g.a <= sp.end && isAddress(g.text[sp.start:sp.end], kind) {
				return w.linkTo(g, sp.start, sp.end, kind)
			}
		}
		if a, b := w.wordIn(g); a < b && kind == link {
			return w.linkFrom(g, spans, a, b, kind)
		}
	}
	w.insert(at, open+"]()")
	return caret(at + len(open))
}

func (w *work) linkRange(r text.Range, kind spanKind) text.Range {
	segments := w.segments(r)
	found := false
	for i := len(segments) - 1; i >= 0; i-- {
		g := segments[i]
		a, b := trim(g.text, g.a, g.b)
		if a == b {
			continue
		}
		if found {
			w.also = append([]text.Range{r}, w.also...)
		}
		before := len(w.steps)
		found = true
		spans := scan(g.text)
		if isAddress(g.text[a:b], kind) && !slices.ContainsFunc(spans, func(sp span) bool {
			return (sp.kind == link || sp.kind == image) && sp.start < b && a < sp.end
		}) {
			r = w.linkTo(g, a, b, kind)
		} else {
			r = w.linkFrom(g, spans, a, b, kind)
		}
		for _, cs := range w.steps[before:] {
			for k := range w.also {
				w.also[k] = moved(cs, w.also[k], true, true)
			}
		}
	}
	return r
}

// linkTo makes g.text[a:b] the address of a link.
func (w *work) linkTo(g segment, a, b int, kind spanKind) text.Range {
	open := opening(kind) + "]("
	target := g.text[a:b]
	if strings.HasPrefix(target, "<") && strings.HasSuffix(target, ">") {
		target = target[1 : len(target)-1]
	}
	w.apply(text.Changes{{Start: g.doc(a), End: g.doc(b), Insert: open + addressFor(target) + ")"}})
	return caret(g.doc(a) + len(open) - 2)
}

// linkFrom makes g.text[a:b] the text of a link, or takes the links there away.
func (w *work) linkFrom(g segment, spans []span, a, b int, kind spanKind) text.Range {
	var cs text.Changes
	for _, sp := range spans {
		if sp.kind == kind && sp.start < b && a < sp.end {
			cs = append(cs, text.Change{Start: sp.start, End: sp.open}, text.Change{Start: sp.close, End: sp.end})
		}
	}
	if len(cs) > 0 {
		docs := tidy(g.changes(cs))
		w.apply(docs)
		return text.Range{Anchor: docs.Map(g.doc(a), true), Head: docs.Map(g.doc(b), false)}
	}
	a, b = whole(spans, kind, a, b, true)
	open := opening(kind)
	cs = text.Changes{{Start: a, End: a, Insert: open}}
	if unbalanced(g.text[a:b], spans, a) {
		for i := a; i < b; i++ {
			if c := g.text[i]; (c == '[' || c == ']') && !inSpan(spans, i) {
				cs = append(cs, text.Change{Start: i, End: i, Insert: "\\"})
			}
		}
	}
	cs = append(cs, text.Change{Start: b, End: b, Insert: "]()"})
	docs := tidy(g.changes(cs))
	w.apply(docs)
	return caret(docs.Map(g.doc(b), true) - 1)
}

// unbalanced reports whether brackets in a text would end a link around it early.
func unbalanced(s string, spans []span, at int) bool {
	depth := 0
	for i := range len(s) {
		if inSpan(spans, at+i) {
			continue
		}
		switch s[i] {
		case '[':
			depth++
		case ']':
			if depth--; depth < 0 {
				return true
			}
		}
	}
	return depth != 0
}

// inSpan reports whether a byte belongs to code, a link or the like, whose brackets
// do not count.
func inSpan(spans []span, at int) bool {
	return slices.ContainsFunc(spans, func(sp span) bool {
		return sp.kind >= code && sp.start <= at && at < sp.end
	})
}

// address returns where the address of a link stands, or the label of its
// reference.
func address(s string, sp span) (a, b int) {
	a = sp.close + 2
	if s[sp.close+1] == '[' {
		return a, sp.end - 1
	}
	a = skipBlank(s, a)
	if s[a] == '<' {
		return a + 1, a + max(1, strings.IndexByte(s[a:], '>'))
	}
	b = a
	for depth := 0; b < sp.end-1 && s[b] > ' '; b++ {
		switch s[b] {
		case '\\':
			b++
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth < 0 {
			break
		}
	}
	return a, min(b, sp.end-1)
}

// isURL reports whether a text is one address of the web or of mail.
func isURL(s string) bool {
	if len(s) > 8<<10 || strings.ContainsAny(s, " \t\n<>\"") {
		return false
	}
	u, err := url.Parse(s)
	if err != nil {
		return false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		return u.Host != ""
	case "mailto":
		return strings.Contains(u.Opaque, "@")
	}
	return false
}

// isAddress reports whether a text is an address for a link or an image.
func isAddress(s string, kind spanKind) bool {
	if strings.HasPrefix(s, "<") && strings.HasSuffix(s, ">") {
		s = s[1 : len(s)-1]
	}
	if isURL(s) {
		return true
	}
	switch strings.ToLower(path.Ext(s)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif":
		return kind == image && !strings.ContainsAny(s, "[]\n")
	}
	return false
}

// addressFor writes an address so that a link's parentheses hold it.
func addressFor(s string) string {
	depth, bad := 0, strings.ContainsAny(s, " \t")
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '(':
			depth++
		case ')':
			depth--
		}
		bad = bad || depth < 0
	}
	if bad || depth != 0 {
		return "<" + s + ">"
	}
	return s
}
