package html

import (
	"github.com/yuin/goldmark/ast"

	"longhand/editor/markdown"
)

// When an article is long enough for a table of contents, and the table short enough to
// show more than its chapters, and to stand open.
const (
	longArticle  = 1000 // words
	fewHeadings  = 3
	manyHeadings = 40
	openHeadings = 12
)

// entry is a heading in a table of contents, with those below it.
type entry struct {
	Text, ID, Dir string
	Entries       []entry
}

// toc is a table of contents of two levels.
type toc struct {
	Open    bool // it is short
	Entries []entry
}

// contents is nil where an article is too short for a table of contents, or does not want it.
func (d *drawing) contents(p Page, words int) *toc {
	if p.Contents != nil && !*p.Contents {
		return nil
	}
	if p.Contents == nil && words < longArticle {
		return nil
	}
	out, n := &toc{}, 0
	l := levels{above: 1}
	for c := d.tree.Root.FirstChild(); c != nil; c = c.NextSibling() {
		h, ok := c.(*ast.Heading)
		if !ok || c == d.skip {
			continue
		}
		id, _ := h.AttributeString("id")
		e := entry{Text: oneLine(d.nodeText(h)), ID: idText(id)}
		level := l.shown(h.Level)
		if e.Text == "" || e.ID == "" || level > 3 {
			continue
		}
		if d.mixed {
			e.Dir = countScripts(e.Text).dir(d.base)
		}
		n++
		if last := len(out.Entries) - 1; level == 3 && last >= 0 {
			out.Entries[last].Entries = append(out.Entries[last].Entries, e)
		} else {
			out.Entries = append(out.Entries, e)
		}
	}
	if n == 0 || p.Contents == nil && n < fewHeadings {
		return nil
	}
	if n > manyHeadings {
		for i := range out.Entries {
			out.Entries[i].Entries = nil
		}
		n = len(out.Entries)
	}
	out.Open = n <= openHeadings
	return out
}

func idText(id any) string {
	switch id := id.(type) {
	case []byte:
		return string(id)
	case string:
		return id
	}
	return ""
}

// lang is a lang attribute for a block in another language than the page, or "". Its script
// tells, or most of its words.
func (d *drawing) lang(n ast.Node) string {
	if !d.page || d.language == "" {
		return ""
	}
	if k := n.Kind(); (k == ast.KindBlockquote || k == ast.KindList) && n.Parent() != d.tree.Root {
		return "" // what they hold is asked; asking each of many in one another would take long
	}
	for up := n.Parent(); up != nil && len(d.foreign) > 0; up = up.Parent() {
		if d.foreign[up] {
			return ""
		}
	}
	text := d.nodeText(n)
	if len(text) < shortest && isASCII(text) {
		return ""
	}
	lang := guessLang(text)
	if lang == "" || sameLanguage(lang, d.language) {
		return ""
	}
	if _, byWords := telltale[lang]; (byWords || lang == "ru") && markdown.Words(text) < foreignWords {
		return "" // too few to be sure
	}
	d.foreign[n] = true
	return ` lang="` + lang + `"`
}

// In ASCII, this many words are needed to be sure of a language, and they take about
// this many bytes.
const foreignWords, shortest = 12, 3 * 12

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
