package edits

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var (
	wordLevel  = regexp.MustCompile(`mso-list:[^;]*\blevel(\d)`)
	wordNumber = regexp.MustCompile(`^\s*(?:\d+|[a-zA-Z]|[ivxlcIVXLC]+)[.)]`)
)

// wordLists makes lists of the paragraphs that Word writes for list items: each has
// a style that tells the level, and begins with its bullet or number as text.
func wordLists(parent *html.Node) {
	var open []*html.Node // lists, outermost first
	for c := parent.FirstChild; c != nil; {
		next := c.NextSibling
		level := 0
		if c.Type == html.ElementNode {
			if found := wordLevel.FindStringSubmatch(attr(c, "style")); c.DataAtom == atom.P && found != nil {
				level, _ = strconv.Atoi(found[1])
			}
		} else if c.Type == html.TextNode && strings.TrimSpace(c.Data) == "" {
			c = next
			continue
		}
		if level == 0 {
			open = nil
			c = next
			continue
		}
		mark := takeMark(c)
		open = open[:min(level, len(open))]
		for len(open) < level {
			list := &html.Node{Type: html.ElementNode, DataAtom: atom.Ul, Data: "ul"}
			if wordNumber.MatchString(mark) {
				list.DataAtom, list.Data = atom.Ol, "ol"
			}
			if n := len(open); n == 0 {
				parent.InsertBefore(list, c)
			} else {
				if open[n-1].LastChild == nil {
					open[n-1].AppendChild(&html.Node{Type: html.ElementNode, DataAtom: atom.Li, Data: "li"})
				}
				open[n-1].LastChild.AppendChild(list)
			}
			open = append(open, list)
		}
		item := &html.Node{Type: html.ElementNode, DataAtom: atom.Li, Data: "li"}
		moveChildren(c, item)
		parent.RemoveChild(c)
		open[level-1].AppendChild(item)
		c = next
	}
}

// takeMark removes the bullet or number from the text of Word's list item, and
// returns it. Cleaning has already taken the span around it away.
func takeMark(n *html.Node) string {
	for d := range n.Descendants() {
		if d.Type != html.TextNode || strings.TrimSpace(d.Data) == "" {
			continue
		}
		s := strings.TrimLeft(d.Data, " \t\r\n")
		mark := wordNumber.FindString(s)
		if mark == "" && strings.ContainsAny(s[:1], "-*o") {
			mark = s[:1]
		} else if mark == "" {
			for _, bullet := range []string{"·", "•", "§", "Ø", "▪", "◦", "–"} {
				if strings.HasPrefix(s, bullet) {
					mark = bullet
				}
			}
		}
		d.Data = strings.TrimLeft(s[len(mark):], " \t\r\n")
		return mark
	}
	return ""
}
