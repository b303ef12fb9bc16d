package manage

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/text/unicode/norm"

	"longhand/library"
)

// Rename plans another name for an article, or another place in the library. A name
// without a slash stays in its folder; one with slashes counts from the library's
// root, so "/name" is in the root itself. ".md" may be left out. A lone slug.md stays
// a file; of slug/index.md the folder is renamed with all that is in it. Jekyll's date
// before the name is kept unless the new name brings one.
//
// Names are taken as they are typed; library.Slug makes one of a title. The error is a
// [*library.Problem] or the context's.
func Rename(ctx context.Context, lib *library.Library, rel, name string, o Options) (*Plan, error) {
	to, err := target(lib, rel, name)
	if err != nil {
		return nil, err
	}
	move := Step{rel, to}
	if inFolder(rel) {
		move = Step{path.Dir(rel), path.Dir(to)}
		if strings.HasPrefix(move.To+"/", move.From+"/") && move.To != move.From {
			return nil, bad(lib, to, "a folder cannot be moved into itself", "choose another place")
		}
	}
	if move.From == move.To {
		return &Plan{From: rel, To: rel, lib: lib}, nil
	}
	if err := free(lib, move); err != nil {
		return nil, err
	}
	return newPlan(ctx, lib, rel, to, []Step{move}, o)
}

func bad(lib *library.Library, rel, message, remedy string) error {
	return &library.Problem{Path: lib.File(rel), Message: message, Remedy: remedy}
}

// inFolder reports whether an article is its folder: slug/index.md, also in one of
// several languages.
func inFolder(rel string) bool {
	return path.Dir(rel) != "." && strings.HasPrefix(path.Base(rel), "index.")
}

// target is the path that an article gets with a new name.
func target(lib *library.Library, rel, name string) (string, error) {
	typed := name
	name = norm.NFC.String(strings.TrimSuffix(strings.TrimSpace(name), "/"))
	dir := path.Dir(rel)
	base, ext := path.Base(rel), path.Ext(rel)
	if inFolder(rel) {
		dir, ext = path.Dir(dir), ""
	}
	home := dir
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		dir, name = strings.TrimPrefix(name[:i], "/"), name[i+1:]
		if dir == "" {
			dir = "."
		}
	}
	if message := checkFolder(dir, home); message != "" {
		return "", bad(lib, rel, fmt.Sprintf("not renamed to %q: %s", typed, message), "choose another name for the folder")
	}
	for _, e := range []string{".md", ".markdown"} {
		if len(name) > len(e) && strings.EqualFold(name[len(name)-len(e):], e) {
			name = name[:len(name)-len(e)]
			break
		}
	}
	message := library.CheckName(name)
	date, _ := library.NameSlug(rel)
	if typedDate, _ := library.NameSlug(name + ".md"); typedDate == "" && name != "" {
		name = date + name
	}
	if message == "" {
		message = library.CheckName(name + ext)
	}
	if message != "" {
		return "", bad(lib, rel, fmt.Sprintf("not renamed to %q: %s", typed, message), "choose another name")
	}
	to := path.Join(dir, name+ext)
	if inFolder(rel) {
		to = path.Join(to, base)
	}
	if library.IsListed(rel) && !library.IsListed(to) {
		return "", bad(lib, rel, fmt.Sprintf("not renamed to %q: articles in such a folder are not listed", typed), "choose another name")
	}
	return to, nil
}

// checkFolder tells what is wrong with the names of the folders that an article comes
// to. Those that it lies in already are as they are, whatever they are called.
func checkFolder(dir, home string) (message string) {
	if dir == "." {
		return ""
	}
	at := ""
	for part := range strings.SplitSeq(dir, "/") {
		at += part + "/"
		if strings.HasPrefix(home+"/", at) {
			continue
		}
		if message := library.CheckName(part); message != "" {
			return message
		}
	}
	return ""
}

// free reports an article or anything else that has the name already, as a file or as
// a folder: slug.md and slug/ would be one address.
func free(lib *library.Library, move Step) error {
	from, err := os.Lstat(lib.File(move.From))
	if err != nil {
		return &library.Problem{Path: lib.File(move.From), Message: "the article is not there any more", Remedy: "look where it is now", Err: err}
	}
	if from.Mode()&fs.ModeSymlink != 0 && path.Dir(move.From) != path.Dir(move.To) {
		return bad(lib, move.From, "this is a symbolic link, which would lead elsewhere from another folder", "move what it leads to")
	}
	bare := strings.TrimSuffix(move.To, path.Ext(move.To))
	if from.IsDir() {
		bare = move.To
	}
	for _, name := range []string{move.To, bare + ".md", bare + ".markdown", bare + "/index.md", bare + "/index.markdown"} {
		info, err := os.Lstat(lib.File(name))
		if err != nil || name == move.From || strings.HasPrefix(name, move.From+"/") {
			continue
		}
		if os.SameFile(info, from) || from.IsDir() && inside(lib.File(name), from) {
			continue // the same by another spelling
		}
		if name == move.To {
			return &library.Problem{Path: lib.File(name), Message: "there is a file or folder of this name already", Remedy: "choose another name", Err: fs.ErrExist}
		}
		return &library.Problem{Path: lib.File(name), Message: "an article of this name is there already", Remedy: "choose another name", Err: fs.ErrExist}
	}
	return nil
}

// inside reports whether a file lies in a folder that is known by another spelling.
func inside(file string, dir fs.FileInfo) bool {
	info, err := os.Stat(filepath.Dir(file))
	return err == nil && os.SameFile(info, dir)
}
