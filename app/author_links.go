package app

import (
	"fmt"
	"strings"

	"longhand/editor/html"
	"longhand/library"
)

// linksText shows links for editing, one in a line: its name, if it has one, and
// its address.
func linksText(links []library.Link) string {
	var b strings.Builder
	for i, l := range links {
		if i > 0 {
			b.WriteByte('\n')
		}
		if l.Label != "" {
			b.WriteString(l.Label + " ")
		}
		b.WriteString(l.URL)
	}
	return b.String()
}

// parseLinks reads what was edited. An address without a scheme becomes a whole
// one; the error names the line that holds none.
func parseLinks(s string) ([]library.Link, error) {
	var out []library.Link
	for i, line := range strings.Split(s, "\n") {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		address := wholeAddress(words[len(words)-1])
		if address == "" {
			return nil, fmt.Errorf("line %d of the links has no address: write one such as https://example.org, with a name before it if you like", i+1)
		}
		out = append(out, library.Link{Label: strings.Join(words[:len(words)-1], " "), URL: address})
	}
	return out, nil
}

// wholeAddress returns an address with its scheme; "" for what is none that a page
// may link to.
func wholeAddress(s string) string {
	before, after, scheme := strings.Cut(s, ":")
	user, host, mail := strings.Cut(s, "@")
	switch {
	case scheme && !strings.Contains(before, ".") && !strings.Contains(before, "/"):
		if after == "" || !html.LinkAllowed(s) {
			return ""
		}
		return s
	case mail && user != "" && strings.Contains(host, ".") && !strings.Contains(user, "/"):
		return "mailto:" + s
	}
	if host, _, _ := strings.Cut(s, "/"); strings.Contains(strings.Trim(host, "."), ".") {
		return "https://" + s
	}
	return ""
}
