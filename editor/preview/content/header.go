package content

import (
	"longhand/editor/markdown"
	"longhand/editor/text"
)

// Frame is what stands around the article on its page. It is not changed once made.
type Frame struct {
	Kicker, Title, Subtitle, Byline string
	RTL                             bool // the page runs from right to left
	Trusted                         bool // all raw HTML gets into the page, see html.Page
	AuthorsTitle                    string
	Authors                         []Author
}

// Author is someone whose box ends the page.
type Author struct {
	Heading  string // of the box, such as "About the author"
	Name     string // below it, if not ""
	Initials string
	Avatar   string // address of a picture, or ""
	Bio      string // Markdown
	Links    []AuthorLink
}

// AuthorLink is a link below a bio.
type AuthorLink struct{ Label, Address string }

// made returns text that is made from the source [start, end).
func made(s string, style Style, link *Link, start, end int) Text {
	w := &writer{state: state{style: style, link: link}}
	w.put(s, start, end, 0)
	return w.done()
}

// Head returns the parts above the article. The details of the article are the source up to
// body; [start, end) is where the title stands: in them, or as a heading below.
func (f *Frame) Head(start, end, body int) []*Part {
	var parts []*Part
	title := -1
	for _, p := range []struct {
		kind Kind
		text string
		top  float32
	}{{Kicker, f.Kicker, 0}, {Title, f.Title, 0.1}, {Subtitle, f.Subtitle, 0.5}, {Byline, f.Byline, 0.72}} {
		if p.text == "" {
			continue
		}
		if p.kind == Title {
			title = len(parts)
		}
		parts = append(parts, &Part{Kind: p.kind, Top: p.top, RTL: direction(p.text, f.RTL), Text: made(p.text, 0, nil, 0, 0)})
	}
	if title < 0 {
		return parts
	}
	parts[title].Text = made(f.Title, 0, nil, start, end)
	if start < body { // the details stand for all of them
		for i, p := range parts {
			p.Start, p.End = body*i/len(parts), body*(i+1)/len(parts)
		}
		return parts
	}
	for i, p := range parts {
		switch {
		case i < title:
			p.Start, p.End = body*i/title, body*(i+1)/title
		case i == title:
			p.Start, p.End = start, end
		default:
			p.Start, p.End = end, end
		}
	}
	return parts
}

// Foot returns the boxes about the authors.
func (f *Frame) Foot() []*Part {
	if len(f.Authors) == 0 {
		return nil
	}
	parts := []*Part{{Kind: Divider, Top: gapAuthors, RTL: f.RTL}}
	if f.AuthorsTitle != "" {
		parts = append(parts, &Part{Kind: AuthorName, Top: 1, RTL: f.RTL, Text: made(f.AuthorsTitle, 0, nil, 0, 0)})
	}
	for _, a := range f.Authors {
		parts = append(parts, f.author(a)...)
	}
	return append(parts, &Part{Kind: Divider, Top: 1.2, RTL: f.RTL})
}

func (f *Frame) author(a Author) []*Part {
	box := &Box{Kind: AuthorBox, Indent: 3.78, RTL: f.RTL, Initials: a.Initials, Avatar: Picture{Address: a.Avatar, Author: true}}
	parts := []*Part{{Kind: AuthorName, Top: 1, RTL: f.RTL, Box: box, Marked: []*Box{box}, Text: made(a.Heading, 0, nil, 0, 0)}}
	if a.Name != "" {
		parts = append(parts, &Part{Kind: AuthorBio, Top: 0.2, RTL: f.RTL, Box: box, Text: made(a.Name, Strong, nil, 0, 0)})
	}
	index := markdown.NewIndex(text.New(a.Bio))
	for _, u := range index.Units(0, index.UnitCount()) {
		w := newBuilder(index.Parse(u), u, plainAsker{index}, f.RTL)
		w.kind, w.box, w.space = AuthorBio, box, 0.25
		parts = append(parts, w.shows(nil).Parts...)
	}
	w := &writer{}
	for i, l := range a.Links {
		if i > 0 {
			w.put("\u2003", 0, 0, 0)
		}
		w.state.link = &Link{Address: l.Address}
		if i == 0 {
			w.state.style = Strong
		}
		w.put(l.Label, 0, 0, 0)
		w.state = state{}
	}
	if !w.empty() {
		parts = append(parts, &Part{Kind: AuthorLinks, Top: 0.5, RTL: f.RTL, Box: box, Text: w.done()})
	}
	for _, p := range parts {
		p.Start, p.End = 0, 0
	}
	return parts
}

// plainAsker serves texts by themselves.
type plainAsker struct{ index *markdown.Index }

func (plainAsker) number(string) (number, references int) { return 0, 0 }

func (a plainAsker) colours(language, code string) ([]markdown.CodeSpan, bool) {
	return nil, true
}

// InNote reports whether a part belongs to a footnote.
func InNote(p *Part) bool {
	for b := p.Box; b != nil; b = b.Parent {
		if b.Kind == NoteBox {
			return true
		}
	}
	return false
}

// NotesRule is the hairline above the footnotes.
func NotesRule(first Note) *Part {
	at := 0
	if len(first.Parts) > 0 {
		at = first.Parts[0].Start
	}
	return &Part{Kind: NotesDivider, Start: at, End: at}
}
