package html

import (
	"strings"

	nethtml "golang.org/x/net/html"
)

// WithPictures returns a fragment in which pictures, films and sound that lie beside the
// article have the addresses that a function gives them; where it gives "", they keep theirs,
// and left counts those. All else stays as it is, byte by byte.
func WithPictures(fragment string, address func(string) string) (made string, left int) {
	made = withTags(fragment, func(t nethtml.Token) (changed bool) {
		switch t.Data {
		case "img", "video", "audio", "source":
		default:
			return false
		}
		for i, a := range t.Attr {
			if a.Key != "src" && a.Key != "poster" || !isRelative(a.Val) {
				continue
			}
			if to := address(a.Val); to != "" {
				t.Attr[i].Val, changed = to, true
			} else {
				left++
			}
		}
		return changed
	})
	return made, left
}

// WithLinks returns a fragment in which links to what lies in the library have the addresses that
// a function gives them; where it gives "", they keep theirs. All else stays as it is, byte by byte.
func WithLinks(fragment string, address func(string) string) string {
	return withTags(fragment, func(t nethtml.Token) (changed bool) {
		for i, a := range t.Attr {
			if t.Data != "a" || a.Key != "href" || !isRelative(a.Val) {
				continue
			}
			if to := address(a.Val); to != "" {
				t.Attr[i].Val, changed = to, true
			}
		}
		return changed
	})
}

// withTags has each tag changed that is to be.
func withTags(fragment string, change func(t nethtml.Token) (changed bool)) string {
	var out strings.Builder
	z := nethtml.NewTokenizer(strings.NewReader(fragment))
	for {
		kind := z.Next()
		raw := string(z.Raw())
		if kind == nethtml.StartTagToken || kind == nethtml.SelfClosingTagToken {
			if t := z.Token(); change(t) {
				raw = t.String()
			}
		}
		out.WriteString(raw)
		if kind == nethtml.ErrorToken {
			return out.String()
		}
	}
}
