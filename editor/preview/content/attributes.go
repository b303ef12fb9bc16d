package content

import (
	"strconv"
	"strings"

	nethtml "golang.org/x/net/html"
)

// length reads a width or height: pixels, or a share of the column.
func length(s string) (pixels int, share float32) {
	s = strings.TrimSpace(s)
	if p, ok := strings.CutSuffix(s, "%"); ok {
		if n, err := strconv.ParseFloat(p, 32); err == nil && n > 0 && n <= 100 {
			return 0, float32(n / 100)
		}
		return 0, 0
	}
	if n, err := strconv.ParseFloat(strings.TrimSuffix(s, "px"), 32); err == nil && n > 0 && n < 20000 {
		return int(n), 0
	}
	return 0, 0
}

func attr(t nethtml.Token, key string) string {
	v, _ := lookup(t, key)
	return v
}

func has(t nethtml.Token, key string) bool {
	_, ok := lookup(t, key)
	return ok
}

func lookup(t nethtml.Token, key string) (string, bool) {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// alignment is what an element says of it, in an attribute or its style.
func alignment(t nethtml.Token) string {
	if a := strings.ToLower(strings.TrimSpace(attr(t, "align"))); a != "" {
		if a == "middle" {
			return "center"
		}
		return a
	}
	style := strings.ToLower(attr(t, "style"))
	if i := strings.Index(style, "text-align"); i >= 0 {
		_, value, _ := strings.Cut(style[i:], ":")
		value, _, _ = strings.Cut(value, ";")
		return strings.TrimSpace(value)
	}
	return ""
}
