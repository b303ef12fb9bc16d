package library

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"longhand/editor/markdown"
	"longhand/editor/text"
)

// excerptLength is the length in characters of an article's first words.
const excerptLength = 160

// Article is what the library knows of one text.
type Article struct {
	Path string // relative to the library, with slashes
	Meta
	Slug    string
	Excerpt string
	Words   int
	Size    int64 // bytes
	ModTime time.Time
	Body    int // byte offset in the text at which the Markdown begins
	// Problem tells why the file could not be read as an article, or what is
	// wrong with its front matter; nil when all is well.
	Problem *Problem
	// Unreadable is set when there is no text at all.
	Unreadable bool
}

// Read reads a file as an article and its text. It always returns an article:
// one that cannot be read has its Problem, the file's name as title and an empty
// text.
func Read(file, rel string) (*Article, text.Doc) {
	doc, info, err := readDoc(file)
	if bad := doc.Check(); bad != nil {
		err = bad
	}
	return described(file, rel, doc, info, err)
}

// ReadText is Read for a text that shall be edited: bytes that are not UTF-8 are
// no obstacle there. The article's Problem tells of them.
func ReadText(file, rel string) (*Article, text.Doc) {
	doc, info, err := readDoc(file)
	a, doc := described(file, rel, doc, info, err)
	if bad := doc.Check(); bad != nil {
		a.Problem = asProblem(file, bad)
	}
	return a, doc
}

// ReadHead reads an article as [Read] does, but without its excerpt and its number of words,
// and returns its whole text, "" of one that cannot be read.
func ReadHead(file, rel string) (*Article, string) {
	data, info, err := readFile(file)
	if err != nil {
		return unreadable(file, rel, info, err), ""
	}
	s, err := text.Plain(data)
	if err != nil {
		return unreadable(file, rel, info, err), ""
	}
	a, _ := head(s, file, rel)
	a.SetFile(info)
	return a, s
}

// readDoc reads a file as a text, which is empty when there is an error.
func readDoc(file string) (text.Doc, fs.FileInfo, error) {
	data, info, err := readFile(file)
	if err != nil {
		return text.Doc{}, info, err
	}
	doc, err := text.Decode(data)
	return doc, info, err
}

// readHead reads an article without its excerpt and its number of words. Where the beginning of
// the file tells all that is left, the rest is not read, nor is it known to be text.
func readHead(file, rel string) *Article {
	if a := readBeginning(file, rel); a != nil {
		return a
	}
	a, _ := ReadHead(file, rel)
	return a
}

const beginning = 4 << 10 // bytes, in which most front matter ends

// readBeginning is nil where more has to be read, or something is wrong.
func readBeginning(file, rel string) *Article {
	info, err := os.Stat(file) // before it is opened: a pipe would wait
	if err != nil || !info.Mode().IsRegular() || info.Size() <= beginning || info.Size() > MaxSize {
		return nil
	}
	f, err := os.Open(file)
	if err != nil {
		return nil
	}
	defer f.Close()
	data := make([]byte, beginning)
	if _, err := io.ReadFull(f, data); err != nil {
		return nil
	}
	end := bytes.LastIndexByte(data, '\n')
	if end < 0 || data[0] != '-' && data[0] != '+' && data[0] != '{' {
		return nil
	}
	doc, err := text.Decode(data[:end+1])
	if err != nil || doc.Check() != nil {
		return nil
	}
	a, _ := head(doc.String(), file, rel)
	if a.Body == 0 || a.Meta.Title == "" || a.Problem != nil {
		return nil
	}
	a.SetFile(info)
	return a
}

func described(file, rel string, doc text.Doc, info fs.FileInfo, err error) (*Article, text.Doc) {
	if err != nil {
		return unreadable(file, rel, info, err), text.Doc{}
	}
	a := Describe(doc.String(), file, rel)
	a.SetFile(info)
	return a, doc
}

// SetFile takes over the file's size and time, which is the article's date where
// there is no other.
func (a *Article) SetFile(info fs.FileInfo) {
	a.Size, a.ModTime = info.Size(), sane(info.ModTime())
	if a.DateSource == DateFromFile {
		a.Date = a.ModTime
	}
}

// Describe reads a text, with "\n" line breaks, as the article that it would be
// in the given file. It touches no disk: the article has no size or time.
func Describe(s, file, rel string) *Article {
	a, body := head(s, file, rel)
	a.Excerpt = markdown.Excerpt([]byte(body), excerptLength)
	a.Words = markdown.Words(body)
	return a
}

