package manage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"longhand/editor/html"
	"longhand/library"
	"longhand/library/links"
)

// MaxPicture is the size in bytes up to which a file is taken as a picture: more a page
// would not take in.
const MaxPicture = 32 << 20

// Attachment is a picture that shall come to an article. Paths are relative to the
// library.
type Attachment struct {
	// Article is the article's path afterwards: a lone slug.md becomes slug/index.md.
	Article string
	// Bundle is the plan of that, or nil. The window makes its changes in articles that
	// are open, see [Plan.Apply].
	Bundle *Plan
	// File is where the picture will lie. If the same bytes lie there already, it is
	// reused.
	File string
	// Link is the address to write into the article, percent signs and all.
	Link string

	lib    *library.Library
	data   []byte
	reused bool
}

// Attach plans to copy a picture beside an article, under a name made of the file's
// own, with the extension that its bytes ask for. It goes into the folder of
// slug/index.md. A lone slug.md becomes that first, unless a folder slug/ is there that
// holds articles or an index of its own, or the article is one of several languages
// (slug.fr.md): then, as in a folder of Jekyll's posts that is itself the library, the
// picture lies beside the lone file. For a post in
// _posts or _drafts it goes into assets/slug/ of the site, from where alone Jekyll
// publishes it, and Link begins with a slash.
//
// Refused are files that no page can show, among them HEIC, and those over
// [MaxPicture]. The error is a [*library.Problem] or the context's.
func Attach(ctx context.Context, lib *library.Library, rel, source string, o Options) (*Attachment, error) {
	data, ext, err := readPicture(source)
	if err != nil {
		return nil, err
	}
	a := &Attachment{Article: rel, lib: lib, data: data}
	dir := path.Dir(rel)
	switch site, posts := siteOf(rel); {
	case posts:
		_, slug := library.NameSlug(rel)
		dir = path.Join(site, "assets", slug)
	case inFolder(rel) || rel == "index.md" || jekyll(filepath.Base(lib.Dir())) || !library.IsListed(rel):
	case canBundle(lib, rel):
		stem := strings.TrimSuffix(rel, path.Ext(rel))
		a.Article = path.Join(stem, "index"+path.Ext(rel))
		if a.Bundle, err = newPlan(ctx, lib, rel, a.Article, []Step{{rel, a.Article}}, o); err != nil {
			return nil, err
		}
		dir = stem
	}
	var name string
	name, a.reused = freePicture(lib.File(dir), library.Slug(stemOf(source)), ext, data)
	a.File = path.Join(dir, name)
	if site, posts := siteOf(rel); posts {
		below, _ := strings.CutPrefix(a.File, site+"/")
		a.Link = "/" + links.Link{}.Write(below, "")
	} else {
		a.Link = links.Link{}.Write(name, "")
	}
	return a, ctx.Err()
}

// AttachLoose copies a picture beside a file that is in no library, and returns the
// address to write there.
func AttachLoose(file, source string) (link string, err error) {
	data, ext, err := readPicture(source)
	if err != nil {
		return "", err
	}
	dir := filepath.Dir(file)
	for {
		name, there := freePicture(dir, library.Slug(stemOf(source)), ext, data)
		if !there {
			err = library.Create(filepath.Join(dir, name), data)
		}
		if !errors.Is(err, fs.ErrExist) {
			return links.Link{}.Write(name, ""), err
		}
	}
}

// Apply moves the article if it is to, and copies the picture; or does nothing. See
// [Plan.Apply]. Undo of what it returns removes the picture again, if it was not there
// before.
func (a *Attachment) Apply(ctx context.Context, except func(path string) bool) (*Done, error) {
	d := &Done{From: a.Article, To: a.Article, lib: a.lib}
	if a.Bundle != nil {
		var err error
		if d, err = a.Bundle.Apply(ctx, except); err != nil {
			return nil, err
		}
	}
	if a.reused {
		return d, nil
	}
	if err := d.makeFolder(path.Dir(a.File)); err != nil {
		return nil, d.takeBack(err)
	}
	file := a.lib.File(a.File)
	if err := library.Create(file, a.data); err != nil {
		return nil, d.takeBack(err)
	}
	d.created = append(d.created, created{file, a.data})
	return d, nil
}

func jekyll(folder string) bool { return folder == "_posts" || folder == "_drafts" }

// siteOf is the folder that holds the _posts in which an article lies.
func siteOf(rel string) (site string, ok bool) {
	parts := strings.Split(path.Dir(rel), "/")
	if i := slices.IndexFunc(parts, jekyll); i >= 0 {
		return path.Join(append([]string{"."}, parts[:i]...)...), true
	}
	return "", false
}

