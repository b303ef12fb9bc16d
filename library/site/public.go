package site

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"longhand/editor/html"
	"longhand/library"
	"longhand/library/links"
)

// PictureURL returns the address that a picture beside an article has on the finished
// site, given its address as the article writes it; "" where the site has no address, or
// there is no such picture. The text is the article's, which lies in the file. Where two articles
// ask for one address, it is that of the first.
func (s *Site) PictureURL(a *library.Article, text, file string) func(address string) string {
	if s.BaseURL == "" || file == "" {
		return func(string) string { return "" }
	}
	files, dir := folder(filepath.Dir(file)), assetFolder(s.pageFile(a, text))
	return func(address string) string {
		names, err := html.LocalNames(address)
		if err != nil || !isLocal(address) || strings.HasPrefix(address, "/") {
			return ""
		}
		for _, name := range names {
			data, err := fs.ReadFile(files, name)
			if err != nil || len(data) > largestFile {
				continue
			}
			if name, _, err = html.PublishPicture(name, data, 0); err == nil {
				return absolute(s.BaseURL, dir+assetName(name))
			}
		}
		return ""
	}
}

// pageFile is the file of an article's page on the finished site.
func (s *Site) pageFile(a *library.Article, text string) string {
	src := &source{Path: a.Path, Meta: a.Meta}
	src.Slug = a.Slug
	if a.DateSource == library.DateFromFile {
		src.Date = time.Time{}
	}
	src.extra(text[:a.Body], "")
	pattern := s.Permalink
	if pattern == "" || checkPermalink(pattern) != "" {
		pattern = defaultPermalink
	}
	return src.wantedFile(pattern)
}

// ArticleURL returns the address that another article has on the finished site, given a link to
// its file or folder as the article at the path in the library writes it; "" where the site has
// no address, and for a draft. Articles are read as they are asked for.
func (s *Site) ArticleURL(from string) func(destination string) string {
	if s.BaseURL == "" || s.authorsDir == "" {
		return func(string) string { return "" }
	}
	return func(destination string) string {
		way, fragment, ok := pathOf(destination)
		if !ok || strings.HasPrefix(way, "/") {
			return ""
		}
		for _, name := range links.Paths(from, way) {
			if ext := strings.ToLower(path.Ext(name)); ext != ".md" && ext != ".markdown" || !fs.ValidPath(name) {
				continue
			}
			file := filepath.Join(filepath.Dir(s.authorsDir), filepath.FromSlash(name))
			if info, err := os.Stat(file); err != nil || !info.Mode().IsRegular() {
				continue
			}
			a, text := library.ReadHead(file, name)
			if a.Unreadable || a.Draft {
				return ""
			}
			return absolute(s.BaseURL, s.pageFile(a, text)) + fragment
		}
		return ""
	}
}

// assetFolder is the folder, with a slash, in which a page has its pictures.
func assetFolder(page string) string {
	base := strings.TrimSuffix(page, "index.html")
	if base == page {
		base = strings.TrimSuffix(base, path.Ext(base)) + "/"
	}
	return base
}
