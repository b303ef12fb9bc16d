package html

import (
	"bytes"
	"html/template"
	"strconv"
	"strings"
	"unicode"

	"longhand/editor/markdown"
)

// author is an Author as a theme sees it.
type author struct {
	Name, Initials string
	Avatar         template.URL // a data URL, or ""
	Bio            template.HTML
	Links          []link
	PostsURL       template.URL // where ViewAll leads; "" if there is nothing to see
	ViewAll        string
	PostsID        string // of the list on this page, "" if there is none
	PostsTitle     string
	Posts          []post
}

// link and post hold addresses that safeLink has passed: html/template would
// let fewer kinds through.
type link struct {
	Label string
	URL   template.URL
}

type post struct {
	Title string
	URL   template.URL
	Date  *day
}

func authors(p Page, words *Words, base string, ids map[string]bool) ([]author, []Warning) {
	var shown []author
	var warnings []Warning
	faces := newAlbum(p.AuthorFiles, nil, words.NoPicture)
	faces.widest = widestAvatar
	warn := func(message string) { warnings = append(warnings, Warning{-1, message}) }
	for _, a := range p.Authors {
		name := oneLine(a.Name)
		if name == "" {
			name = oneLine(a.ID)
		}
		if name == "" {
			continue
		}
		v := author{Name: name, Initials: Initials(name), ViewAll: words.named(words.ViewAll, name)}
		v.Avatar = avatar(a, name, faces, warn)
		above := 2 // the level of the author's own heading
		if len(p.Authors) > 1 {
			above = 3
		}
		p := p
		if a.LinkURL != nil {
			p.LinkURL = a.LinkURL
		}
		v.Bio = p.Bios.get(a, p, base, above, words, warn)
		v.Links = authorLinks(a, name, warn)
		v.setPosts(a, words, ids, warn)
		shown = append(shown, v)
	}
	return shown, warnings
}

func avatar(a Author, name string, faces *album, warn func(string)) template.URL {
	switch {
	case linkTo(a.AvatarURL) != "":
		return template.URL(linkTo(a.AvatarURL))
	case a.Avatar == "":
		return ""
	case isRemote(a.Avatar):
		warn("the picture of " + name + " is on the network and is not part of the page: keep it beside the author’s file")
		return ""
	case strings.HasPrefix(a.Avatar, "data:") && isDataPicture(a.Avatar):
		return template.URL(a.Avatar)
	}
	picture, err := faces.get(a.Avatar)
	if err != nil {
		warn("the picture of " + name + ", ‘" + shorten(a.Avatar) + "’, " + strings.Replace(err.Error(), "article", "author", 1))
		return ""
	}
	return template.URL(picture.src)
}

// bio renders like the article but keeps no ids, which are the article's.
func bio(a Author, p Page, base string, above int, words *Words, warn func(string)) template.HTML {
	tree := markdown.Parse(a.Bio)
	d := &drawing{tree: tree, page: true, base: base, mixed: mixed(tree.PlainText())}
	out := buffers.Get().(*bytes.Buffer)
	defer free(out)
	if d.render(out) != nil {
		return ""
	}
	f := newFinisher(newAlbum(p.AuthorFiles, nil, words.NoPicture), d)
	f.anonymous = true
	f.levels.above = above
	f.link = p.LinkURL
	f.finish(policy().SanitizeBytes(out.Bytes()))
	html := f.done()
	for _, w := range f.warnings {
		warn("about " + oneLine(a.Name) + ": " + w.Message)
	}
	return template.HTML(html)
}

func authorLinks(a Author, name string, warn func(string)) []link {
	var links []link
	for _, l := range a.Links {
		if squeeze(l.URL) == "" {
			continue
		}
		written := l.URL
		if l.URL = linkTo(l.URL); l.URL == "" {
			warn("a link of " + name + " is left out: a page may not lead to ‘" + shorten(written) + "’")
			continue
		}
		if l.Label = oneLine(l.Label); l.Label == "" {
			l.Label = strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(l.URL, "https://"), "http://"), "/")
		}
		links = append(links, link{l.Label, template.URL(l.URL)})
	}
	return links
}

func (v *author) setPosts(a Author, words *Words, ids map[string]bool, warn func(string)) {
	if to := linkTo(a.PostsURL); to != "" {
		v.PostsURL = template.URL(to)
		return
	}
	if len(a.Posts) == 0 {
		return
	}
	v.PostsTitle = words.named(words.PostsBy, v.Name)
	v.PostsID = freeID("posts-by-"+anchorName(a.ID, v.Name), ids)
	v.PostsURL = template.URL("#" + v.PostsID)
	for _, p := range a.Posts {
		shown := post{Title: oneLine(p.Title), URL: template.URL(linkTo(p.URL)), Date: words.day(p.Date)}
		if shown.Title == "" {
			shown.Title = words.Untitled
		}
		if shown.URL == "" && squeeze(p.URL) != "" {
			warn("a post by " + v.Name + " is not linked: a page may not lead to ‘" + shorten(p.URL) + "’")
		}
		v.Posts = append(v.Posts, shown)
	}
}

// freeID returns an id that neither the article nor another author has.
func freeID(id string, taken map[string]bool) string {
	free := id
	for n := 2; taken[free]; n++ {
		free = id + "-" + strconv.Itoa(n)
	}
	taken[free] = true
	return free
}

func anchorName(id, name string) string {
	if strings.TrimSpace(id) == "" {
		id = name
	}
	return strings.Join(strings.FieldsFunc(strings.ToLower(oneLine(id)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '-' && r != '_'
	}), "-")
}

// Initials are the first letters of the first and the last name, shown where an
// author has no picture.
func Initials(name string) string {
	fields := strings.Fields(name)
	if len(fields) == 0 {
		return ""
	}
	var letters []rune
	for _, field := range []string{fields[0], fields[len(fields)-1]} {
		for _, r := range field {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				letters = append(letters, unicode.ToUpper(r))
				break
			}
		}
	}
	if len(letters) == 2 && (len(fields) == 1 || joinedScript(letters[0])) {
		letters = letters[:1]
	}
	return string(letters)
}

// joinedScript tells scripts in which two letters side by side would join or
// are not used as initials.
func joinedScript(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana)
}

func byline(authors []author) string {
	names := make([]string, len(authors))
	for i, a := range authors {
		names[i] = a.Name
	}
	return strings.Join(names, ", ")
}
