package preview

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"longhand/editor/html"
	"longhand/editor/markdown"
)

// header is what stands above the body: first tag, title, subtitle, byline.
func (b *builder) header() []block {
	p := b.page
	words := html.WordsFor(p.Lang)
	var out []block
	if len(p.Tags) > 0 {
		out = append(out, block{kind: kicker, spans: []span{{text: capital(p.Tags[0])}}})
	}
	title := p.Title
	if title == "" {
		title = words.Untitled
	}
	out = append(out, block{kind: heading, level: 0, spans: []span{{text: title}}})
	if p.Subtitle != "" {
		out = append(out, block{kind: paragraph, spans: []span{{text: p.Subtitle, italic: true}}})
	}
	var parts []string
	if p.Draft {
		parts = append(parts, words.Draft)
	}
	if !p.Date.IsZero() {
		parts = append(parts, words.Date(p.Date))
	}
	for _, a := range p.Authors {
		parts = append(parts, a.Name)
	}
	parts = append(parts, words.Minutes(Minutes(p)))
	return append(out, block{kind: byline, spans: []span{{text: strings.Join(parts, " · ")}}})
}

// authors are the boxes that end the page.
func (b *builder) authors() []block {
	words := html.WordsFor(b.page.Lang)
	var out []block
	for _, a := range b.page.Authors {
		title := words.AboutAuthor
		if len(b.page.Authors) > 1 {
			title = a.Name
		}
		inner := []block{{kind: boxTitle, spans: []span{{text: title}}}}
		if len(a.Bio) > 0 {
			bio := &builder{page: b.page, tree: markdown.Parse(a.Bio), pictures: b.pictures}
			inner = append(inner, bio.children(bio.tree.Root)...)
		}
		if a.PostsURL != "" || len(a.Posts) > 0 {
			view := strings.ReplaceAll(words.ViewAll, "%s", a.Name)
			inner = append(inner, block{kind: kicker, spans: []span{{text: view, link: "author:" + a.ID}}})
		}
		box := block{kind: authorBox, text: html.Initials(a.Name), items: [][]block{inner}}
		if a.Avatar != "" {
			box.image, _ = b.pictures.load(b.page.AuthorFiles, a.Avatar)
		}
		out = append(out, box)
	}
	return out
}

// capital makes the first letter a capital, as the page's style does.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToTitle(r)) + s[n:]
}

// Minutes is the time that reading the page takes, as the page itself says.
func Minutes(p html.Page) int { return markdown.ReadingMinutes(markdown.Words(p.Body.PlainText())) }
