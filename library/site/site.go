// Package site makes finished pages of a library's articles. It adds to an
// article what only the library knows: its authors, their other posts, and the
// site's own settings in site.toml.
package site

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"longhand/editor/html"
	"longhand/editor/markdown"
	"longhand/library"
	"longhand/library/links"
)

// Config is a library's site.toml. All of it is optional.
type Config struct {
	Title   string `toml:"title"`
	BaseURL string `toml:"base_url"`
	Lang    string `toml:"lang"`
	// TrustHTML lets scripts and all other raw HTML of articles into their pages. Imported
	// articles are never trusted.
	TrustHTML bool `toml:"trust_html"`
	// PicturesBeside has single pages exported with their pictures beside them.
	PicturesBeside bool `toml:"pictures_beside"`

	// What only a whole site asks for.
	Description string `toml:"description"`
	Permalink   string `toml:"permalink"` // such as /:year/:month/:slug/
	PerPage     int    `toml:"per_page"`  // articles on a page of a list
	Theme       string `toml:"theme"`
	Search      string `toml:"search"` // texts or titles: what the search page looks at
}

// Site is a library as seen when pages are made of it. The zero value serves an
// article that stands outside any library.
type Site struct {
	Config
	authors    []*library.Author
	authorsDir string
	posts      *posts
}

// New reads the site of a library whose articles are given. Problems with
// site.toml and the authors are returned; the rest is there all the same.
func New(lib *library.Library, articles []*library.Article) (*Site, []*library.Problem) {
	s := &Site{authorsDir: lib.File("authors")}
	var problems []*library.Problem
	s.authors, problems = lib.Authors()
	s.posts = &posts{articles: articles, authors: s.authors}
	if p := readConfig(lib.File("site.toml"), &s.Config); p != nil {
		problems = append(problems, p)
	}
	return s, problems
}

// ReadConfig reads the settings of a library's site alone. What is wrong with them
// is said by New.
func ReadConfig(lib *library.Library) Config {
	var c Config
	_ = readConfig(lib.File("site.toml"), &c)
	return c
}

// errSettings is within the problem with a site.toml of which nothing can be known.
var errSettings = errors.New("the settings cannot be read")

func readConfig(file string, c *Config) *library.Problem {
	p := &library.Problem{Path: file, Remedy: "mend it, or remove it to go without"}
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err == nil && !info.Mode().IsRegular():
		p.Message, p.Err = "this is not a file with settings", errSettings
		return p
	}
	data, err := os.ReadFile(file)
	if err == nil {
		data = bytes.TrimPrefix(data, []byte("\ufeff"))
		err = toml.Unmarshal(data, c)
	}
	if err != nil {
		p.Err = errors.Join(errSettings, err)
		p.Message = strings.TrimPrefix(err.Error(), "toml: ")
		var at *toml.DecodeError
		var system *fs.PathError
		switch {
		case errors.As(err, &at):
			p.Line, _ = at.Position()
			if wanted := wantedType(at.Error()); wanted != "" {
				p.Message = fmt.Sprintf("‘%s’ must be %s", strings.Join(at.Key(), "."), wanted)
			}
		case errors.As(err, &system):
			p.Message = system.Err.Error()
		}
		p.Message = errSettings.Error() + ": " + p.Message
		return p
	}
	if c.BaseURL == "" || IsAddress(c.BaseURL) {
		return nil
	}
	p.Message, p.Remedy = fmt.Sprintf("base_url %q is no address of a site", c.BaseURL), "write one such as https://example.org"
	if at := baseURLKey.FindIndex(data); at != nil {
		p.Line = 1 + bytes.Count(data[:at[0]], []byte("\n"))
	}
	c.BaseURL = ""
	return p
}

var baseURLKey = regexp.MustCompile(`(?m)^[ \t]*["']?base_url`)

// wantedType is what a setting must be that is of another type; "" where something else is wrong.
func wantedType(message string) string {
	switch {
	case !strings.HasPrefix(message, "toml: cannot decode TOML") && !strings.HasPrefix(message, "toml: cannot store"):
	case strings.HasSuffix(message, "string"):
		return "a text in quotes"
	case strings.HasSuffix(message, "int"):
		return "a whole number"
	case strings.HasSuffix(message, "bool"):
		return "true or false"
	}
	return ""
}

// With returns the same site with other articles. It costs nothing until a page
// asks for them.
func (s *Site) With(articles []*library.Article) *Site {
	next := *s
	next.posts = &posts{articles: articles, authors: s.authors}
	return &next
}

// Authors returns the library's authors.
func (s *Site) Authors() []*library.Author { return s.authors }

// Page returns the page of an article whose text is given and which lies in the
// file. The pages map the articles exported beside it, by path, to the addresses
// of their files, so that they link to one another; it may be nil.
func (s *Site) Page(a *library.Article, body, file string, pages map[string]string) html.Page {
	p := html.Page{
		Title:       a.Title,
		Subtitle:    a.Subtitle,
		Description: a.Description,
		Lang:        a.Lang,
		DefaultLang: s.Lang,
		Date:        a.Date,
		Updated:     a.Updated,
		Tags:        a.Tags,
		Draft:       a.Draft,
		Canonical:   a.Canonical,
		Contents:    a.Contents,
		Trusted:     s.TrustHTML && !a.Imported,
		Body:        markdown.Parse([]byte(body)),
	}
	if file != "" {
		p.Files = folder(filepath.Dir(file))
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
	public := s.ArticleURL(a.Path)
	p.LinkURL = func(destination string) string {
		if to := linked(pages, a.Path, destination); to != "" {
			return to
		}
		return public(destination)
	}
	return p
}

// linked returns the page to which a link in the article leads that names
// another article by its file or folder; "" if it is not one of the pages.
func linked(pages map[string]string, from, destination string) string {
	way, fragment, ok := pathOf(destination)
	if !ok || strings.HasPrefix(way, "/") {
		return ""
	}
	for _, name := range links.Paths(from, way) {
		if page := pages[name]; page != "" {
			return page + fragment
		}
	}
	return ""
}

func (s *Site) author(by *library.Author, pages map[string]string) html.Author {
	out := html.Author{ID: by.ID, Name: by.Name, Avatar: by.Avatar, Bio: []byte(by.Bio)}
	for _, l := range by.Links {
		out.Links = append(out.Links, html.Link{Label: l.Label, URL: l.URL})
	}
	if out.PostsURL = s.postsURL(by.ID); out.PostsURL != "" {
		return out
	}
	for _, a := range s.posts.by(by) {
		post := html.Post{Title: a.Title, Date: a.Date, URL: pages[a.Path]}
		if a.DateSource == library.DateFromFile {
			post.Date = time.Time{}
		}
		out.Posts = append(out.Posts, post)
	}
	return out
}

// postsURL is the author's page on the site; "" where the site has no address.
func (s *Site) postsURL(id string) string {
	base, err := url.Parse(s.BaseURL)
	if err != nil || s.BaseURL == "" {
		return ""
	}
	base.RawQuery, base.Fragment, base.RawFragment = "", "", ""
	return base.JoinPath("authors", url.PathEscape(id), "/").String()
}

// folder is a folder's files, as far as they lie in it: symbolic links that lead
// out of it are not followed.
type folder string

// Open implements fs.FS. Pipes and devices are refused: opening one may wait for
// ever.
func (dir folder) Open(name string) (fs.File, error) {
	root, err := os.OpenRoot(string(dir))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	info, err := root.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() && !info.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	return root.Open(name)
}