func head(s, file, rel string) (a *Article, body string) {
	fm, err := ParseFrontMatter(s)
	a = &Article{Path: rel, Meta: fm.meta(), Body: fm.Body}
	var bad *FrontMatterError
	if errors.As(err, &bad) {
		a.Problem = &Problem{Path: file, Line: bad.Line, Message: bad.Message, Remedy: bad.Remedy}
	}
	body = s[fm.Body:]
	a.complete(body)
	return a, body
}

// complete fills from the text and the file's name what front matter leaves open.
func (a *Article) complete(body string) {
	name := stem(a.Path)
	slug, dated := slugAndDate(name)
	if a.Slug = slug; a.Meta.Slug != "" {
		a.Slug = a.Meta.Slug
	}
	if a.Title == "" {
		if a.Title = firstHeading(body); a.Title == "" {
			a.Title = slug
		}
	}
	if a.Date.IsZero() {
		switch fromPath := dateInPath(path.Dir(a.Path)); {
		case !dated.IsZero():
			a.Date, a.DateSource = dated, DateFromName
		case !fromPath.IsZero():
			a.Date, a.DateSource = fromPath, DateFromPath
		default:
			a.DateSource = DateFromFile
		}
	}
	if strings.HasPrefix(a.Path, "_drafts/") || strings.Contains(a.Path, "/_drafts/") {
		a.Draft = true
	}
}

var atxHeading = regexp.MustCompile(`(?m)^ {0,3}#{1,6}[ \t]+\S.*$`)

// firstHeading returns the text of the first heading within the first lines.
func firstHeading(body string) string {
	head := body[:min(len(body), 4096)]
	if i := strings.LastIndexByte(head, '\n'); len(head) < len(body) && i > 0 {
		head = head[:i]
	}
	if !atxHeading.MatchString(head) && !strings.Contains(head, "\n===") && !strings.Contains(head, "\n---") {
		return ""
	}
	if outline := markdown.Parse([]byte(head)).Outline(); len(outline) > 0 {
		return oneLine(outline[0].Text)
	}
	return ""
}

func unreadable(file, rel string, info fs.FileInfo, err error) *Article {
	p := asProblem(file, err)
	a := &Article{Path: rel, Problem: p, Unreadable: true, Excerpt: p.Message}
	a.complete("")
	if info != nil {
		a.SetFile(info)
	}
	return a
}

func asProblem(file string, err error) *Problem {
	p := &Problem{Path: file, Message: reason(err), Remedy: "check the file", Err: err}
	var bad *text.EncodingError
	switch {
	case errors.As(err, &bad):
		p.Line, p.Message, p.Remedy = bad.Line, bad.Error(), bad.Remedy(filepath.Base(file))
	case errors.Is(err, errTooLarge):
		p.Remedy = "split it into several articles"
	case errors.Is(err, errFolder):
		p.Remedy = "name the article in it"
	case errors.Is(err, errIrregular):
		p.Remedy = "remove it from the library"
	case errors.Is(err, fs.ErrNotExist):
		p.Message, p.Remedy = "there is no such file", "check the name"
		if _, lerr := os.Lstat(file); lerr == nil {
			p.Message, p.Remedy = "this symbolic link leads to no file", "bring the file back, or remove the link"
		}
	case errors.Is(err, fs.ErrPermission):
		p.Message, p.Remedy = "the file cannot be read: "+p.Message, "check its permissions"
	}
	return p
}

var (
	errTooLarge  = fmt.Errorf("the file is larger than %d MiB, too large for an article", MaxSize>>20)
	errFolder    = errors.New("this is a folder, not an article")
	errIrregular = errors.New("this is a pipe, a socket or a device, not a file with text")
)

// readFile reads a regular file of at most MaxSize bytes.
func readFile(name string) ([]byte, fs.FileInfo, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, nil, err
	}
	switch {
	case info.IsDir():
		return nil, info, errFolder
	case !info.Mode().IsRegular():
		return nil, info, errIrregular
	case info.Size() > MaxSize:
		return nil, info, errTooLarge
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, info, err
	}
	defer f.Close()
	b := bytes.NewBuffer(make([]byte, 0, info.Size()+bytes.MinRead)) // read at once, unless it grows
	_, err = b.ReadFrom(io.LimitReader(f, MaxSize+1))
	if err == nil && b.Len() > MaxSize {
		err = errTooLarge
	}
	return b.Bytes(), info, err
}

// Status is "draft" or "published".
func (a *Article) Status() string {
	if a.Draft {
		return "draft"
	}
	return "published"
}

// moment is the date, made finer where it is only a day: an article edited on
// its day is as new as the edit, so that one just begun stands first.
func (a *Article) moment() time.Time {
	year, month, day := a.Date.Date()
	hour, minute, second := a.Date.Clock()
	if y, m, d := a.ModTime.Date(); hour == 0 && minute == 0 && second == 0 && y == year && m == month && d == day {
		return a.ModTime
	}
	return a.Date
}
