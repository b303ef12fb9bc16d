package edits

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// cleanLink takes the tracking out of an address. It reports whether the link is one
// for a reader.
func cleanLink(n *html.Node) bool {
	address := cleanAddress(attr(n, "href"))
	setAttr(n, "href", address)
	return address != "" && hasContent(n)
}

// cleanAddress returns an address without tracking, or nothing if it only works where
// it comes from, or runs a script.
func cleanAddress(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || strings.HasPrefix(address, "#") {
		return ""
	}
	switch strings.ToLower(u.Scheme) {
	case "", "http", "https", "mailto", "tel", "ftp":
	default:
		return ""
	}
	if (u.Host == "www.google.com" || u.Host == "google.com") && u.Path == "/url" {
		for _, key := range []string{"q", "url"} {
			if to := u.Query().Get(key); isURL(to) {
				return cleanAddress(to)
			}
		}
	}
	if u.RawQuery == "" {
		return u.String()
	}
	kept := slices.DeleteFunc(strings.Split(u.RawQuery, "&"), func(pair string) bool {
		key, _, _ := strings.Cut(pair, "=")
		return strings.HasPrefix(key, "utm_") || slices.Contains(trackers, key)
	})
	u.RawQuery = strings.Join(kept, "&")
	return u.String()
}

// trackers are the query parameters that only tell where a reader comes from.
var trackers = []string{"fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "igshid", "mc_cid", "mc_eid", "_hsenc", "_hsmi", "mkt_tok", "vero_id", "oly_enc_id", "oly_anon_id"}

// cleanImage reports whether a picture can be fetched from elsewhere and is no
// tracking pixel.
func cleanImage(n *html.Node) bool {
	src := attr(n, "src")
	u, err := url.Parse(src)
	if err != nil || src == "" {
		return false
	}
	switch strings.ToLower(u.Scheme) {
	case "", "http", "https":
	default:
		return false
	}
	for _, side := range []string{"width", "height"} {
		if size, err := strconv.Atoi(strings.TrimSuffix(attr(n, side), "px")); err == nil && size <= 1 {
			return false
		}
	}
	return true
}
