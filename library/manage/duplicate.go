package manage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"longhand/editor/text"
	"longhand/library"
)

// Duplicate copies an article, a folder slug/index.md with all that is in it, to a free
// name beside it: slug-2. The copy is a draft of now with " (copy)" behind its title,
// and without the addresses that the front matter may give, which are the original's.
// It returns the path of the copy. The error is a [*library.Problem] or the context's.
func Duplicate(ctx context.Context, lib *library.Library, rel string, now time.Time) (string, error) {
	a, doc := library.ReadText(lib.File(rel), rel)
	if a.Unreadable {
		return "", a.Problem
	}
	date, slug := library.NameSlug(rel)
	if date != "" {
		date = now.Format(time.DateOnly) + date[len(time.DateOnly):]
	}
	for n := 2; ; n++ {
		name := date + numbered(slug, n)
		to, taken := besides(lib, rel, name)
		if taken {
			continue
		}
		copied, err := asCopy(lib.File(rel), a, doc, numbered(slug, n), now)
		if err != nil {
			return "", err
		}
		if inFolder(rel) {
			err = copyFolder(ctx, lib, path.Dir(rel), path.Dir(to), path.Base(rel), copied.Bytes())
		} else {
			err = library.Create(lib.File(to), copied.Bytes())
		}
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		return to, err
	}
}

func numbered(name string, n int) string {
	if n == 1 {
		return name
	}
	return fmt.Sprintf("%s-%d", name, n)
}

// besides is the path of an article of another name beside one, and whether that is
// taken, as a file or as a folder.
func besides(lib *library.Library, rel, name string) (to string, taken bool) {
	dir := path.Dir(rel)
	to = path.Join(dir, name+path.Ext(rel))
	if inFolder(rel) {
		dir = path.Dir(dir)
		to = path.Join(dir, name, path.Base(rel))
	}
	for _, p := range []string{name, name + ".md", name + ".markdown"} {
		if _, err := os.Lstat(lib.File(path.Join(dir, p))); err == nil {
			return to, true
		}
	}
	return to, false
}

// asCopy is the text of the copy.
func asCopy(file string, a *library.Article, doc text.Doc, slug string, now time.Time) (text.Doc, error) {
	s := doc.String()
	fm, err := library.ParseFrontMatter(s)
	day := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	keys := []library.Key{{Name: "title", Value: a.Title + " (copy)"}, {Name: "date", Value: day}, {Name: "draft", Value: true}}
	for k, v := range fm.Values {
		switch strings.ToLower(k) {
		case "date":
			keys[1].Value = now // as precise as the old one
		case "slug":
			if v != nil {
				keys = append(keys, library.Key{Name: k, Value: slug})
			}
		case "permalink", "url", "path", "aliases", "redirect_from":
			keys = append(keys, library.Key{Name: k})
		}
	}
	if err == nil {
		doc, err = library.WithFrontMatter(doc, keys...)
	}
	var bad *library.FrontMatterError
	if errors.As(err, &bad) {
		p := bad.In(file)
		p.Message = "not duplicated: " + p.Message
		return doc, p
	}
	return doc, err
}

// copyFolder copies a folder, in which one file gets other bytes. It appears whole or
// not at all.
func copyFolder(ctx context.Context, lib *library.Library, from, to, name string, data []byte) error {
	parent := lib.File(path.Dir(to))
	temp, err := os.MkdirTemp(parent, ".longhand-*.tmp")
	if err != nil {
		return notCopied(lib.File(from), err)
	}
	defer os.RemoveAll(temp)
	made := filepath.Join(temp, "copy")
	if err := library.CopyTree(ctx, lib.File(from), made); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return notCopied(lib.File(from), err)
	}
	if err := os.Remove(filepath.Join(made, name)); err != nil { // it may be a link, which Save would write through
		return notCopied(lib.File(from), err)
	}
	if err := library.Create(filepath.Join(made, name), data); err != nil {
		return err
	}
	return library.Move(made, lib.File(to))
}

func notCopied(file string, err error) error {
	p := &library.Problem{Path: file, Message: "not duplicated: " + library.Reason(err), Remedy: "check the permissions and the space on the disk", Err: err}
	var where *fs.PathError
	if errors.As(err, &where) {
		p.Path = where.Path
	}
	return p
}
