package html

import (
	"bytes"
	stdhtml "html"

	nethtml "golang.org/x/net/html"
)

// finishOwn is finish for what the renderer has written all by itself: each "<" in it
// begins a tag, the values of attributes stand in double quotes, and most tags have none.
func (f *finisher) finishOwn(html []byte) {
	f.out.Grow(len(html) + len(html)/8)
	for {
		at := bytes.IndexByte(html, '<')
		if at < 0 {
			f.text(html)
			return
		}
		if at > 0 {
			f.text(html[:at])
		}
		html = html[at:]
		end := ownTagEnd(html)
		f.ownTag(html[:end])
		html = html[end:]
	}
}

// ownTagEnd is where the tag at the beginning of html ends.
func ownTagEnd(html []byte) int {
	quoted := false
	for i, c := range html {
		switch {
		case c == '"':
			quoted = !quoted
		case c == '>' && !quoted:
			return i + 1
		}
	}
	return len(html)
}

// simple are elements of which a page takes over the tag as it is, when it has no attributes.
var simple = func() map[string]string {
	names := map[string]string{}
	for _, name := range []string{"p", "em", "strong", "del", "code", "pre", "ul", "ol", "li", "blockquote", "figure", "figcaption",
		"thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "sup", "div", "br", "hr"} {
		names[name] = name
	}
	return names
}()

// ownTag takes in a tag.
func (f *finisher) ownTag(tag []byte) {
	if len(tag) > 3 && tag[1] == '/' {
		if name, ok := simple[string(tag[2:len(tag)-1])]; ok {
			f.end(name)
		} else {
			f.end(string(tag[2 : len(tag)-1]))
		}
		return
	}
	if name, ok := simple[string(tag[1:len(tag)-1])]; ok && f.page {
		f.out.Write(tag)
		if name != "br" && name != "hr" {
			f.open = append(f.open, element{name, name, ""})
		}
		return
	}
	if f.page && bytes.HasPrefix(tag, spanClass) && bytes.IndexByte(tag, '&') < 0 && bytes.Count(tag, quote) == 2 {
		f.out.Write(tag)
		f.open = append(f.open, element{"span", "span", ""})
		return
	}
	f.start(ownToken(tag))
}

var spanClass, quote = []byte(`<span class="`), []byte(`"`)

// ownToken is a tag as a token.
func ownToken(tag []byte) nethtml.Token {
	rest := bytes.TrimSuffix(bytes.TrimSuffix(tag[1:], []byte(">")), []byte(" /"))
	name, rest, _ := bytes.Cut(rest, []byte(" "))
	t := nethtml.Token{Type: nethtml.StartTagToken, Data: string(name)}
	for {
		rest = bytes.TrimLeft(rest, " ")
		if len(rest) == 0 {
			return t
		}
		key, value := rest, []byte(nil)
		equals, space := bytes.IndexByte(rest, '='), bytes.IndexByte(rest, ' ')
		switch {
		case equals >= 0 && (space < 0 || equals < space):
			key, value = rest[:equals], rest[equals+1:]
			value = bytes.TrimPrefix(value, quote)
			end := bytes.IndexByte(value, '"')
			if end < 0 {
				end = len(value)
			}
			rest = value[min(end+1, len(value)):]
			value = value[:end]
		case space >= 0:
			key, rest = rest[:space], rest[space:]
		default:
			rest = nil
		}
		t.Attr = append(t.Attr, nethtml.Attribute{Key: string(key), Val: stdhtml.UnescapeString(string(value))})
	}
}
