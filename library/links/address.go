package links

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// scheme is how an address begins that leads out of the library.
var scheme = regexp.MustCompile(`^(?:[A-Za-z][A-Za-z0-9+.-]*:|//)`)

// IsRemote reports whether an address has a scheme or a host, and so leads out of
// the library.
func IsRemote(address string) bool { return scheme.MatchString(address) }

// IsTemplate reports whether another program fills an address in.
func IsTemplate(address string) bool {
	return strings.Contains(address, "{{") || strings.Contains(address, "{%") || strings.Contains(strings.ToLower(address), "%7b%7b")
}

// Squeezed removes what browsers ignore in addresses.
func Squeezed(address string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' {
			return -1
		}
		return r
	}, strings.TrimFunc(address, func(r rune) bool { return r <= ' ' }))
}

// Unescaped resolves percent signs, if all of them are right.
func Unescaped(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return strings.ToValidUTF8(u, "\ufffd")
	}
	return s
}

// Folded makes names the same that differ in case or in how accents are written.
func Folded(s string) string { return strings.ToLower(norm.NFC.String(s)) }

// Relative is the path of one file as seen from another.
func Relative(from, to string) string {
	dir, up := path.Dir(from), ""
	for dir != "." && to != dir && !strings.HasPrefix(to, dir+"/") {
		dir, up = path.Dir(dir), up+"../"
	}
	if dir == to { // the folder that the file is in
		return cleanUp(up)
	}
	if dir != "." {
		to = strings.TrimPrefix(to, dir+"/")
	}
	return up + to
}

func cleanUp(up string) string {
	if up == "" {
		return "."
	}
	return strings.TrimSuffix(up, "/")
}

// OnSite makes an address on the site at the base one without the host, which
// begins with a slash. prefix is what was taken away.
func OnSite(base *url.URL, address string) (prefix, rest string, ok bool) {
	if base == nil || base.Host == "" {
		return "", "", false
	}
	u, err := url.Parse(address)
	if err != nil || !strings.EqualFold(u.Host, base.Host) {
		return "", "", false
	}
	at := strings.Index(address, "//") + len("//")
	if n := strings.IndexAny(address[at:], "/?#"); n >= 0 {
		at += n
	} else {
		at = len(address)
	}
	for _, top := range []string{base.EscapedPath(), base.Path} {
		below, ok := strings.CutPrefix(address[at:], strings.TrimSuffix(top, "/"))
		if ok && (below == "" || strings.IndexByte("/?#", below[0]) >= 0) {
			return address[:len(address)-len(below)], "/" + strings.TrimPrefix(below, "/"), true
		}
	}
	return "", "", false
}

// Write returns the path as an address in the notation of the link that is written
// there now, with percent signs where it has them or needs them.
func (l Link) Write(p, now string) string {
	switch l.Notation {
	case HugoRef, JekyllLink, JekyllPost:
		return p
	}
	percent := percentSign.MatchString(now)
	foreign := percent && percentHigh.MatchString(now)
	var b strings.Builder
	for i := 0; i < len(p); {
		r, n := utf8.DecodeRuneInString(p[i:])
		switch {
		case r == utf8.RuneError && n == 1,
			r < 0x20 || r == 0x7f || strings.ContainsRune("#?%\"'<>\\^`{|}&()[]", r),
			r == ' ' && (!l.Angle || percent),
			r >= 0x80 && foreign:
			for _, c := range []byte(p[i : i+n]) {
				fmt.Fprintf(&b, "%%%02X", c)
			}
		default:
			b.WriteString(p[i : i+n])
		}
		i += n
	}
	return b.String()
}

var (
	percentSign = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)
	percentHigh = regexp.MustCompile(`%[89A-Fa-f][0-9A-Fa-f]`)
)
