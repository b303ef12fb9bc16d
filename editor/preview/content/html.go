package content

import (
	stdhtml "html"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	nethtml "golang.org/x/net/html"
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

// origin is raw HTML with the way back into the source.
type origin struct {
	text          string
	starts, bytes []int // where a line begins in text, and in the source
}

func newOrigin(source []byte, lines []text.Segment) origin {
	var s strings.Builder
	var o origin
	for _, l := range lines {
		pad := l.Padding
		o.starts = append(o.starts, s.Len()+pad)
		o.bytes = append(o.bytes, l.Start)
		s.Write(l.Value(source))
	}
	o.text = s.String()
	return o
}

func (o *origin) source(at int) int {
	i := sort.SearchInts(o.starts, at+1) - 1
	if i < 0 {
		if len(o.bytes) == 0 {
			return 0
		}
		return o.bytes[0]
	}
	return o.bytes[i] + at - o.starts[i]
}

// htmlBlock reads a block of HTML as what it means. What has no effect at all is
// shown as it is.
func (b *builder) htmlBlock(n *ast.HTMLBlock) {
	lines := slices.Clone(n.Lines().Sliced(0, n.Lines().Len()))
	if n.HasClosure() {
		lines = append(lines, n.ClosureLine)
	}
	o := newOrigin(b.source, lines)
	b.end()
	start, end := b.tree.Span(n)
	seen, ids := b.seen, len(b.ids)
	b.seen, b.html = false, true
	said := b.readHTML(&o, start, end)
	if b.part != nil && (b.part.Kind != Summary || !b.w.empty()) {
		b.end()
	}
	b.html = false
	for _, e := range b.open[b.base:] {
		b.seen = b.seen || reaching[e.name] // what it means is seen further down
	}
	if said && !b.seen && len(b.ids) == ids {
		b.raw("HTML", strings.TrimSpace(o.text), start, end)
	}
	b.seen = seen || b.seen
	b.room(b.space)
}

// raw shows HTML as it is, under a label.
func (b *builder) raw(label, s string, start, end int) {
	st := b.state
	b.end()
	b.group++
	p := b.begin(Source, start, end)
	p.Made, p.RTL, p.Label, p.Group, p.First, p.Last = true, false, label, b.group, true, true
	b.state = state{}
	b.w.put(s, start, end, 0)
	b.end()
	b.state = st
	b.room(b.space)
}

// readHTML reads HTML, and reports whether it says anything but comments and space.
func (b *builder) readHTML(o *origin, start, end int) (said bool) {
	z := nethtml.NewTokenizer(strings.NewReader(o.text))
	for at := 0; ; {
		kind := z.Next()
		if kind == nethtml.ErrorToken {
			return said
		}
		raw := string(z.Raw())
		from := at
		at += len(raw)
		switch kind {
		case nethtml.TextToken:
			if strings.TrimSpace(raw) != "" {
				said = true
			}
			b.htmlText(raw, o, from, start, end)
		case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
			said = true
			t := z.Token()
			if unshown[t.Data] {
				rest := o.text[from:]
				n := elementLength(rest, len(raw), t.Data)
				label := t.Data
				b.raw("HTML · "+label, strings.TrimSpace(rest[:n]), o.source(from), o.source(from+n-1)+1)
				b.seen = true
				if n > len(raw) {
					at = from + n
					z = nethtml.NewTokenizer(strings.NewReader(o.text[at:]))
				}
				continue
			}
			b.startTag(t, o.source(from), o.source(at-1)+1, start, end)
		case nethtml.EndTagToken:
			said = true
			b.endTag(z.Token().Data, true, end)
		}
	}
}

// elementLength is how long an element is that begins with a start tag of the given
// length: to its end tag, or all there is.
func elementLength(s string, tag int, name string) int {
	if void[name] || strings.HasSuffix(s[:tag], "/>") {
		return tag
	}
	lower := strings.ToLower(s)
	if len(lower) != len(s) {
		lower = s
	}
	if i := strings.Index(lower[tag:], "</"+name); i >= 0 {
		if j := strings.IndexByte(s[tag+i:], '>'); j >= 0 {
			return tag + i + j + 1
		}
	}
	return len(s)
}

// htmlText writes text of a block of HTML.
func (b *builder) htmlText(raw string, o *origin, from, start, end int) {
	if b.w == nil && strings.TrimSpace(raw) == "" {
		return
	}
	if b.w == nil {
		b.openText(start, end)
	}
	put := func(s string, from int) { // of which no line break lies within
		for s != "" {
			line := s
			if i := strings.IndexByte(s, '\n'); i >= 0 {
				line = s[:i+1]
			}
			if b.pre {
				b.verbatim(line, o.source(from))
			} else {
				b.w.words(line, o.source(from))
			}
			s, from = s[len(line):], from+len(line)
		}
	}
	plain := 0
	for i := 0; i < len(raw); i++ {
		if raw[i] != '&' && raw[i] != 0 {
			continue
		}
		j := i + 1
		for j < len(raw) && j < i+40 && raw[j] != ';' && raw[j] != '&' && !isSpace(raw[j]) && raw[j] != 0 {
			j++
		}
		if j < len(raw) && raw[j] == ';' {
			j++
		}
		shown := stdhtml.UnescapeString(raw[i:j])
		if raw[i] == 0 {
			shown, j = "\ufffd", i+1
		}
		if shown == raw[i:j] {
			continue
		}
		put(raw[plain:i], from+plain)
		b.w.put(shown, o.source(from+i), o.source(from+j-1)+1, 0)
		plain, i = j, j-1
	}
	put(raw[plain:], from+plain)
}

// openText begins the part for text that stands in HTML.
func (b *builder) openText(start, end int) {
	kind := b.kind
	if b.pre {
		kind = Code
		b.group++
	}
	b.begin(kind, start, end)
	b.part.Group = b.group
	b.part.First, b.part.Last = true, true
	switch kind {
	case Heading:
		b.room(gapHeading)
	case Summary:
		b.part.Fold, b.part.Box = b.fold.box, b.fold.box.Parent
		b.fold.summary = true
	}
	b.w.state = b.state
}

func (b *builder) verbatim(s string, from int) {
	if b.w.empty() && s == "\n" {
		return // one after <pre> does not count
	}
	b.w.put(s, from, from+len(s), 0)
}

// rawInline reads a tag within Markdown's text.
func (b *builder) rawInline(n *ast.RawHTML) {
	o := newOrigin(b.source, n.Segments.Sliced(0, n.Segments.Len()))
	z := nethtml.NewTokenizer(strings.NewReader(o.text))
	kind := z.Next()
	start, end := o.source(0), o.source(max(len(o.text)-1, 0))+1
	switch kind {
	case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
		t := z.Token()
		switch {
		case unshown[t.Data]:
			b.rawTag(o.text, start, end)
		case blocks[t.Data]:
			if !b.w.empty() {
				b.w.newLine(start, end)
			}
		default:
			b.startTag(t, start, end, start, end)
		}
	case nethtml.EndTagToken:
		name := z.Token().Data
		switch {
		case unshown[name]:
			b.rawTag(o.text, start, end)
		case blocks[name]:
			if !b.w.empty() {
				b.w.newLine(start, end)
			}
		default:
			b.endTag(name, false, end)
		}
	}
}

// rawTag shows a tag as it is.
func (b *builder) rawTag(s string, start, end int) {
	st := b.w.state
	b.w.state.style |= CodeSpan
	b.w.made = true
	b.w.put(strings.ReplaceAll(s, "\n", " "), start, end, 0)
	b.w.made = false
	b.w.state = st
}

// startTag opens an element. from and to are the tag's own source, start and end that
// of the block it stands in.
func (b *builder) startTag(t nethtml.Token, from, to, start, end int) {
	name := t.Data
	for _, key := range []string{"id", "name"} {
		if id := attr(t, key); id != "" && (key == "id" || name == "a") {
			b.ids = append(b.ids, id)
		}
	}
	switch name {
	case "br", "wbr", "hr", "img", "input":
		b.void(t, from, to, start, end)
		return
	}
	if void[name] {
		return
	}
	if blocks[name] {
		b.endPart()
		b.imply(name)
	}
	if t.Type == nethtml.SelfClosingTagToken && !blocks[name] && inlineStyles[name] == 0 && name != "a" {
		return
	}
	b.push(name)
	b.state.style |= inlineStyles[name]
	if name == "a" {
		if address := attr(t, "href"); address != "" {
			b.state.link = &Link{Address: address, Title: attr(t, "title")}
		}
	}
	if title := attr(t, "title"); title != "" && b.state.style&Abbreviation != 0 {
		b.state.title = title
	}
	if blocks[name] {
		b.startBlock(t, start, end)
	}
	if b.w != nil {
		b.w.state = b.state
		if padded[name] {
			b.w.pad(from)
		}
	}
}

// padded are elements with a little room inside.
var padded = set("code tt samp kbd")

// endPart closes the part under way where a block begins or ends.
func (b *builder) endPart() {
	if b.part != nil {
		b.end()
	}
}

func (b *builder) push(name string) {
	b.open = append(b.open, element{name: name, env: b.env, state: b.state, block: blocks[name]})
}

// popTo ends elements from the innermost out, until so many are left.
func (b *builder) popTo(n int) {
	for len(b.open) > n {
		e := b.open[len(b.open)-1]
		b.open = b.open[:len(b.open)-1]
		if padded[e.name] && b.w != nil {
			b.w.pad(b.w.last())
		}
		if e.block {
			b.endPart()
			b.endBlock(e)
		}
		b.env, b.state = e.env, e.state
		if b.w != nil {
			b.w.state = b.state
		}
	}
}

// endTag ends an element, if it is open here.
func (b *builder) endTag(name string, block bool, end int) {
	for i := len(b.open) - 1; i >= b.base; i-- {
		if b.open[i].name == name {
			if blocks[name] {
				b.seen = true
			}
			b.popTo(i)
			return
		}
	}
	if block && name == "p" {
		b.endPart()
	}
}

// imply ends what a new element ends by itself.
func (b *builder) imply(name string) {
	var ends, within map[string]bool
	switch name {
	case "li":
		ends, within = set("li"), set("ul ol menu")
	case "dt", "dd":
		ends, within = set("dt dd"), set("dl")
	case "td", "th":
		ends, within = set("td th"), set("table tr")
	case "tr":
		ends, within = set("tr td th"), set("table")
	case "tbody", "thead", "tfoot":
		ends, within = set("tbody thead tfoot tr td th"), set("table")
	case "option":
		ends, within = set("option"), set("select")
	default:
		ends, within = set("p"), set("div td th li blockquote section article details figure center dd")
	}
	first := -1
	for i := len(b.open) - 1; i >= b.base; i-- {
		if within[b.open[i].name] {
			break
		}
		if ends[b.open[i].name] {
			first = i
		}
	}
	if first >= 0 {
		b.popTo(first)
	}
}

// startBlock sets what a block element means for what is in it.
func (b *builder) startBlock(t nethtml.Token, start, end int) {
	switch alignment(t) {
	case "left", "start":
		b.align = Start
	case "center":
		b.align = Centre
	case "right", "end":
		b.align = End
	}
	switch strings.ToLower(attr(t, "dir")) {
	case "rtl":
		b.rtl, b.mixed = true, true
	case "ltr":
		b.rtl = false
	}
	switch name := t.Data; name {
	case "center":
		b.align = Centre
	case "h1", "h2", "h3", "h4", "h5", "h6":
		b.kind, b.level = Heading, int(name[1]-'0')
		b.room(gapHeading)
	case "pre":
		b.pre = true
	case "blockquote":
		b.box = &Box{Parent: b.box, Kind: Quote, RTL: b.rtl, Indent: 1.11}
	case "ul", "ol", "menu":
		b.list = &list{ordered: name == "ol", next: 1}
		if n, err := strconv.Atoi(attr(t, "start")); err == nil {
			b.list.next = n
		}
		b.space = gapTight
	case "li":
		b.startItem(t)
	case "dt":
		b.kind = Term
	case "dd":
		b.box = &Box{Parent: b.box, Kind: Definition, RTL: b.rtl, Indent: 1.35}
	case "figcaption":
		b.kind = Caption
		if b.align == Start {
			b.align = Centre
		}
		b.gap = gapCaption
	case "details":
		b.startDetails(t)
	case "summary":
		if b.fold != nil && !b.fold.summary {
			b.kind = Summary
			b.openText(start, end)
		}
	case "table":
		b.startTable()
	case "tr":
		b.startRow(start, end)
	case "td", "th":
		b.startCell(t)
	case "caption":
		b.startCaption()
	}
}

func (b *builder) startItem(t nethtml.Token) {
	box := &Box{Parent: b.box, Kind: Item, RTL: b.rtl, Indent: 1.11, Marker: "•"}
	if l := b.list; l != nil && l.ordered {
		if n, err := strconv.Atoi(attr(t, "value")); err == nil {
			l.next = n
		}
		box.Marker = strconv.Itoa(l.next) + "."
		if l.next > 9 {
			box.Indent = 0.72 + 0.52*float32(len(box.Marker)-1)
		}
		l.next++
	}
	b.box = box
	b.marks = append(b.marks, box)
	b.seen = true
}

// startDetails opens what a click on its summary shows.
func (b *builder) startDetails(t nethtml.Token) {
	b.folds++
	_, open := lookup(t, "open")
	box := &Box{Parent: b.box, Kind: Details, RTL: b.rtl, Open: open, Key: detailsKey(b.unit.ID, b.folds)}
	if key := attr(t, keyAttribute); key != "" { // opened in a unit before
		box.Key = key
	}
	b.fold = &fold{box: box}
	b.box = box
	b.seen = true
}

func detailsKey(unit uint64, n int) string {
	return strconv.FormatUint(unit, 36) + "." + strconv.Itoa(n)
}

// keyAttribute carries the key of details into the units after the one that opens them.
const keyAttribute = "data-longhand-key"

// opened gives details a summary that have none.
func (b *builder) opened(p *Part) {
	f := b.fold
	if f == nil || f.summary || p.Kind == Summary {
		return
	}
	f.summary = true
	s := &Part{Kind: Summary, Box: f.box.Parent, Fold: f.box, RTL: b.rtl, Made: true, Top: b.gap, Start: p.Start, End: p.Start}
	s.Text = Text{S: "Details", Runs: []Run{{End: len("Details")}}, Map: []Stretch{{Len: len("Details"), Source: p.Start, Made: true}}}
	b.gap = gapTight
	*b.out = append(*b.out, s)
}

// endBlock ends what a block element meant.
func (b *builder) endBlock(e element) {
	switch e.name {
	case "table":
		b.endTable()
	case "td", "th":
		b.endCell(e.env.table)
	case "summary":
		b.gap = gapBlock * 0.6
	case "tr", "thead", "tbody", "tfoot", "li":
		if e.name == "li" && len(b.marks) > 0 { // an item with nothing in it
			b.add(&Part{Kind: Paragraph, Box: b.box, RTL: b.rtl, Start: b.lastEnd(), End: b.lastEnd()})
		}
		b.marks = nil
	case "h1", "h2", "h3", "h4", "h5", "h6":
		b.gap = gapBelow
	default:
		b.room(e.env.space)
	}
}

// lastEnd is where the source of the last part ends.
func (b *builder) lastEnd() int {
	if n := len(*b.out); n > 0 {
		return (*b.out)[n-1].End
	}
	return 0
}

// void reads an element without content.
func (b *builder) void(t nethtml.Token, from, to, start, end int) {
	switch t.Data {
	case "br":
		if b.w != nil {
			b.w.newLine(from, to)
		}
	case "wbr":
		if b.w != nil {
			b.w.put("\u200b", from, to, 0)
		}
	case "hr":
		if len(b.open) > b.base || b.part == nil || b.base == 0 {
			b.endPart()
			b.room(gapRule)
			b.add(&Part{Kind: Rule, Box: b.box, RTL: b.rtl, Start: start, End: end})
			b.room(gapRule)
		}
	case "input":
		if attr(t, "type") == "checkbox" {
			b.generated(map[bool]string{true: "☑ ", false: "☐ "}[has(t, "checked")], from, to, start, end)
		}
	case "img":
		p := Picture{Address: attr(t, "src"), Alt: attr(t, "alt"), Title: attr(t, "title"), Link: b.state.link, Start: from, End: to}
		p.Width, p.Share = length(attr(t, "width"))
		p.Height, _ = length(attr(t, "height"))
		if b.w == nil {
			b.openText(start, end)
		}
		b.picture(p)
	}
}

// generated writes text that is not the author's.
func (b *builder) generated(s string, from, to, start, end int) {
	if b.w == nil {
		b.openText(start, end)
	}
	b.w.made = true
	b.w.put(s, from, to, 0)
	b.w.made = false
}

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
