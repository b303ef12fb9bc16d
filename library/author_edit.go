package library

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"longhand/editor/text"
)

// AuthorFile is an author's file as it was read, to be edited. One with a Problem
// cannot be.
type AuthorFile struct {
	*Author
	File string // absolute
	doc  text.Doc
	data []byte // what the file held
}

// AuthorForm is what can be edited of an author.
type AuthorForm struct {
	Name   string
	Links  []Link // Label is empty where only the address stands in the file
	Avatar string // path of a picture, relative to authors/; empty for none
	Bio    string // Markdown
}

// AuthorFiles reads the files of all authors, by ID. A library without any has
// none.
func (l *Library) AuthorFiles() ([]*AuthorFile, error) {
	dir := l.File("authors")
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, asProblem(dir, err)
	}
	var out []*AuthorFile
	for _, e := range entries {
		if isArticle(e.Name()) {
			out = append(out, readAuthorFile(filepath.Join(dir, e.Name())))
		}
	}
	return out, nil
}

func readAuthorFile(file string) *AuthorFile {
	doc, _, err := readDoc(file)
	if bad := doc.Check(); bad != nil {
		err = bad
	}
	if err != nil {
		a := namedAfter(file)
		a.Problem = asProblem(file, err)
		return &AuthorFile{Author: a, File: file}
	}
	return &AuthorFile{Author: authorOf(file, doc.String()), File: file, doc: doc, data: doc.Bytes()}
}

// hasAuthor reports whether there is a file for the ID.
func (l *Library) hasAuthor(id string) (bool, error) {
	entries, err := os.ReadDir(l.File("authors"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, asProblem(l.File("authors"), err)
	}
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		return isArticle(e.Name()) && strings.EqualFold(strings.TrimSuffix(e.Name(), path.Ext(e.Name())), id)
	}), nil
}

// Form is what stands in the file.
func (f *AuthorFile) Form() AuthorForm {
	form := AuthorForm{Name: f.Name, Links: slices.Clone(f.Links), Avatar: f.Avatar, Bio: f.Bio}
	for i, link := range form.Links {
		if link.Label == bareLabel(link.URL) {
			form.Links[i].Label = ""
		}
	}
	return form
}

// Avatar is a picture that shall become an author's.
type Avatar struct {
	Data      []byte
	Extension string // that fits the data, such as ".png"
}

// SaveAuthor writes what the form says into an author's file. Only the keys whose
// value is another are touched, and the bio if it is; all other bytes stay. A
// picture is put beside the file first, under a free name, and is then the avatar. A file that
// another program has changed meanwhile is left alone: the error is then
// [ErrChanged].
func (l *Library) SaveAuthor(f *AuthorFile, form AuthorForm, picture *Avatar) error {
	if f.Problem != nil {
		return f.Problem
	}
	if now, err := os.ReadFile(f.File); errors.Is(err, fs.ErrNotExist) || err == nil && !bytes.Equal(now, f.data) {
		return saveProblem(f.File, ErrChanged) // who removed it may have meant it
	}
	if _, err := f.with(form); err != nil {
		return err
	}
	if picture != nil {
		name, err := l.addAvatar(f.ID, picture)
		if err != nil {
			return err
		}
		form.Avatar = name
	}
	doc, err := f.with(form)
	if err != nil {
		return err
	}
	_, err = Save(f.File, doc.Bytes(), f.data)
	return err
}

// CreateAuthor makes an author's file and returns the ID: the one wanted, or one
// made of the name where that is empty. It never replaces a file. While the folder of
// the library is not there, the error is ErrAway.
func (l *Library) CreateAuthor(wanted string, form AuthorForm, picture *Avatar) (id string, err error) {
	if err := l.Present(); err != nil {
		return "", err
	}
	base := Slug(form.Name)
	switch {
	case wanted != "":
		base = Slug(wanted)
	case !strings.ContainsFunc(form.Name, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }):
		base = "author"
	}
	for n := 1; ; n++ {
		if id = base; n > 1 {
			id = fmt.Sprintf("%s-%d", base, n)
		}
		if taken, err := l.hasAuthor(id); err != nil {
			return "", err
		} else if taken {
			continue
		}
		f := &AuthorFile{Author: &Author{ID: id}, File: l.File("authors/" + id + ".md")}
		doc, err := f.with(form)
		if err != nil {
			return "", err
		}
		err = Create(f.File, doc.Bytes())
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err == nil && picture != nil {
			err = l.SaveAuthor(readAuthorFile(f.File), form, picture)
		}
		return id, err
	}
}

