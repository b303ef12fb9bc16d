package site

import (
	"html/template"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"longhand/editor/html"
	"longhand/editor/markdown"
)

// List is what the templates of lists see. Addresses are relative to the page.
type List struct {
	// Kind is home, tag, author, tags, authors, archive, search or missing.
	Kind string
	// Title is the page's in the browser, Heading what stands on it.
	Title, Heading, Description  string
	Lang, Dir, Canonical, Policy string
	Home                         Anchor // labelled with the site's title
	Nav                          []Anchor
	Feeds                        []html.Feed
	StyleURL                     template.URL
	// Root leads to the site's top, ArchiveURL and SearchURL to those pages.
	Root, ArchiveURL, SearchURL template.URL
	Scripts                     []template.URL // of the search
	NoIndex                     bool           // search engines need not list it
	Words                       *Words
	Entries                     []template.HTML // made with entry.html
	Newer, Older                template.URL    // the pages of the list around this one
	Years                       []Year
	Terms                       []Term
	Author                      *AuthorBox
}

// Anchor is a label with an address.
type Anchor struct {
	Label   string
	URL     template.URL
	Current bool // this page
}

// Entry is a post in a list.
type Entry struct {
	Title, Summary, Minutes string
	URL, Picture            template.URL
	Lang                    string // where it is not the site's
	Dir                     string // with Lang
	Date                    *Day
	Tags, Authors           []Anchor
}

// Day is a date for people and for machines.
type Day struct{ ISO, Text string }

// Year is a year of the archive. Where there are too many posts for one page it
// has none and its URL leads to its own.
type Year struct {
	Label string
	URL   template.URL
	Count int
	Posts []Entry // only Title, URL, Date, Lang and Dir
}

// Term is a tag or an author with a number of posts.
type Term struct {
	Label string
	URL   template.URL
	Count int
}

// AuthorBox is who wrote the posts of a list.
type AuthorBox struct {
	Name, Initials string
	Avatar         template.URL
	Bio            template.HTML
	Links          []Anchor
}

// frame fills in what all lists of the site have.
func (b *builder) frame(kind, file, heading string) *List {
	title := heading
	home := b.title()
	if kind == "home" || heading == "" {
		title = home
	} else if home != "" {
		title = heading + " · " + home
	}
	v := &List{
		Kind: kind, Title: title, Heading: heading, Lang: b.lang, Dir: b.dir, Words: b.words,
		Canonical: absolute(b.site.BaseURL, file), Policy: listPolicy,
		Home: Anchor{home, template.URL(relative(file, homeFile)), file == homeFile}, Root: template.URL(upward(file)),
		StyleURL: template.URL(relative(file, styleFile)), ArchiveURL: template.URL(relative(file, archiveFile)), SearchURL: template.URL(relative(file, searchFile)),
	}
	for _, n := range b.nav {
		v.Nav = append(v.Nav, Anchor{n.label, template.URL(relative(file, n.file)), n.file == file})
	}
	v.Feeds = b.feeds(file, "", b.title())
	return v
}

// A page read from a disk is not of one origin with its files everywhere.
const listPolicy = "default-src 'none'; style-src 'self' file:; img-src 'self' file: data: https: http:; script-src 'self' file:; base-uri 'none'; form-action 'self' file:"

// feeds are those in a folder of the site ("" for the top), as linked from a file.
func (b *builder) feeds(from, folder, title string) []html.Feed {
	if b.site.BaseURL == "" {
		return nil
	}
	return []html.Feed{
		{Title: title, Type: "application/atom+xml", URL: relative(from, folder+atomFile)},
		{Title: title, Type: "application/feed+json", URL: relative(from, folder+jsonFile)},
	}
}

// entry is a post as a list at the file shows it; alone is set in the list of its
// only author. It is made once and cut where the way to the site's top stands in it, which
// is all that differs from list to list.
func (b *builder) entry(at *post, file string, alone bool) (template.HTML, error) {
	at.mu.Lock()
	defer at.mu.Unlock()
	parts := at.entries[alone]
	if parts == nil {
		made, err := b.theme.entry(b.entryOf(at, alone))
		if err != nil {
			return "", err
		}
		parts = strings.Split(string(made), topMark)
		if at.entries == nil {
			at.entries = map[bool][]string{}
		}
		at.entries[alone] = parts
	}
	return template.HTML(strings.Join(parts, upward(file))), nil
}

// topMark stands for the way to the site's top in an entry that is not in its list yet.
const topMark = "longhand-site-top-7d1c0e/"

// fromTop is the address of a file in an entry.
func fromTop(file string) template.URL { return template.URL(topMark + escaped(file)) }

func (b *builder) entryOf(at *post, alone bool) Entry {
	e := b.titleLine(at, fromTop(at.file))
	e.Summary = at.summary()
	w := b.dates
	e.Minutes = w.Minutes(markdown.ReadingMinutes(at.Made.Words))
	if at.Made.Picture != "" {
		e.Picture = fromTop(at.Made.Picture)
	}
	for _, t := range at.tags {
		e.Tags = append(e.Tags, Anchor{Label: t.Name, URL: fromTop(t.file)})
	}
	for _, c := range at.by {
		if alone {
			break
		}
		e.Authors = append(e.Authors, Anchor{Label: c.listing.Name, URL: fromTop(c.file)})
	}
	return e
}

// titleLine is a post as a line of an archive shows it.
func (b *builder) titleLine(at *post, to template.URL) Entry {
	e := Entry{Title: at.Title, URL: to, Date: b.day(at.Date)}
	if at.Made.Lang != "" && at.Made.Lang != b.lang {
		e.Lang, e.Dir = at.Made.Lang, html.Direction(at.Made.Lang, at.Title)
	}
	return e
}

func (b *builder) day(t time.Time) *Day {
	if t.IsZero() {
		return nil
	}
	return &Day{ISO: t.Format(time.DateOnly), Text: b.dates.Date(t)}
}

func (s *source) summary() string {
	if s.Description != "" {
		return s.Description
	}
	return s.Made.Description
}

// title is the site's, or what stands for it.
func (b *builder) title() string {
	if t := strings.TrimSpace(b.site.Title); t != "" {
		return t
	}
	if len(b.plan.authors) == 1 {
		return b.plan.authors[0].listing.Name
	}
	return filepath.Base(b.lib.Dir())
}

// sample holds some of everything, to try a theme with.
func sample() *List {
	here := []Anchor{{"a", "a", true}, {"b", "b", false}}
	entries := []Entry{
		{Title: "t", URL: "u", Lang: "l", Dir: "ltr", Date: &Day{"i", "t"}},
		{Title: "t", URL: "u"},
	}
	return &List{
		Kind: "author", Title: "t", Heading: "h", Description: "d", Lang: "en", Dir: "ltr", Canonical: "https://example.org/", Policy: "p",
		Home: here[0], Nav: here, Feeds: []html.Feed{{Title: "f", Type: "t", URL: "u"}}, StyleURL: "s", Root: "../", ArchiveURL: "a", SearchURL: "s",
		Scripts: []template.URL{"s"}, NoIndex: true, Words: wordsFor("en"), Entries: []template.HTML{"e"}, Newer: "n", Older: "o",
		Years:  []Year{{"2026", "y", 2, entries}, {"2025", "y", 1, nil}},
		Terms:  []Term{{"t", "u", 1}},
		Author: &AuthorBox{"n", "i", "a", "b", slices.Clone(here)},
	}
}
