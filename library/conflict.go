package library

import (
	"path"
	"regexp"
	"strings"
)

// conflictMarks are what synchronising programs put into the name of a file when two
// machines have written it: before its ending, or after it where said.
var conflictMarks = []struct {
	by   string
	mark *regexp.Regexp
}{
	// Syncthing: slug.sync-conflict-20260818-173636-D4LGQYW.md; lib/model/folder.go there.
	{"Syncthing", regexp.MustCompile(`[.~]sync-conflict-\d{8}-\d{6}(-[0-9A-Z]{7})?$`)},
	// Nextcloud, ownCloud, OpenCloud: slug (conflicted copy 2018-04-10 093612).md.
	{"Nextcloud", regexp.MustCompile(` \(conflicted copy( \S[^()]*)? \d{4}-\d{2}-\d{2} \d{6}\)$`)},
	// Dropbox: slug (Ana's conflicted copy 2026-01-02).md, with a number when there are several.
	{"Dropbox", regexp.MustCompile(` \([^()]*conflicted copy( \d{4}-\d{2}-\d{2})?( \(\d+\)| \d+)?\)$`)},
	// ownCloud before 2.5: slug_conflict-20180410-093612.md.
	{"ownCloud", regexp.MustCompile(`_conflict-\d{8}-\d{6}$`)},
	// Longhand itself: slug-mine.md, slug-mine-2.md are names a writer may have chosen,
	// and are not counted.
}

// ConflictCopy reports whether a file's name, or that of the folder of an index.md, is
// one that a synchronising program gives to the other of two texts. It returns the path
// of the file that it is the other text of, which need not be there, and the program.
func ConflictCopy(rel string) (original, by string, ok bool) {
	dir, base := path.Split(rel)
	ext := path.Ext(base)
	name := strings.TrimSuffix(base, ext)
	if cut, by, ok := withoutMark(name); ok {
		return dir + cut + ext, by, true
	}
	// The mark after the ending is no Markdown file and never listed. A folder is
	// marked where a program takes the bundle as one.
	above := strings.TrimSuffix(dir, "/")
	if above == "" || stem(rel) == name {
		return "", "", false
	}
	if cut, by, ok := withoutMark(path.Base(above)); ok {
		return path.Join(path.Dir(above), cut, base), by, true
	}
	return "", "", false
}

func withoutMark(name string) (cut, by string, ok bool) {
	for _, m := range conflictMarks {
		if at := m.mark.FindStringIndex(name); at != nil && at[0] > 0 {
			return name[:at[0]], m.by, true
		}
	}
	return "", "", false
}
