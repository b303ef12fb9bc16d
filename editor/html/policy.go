package html

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark/util"
)

// elements are those that may stand in an article. All else is dropped: the
// tags of what is merely unknown, scripts and the like with their content.
var elements = []string{
	"a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "bdo", "big", "blockquote", "br",
	"caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt",
	"em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i",
	"iframe", "img", "input", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby",
	"s", "samp", "section", "small", "source", "span", "strike", "strong", "sub", "summary", "sup",
	"table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "video", "wbr",
}

// schemes are those that a link may have.
var schemes = []string{"http", "https", "mailto", "tel", "sms", "ftp", "xmpp", "irc", "ircs", "matrix", "geo", "gemini", "gopher"}

const offsetAttribute = "data-offset" // carries the place of a picture through the cleaning

// policy is what rendered Markdown with raw HTML in it must pass. It is made
// once and safe to share.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements(elements...)
	p.AllowNoAttrs().OnElements(elements...)
	p.SkipElementsContent("svg", "math", "select", "textarea", "template")
	allowGlobal(p)
	allowAddresses(p)
	allowTables(p)
	allowMedia(p)
	return p
})

func allowGlobal(p *bluemonday.Policy) {
	p.AllowAttrs("class", "title", "lang", "aria-label").Globally()
	p.AllowAttrs("id").Matching(regexp.MustCompile(`^\S+$`)).Globally()
	p.AllowAttrs("dir").Matching(regexp.MustCompile(`^(?i:ltr|rtl|auto)$`)).Globally()
	p.AllowAttrs("aria-hidden").Matching(regexp.MustCompile(`^(?:true|false)$`)).Globally()
	p.AllowAttrs("role").Matching(regexp.MustCompile(`^(?:doc-[a-z]+|note|img|list|presentation)$`)).Globally()
	p.AllowAttrs("align").Matching(regexp.MustCompile(`^(?i:left|right|center|justify|top|middle|bottom)$`)).Globally()
	p.AllowStyles("text-align").MatchingEnum("left", "right", "center", "justify", "start", "end").Globally()
	p.AllowAttrs("tabindex").Matching(regexp.MustCompile(`^0$`)).OnElements("pre")
	p.AllowAttrs("datetime").OnElements("time", "del", "ins")
	p.AllowAttrs("open").OnElements("details")
	p.AllowAttrs("start", "value").Matching(regexp.MustCompile(`^-?\d{1,9}$`)).OnElements("ol", "li")
	p.AllowAttrs("type").Matching(regexp.MustCompile(`^[1aAiI]$`)).OnElements("ol")
	p.AllowAttrs("reversed").OnElements("ol")
	p.AllowAttrs("type").Matching(regexp.MustCompile(`^checkbox$`)).OnElements("input")
	p.AllowAttrs("checked", "disabled").OnElements("input")
}

func allowAddresses(p *bluemonday.Policy) {
	p.RequireParseableURLs(true)
	p.AllowRelativeURLs(true)
	p.AllowURLSchemes(schemes...)
	p.AllowURLSchemeWithCustomPolicy("data", func(u *url.URL) bool { return isDataPicture(u.String()) })
	p.AllowAttrs("href", "name").OnElements("a")
	p.AllowAttrs("rel").Matching(regexp.MustCompile(`^[a-z ]+$`)).OnElements("a")
	p.AllowAttrs("cite").OnElements("blockquote", "q", "del", "ins")
}

func allowTables(p *bluemonday.Policy) {
	p.AllowAttrs("colspan", "rowspan", "span").Matching(regexp.MustCompile(`^\d{1,3}$`)).OnElements("td", "th", "col", "colgroup")
	p.AllowAttrs("scope").Matching(regexp.MustCompile(`^(?:row|col|rowgroup|colgroup)$`)).OnElements("th")
	p.AllowAttrs("valign").Matching(regexp.MustCompile(`^(?i:top|middle|bottom|baseline)$`)).OnElements("td", "th", "tr")
}

func allowMedia(p *bluemonday.Policy) {
	length := regexp.MustCompile(`^\d{1,5}(?:%|px)?$`)
	p.AllowAttrs("width", "height").Matching(length).OnElements("table", "td", "th", "col", "img", "video", "iframe")
	p.AllowAttrs("src", "alt").OnElements("img")
	p.AllowAttrs(offsetAttribute).Matching(regexp.MustCompile(`^\d{1,12}$`)).OnElements("img")
	p.AllowAttrs("src", "controls", "loop", "muted").OnElements("audio", "video")
	p.AllowAttrs("preload").Matching(regexp.MustCompile(`^(?:none|metadata|auto)$`)).OnElements("audio", "video")
	p.AllowAttrs("playsinline").OnElements("video")
	p.AllowAttrs("src").OnElements("source")
	p.AllowAttrs("type").Matching(regexp.MustCompile(`^(?:audio|video)/[\w.+-]+$`)).OnElements("source")
	p.AllowAttrs("src").Matching(frames).OnElements("iframe")
	p.AllowAttrs("allowfullscreen").OnElements("iframe")
}

var dataPicture = regexp.MustCompile(`^(?i:data:image/(?:png|jpeg|gif|webp|avif|svg\+xml)(?:;[a-z=-]+[\w-]*)*(?:;base64)?,)`)

func isDataPicture(address string) bool { return dataPicture.MatchString(address) }

// hostName is stricter than url.Parse, which takes hosts that are no address any
// more once a browser or a template has escaped them.
var hostName = regexp.MustCompile(`^(?:[\w.:\[\]-]|[^\x00-\x7f])*$`)

// safeLink reports whether a link may lead to the address. It looks at it as a
// browser does, which forgives blanks and line ends.
func safeLink(address string) bool {
	if isPlainPath(address) {
		return true
	}
	u, err := url.Parse(squeeze(address))
	return err == nil && (u.Host == "" || hostName.MatchString(u.Host)) &&
		(u.Scheme == "" || slices.Contains(schemes, strings.ToLower(u.Scheme)))
}

// LinkAllowed reports whether a page may lead to the address, as it is written in an
// article. Of others the text stays without the link.
func LinkAllowed(address string) bool {
	return safeLink(string(util.URLEscape([]byte(squeeze(address)), false)))
}

// linkTo is an address made fit to be linked, or "" if it is empty or unsafe.
func linkTo(address string) string {
	address = squeeze(address)
	if !safeLink(address) {
		return ""
	}
	if strings.HasPrefix(address, "//") {
		return "https:" + address // a page read from a disk has no scheme to inherit
	}
	return address
}

func isRelative(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "" && u.Host == "" && u.Path != ""
}

func isRemote(address string) bool {
	if isPlainPath(address) {
		return false
	}
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// isPlainPath reports whether an address is a path, perhaps with a fragment, of which nothing
// has to be escaped: most that lead from page to page are.
func isPlainPath(address string) bool {
	for i := range len(address) {
		switch c := address[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '_', c == '.', c == '/', c == '#':
		default:
			return false
		}
	}
	return !strings.HasPrefix(address, "//")
}

// squeeze removes what browsers ignore in addresses.
func squeeze(address string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' {
			return -1
		}
		return r
	}, strings.TrimFunc(address, func(r rune) bool { return r <= ' ' }))
}
