package content

import (
	"strconv"
	"strings"

	"longhand/editor/markdown"

	nethtml "golang.org/x/net/html"
)

// reaching are elements of raw HTML that hold the Markdown between their tags, over
// the blank lines that end a block of HTML.
var reaching = set("details div center section article aside header footer main nav figure blockquote ul ol li dl dd")

// opening is an element that a unit leaves open.
type opening struct {
	name string
	tag  string // as written
	key  string // of details
	open bool   // details that are open at first
}

// effect is what the HTML of a unit does to the units behind it.
type effect struct {
	closes []string
	opens  []opening
}

func (e *effect) none() bool { return len(e.closes) == 0 && len(e.opens) == 0 }

// effectOf reads a unit of HTML.
func effectOf(u markdown.Unit, source string) effect {
	var e effect
	folds := 0
	deeper := map[string]int{} // open, but too deep to count
	z := nethtml.NewTokenizer(strings.NewReader(source))
	for at := 0; ; {
		kind := z.Next()
		if kind == nethtml.ErrorToken {
			return e
		}
		raw := string(z.Raw())
		from := at
		at += len(raw)
		name, _ := z.TagName()
		tag := string(name)
		switch {
		case kind == nethtml.StartTagToken && unshown[tag]:
			if n := elementLength(source[from:], len(raw), tag); n > len(raw) {
				at = from + n
				z = nethtml.NewTokenizer(strings.NewReader(source[at:]))
			}
		case kind == nethtml.StartTagToken && reaching[tag]:
			o := opening{name: tag, tag: raw}
			if tag == "details" {
				folds++
				o.key = detailsKey(u.ID, folds)
				o.open = hasAttribute(raw, "open")
			}
			if tag == "li" || tag == "dd" {
				e.close(tag, true)
			}
			if len(e.opens) < mostOpen {
				e.opens = append(e.opens, o)
			} else {
				deeper[tag]++
			}
		case kind == nethtml.EndTagToken && deeper[tag] > 0:
			deeper[tag]--
		case kind == nethtml.EndTagToken && reaching[tag]:
			e.close(tag, false)
			clear(deeper)
		}
	}
}

// close ends an element; only here if it is implied.
func (e *effect) close(name string, implied bool) {
	for i := len(e.opens) - 1; i >= 0; i-- {
		if e.opens[i].name == name {
			e.opens = e.opens[:i]
			return
		}
		if implied && (e.opens[i].name == "ul" || e.opens[i].name == "ol" || e.opens[i].name == "dl") {
			return
		}
	}
	if !implied {
		e.closes = append(e.closes, name)
	}
}

// surroundings are the elements that a unit stands in. It is not changed once made; nil
// for none.
type surroundings []opening

// mostOpen is how deep elements are followed.
const mostOpen = 64

// after returns the surroundings behind a unit.
func (s surroundings) after(e effect) surroundings {
	out := append(surroundings{}, s...)
	for _, name := range e.closes {
		for i := len(out) - 1; i >= 0; i-- {
			if out[i].name == name {
				out = out[:i]
				break
			}
		}
	}
	out = append(out, e.opens...)
	if len(out) == 0 {
		return nil
	}
	return out[:min(len(out), mostOpen)]
}

// key tells surroundings apart.
func (s surroundings) key() string {
	if len(s) == 0 {
		return ""
	}
	var b strings.Builder
	for _, o := range s {
		b.WriteString(o.tag)
		b.WriteByte(0)
		b.WriteString(o.key)
		b.WriteByte(0)
	}
	return b.String()
}

// enter opens the surroundings for a builder. Markers and summaries stand with the units
// that open them.
func (b *builder) enter(s surroundings) {
	for _, o := range s {
		z := nethtml.NewTokenizer(strings.NewReader(o.tag))
		if z.Next() != nethtml.StartTagToken {
			continue
		}
		t := z.Token()
		if o.key != "" {
			t.Attr = append(t.Attr, nethtml.Attribute{Key: keyAttribute, Val: o.key})
		}
		b.startTag(t, 0, 0, 0, 0)
		if b.fold != nil {
			b.fold.summary = true
		}
		b.marks, b.ids = nil, nil
	}
	b.gap, b.seen, b.folds = 0, false, 0
	b.most = len(b.open) + mostOpen
}

func hasAttribute(tag, key string) bool {
	z := nethtml.NewTokenizer(strings.NewReader(tag))
	z.Next()
	return has(z.Token(), key)
}

// RenameDetails gives what is known of the details of a unit to the unit that took its place.
func RenameDetails[T any](known map[string]T, was, is uint64) {
	prefix := detailsKey(was, 0)
	prefix = prefix[:len(prefix)-1]
	for key, value := range known {
		if rest, ok := strings.CutPrefix(key, prefix); ok && was != is {
			delete(known, key)
			n, _ := strconv.Atoi(rest)
			known[detailsKey(is, n)] = value
		}
	}
}
