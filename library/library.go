// Package library knows the articles of a folder: plain Markdown files with
// front matter, their authors, and how to save them without ever losing one.
//
// A library is any folder. Nothing in it is changed by being opened or read.
// Paths of articles are relative to it and separated by slashes.
package library

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"longhand/editor/text"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// MaxSize is the size in bytes up to which a file is read as an article.
const MaxSize = 64 << 20

// Problem is something wrong with one file; the rest of the library works on.
type Problem struct {
	Path    string // as the user may open it: absolute, or as given
	Line    int    // from 1; 0 where there is none
	Message string
	Remedy  string
	Err     error // the cause, for errors.Is; may be nil
}

// Unwrap returns the cause.
func (p *Problem) Unwrap() error { return p.Err }

func (p *Problem) Error() string {
	s := p.Path
	if p.Line > 0 {
		s += fmt.Sprintf(":%d", p.Line)
	}
	s += ": " + p.Message
	if p.Remedy != "" {
		s += "; " + p.Remedy
	}
	return s
}

// Library is a folder of articles.
type Library struct {
	dir  string
	real string                      // the same folder without symbolic links; "" where that cannot be told
	root atomic.Pointer[fs.FileInfo] // of the folder when it was last seen with something in it
}

// Open returns the library in the folder. It must exist and be readable.
func Open(dir string) (*Library, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(abs)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &Problem{Path: abs, Message: "the library folder does not exist", Remedy: "create it, or name another with --library", Err: err}
	case err != nil:
		return nil, &Problem{Path: abs, Message: "the library folder cannot be opened: " + reason(err), Remedy: "check its permissions, or name another with --library", Err: err}
	case !info.IsDir():
		return nil, &Problem{Path: abs, Message: "this is a file, not a library folder", Remedy: "name its folder with --library"}
	}
	if err := mayRead(abs); err != nil {
		return nil, &Problem{Path: abs, Message: "the library folder cannot be read: " + reason(err), Remedy: "check its permissions, or name another with --library", Err: err}
	}
	l := &Library{dir: abs}
	if l.real, err = filepath.EvalSymlinks(abs); err != nil {
		l.real = ""
	}
	l.root.Store(&info)
	return l, nil
}

// mayRead returns why nothing can be read of a folder.
func mayRead(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if _, err := d.Readdirnames(1); !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

// reason is what the system says, without the call and the path that our own
// messages name already.
func reason(err error) string {
	var p *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &p):
		return p.Err.Error()
	case errors.As(err, &link):
		return link.Err.Error()
	}
	return err.Error()
}

// Dir returns the absolute path of the folder.
func (l *Library) Dir() string { return l.dir }

// File returns the absolute path of an article.
func (l *Library) File(rel string) string { return filepath.Join(l.dir, filepath.FromSlash(rel)) }

// Rel returns the article path of a file, and whether it lies in the library, by
// whatever name of its folders. It may look at the disk; see [Library.Within].
func (l *Library) Rel(file string) (string, bool) {
	if rel, ok := l.Within(file); ok || l.dir == "" {
		return rel, ok
	}
	// The same folder may be called by another name, through a symbolic link.
	real, err := filepath.EvalSymlinks(file)
	if err != nil {
		return "", false
	}
	return l.Within(real)
}

// Within is Rel by the name of the file alone: it never looks at the disk, and does not
// know a file that only a symbolic link leads into the library.
func (l *Library) Within(file string) (string, bool) {
	for _, dir := range []string{l.dir, l.real} {
		if dir == "" {
			continue
		}
		if rel, err := filepath.Rel(dir, file); err == nil && filepath.IsLocal(rel) {
			return filepath.ToSlash(rel), true
		}
	}
	return "", false
}

// Loaded is an article with its text.
type Loaded struct {
	*Article
	Head string // the front matter with its delimiters
	Body string // the Markdown without front matter, "\n" line breaks
}

// Articles are the same articles without their texts.
func Articles(loaded []Loaded) []*Article {
	out := make([]*Article, len(loaded))
	for i, l := range loaded {
		out[i] = l.Article
	}
	return out
}

// Load reads all articles, newest first. A file that cannot be read as one is
// in the list all the same, with its Problem. The problems of folders and of
// front matter come second. The error is that of [Library.Scan].
func (l *Library) Load(ctx context.Context) ([]Loaded, []*Problem, error) {
	return l.load(ctx, Read)
}

// LoadHeads is [Library.Load] for those who only want to know what articles there are: Head and
// Body are empty, and so are the articles' Excerpt and Words, which take most of the time.
func (l *Library) LoadHeads(ctx context.Context) ([]Loaded, []*Problem, error) {
	return l.load(ctx, func(file, rel string) (*Article, text.Doc) { return readHead(file, rel), text.Doc{} })
}

func (l *Library) load(ctx context.Context, read func(file, rel string) (*Article, text.Doc)) ([]Loaded, []*Problem, error) {
	scan, err := l.Scan(ctx)
	if err != nil {
		return nil, nil, err
	}
	files, problems := scan.Files, scan.Problems
	out := make([]Loaded, len(files))
	var next int
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range workers() {
		wg.Go(func() {
			for ctx.Err() == nil {
				mu.Lock()
				i := next
				next++
				mu.Unlock()
				if i >= len(files) {
					return
				}
				a, doc := read(l.File(files[i].Path), files[i].Path)
				out[i] = Loaded{Article: a}
				if s := doc.String(); s != "" {
					out[i].Head, out[i].Body = s[:a.Body], s[a.Body:]
				}
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	slices.SortFunc(out, func(a, b Loaded) int { return Newer(a.Article, b.Article) })
	for _, a := range out {
		if a.Problem != nil {
			problems = append(problems, a.Problem)
		}
	}
	return out, problems, nil
}

// Newer orders articles newest first.
func Newer(a, b *Article) int {
	if c := b.moment().Compare(a.moment()); c != 0 {
		return c
	}
	if c := b.ModTime.Compare(a.ModTime); c != 0 {
		return c
	}
	return strings.Compare(a.Path, b.Path)
}

// SortNewest puts articles in the order of [Newer].
func SortNewest(articles []*Article) {
	type keyed struct {
		*Article
		seconds int64
		nanos   int
	}
	// What is compared is found out once for each.
	keys := make([]keyed, len(articles))
	for i, a := range articles {
		m := a.moment()
		keys[i] = keyed{a, m.Unix(), m.Nanosecond()}
	}
	slices.SortFunc(keys, func(a, b keyed) int {
		if c := cmp.Or(cmp.Compare(b.seconds, a.seconds), cmp.Compare(b.nanos, a.nanos)); c != 0 {
			return c
		}
		return Newer(a.Article, b.Article)
	})
	for i, k := range keys {
		articles[i] = k.Article
	}
}

func skipDir(parent, name string) bool {
	return strings.HasPrefix(name, ".") || name == "node_modules" || parent == "." && name == "authors"
}

// IsListed reports whether a file of that path is one of a library's articles.
func IsListed(rel string) bool {
	return IsWalked(path.Dir(rel)) && isArticle(path.Base(rel))
}

// IsWalked reports whether a folder of that path is looked into for articles.
func IsWalked(rel string) bool {
	parent := "."
	for name := range strings.SplitSeq(rel, "/") {
		if name != "." && skipDir(parent, name) {
			return false
		}
		parent = path.Join(parent, name)
	}
	return true
}

// isArticle leaves out hidden files and the section pages of Hugo and Zola.
func isArticle(name string) bool {
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_index.") {
		return false
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown":
		return true
	}
	return false
}
