package html

import (
	"encoding/json"
	"html/template"
	"strings"
	"time"
)

// tag is a tag of the article; without an address it is not linked.
type tag struct {
	Name string
	URL  template.URL
}

// surround takes over what the site adds.
func (v *view) surround(p Page) {
	s := p.Site
	v.Home, v.Previous, v.Next = linkOf(s.Home), linkOf(s.Previous), linkOf(s.Next)
	for _, l := range s.Nav {
		if l := linkOf(l); l != nil {
			v.Nav = append(v.Nav, *l)
		}
	}
	for _, f := range s.Feeds {
		if f.URL = linkTo(f.URL); f.URL != "" {
			v.Feeds = append(v.Feeds, f)
		}
	}
	for _, name := range p.Tags {
		if name = oneLine(name); name == "" {
			continue
		}
		t := tag{Name: name}
		if s.TagURL != nil {
			t.URL = template.URL(linkTo(s.TagURL(name)))
		}
		v.Tags = append(v.Tags, t)
	}
	if to := linkTo(s.Image); isRemote(to) {
		v.Image = to
	}
	v.StyleURL = linkTo(s.StyleURL)
	v.Class = strings.Join(strings.Fields(strings.Join(s.Classes, " ")), " ")
}

// linkOf is nil where there is nothing to link.
func linkOf(l Link) *link {
	to := linkTo(l.URL)
	if to == "" {
		return nil
	}
	label := oneLine(l.Label)
	if label == "" {
		label = to
	}
	return &link{label, template.URL(to)}
}

// data is what a page tells machines of the article.
type data struct {
	Published, Modified string // ISO 8601, empty if not known
	Script              template.JS
}

// blogPosting is what search engines read of a page: schema.org's BlogPosting as JSON-LD.
type blogPosting struct {
	Context     string         `json:"@context"`
	Type        string         `json:"@type"`
	Headline    string         `json:"headline"`
	Description string         `json:"description,omitempty"`
	URL         string         `json:"url,omitempty"`
	Image       string         `json:"image,omitempty"`
	Published   string         `json:"datePublished,omitempty"`
	Modified    string         `json:"dateModified,omitempty"`
	Language    string         `json:"inLanguage,omitempty"`
	Keywords    []string       `json:"keywords,omitempty"`
	Authors     []schemaPerson `json:"author,omitempty"`
}

type schemaPerson struct {
	Type   string   `json:"@type"`
	Name   string   `json:"name"`
	URL    string   `json:"url,omitempty"`
	SameAs []string `json:"sameAs,omitempty"`
}

func (v *view) data(p Page) (*data, error) {
	d := &blogPosting{
		Context: "https://schema.org", Type: "BlogPosting", Headline: v.Title, Description: v.Description,
		URL: v.Canonical, Image: v.Image, Language: v.Lang, Published: moment(p.Date), Modified: moment(p.Updated),
	}
	for _, t := range v.Tags {
		d.Keywords = append(d.Keywords, t.Name)
	}
	for _, a := range v.Authors {
		person := schemaPerson{Type: "Person", Name: a.Name}
		if isRemote(string(a.PostsURL)) {
			person.URL = string(a.PostsURL)
		}
		for _, l := range a.Links {
			if isRemote(string(l.URL)) {
				person.SameAs = append(person.SameAs, string(l.URL))
			}
		}
		d.Authors = append(d.Authors, person)
	}
	script, err := json.Marshal(d) // which escapes what would end a script
	return &data{d.Published, d.Modified, template.JS(script)}, err
}

// moment is a date for machines: a day where the time of day is not known.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	if h, m, s := t.Clock(); h == 0 && m == 0 && s == 0 {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339)
}
