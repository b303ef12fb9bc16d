package site

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"

	"longhand/editor/html"
	"longhand/editor/text"
	"longhand/library"
)

// RenderFile makes the page of the article in the file. See [Site.Render].
func (s *Site) RenderFile(theme *html.Theme, file string, pages map[string]string) ([]byte, []*library.Problem, error) {
	a, doc := library.Read(file, s.path(file))
	if a.Unreadable {
		return nil, nil, a.Problem
	}
	return s.Render(theme, a, doc, file, pages)
}

// Render makes the page of the article with the given text, which lies or will
// lie in the file. The problems tell what the page had to go without. See
// [Site.Page] for pages. The picture that shows the page elsewhere (og:image) is the
// article's only if that has an address on the web: the others are in the page itself.
func (s *Site) Render(theme *html.Theme, a *library.Article, doc text.Doc, file string, pages map[string]string) ([]byte, []*library.Problem, error) {
	if p := unfit(doc, file); p != nil {
		return nil, nil, p
	}
	var out bytes.Buffer
	p := s.Page(a, doc.String()[a.Body:], file, pages)
	_, p.Site.Image = picture(a, doc.String())
	found, err := theme.Page(&out, p)
	return out.Bytes(), warnings(a, doc, file, found), err
}

// picture is the picture that shows the article elsewhere: a path beside it, or an address.
// It is the one that the front matter names, else the first in the text.
func picture(a *library.Article, text string) (local, remote string) {
	s := &source{Path: a.Path}
	s.extra(text[:a.Body], text[a.Body:])
	return s.Picture, s.Remote
}

// unfit tells of a text that is not all text; no page is made of it.
func unfit(doc text.Doc, file string) error {
	bad := doc.Check()
	if bad == nil {
		return nil
	}
	return &library.Problem{Path: file, Line: bad.Line, Message: bad.Error(), Remedy: bad.Remedy(filepath.Base(file)), Err: bad}
}

// warnings leads what was found in the body back to the lines of the file.
func warnings(a *library.Article, doc text.Doc, file string, found []html.Warning) []*library.Problem {
	var out []*library.Problem
	if a.Problem != nil {
		out = append(out, a.Problem)
	}
	for _, w := range found {
		p := &library.Problem{Path: file, Message: w.Message}
		if w.Offset >= 0 {
			p.Line = 1 + doc.Line(a.Body+w.Offset)
		}
		out = append(out, p)
	}
	return out
}

// Write puts a page where the user wants it, atomically, making its folder. A
// file that is there and is no page of Longhand's is left alone unless force is
// set: the error then is fs.ErrExist.
func Write(to string, page []byte, force bool) error {
	if !force && foreign(to) {
		return &fs.PathError{Op: "export", Path: to, Err: fs.ErrExist}
	}
	if err := makeFolder(filepath.Dir(to)); err != nil {
		return err
	}
	_, err := library.Save(to, page, nil)
	return err
}

func makeFolder(dir string) error {
	err := os.MkdirAll(dir, 0o755)
	if err == nil {
		return nil
	}
	p := &library.Problem{Path: dir, Message: "the folder for the page cannot be made: " + err.Error(), Remedy: "check the permissions above it, or choose another folder", Err: err}
	var system *fs.PathError
	if errors.As(err, &system) {
		p.Message = "the folder for the page cannot be made: " + system.Err.Error()
	}
	return p
}

// FreeName returns the file in dir for an article's page: SLUG.html, or
// SLUG-2.html and so on where that is somebody else's file.
func FreeName(dir, slug string) string {
	name := library.Slug(slug)
	for n := 1; ; n++ {
		to := filepath.Join(dir, numbered(name, n)+".html")
		if !foreign(to) {
			return to
		}
	}
}

// foreign reports whether there is such a file and Longhand did not make it.
// Where nothing can be known, nothing is there to be spared.
func foreign(to string) bool {
	info, err := os.Stat(to)
	if err != nil {
		return false
	}
	if !info.Mode().IsRegular() {
		return true
	}
	f, err := os.Open(to)
	if err != nil {
		return true
	}
	defer f.Close()
	head, _ := io.ReadAll(io.LimitReader(f, 64<<10)) // a title may be long
	return !bytes.Contains(head, []byte(`<meta name="generator" content="Longhand`))
}

// path is the article path that a file has in the library of this site, or its
// name where it stands alone.
func (s *Site) path(file string) string {
	if s.authorsDir != "" {
		if rel, err := filepath.Rel(filepath.Dir(s.authorsDir), file); err == nil && filepath.IsLocal(rel) {
			return filepath.ToSlash(rel)
		}
	}
	return path.Base(filepath.ToSlash(file))
}

func numbered(name string, n int) string {
	if n == 1 {
		return name
	}
	return name + "-" + strconv.Itoa(n)
}
