package site

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"longhand/library"
)

// defaultPermalink is the pattern of articles' addresses where site.toml has none.
const defaultPermalink = "/:year/:month/:slug/"

var (
	patternKey   = regexp.MustCompile(`:[a-z]+`)
	patternKeys  = map[string]bool{":year": true, ":month": true, ":day": true, ":slug": true, ":path": true}
	patternKnown = ":year, :month, :day, :slug and :path"
)

// checkPermalink says what is wrong with a pattern; "" if nothing is.
func checkPermalink(pattern string) string {
	for _, key := range patternKey.FindAllString(pattern, -1) {
		if !patternKeys[key] {
			return fmt.Sprintf("permalink %q has the unknown part %q", pattern, key)
		}
	}
	if !strings.Contains(pattern, ":slug") && !strings.Contains(pattern, ":path") {
		return fmt.Sprintf("permalink %q would give all articles one address", pattern)
	}
	return ""
}

// permalink is the file of a page by the pattern. Of an article without a date
// the parts of the pattern that ask for one are left out.
func permalink(pattern, slug, articlePath string, date time.Time) string {
	slug = library.Slug(slug)
	dir := path.Dir(articlePath)
	if path.Base(articlePath) == "index.md" {
		dir = path.Dir(dir)
	}
	if dir == "." {
		dir = ""
	}
	var parts []string
	for part := range strings.SplitSeq(strings.Trim(pattern, "/"), "/") {
		if !strings.Contains(part, ":") {
			parts = append(parts, part)
			continue
		}
		if date.IsZero() && (strings.Contains(part, ":year") || strings.Contains(part, ":month") || strings.Contains(part, ":day")) {
			if part = strings.NewReplacer(":year", "", ":month", "", ":day", "").Replace(part); !strings.Contains(part, ":") {
				continue
			}
			part = strings.TrimLeft(part, "-_.")
		}
		for key, value := range map[string]string{":year": "2006", ":month": "01", ":day": "02"} {
			if strings.Contains(part, key) {
				part = strings.ReplaceAll(part, key, date.Format(value))
			}
		}
		part = strings.ReplaceAll(part, ":slug", slug) // which has no colon
		parts = append(parts, strings.ReplaceAll(part, ":path", path.Join(dir, slug)))
	}
	to := strings.Join(parts, "/")
	if strings.HasSuffix(pattern, "/") {
		to += "/"
	}
	return fileOf(to)
}

// fileOf is the file in a site that is served for an address: no part of it is
// hidden, leads upwards, or means something else to some system. An address
// without an ending names a folder.
func fileOf(address string) string {
	if u, err := url.Parse(address); err == nil && (u.Scheme != "" || u.Host != "") {
		address = u.EscapedPath()
	}
	if unescaped, err := url.PathUnescape(address); err == nil {
		address = unescaped
	}
	address, _, _ = strings.Cut(address, "#")
	address, _, _ = strings.Cut(address, "?")
	folder := strings.HasSuffix(address, "/")
	var parts []string
	for part := range strings.SplitSeq(strings.ReplaceAll(address, `\`, "/"), "/") {
		if part = cleanPart(part); part != "" {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return "index.html"
	}
	last := strings.ToLower(parts[len(parts)-1])
	if !folder && (strings.HasSuffix(last, ".html") || strings.HasSuffix(last, ".htm") || strings.HasSuffix(last, ".xml")) {
		return path.Join(parts...)
	}
	return path.Join(path.Join(parts...), "index.html")
}

const maxPart = 120 // bytes of a name; systems allow 255

var device = regexp.MustCompile(`(?i)^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)`)

// cleanPart makes a part of an address a name that every file system takes;
// "" if nothing is left.
func cleanPart(part string) string {
	part = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), r == unicode.ReplacementChar, '\u202a' <= r && r <= '\u202e', '\u2066' <= r && r <= '\u2069':
			return -1
		case strings.ContainsRune(`<>:"|?*\/`, r):
			return '-'
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(part, "")))
	part = strings.TrimLeft(strings.TrimSpace(part), ".")
	part = strings.TrimRight(part, ". ")
	if len(part) > maxPart {
		cut := maxPart
		for cut > 0 && part[cut]&0xc0 == 0x80 {
			cut--
		}
		part = strings.TrimRight(part[:cut], ". -")
	}
	if device.MatchString(part) {
		part = "-" + part
	}
	return part
}

// escaped is the file as an address from the site's top.
func escaped(file string) string {
	plain := true
	for i := 0; i < len(file); i++ {
		if c := file[i]; !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.' || c == '/') {
			plain = false
			break
		}
	}
	if plain {
		return file
	}
	parts := strings.Split(file, "/")
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return strings.Join(parts, "/")
}

// upward leads from a file to the top of the site.
func upward(from string) string { return strings.Repeat("../", strings.Count(from, "/")) }

// relative leads from one file of the site to another, also when both are read
// from a disk.
func relative(from, to string) string {
	if from == to {
		return escaped(path.Base(to))
	}
	return upward(from) + escaped(to)
}

// absolute is the address of a file on the site that the base names, "" without one.
func absolute(base, file string) string {
	if base == "" {
		return ""
	}
	if file == "index.html" {
		file = ""
	}
	return strings.TrimSuffix(base, "/") + "/" + escaped(strings.TrimSuffix(file, "/index.html")) + slashed(file)
}

// slashed is the slash that ends the address of a folder's page.
func slashed(file string) string {
	if strings.HasSuffix(file, "/index.html") {
		return "/"
	}
	return ""
}

// numberedFile is the file with a number in its name: a/index.html becomes
// a-2/index.html, a.html becomes a-2.html.
func numberedFile(file string, n int) string {
	tail := path.Ext(file)
	if path.Base(file) == "index.html" && file != "index.html" {
		tail = "/index.html"
	}
	return numbered(strings.TrimSuffix(file, tail), n) + tail
}

// claims are the files that pages have, so that no two get one. Case does not
// count: some file systems know none.
type claims map[string]string // by folded file, who has it

func (c claims) take(file, owner string) (holder string, ok bool) {
	key := strings.ToLower(file)
	if holder, taken := c[key]; taken {
		return holder, false
	}
	c[key] = owner
	return "", true
}

// takeFree takes the file or the next free one with a number.
func (c claims) takeFree(file, owner string) string {
	to := file
	for n := 2; ; n++ {
		if _, ok := c.take(to, owner); ok {
			return to
		}
		to = numberedFile(file, n)
	}
}
