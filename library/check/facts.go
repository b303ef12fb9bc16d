package check

import (
	"regexp"
	"strings"

	"longhand/editor/markdown"
)

// facts are what an article says that can be right or wrong. Offsets are bytes of
// the body.
type facts struct {
	ids      map[string]bool // places that a link may lead to
	links    []address
	pictures []picture
	notes    []markdown.Note
	broken   []broken
	headed   bool // has a heading
	// include tells that another file is put into the text, with its own references
	// and places.
	include bool
}

// address is where a link leads, or from where a video is taken.
type address struct {
	to    string
	at    int
	media bool
}

type picture struct {
	address
	alt bool // has an alternative text
}

// broken is a link or reference that Markdown took for text.
type broken struct {
	kind  brokenKind
	what  string
	at    int
	label string
}

type brokenKind uint8

const (
	noReference brokenKind = iota
	noFootnote
	spaces
)

// Places that other programs than ours give to what is before them: kramdown's
// {: #id} and a {#id} that is no heading's.
var attributeID = regexp.MustCompile(`\{:?[^{}\n]*?#([^\s{}.#]+)[^{}\n]*\}`)

// A file that Jekyll, Hugo or Zola puts in.
var include = regexp.MustCompile(`\{[{%][-<%]?\s*include`)

// gather reads an article's body.
func gather(body string) *facts {
	tree := markdown.Parse([]byte(body))
	f := &facts{ids: map[string]bool{}, notes: tree.Notes()}
	if strings.Contains(body, "{") {
		f.include = include.MatchString(body)
		for _, m := range attributeID.FindAllStringSubmatch(body, -1) {
			f.ids[m[1]] = true
		}
	}
	for _, h := range tree.Outline() {
		f.ids[h.ID], f.headed = true, true
	}
	for _, l := range tree.Links() {
		f.links = append(f.links, address{to: l.Destination, at: l.Offset})
	}
	for _, p := range tree.Pictures() {
		f.pictures = append(f.pictures, picture{address{to: p.Destination, at: p.Offset}, strings.TrimSpace(p.Alt) != ""})
	}
	f.rawHTML(tree)
	f.references(tree)
	return f
}
