package site

import (
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"time"

	"longhand/editor/html"
	"longhand/library"
)

// PictureURL returns the address that a picture beside an article has on the finished
// site, given its address as the article writes it; "" where the site has no address, or
// there is no such picture. The text is the article's, which lies in the file. Where two articles
// ask for one address, it is that of the first.
func (s *Site) PictureURL(a *library.Article, text, file string) func(address string) string {
	if s.BaseURL == "" || file == "" {
		return func(string) string { return "" }
	}
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
	files, dir := folder(filepath.Dir(file)), assetFolder(src.wantedFile(pattern))
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

// assetFolder is the folder, with a slash, in which a page has its pictures.
func assetFolder(page string) string {
	base := strings.TrimSuffix(page, "index.html")
	if base == page {
		base = strings.TrimSuffix(base, path.Ext(base)) + "/"
	}
	return base
}
