package html

import (
	"strings"

	nethtml "golang.org/x/net/html"
)

// WithPictures returns a fragment in which pictures, films and sound that lie beside the
// article have the addresses that a function gives them; where it gives "", they keep theirs,
// and left counts those. All else stays as it is, byte by byte.
func WithPictures(fragment string, address func(string) string) (made string, left int) {
	var out strings.Builder
	z := nethtml.NewTokenizer(strings.NewReader(fragment))
	for {
		kind := z.Next()
		raw := string(z.Raw())
		if kind == nethtml.ErrorToken {
			out.WriteString(raw)
			return out.String(), left
		}
		if kind == nethtml.StartTagToken || kind == nethtml.SelfClosingTagToken {
			raw, left = placed(raw, z.Token(), address, left)
		}
		out.WriteString(raw)
	}
}

// placed gives one tag its new addresses.
func placed(raw string, t nethtml.Token, address func(string) string, left int) (string, int) {
	switch t.Data {
	case "img", "video", "audio", "source":
	default:
		return raw, left
	}
	changed := false
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
	if !changed {
		return raw, left
	}
	return t.String(), left
}
