package target

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"longhand/library"
)

// apart makes sure that neither folder lies in the other.
func apart(dir, libraryDir string) error {
	if libraryDir == "" {
		return nil
	}
	site, lib := real(dir), real(libraryDir)
	within := func(inner, outer string) bool {
		rel, err := filepath.Rel(outer, inner)
		return err == nil && filepath.IsLocal(rel)
	}
	switch {
	case site == lib:
		return &library.Problem{Path: dir, Message: "this is the library itself; a site needs a folder of its own", Remedy: "name a folder beside the library"}
	case within(site, lib):
		return &library.Problem{Path: dir, Message: "this folder lies within the library, where its files would be taken for yours", Remedy: "name a folder beside the library"}
	case within(lib, site):
		return &library.Problem{Path: dir, Message: "the library lies within this folder and would be published with it", Remedy: "name a folder beside the library"}
	}
	return nil
}

// real resolves symbolic links as far as the path exists.
func real(dir string) string {
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	rest := ""
	for at := dir; ; at = filepath.Dir(at) {
		if r, err := filepath.EvalSymlinks(at); err == nil {
			return filepath.Join(r, rest)
		}
		if at == filepath.Dir(at) {
			return dir
		}
		rest = filepath.Join(filepath.Base(at), rest)
	}
}

// ErrNotOurs is within the error of Open for a folder that holds other files, which
// force would go beside.
var ErrNotOurs = errors.New("the folder holds other files")

// belong makes sure that the site in the folder is of this library, and takes down that it
// is. Where the library lies is nobody's business on the web: the file holds a sum of it.
func (f *Folder) belong(libraryDir string, force bool) error {
	if libraryDir == "" {
		return nil
	}
	sum := SumOf([]byte("library " + real(libraryDir))).String()
	data, err := f.readOwn(libraryFile)
	if err != nil {
		return problem(f.dir, "the folder for the site cannot be read", err)
	}
	switch was := strings.TrimSpace(string(data)); {
	case was == sum:
		return nil
	case was != "" && len(f.order) > 0 && !force:
		return &library.Problem{Path: f.dir, Message: "the website in this folder was made of another library, or of this one when it lay elsewhere, and its pages would be replaced or removed",
			Remedy: "name another folder, or give --force if that is what you want", Err: ErrOther}
	}
	if err := f.putOwn(libraryFile, []byte(sum+"\n")); err != nil {
		return problem(f.dir, "the folder for the site cannot be written", err)
	}
	return nil
}

// ErrOther is within the error of Open for a folder with a site of another library, which
// force would replace.
var ErrOther = errors.New("the folder holds another site")

func mayFill(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return problem(dir, "the folder for the site cannot be read", err)
	}
	foreign := ""
	for _, e := range entries {
		if e.Name() == own {
			return nil
		}
		if !strings.HasPrefix(e.Name(), ".") && foreign == "" {
			foreign = e.Name()
		}
	}
	if foreign == "" {
		return nil
	}
	return &library.Problem{Path: dir, Message: fmt.Sprintf("this folder holds other files, such as %q, and no site of Longhand's", foreign),
		Remedy: "name an empty folder, or build beside them with --force: they are never replaced or removed", Err: ErrNotOurs}
}
