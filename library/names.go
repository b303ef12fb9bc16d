package library

import (
	"path"
	"strings"
	"unicode/utf8"
)

// NameSlug splits the name by which a path stands for its article, that of its file
// or of the folder of slug/index.md, into Jekyll's date with its hyphen, or "", and
// the slug.
func NameSlug(rel string) (date, slug string) {
	name := stem(rel)
	slug, t := slugAndDate(name)
	if t.IsZero() {
		return "", name
	}
	return name[:len(name)-len(slug)], slug
}

// ReadBytes reads a file as it is that may be an article: a regular one of at most
// [MaxSize] bytes. The error is a [*Problem].
func ReadBytes(file string) ([]byte, error) {
	data, _, err := readFile(file)
	if err != nil {
		return nil, asProblem(file, err)
	}
	return data, nil
}

// maxName is the length in bytes of a name that file systems allow.
const maxName = 255

// CheckName tells what is wrong with a name that somebody typed for an article or a
// folder; "" is right. Spaces, emoji and all scripts are; what would hide the file,
// lead elsewhere, or cannot be carried to other systems is not.
func CheckName(name string) (message string) {
	switch {
	case name == "":
		return "the name is empty"
	case name == "." || name == "..":
		return "the name leads to another folder"
	case !utf8.ValidString(name):
		return "the name is not UTF-8"
	case strings.ContainsFunc(name, func(r rune) bool { return r < 0x20 || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' }):
		return "the name has control characters or line breaks in it"
	case strings.ContainsAny(name, `/\:*?"<>|`):
		return `a name cannot have / \ : * ? " < > or | in it`
	case strings.HasPrefix(name, "."):
		return "a name that begins with a dot is hidden"
	case strings.TrimSpace(name) != name || strings.HasSuffix(name, "."):
		return "a name cannot begin or end with a space, or end with a dot"
	case len(name) > maxName:
		return "the name is too long"
	case reserved.MatchString(strings.ToLower(strings.TrimSuffix(name, path.Ext(name)))), name == "node_modules", strings.HasPrefix(name, "_index"):
		return "the name " + name + " means something else"
	}
	return ""
}

// Reason is what the system says of an error, without the call and the path.
func Reason(err error) string { return reason(err) }