// with returns the text with what the form says.
func (f *AuthorFile) with(form AuthorForm) (text.Doc, error) {
	form.Name, form.Bio = oneLine(form.Name), strings.TrimSpace(form.Bio)
	if form.Name == "" {
		return text.Doc{}, &Problem{Path: f.File, Message: "an author needs a name", Remedy: "write one"}
	}
	was := f.Form()
	var keys []Key
	if form.Name != was.Name {
		keys = append(keys, Key{f.nameKey(), form.Name})
	}
	if form.Avatar != was.Avatar {
		keys = append(keys, Key{"avatar", orNone(form.Avatar)})
	}
	if !slices.Equal(form.Links, was.Links) {
		keys = append(keys, Key{"links", linksValue(form.Links)})
	}
	doc, err := WithFrontMatter(f.doc, keys...)
	if err == nil && form.Bio != was.Bio {
		doc, err = withBody(doc, form.Bio)
	}
	var bad *FrontMatterError
	if errors.As(err, &bad) {
		return text.Doc{}, bad.In(f.File)
	}
	// What would not be read again as it is meant is not written.
	again := AuthorFile{Author: authorOf(f.File, doc.String())}
	if got := again.Form(); err != nil || again.Problem != nil || got.Name != form.Name || got.Avatar != form.Avatar || got.Bio != form.Bio || !slices.Equal(got.Links, form.Links) {
		return text.Doc{}, &Problem{Path: f.File, Message: "this cannot be written into the file", Remedy: "change it in the text", Err: err}
	}
	return doc, nil
}

// nameKey is the key under which the name stands.
func (f *AuthorFile) nameKey() string {
	fm, _ := ParseFrontMatter(f.doc.String())
	if scalar(fm.Values["name"]) == "" && scalar(fm.Values["title"]) != "" {
		return "title"
	}
	return "name"
}

// orNone makes an empty text no value, so that its key goes.
func orNone(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// linksValue is how links are written: as addresses where none has a name; none
// make no value.
func linksValue(links []Link) any {
	var bare []string
	for _, link := range links {
		if link.Label != "" {
			return links
		}
		bare = append(bare, link.URL)
	}
	if len(bare) == 0 {
		return nil
	}
	return bare
}

// withBody replaces what stands below the front matter. White space around it
// stays.
func withBody(doc text.Doc, body string) (text.Doc, error) {
	s := doc.String()
	fm, err := ParseFrontMatter(s)
	if err != nil {
		return doc, err
	}
	head, old := s[:fm.Body], s[fm.Body:]
	lead := old[:len(old)-len(strings.TrimLeftFunc(old, unicode.IsSpace))]
	trail := old[len(strings.TrimRightFunc(old, unicode.IsSpace)):]
	if strings.TrimSpace(old) == "" || trail == "" {
		trail = "\n"
	}
	if head != "" && !strings.HasSuffix(head, "\n") {
		lead = "\n" + lead
	}
	if body == "" {
		lead, trail = "", ""
	}
	doc, _, err = doc.Apply(doc.Diff(head + lead + body + trail))
	return doc, err
}

// addAvatar writes a picture beside an author's file, under a free name made of the
// author's, and returns that. A picture that is there stays, also the one before: it
// may be the only copy, and other programs and pages may show it.
func (l *Library) addAvatar(id string, picture *Avatar) (name string, err error) {
	for n := 1; ; n++ {
		if name = id + picture.Extension; n > 1 {
			name = fmt.Sprintf("%s-%d%s", id, n, picture.Extension)
		}
		file := l.File("authors/" + name)
		err := Create(file, picture.Data)
		if !errors.Is(err, fs.ErrExist) {
			return name, err
		}
		// A pipe would be waited for, and a large file need not be read.
		if info, err := os.Stat(file); err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(picture.Data)) {
			continue
		}
		if now, err := os.ReadFile(file); err == nil && bytes.Equal(now, picture.Data) {
			return name, nil // it is there already
		}
	}
}
