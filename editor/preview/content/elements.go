package content

import (
	"strings"
)

// element is an open element of raw HTML, with what held before it.
type element struct {
	name  string
	env   env
	state state
	// block elements end the part under way.
	block bool
}

// fold is details under way.
type fold struct {
	box     *Box
	summary bool // it has one
}

// inlineStyles are elements that change how text looks.
var inlineStyles = map[string]Style{
	"b": Strong, "strong": Strong, "th": Strong,
	"i": Emphasis, "em": Emphasis, "cite": Emphasis, "dfn": Emphasis, "var": Emphasis, "address": Emphasis,
	"u": Underline, "ins": Underline,
	"s": Strike, "del": Strike, "strike": Strike,
	"code": CodeSpan, "tt": CodeSpan, "samp": CodeSpan, "kbd": Key,
	"mark": Highlight, "sub": Sub, "sup": Super, "rt": Super, "small": Small, "big": Big, "abbr": Abbreviation, "acronym": Abbreviation,
}

// blocks are elements that begin on a line of their own.
var blocks = set("address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav ol optgroup option p pre section summary table tbody td tfoot th thead tr ul")

// unshown are elements whose content is not text to be read. A page leaves them out, or they
// are nothing that a preview can show.
var unshown = set("script style template iframe object embed video audio svg math canvas noscript noembed noframes textarea select title xmp applet map frameset head")

// void elements have no content.
var void = set("area base br col embed frame hr img input link meta param source track wbr")

func set(names string) map[string]bool {
	m := map[string]bool{}
	for _, n := range strings.Fields(names) {
		m[n] = true
	}
	return m
}

// implication is what an element ends by itself: the elements named ends that are open, looked
// for no further out than one of within.
type implication struct{ ends, within map[string]bool }

var implied = func() map[string]implication {
	m := map[string]implication{}
	for _, i := range []struct{ names, ends, within string }{
		{"li", "li", "ul ol menu"},
		{"dt dd", "dt dd", "dl"},
		{"td th", "td th", "table tr"},
		{"tr", "tr td th", "table"},
		{"tbody thead tfoot", "tbody thead tfoot tr td th", "table"},
		{"option", "option", "select"},
	} {
		for name := range set(i.names) {
			m[name] = implication{set(i.ends), set(i.within)}
		}
	}
	return m
}()

// impliedByBlocks is for all other blocks.
var impliedByBlocks = implication{set("p"), set("div td th li blockquote section article details figure center dd")}

// padded are elements with a little room inside.
var padded = set("code tt samp kbd")