// canBundle reports whether slug.md may become slug/index.md. A folder that holds
// pictures and the like is taken; one with articles in it is a section of the site.
func canBundle(lib *library.Library, rel string) bool {
	stem := strings.TrimSuffix(rel, path.Ext(rel))
	others, _ := os.ReadDir(lib.File(path.Dir(rel)))
	if language.MatchString(stem) || slices.ContainsFunc(others, func(e fs.DirEntry) bool {
		end, ok := strings.CutPrefix(e.Name(), path.Base(stem)+".")
		return ok && strings.HasSuffix(end, path.Ext(rel)) && language.MatchString("."+strings.TrimSuffix(end, path.Ext(rel)))
	}) {
		return false
	}
	dir := lib.File(stem)
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return true
	}
	return err == nil && !slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		name := strings.ToLower(e.Name())
		return strings.HasPrefix(name, "index.") || strings.HasPrefix(name, "_index.") || strings.HasSuffix(name, ".md") || strings.HasSuffix(name, ".markdown")
	})
}

// language is how Hugo tells the language of a file in its name.
var language = regexp.MustCompile(`\.[a-z]{2,3}(?:-[A-Za-z]{2,4})?$`)

func stemOf(file string) string {
	base := filepath.Base(file)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// freePicture is a name in the folder that is not taken, or that of a file with the
// same bytes.
func freePicture(dir, stem, ext string, data []byte) (name string, same bool) {
	entries, _ := os.ReadDir(dir)
	taken := map[string]bool{}
	for _, e := range entries {
		taken[links.Folded(e.Name())] = true
		if info, err := e.Info(); err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(data)) || strings.ToLower(filepath.Ext(e.Name())) != ext {
			continue
		}
		if old, err := os.ReadFile(filepath.Join(dir, e.Name())); err == nil && bytes.Equal(old, data) {
			return e.Name(), true
		}
	}
	for n := 1; ; n++ {
		if name = numbered(stem, n) + ext; !taken[links.Folded(name)] {
			return name, false
		}
	}
}

// extensions are those of the kinds of pictures that a page can show.
var extensions = map[string]string{
	"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp", "image/avif": ".avif", "image/svg+xml": ".svg",
}

// readPicture reads a picture and tells its kind by its bytes.
func readPicture(file string) (data []byte, ext string, err error) {
	bad := func(message, remedy string, err error) error {
		return &library.Problem{Path: file, Message: message, Remedy: remedy, Err: err}
	}
	const remedy = "choose a PNG, JPEG, GIF, WebP, AVIF or SVG file"
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, "", bad("there is no such picture", "check the name", err)
	case err != nil:
		return nil, "", bad("the picture cannot be read: "+library.Reason(err), "check its permissions", err)
	case info.IsDir():
		return nil, "", bad("this is a folder, not a picture", remedy, fs.ErrInvalid)
	case !info.Mode().IsRegular():
		return nil, "", bad("this is a pipe, a socket or a device, not a picture", remedy, fs.ErrInvalid)
	case info.Size() > MaxPicture:
		return nil, "", bad(fmt.Sprintf("the picture is larger than %d MiB", MaxPicture>>20), "make it smaller first", fs.ErrInvalid)
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, "", bad("the picture cannot be read: "+library.Reason(err), "check its permissions", err)
	}
	defer f.Close()
	if data, err = io.ReadAll(io.LimitReader(f, MaxPicture+1)); err != nil {
		return nil, "", bad("the picture cannot be read: "+library.Reason(err), "try again", err)
	}
	kind := html.PictureType(data)
	switch {
	case kind == "image/jpeg" && strings.EqualFold(filepath.Ext(file), ".jpeg"):
		return data, ".jpeg", nil
	case extensions[kind] != "":
		return data, extensions[kind], nil
	case len(data) == 0:
		return nil, "", bad("the picture is empty", remedy, fs.ErrInvalid)
	case isHEIC(data):
		return nil, "", bad("this is a HEIC picture, which most browsers cannot show", "save it as JPEG first", fs.ErrInvalid)
	}
	return nil, "", bad("this is no picture that a page can show, or it is damaged", remedy, fs.ErrInvalid)
}

func isHEIC(data []byte) bool {
	return len(data) > 12 && string(data[4:8]) == "ftyp" && slices.Contains([]string{"heic", "heix", "hevc", "heim", "heis", "mif1", "msf1"}, string(data[8:12]))
}
