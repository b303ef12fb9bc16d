package site

import "net/url"

// IsAddress reports whether a text can be the address of a site.
func IsAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// pathOf takes apart a destination that is a path: the path unescaped, and the fragment as it is
// written, with its sign. It is false for other destinations.
func pathOf(destination string) (way, fragment string, ok bool) {
	u, err := url.Parse(destination)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" {
		return "", "", false
	}
	if u.Fragment != "" {
		fragment = "#" + u.EscapedFragment()
	}
	return u.Path, fragment, true
}
