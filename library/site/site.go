// Package site makes finished pages of a library's articles. It adds to an
// article what only the library knows: its authors, their other posts, and the
// site's own settings in site.toml.
package site

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/pelletier/go-toml/v2"

	"longhand/editor/html"
	"longhand/editor/markdown"
	"longhand/library"
)

// Config is a library's site.toml. All of it is optional.
type Config struct {
	Title   string `toml:"title"`
	BaseURL string `toml:"base_url"`
	Lang    string `toml:"lang"`
}

// Site is a library as seen when pages are made of it. The zero value serves an
// article that stands outside any library.
type Site struct {
	Config
	authors    []*library.Author
	authorsDir string
	articles   []library.Loaded
}

// New reads the site of a library whose articles are given. Problems with
// site.toml and the authors are returned; the rest is there all the same.
func New(lib *library.Library, articles []library.Loaded) (*Site, []*library.Problem) {
	s := &Site{articles: articles, authorsDir: lib.File("authors")}
	var problems []*library.Problem
	s.authors, problems = lib.Authors()
	if p := readConfig(lib.File("site.toml"), &s.Config); p != nil {
		problems = append(problems, p)
	}
	return s, problems
}

func readConfig(file string, c *Config) *library.Problem {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = toml.Unmarshal(data, c)
	}
	if err == nil {
		return nil
	}
	p := &library.Problem{Path: file, Message: err.Error(), Remedy: "mend it, or remove it to go without"}
	var at *toml.DecodeError
	if errors.As(err, &at) {
		p.Line, _ = at.Position()
	}
	return p
}

// With returns the same site with other articles.
func (s *Site) With(articles []library.Loaded) *Site {
	next := *s
	next.articles = articles
	return &next
}

// Authors returns the library's authors.
func (s *Site) Authors() []*library.Author { return s.authors }

// Page returns the page of an article whose text is given and which lies in the
// file. The pages map the articles exported beside it, by path, to the names of
// their files, so that an author's posts link to one another; it may be nil.
func (s *Site) Page(a *library.Article, body, file string, pages map[string]string) html.Page {
	p := html.Page{
		Title:       a.Title,
		Subtitle:    a.Subtitle,
		Description: a.Description,
		Lang:        a.Lang,
		Date:        a.Date,
		Updated:     a.Updated,
		Tags:        a.Tags,
		Draft:       a.Draft,
		Body:        markdown.Parse([]byte(body)),
	}
	if file != "" {
		p.Files = folder(filepath.Dir(file))
	}
	if p.Lang == "" {
		p.Lang = s.Lang
	}
	if p.Description == "" {
		p.Description = a.Excerpt
	}
	if a.DateSource == library.DateFromFile {
		p.Date = time.Time{} // when a file was last written is no date to publish
	}
	if s.authorsDir != "" {
		p.AuthorFiles = folder(s.authorsDir)
	}
	for _, by := range library.Credits(s.authors, a) {
		p.Authors = append(p.Authors, s.author(by, pages))
	}
	return p
}

func (s *Site) author(by *library.Author, pages map[string]string) html.Author {
	out := html.Author{ID: by.ID, Name: by.Name, Avatar: by.Avatar, Bio: []byte(by.Bio)}
	for _, l := range by.Links {
		out.Links = append(out.Links, html.Link{Label: l.Label, URL: l.URL})
	}
	for _, a := range s.articles {
		if a.Draft || a.Unreadable || !credited(s.authors, a.Article, by.ID) {
			continue
		}
		out.Posts = append(out.Posts, html.Post{Title: a.Title, Date: a.Date, URL: pages[a.Path]})
	}
	return out
}

func credited(authors []*library.Author, a *library.Article, id string) bool {
	for _, by := range library.Credits(authors, a) {
		if by.ID == id {
			return true
		}
	}
	return false
}

// folder is a folder's files, as far as they lie in it: symbolic links that lead
// out of it are not followed.
type folder string

// Open implements fs.FS.
func (dir folder) Open(name string) (fs.File, error) { return os.OpenInRoot(string(dir), name) }
