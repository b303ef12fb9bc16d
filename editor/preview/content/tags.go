package content

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	nethtml "golang.org/x/net/html"
)

// rawInline reads a tag within Markdown's text.
func (b *builder) rawInline(n *ast.RawHTML) {
	o := newOrigin(b.source, n.Segments.Sliced(0, n.Segments.Len()))
	z := nethtml.NewTokenizer(strings.NewReader(o.text))
	kind := z.Next()
	start, end := o.source(0), o.source(max(len(o.text)-1, 0))+1
	switch kind {
	case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
		t := z.Token()
		switch {
		case unshown[t.Data]:
			b.rawTag(o.text, start, end)
		case blocks[t.Data]:
			b.named(t)
			if !b.w.empty() {
				b.w.newLine(start, end)
			}
		default:
			b.startTag(t, start, end, start, end)
		}
	case nethtml.EndTagToken:
		name := z.Token().Data
		switch {
		case unshown[name]:
			b.rawTag(o.text, start, end)
		case blocks[name]:
			if !b.w.empty() {
				b.w.newLine(start, end)
			}
		default:
			b.endTag(name, false, end)
		}
	}
}

// rawTag shows a tag as it is.
func (b *builder) rawTag(s string, start, end int) {
	st := b.w.state
	b.w.state.style |= CodeSpan
	b.w.made = true
	b.w.put(strings.ReplaceAll(s, "\n", " "), start, end, 0)
	b.w.made = false
	b.w.state = st
}

// startTag opens an element. from and to are the tag's own source, start and end that
// of the block it stands in.
func (b *builder) startTag(t nethtml.Token, from, to, start, end int) {
	name := t.Data
	b.named(t)
	switch name {
	case "br", "wbr", "hr", "img", "input":
		b.void(t, from, to, start, end)
		return
	}
	if void[name] {
		return
	}
	if blocks[name] {
		b.endPart()
		b.imply(name)
	}
	if t.Type == nethtml.SelfClosingTagToken && !blocks[name] && inlineStyles[name] == 0 && name != "a" {
		return
	}
	if !b.push(name) {
		if name == "details" {
			b.folds++ // they are numbered by their tags
		}
		return
	}
	b.state.style |= inlineStyles[name]
	if name == "a" {
		if address := attr(t, "href"); address != "" {
			b.state.link = &Link{Address: address, Title: attr(t, "title")}
		}
	}
	if title := attr(t, "title"); title != "" && b.state.style&Abbreviation != 0 {
		b.state.title = title
	}
	if blocks[name] {
		b.startBlock(t, start, end)
	}
	if b.w != nil {
		b.w.state = b.state
		if padded[name] {
			b.w.pad(from)
		}
	}
}

// named notes what links within the page call the element.
func (b *builder) named(t nethtml.Token) {
	for _, key := range []string{"id", "name"} {
		if id := attr(t, key); id != "" && (key == "id" || t.Data == "a") {
			b.ids = append(b.ids, id)
		}
	}
}

// endPart closes the part under way where a block begins or ends.
func (b *builder) endPart() {
	if b.part != nil {
		b.end()
	}
}

// push opens an element. Those too deep are only counted: they have no effect.
func (b *builder) push(name string) bool {
	if len(b.open) >= b.most {
		if b.deeper == nil {
			b.deeper = map[string]int{}
		}
		b.deeper[name]++
		return false
	}
	b.open = append(b.open, element{name: name, env: b.env, state: b.state, block: blocks[name]})
	return true
}

// popTo ends elements from the innermost out, until so many are left.
func (b *builder) popTo(n int) {
	clear(b.deeper)
	for len(b.open) > n {
		e := b.open[len(b.open)-1]
		b.open = b.open[:len(b.open)-1]
		if padded[e.name] && b.w != nil {
			b.w.pad(b.w.last())
		}
		if e.block {
			b.endPart()
			b.endBlock(e)
		}
		b.env, b.state = e.env, e.state
		if b.w != nil {
			b.w.state = b.state
		}
	}
}

// endTag ends an element, if it is open here.
func (b *builder) endTag(name string, block bool, end int) {
	if b.deeper[name] > 0 {
		b.deeper[name]--
		if blocks[name] {
			b.endPart()
		}
		return
	}
	for i := len(b.open) - 1; i >= b.base; i-- {
		if b.open[i].name == name {
			if blocks[name] {
				b.seen = true
			}
			b.popTo(i)
			return
		}
	}
	if block && name == "p" {
		b.endPart()
	}
}

// imply ends what a new element ends by itself.
func (b *builder) imply(name string) {
	rule, ok := implied[name]
	if !ok {
		rule = impliedByBlocks
	}
	first := -1
	for i := len(b.open) - 1; i >= b.base; i-- {
		if rule.within[b.open[i].name] {
			break
		}
		if rule.ends[b.open[i].name] {
			first = i
		}
	}
	if first >= 0 {
		b.popTo(first)
	}
}

// void reads an element without content.
func (b *builder) void(t nethtml.Token, from, to, start, end int) {
	switch t.Data {
	case "br":
		if b.w != nil {
			b.w.newLine(from, to)
		}
	case "wbr":
		if b.w != nil {
			b.w.put("\u200b", from, to, 0)
		}
	case "hr":
		b.rule(from, to)
	case "input":
		if attr(t, "type") == "checkbox" {
			b.generated(map[bool]string{true: "☑ ", false: "☐ "}[has(t, "checked")], from, to, start, end)
		}
	case "img":
		p := Picture{Address: attr(t, "src"), Alt: attr(t, "alt"), Title: attr(t, "title"), Link: b.state.link, Start: from, End: to}
		p.Width, p.Share = length(attr(t, "width"))
		p.Height, _ = length(attr(t, "height"))
		if b.w == nil {
			b.openText(start, end)
		}
		b.picture(p)
	}
}

// rule draws a line across the page, also through a paragraph of Markdown. Where there is no
// room for one it is a line break.
func (b *builder) rule(from, to int) {
	p := b.part
	if b.inCell || p != nil && p.Kind != Paragraph && p.Kind != AuthorBio && p.Kind != Code {
		if b.w != nil && !b.w.empty() {
			b.w.newLine(from, to)
		}
		return
	}
	if p == nil || b.html {
		b.endPart()
		b.addRule(from, to)
		return
	}
	st, last := b.w.state, p.End
	p.End = from
	b.end()
	b.addRule(from, to)
	b.begin(p.Kind, to, max(to, last))
	b.w.state = st
}

func (b *builder) addRule(start, end int) {
	b.room(gapRule)
	b.add(&Part{Kind: Rule, Box: b.box, RTL: b.rtl, Start: start, End: end})
	b.room(gapRule)
}

// generated writes text that is not the author's.
func (b *builder) generated(s string, from, to, start, end int) {
	if b.w == nil {
		b.openText(start, end)
	}
	b.w.made = true
	b.w.put(s, from, to, 0)
	b.w.made = false
}
