package site

import "net/url"

// IsAddress reports whether a text can be the address of a site.
func IsAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
