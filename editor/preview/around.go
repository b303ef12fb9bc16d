package preview

import (
	"strings"

	"longhand/editor/html"
	"longhand/editor/preview/content"
)

// FrameOf returns what stands around an article on its page, in the words that the page has.
// text is its text or the beginning of that, to tell the language by; minutes is the time
// that reading it takes. upright tells that the language has no italics.
func FrameOf(p html.Page, text string, minutes int) (f Frame, upright bool) {
	lang := p.Language(text)
	words := html.WordsFor(lang)
	f = Frame{Kicker: html.Kicker(p.Tags), Title: p.Title, Subtitle: p.Subtitle, Trusted: p.Trusted, RTL: html.Direction(lang, text) == "rtl"}
	if f.Title == "" {
		f.Title = words.Untitled
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
	parts = append(parts, words.Minutes(minutes))
	if updated := words.UpdatedOn(p); updated != "" {
		parts = append(parts, updated)
	}
	f.Byline = strings.Join(parts, " · ")
	if len(p.Authors) > 1 {
		f.AuthorsTitle = words.AboutAuthors
	}
	for _, a := range p.Authors {
		f.Authors = append(f.Authors, authorOf(a, words, len(p.Authors) > 1))
	}
	return f, isUpright(lang)
}

func authorOf(a html.Author, words *html.Words, many bool) Author {
	name := a.Name
	if name == "" {
		name = a.ID
	}
	out := Author{Heading: words.AboutAuthor, Initials: html.Initials(name), Avatar: a.Avatar, Bio: string(a.Bio)}
	posts := a.PostsURL != "" || len(a.Posts) > 0
	switch {
	case many:
		out.Heading = name
	case !posts:
		out.Name = name
	}
	if posts {
		out.Links = append(out.Links, AuthorLink{Label: strings.ReplaceAll(words.ViewAll, "%s", name), Address: content.AuthorAddress + a.ID})
	}
	for _, l := range a.Links {
		label := l.Label
		if label == "" {
			label = strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(l.URL, "https://"), "http://"), "/")
		}
		out.Links = append(out.Links, AuthorLink{Label: label, Address: l.URL})
	}
	return out
}

// isUpright tells languages whose scripts have no italics.
func isUpright(lang string) bool {
	base, _, _ := strings.Cut(strings.ToLower(lang), "-")
	switch base {
	case "zh", "ja", "ko", "ar", "fa", "ur", "he", "yi":
		return true
	}
	return false
}
