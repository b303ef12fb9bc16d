package site

import (
	"bytes"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"longhand/editor/html"
	"longhand/editor/text"
	"longhand/library"
)

// ExportBeside makes the page of the article with the given text, which lies or will lie in the
// file, and puts it where it is wanted, with its pictures in a folder NAME_files beside it, as
// browsers do that save a page. The picture that shows the page elsewhere (og:image) is one on the
// web, or one beside the page where it is known where that will be: at the article's canonical
// address, or else as a part of the site of the library that has one. What is in the way and is not Longhand's is left alone unless force is set: the error then is
// fs.ErrExist, and nothing is written. See [Site.Render] for the rest.
func (s *Site) ExportBeside(theme *html.Theme, a *library.Article, doc text.Doc, file, to string, pages map[string]string, force bool) ([]*library.Problem, error) {
	if p := unfit(doc, file); p != nil {
		return nil, p
	}
	dir := filepath.Dir(to)
	album := &album{folder: strings.TrimSuffix(filepath.Base(to), filepath.Ext(to)) + "_files", files: map[string][]byte{}}
	p := s.Page(a, doc.String()[a.Body:], file, pages)
	p.PictureURL = func(name string) string { return album.add(p.Files, name, 0) }
	local, remote := picture(a, doc.String())
	if p.Site.Image = remote; local != "" {
		p.Site.Image = album.shared(p, local, s.PictureURL(a, doc.String(), file))
	}
	for i, by := range p.Authors {
		if by.Avatar != "" && p.AuthorFiles != nil {
			p.Authors[i].AvatarURL = album.add(p.AuthorFiles, path.Clean(by.Avatar), html.WidestAvatar)
		}
	}
	var out bytes.Buffer
	found, err := theme.Page(&out, p)
	problems := warnings(a, doc, file, found)
	if err != nil {
		return problems, err
	}
	return problems, album.write(dir, to, out.Bytes(), force)
}

// album gathers the pictures of a page.
type album struct {
	folder string // beside the page
	files  map[string][]byte
}

// add takes a picture in and returns its address from the page, "" where it is none.
func (a *album) add(files fs.FS, name string, widest int) string {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return ""
	}
	name, data, err = html.PublishPicture(path.Base(name), data, widest)
	if err != nil {
		return ""
	}
	ending := path.Ext(name)
	stem := library.Slug(strings.TrimSuffix(name, ending))
	for n := 1; ; n++ {
		free := numbered(stem, n) + ending
		if there, taken := a.files[free]; !taken || bytes.Equal(there, data) {
			a.files[free] = data
			return url.PathEscape(a.folder) + "/" + url.PathEscape(free)
		}
	}
}

// shared returns the absolute address of a picture beside the article, once the page is where
// its canonical address says, with the pictures beside it; without one that on the library's
// site. It is "" where neither is known, or there is no such picture.
func (a *album) shared(p html.Page, picture string, onSite func(string) string) string {
	home, err := url.Parse(p.Canonical)
	if err != nil || !IsAddress(p.Canonical) {
		return onSite(picture)
	}
	names, err := html.LocalNames(picture)
	if err != nil || p.Files == nil {
		return ""
	}
	for _, name := range names {
		if to, err := url.Parse(a.add(p.Files, name, 0)); err == nil && to.Path != "" {
			return home.ResolveReference(to).String()
		}
	}
	return ""
}

// write puts pictures and page there, the page last.
func (a *album) write(dir, to string, page []byte, force bool) error {
	if !force && foreign(to) {
		return &fs.PathError{Op: "export", Path: to, Err: fs.ErrExist}
	}
	_, err := os.Stat(to)
	ours := err == nil && !foreign(to) // then so is what lies in its folder
	names := slices.Sorted(maps.Keys(a.files))
	var changed []string
	for _, name := range names {
		there, err := os.ReadFile(filepath.Join(dir, a.folder, name))
		switch {
		case err == nil && bytes.Equal(there, a.files[name]):
			continue
		case err == nil && !ours && !force:
			return &fs.PathError{Op: "export", Path: filepath.Join(dir, a.folder, name), Err: fs.ErrExist}
		}
		changed = append(changed, name)
	}
	if len(names) > 0 {
		if err := makeFolder(filepath.Join(dir, a.folder)); err != nil {
			return err
		}
	}
	for _, name := range changed {
		if _, err := library.Save(filepath.Join(dir, a.folder, name), a.files[name], nil); err != nil {
			return err
		}
	}
	return Write(to, page, force)
}
