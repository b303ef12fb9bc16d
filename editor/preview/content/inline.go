package content

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"longhand/editor/markdown"
)

// inlines writes what is within a paragraph or the like. Raw HTML opened in it ends
// with it.
func (b *builder) inlines(n ast.Node) {
	was, base, st := b.env, b.base, b.state
	b.base = len(b.open)
	b.w.state = b.state
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		b.inline(c)
	}
	b.popTo(b.base)
	b.base, b.env, b.state = base, was, st
}

// styled writes the children of a node in a style added to what holds.
func (b *builder) styled(n ast.Node, change func(*state)) {
	st, base := b.state, b.base
	b.base = len(b.open)
	change(&b.state)
	b.w.state = b.state
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		b.inline(c)
	}
	b.popTo(b.base)
	b.base = base
	b.state, b.w.state = st, st
}

func (b *builder) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		b.textNode(n)
	case *ast.String:
		start, end := b.tree.Span(n)
		if n.IsRaw() || n.IsCode() {
			b.w.put(string(n.Value), start, end, 0)
		} else {
			b.prose(string(n.Value), start)
		}
	case *ast.CodeSpan:
		start, end := b.tree.Span(n)
		st := b.w.state
		b.w.state.style |= CodeSpan
		b.w.pad(start)
		b.styled(n, func(s *state) { s.style |= CodeSpan })
		b.w.state.style |= CodeSpan
		b.w.pad(end)
		b.w.state = st
	case *ast.Emphasis:
		b.styled(n, func(s *state) {
			if n.Level == 2 {
				s.style |= Strong
			} else {
				s.style ^= Emphasis
			}
		})
	case *extast.Strikethrough:
		b.styled(n, func(s *state) { s.style |= Strike })
	case *ast.Link:
		b.styled(n, func(s *state) { s.link = linkOf(n) })
	case *ast.AutoLink:
		start, end := b.tree.Span(n)
		st := b.w.state
		b.w.state.link = &Link{Address: markdown.AutoDestination(n, b.source)}
		label := string(n.Label(b.source))
		if i := strings.Index(string(b.source[start:end]), label); i >= 0 {
			start += i
			end = start + len(label)
		}
		b.w.put(label, start, end, 0)
		b.w.state = st
	case *ast.Image:
		b.picture(b.pictureOf(n))
	case *ast.RawHTML:
		b.rawInline(n)
	case *markdown.FootnoteReference:
		b.reference(n)
	case *extast.TaskCheckBox: // stands as the item's marker
	default:
		b.styled(n, func(*state) {})
	}
}

// linkOf is where a link leads.
func linkOf(n *ast.Link) *Link {
	return &Link{Address: markdown.Unescape(n.Destination), Title: markdown.Unescape(n.Title)}
}

func (b *builder) textNode(n *ast.Text) {
	segment := n.Segment
	value := string(b.source[segment.Start:segment.Stop])
	if parent := n.Parent(); parent != nil && parent.Kind() == ast.KindCodeSpan {
		b.codeText(value, segment.Start)
		return
	}
	if n.IsRaw() {
		b.w.words(value, segment.Start)
	} else {
		b.prose(value, segment.Start)
	}
	switch b.tree.LineBreak(n) {
	case "\n":
		b.w.newLine(segment.Stop, b.afterBreak(n, segment.Stop))
	case " ":
		b.w.blank(segment.Stop, b.afterBreak(n, segment.Stop))
	}
}

// afterBreak is where the source goes on behind a line break.
func (b *builder) afterBreak(n ast.Node, stop int) int {
	if next, ok := n.NextSibling().(*ast.Text); ok && next.Segment.Start >= stop {
		return next.Segment.Start
	}
	if i := strings.IndexByte(string(b.source[stop:min(len(b.source), stop+256)]), '\n'); i >= 0 {
		return stop + i + 1
	}
	return stop
}

// codeText writes a line of a code span, where a line break is a space.
func (b *builder) codeText(s string, from int) {
	for s != "" {
		i := strings.IndexByte(s, '\n')
		if i < 0 {
			b.w.put(s, from, from+len(s), 0)
			return
		}
		b.w.put(s[:i], from, from+i, 0)
		b.w.put(" ", from+i, from+i+1, 0)
		s, from = s[i+1:], from+i+1
	}
}

// prose writes text of Markdown: backslashes and entities resolved.
func (b *builder) prose(s string, from int) {
	plain := 0
	for i := 0; i < len(s); {
		shown, n := markdown.EscapeAt(s, i)
		if n == 0 {
			_, size := utf8.DecodeRuneInString(s[i:])
			i += size
			continue
		}
		b.w.words(s[plain:i], from+plain)
		b.w.put(shown, from+i, from+i+n, 0)
		i += n
		plain = i
	}
	b.w.words(s[plain:], from+plain)
}

// reference writes the number of a footnote.
func (b *builder) reference(n *markdown.FootnoteReference) {
	start, end := b.tree.Span(n)
	label := string(n.Label)
	number, _ := b.ask.number(label)
	if number == 0 { // the whole text is not known yet
		return
	}
	st := b.w.state
	b.w.state.style |= Super | Reference
	b.w.state.link = &Link{Address: NoteAddress + label}
	b.w.made = true
	b.w.put(strconv.Itoa(number), start, end, 0)
	b.w.made = false
	b.w.state = st
}

func (b *builder) pictureOf(n *ast.Image) Picture {
	start, end := b.tree.Span(n)
	return Picture{
		Address: markdown.Unescape(n.Destination), Alt: b.tree.NodeText(n), Title: markdown.Unescape(n.Title),
		Link: b.state.link, Start: start, End: end,
	}
}

// picture puts a picture into the text.
func (b *builder) picture(p Picture) {
	b.w.text.Objects = append(b.w.text.Objects, p)
	b.w.put("\ufffc", p.Start, p.End, len(b.w.text.Objects))
}

// lonePicture returns the picture that a paragraph is, and the link around it.
func lonePicture(n ast.Node) (*ast.Image, *ast.Link) {
	only := n.FirstChild()
	if only == nil || only.NextSibling() != nil {
		return nil, nil
	}
	switch c := only.(type) {
	case *ast.Image:
		return c, nil
	case *ast.Link:
		if img, _ := lonePicture(c); img != nil {
			return img, c
		}
	}
	return nil, nil
}

// figure makes a part of a picture that stands by itself, with its title below.
func (b *builder) figure(n *ast.Image, link *ast.Link) {
	b.end()
	st := b.state
	if link != nil {
		b.state.link = linkOf(link)
	}
	pic := b.pictureOf(n)
	b.state = st
	start, end := b.tree.Span(n.Parent())
	if link != nil {
		start, end = b.tree.Span(link.Parent())
	}
	b.put(pic, start, end)
	if link == nil && strings.TrimSpace(pic.Title) != "" {
		b.room(gapCaption)
		p := b.begin(Caption, end, end)
		p.Made, p.Align = true, Centre
		b.w.put(strings.TrimSpace(pic.Title), pic.Start, pic.End, 0)
		b.end()
	}
	b.room(b.space)
}

// put adds a picture as a part.
func (b *builder) put(pic Picture, start, end int) {
	b.add(&Part{Kind: Figure, Box: b.box, RTL: b.rtl, Align: Centre, Picture: pic, Start: start, End: end})
}
