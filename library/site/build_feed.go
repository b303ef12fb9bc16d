package site

import (
	"bytes"
	"encoding/json"
	stdhtml "html"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"longhand/editor/html"
	"longhand/editor/markdown"
	"longhand/library/site/target"
)

// feedLength is how many posts a feed holds, the newest.
const feedLength = 20

// feedPosts are those of a list that its feed holds. A post without a date is
// none that could be new.
func feedPosts(posts []*post) []*post {
	var out []*post
	for _, at := range posts {
		if !at.Date.IsZero() && len(out) < feedLength {
			out = append(out, at)
		}
	}
	return out
}

// feedJobs are the feeds of a list, in the folder of its first page.
func (b *builder) feedJobs(first, title string, posts []*post) []job {
	if b.site.BaseURL == "" {
		return nil // they need absolute addresses
	}
	posts = feedPosts(posts)
	for _, at := range posts {
		at.feeds += 2
	}
	folder := strings.TrimSuffix(first, "index.html")
	if first != homeFile {
		title += " · " + b.title()
	}
	key := func() target.Sum {
		h := b.hash("feed")
		h.text(title, first)
		if len(b.plan.authors) == 1 { // who stands for the whole feed
			h.sum(b.plan.authors[0].sum)
		}
		for _, at := range posts {
			h.sum(at.sum)
			for _, c := range at.by {
				h.sum(c.sum)
			}
			h.sum(at.Made.Sum)
			h.number(at.Date.Unix(), at.Updated.Unix())
		}
		return h.done()
	}
	one := func(name string, make func(file string) []byte) job {
		file := folder + name
		if first != homeFile {
			b.plan.claims.take(file, "a feed")
		}
		return job{file: file, key: key, make: func() ([]byte, error) { return make(file), nil }}
	}
	return []job{
		one(atomFile, func(file string) []byte { return b.atom(file, first, title, posts) }),
		one(jsonFile, func(file string) []byte { return b.jsonFeed(file, first, title, posts) }),
	}
}

// atom writes an Atom 1.0 feed.
func (b *builder) atom(file, first, title string, posts []*post) []byte {
	contents := make([]string, len(posts))
	length := 4 << 10
	for i, at := range posts {
		contents[i] = b.content(at)
		length += len(contents[i])*5/4 + 2<<10
	}
	var out bytes.Buffer
	out.Grow(length)
	text := xmlText
	element := func(indent, name, s string) {
		if s != "" {
			out.WriteString(indent + "<" + name + ">" + text(s) + "</" + name + ">\n")
		}
	}
	out.WriteString("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"" + text(b.lang) + "\">\n")
	element("  ", "title", title)
	if first == homeFile {
		element("  ", "subtitle", b.site.Description)
	}
	element("  ", "id", absolute(b.site.BaseURL, first))
	element("  ", "updated", feedTime(lastDate(posts)))
	element("  ", "generator", "Longhand")
	out.WriteString("  <link rel=\"alternate\" type=\"text/html\" href=\"" + text(absolute(b.site.BaseURL, first)) + "\"/>\n")
	out.WriteString("  <link rel=\"self\" type=\"application/atom+xml\" href=\"" + text(absolute(b.site.BaseURL, file)) + "\"/>\n")
	person := func(indent string, c *contributor) {
		out.WriteString(indent + "<author>\n")
		element(indent+"  ", "name", c.listing.Name)
		element(indent+"  ", "uri", absolute(b.site.BaseURL, c.file))
		out.WriteString(indent + "</author>\n")
	}
	// Every entry needs an author, its own or the feed's.
	if len(b.plan.authors) == 1 {
		person("  ", b.plan.authors[0])
	} else {
		out.WriteString("  <author>\n")
		element("    ", "name", b.title())
		out.WriteString("  </author>\n")
	}
	for i, at := range posts {
		home := absolute(b.site.BaseURL, at.file)
		out.WriteString("  <entry>\n")
		element("    ", "title", at.Title)
		element("    ", "id", home)
		out.WriteString("    <link rel=\"alternate\" type=\"text/html\" href=\"" + text(home) + "\"/>\n")
		element("    ", "published", feedTime(at.Date))
		element("    ", "updated", feedTime(lastDate([]*post{at})))
		for _, c := range at.by {
			person("    ", c)
		}
		for _, t := range at.tags {
			out.WriteString("    <category term=\"" + text(t.Name) + "\"/>\n")
		}
		element("    ", "summary", at.summary())
		if contents[i] != "" {
			out.WriteString("    <content type=\"html\"" + langAttribute(at, b.lang) + ">")
			writeXML(&out, contents[i])
			out.WriteString("</content>\n")
		}
		out.WriteString("  </entry>\n")
	}
	out.WriteString("</feed>\n")
	return out.Bytes()
}

// xmlText is a text for XML: escaped, and without the characters that XML has no place for.
func xmlText(s string) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] >= ' ' && s[i] < 0x7f && s[i] != '<' && s[i] != '>' && s[i] != '&' && s[i] != '"'
	}
	if plain {
		return s
	}
	var out bytes.Buffer
	out.Grow(len(s) + len(s)/6)
	writeXML(&out, s)
	return out.String()
}

// writeXML writes what xmlText returns.
func writeXML(out *bytes.Buffer, s string) {
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c < 0x7f && c != '<' && c != '>' && c != '&' && c != '"' {
			i++
			continue
		}
		r, n := rune(c), 1
		if c >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		to := ""
		switch {
		case r == '<':
			to = "&lt;"
		case r == '>':
			to = "&gt;"
		case r == '&':
			to = "&amp;"
		case r == '"':
			to = "&#34;"
		case r < ' ' && r != '\n' && r != '\t', r == 0xfffe, r == 0xffff, r == utf8.RuneError:
			to = "\ufffd"
		}
		if to != "" {
			out.WriteString(s[from:i])
			out.WriteString(to)
			from = i + n
		}
		i += n
	}
	out.WriteString(s[from:])
}

func langAttribute(at *post, site string) string {
	if at.Made.Lang != "" && at.Made.Lang != site {
		return ` xml:lang="` + at.Made.Lang + `"`
	}
	return ""
}

// feedTime is a date as feeds write it. Without any date it is the beginning of
// all times, so that a feed without posts is the same whenever it is made.
func feedTime(t time.Time) string {
	if t.IsZero() {
		t = time.Unix(0, 0).UTC()
	}
	return t.Format(time.RFC3339)
}

// The members of a JSON Feed 1.1.
type (
	jsonFeed struct {
		Version     string       `json:"version"`
		Title       string       `json:"title"`
		HomePageURL string       `json:"home_page_url"`
		FeedURL     string       `json:"feed_url"`
		Description string       `json:"description,omitempty"`
		Language    string       `json:"language,omitempty"`
		Authors     []jsonAuthor `json:"authors,omitempty"`
		Items       []jsonItem   `json:"items"`
	}
	jsonAuthor struct {
		Name   string `json:"name"`
		URL    string `json:"url,omitempty"`
		Avatar string `json:"avatar,omitempty"`
	}
	jsonItem struct {
		ID            string       `json:"id"`
		URL           string       `json:"url"`
		Title         string       `json:"title"`
		ContentHTML   string       `json:"content_html"`
		Summary       string       `json:"summary,omitempty"`
		Image         string       `json:"image,omitempty"`
		DatePublished string       `json:"date_published"`
		DateModified  string       `json:"date_modified,omitempty"`
		Authors       []jsonAuthor `json:"authors,omitempty"`
		Tags          []string     `json:"tags,omitempty"`
		Language      string       `json:"language,omitempty"`
	}
)

func (b *builder) jsonFeed(file, first, title string, posts []*post) []byte {
	base := b.site.BaseURL
	person := func(c *contributor) jsonAuthor {
		a := jsonAuthor{Name: c.listing.Name, URL: absolute(base, c.file)}
		if c.avatar != "" {
			a.Avatar = absolute(base, c.avatar)
		}
		return a
	}
	feed := jsonFeed{Version: "https://jsonfeed.org/version/1.1", Title: title, HomePageURL: absolute(base, first), FeedURL: absolute(base, file), Language: b.lang, Items: []jsonItem{}}
	if first == homeFile {
		feed.Description = b.site.Description
	}
	if len(b.plan.authors) == 1 {
		feed.Authors = []jsonAuthor{person(b.plan.authors[0])}
	}
	contents := make([]string, len(posts))
	for i, at := range posts {
		home := absolute(base, at.file)
		item := jsonItem{ID: home, URL: home, Title: at.Title, Summary: at.summary(), DatePublished: feedTime(at.Date)}
		if contents[i] = b.content(at); contents[i] == "" {
			contents[i] = "<p>" + stdhtml.EscapeString(at.summary()) + "</p>"
		}
		if at.Updated.After(at.Date) {
			item.DateModified = feedTime(at.Updated)
		}
		if at.Made.Picture != "" {
			item.Image = absolute(base, at.Made.Picture)
		}
		for _, c := range at.by {
			item.Authors = append(item.Authors, person(c))
		}
		for _, t := range at.tags {
			item.Tags = append(item.Tags, t.Name)
		}
		if at.Made.Lang != b.lang {
			item.Language = at.Made.Lang
		}
		feed.Items = append(feed.Items, item)
	}
	return withContents(jsonText(feed), contents)
}

// jsonText is a value as JSON for a file: nothing in it can fail to be written.
func jsonText(v any) []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	_ = enc.Encode(v)
	return out.Bytes()
}

// withContents puts the contents into a feed whose items have none: the feed is
// then not indented with all that is in them.
func withContents(feed []byte, contents []string) []byte {
	const key = "\n   \"content_html\": " // which no text can hold: a line end is escaped there
	length := len(feed)
	for _, c := range contents {
		length += len(c) + len(c)/6
	}
	var out bytes.Buffer
	out.Grow(length)
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	for _, c := range contents {
		before, after, _ := bytes.Cut(feed, []byte(key+`""`))
		out.Write(before)
		out.WriteString(key)
		_ = enc.Encode(c)
		out.Truncate(out.Len() - 1) // the line end
		feed = after
	}
	out.Write(feed)
	return out.Bytes()
}

// content is the article's body for feeds, with absolute addresses. It is cut out
// of the page that lies in the site, so that nothing is made twice, and kept for
// the next feed that has it, as far as there is room.
func (b *builder) content(at *post) string {
	at.mu.Lock()
	defer at.mu.Unlock()
	at.feeds--
	if at.content == "" {
		at.content = b.cutContent(at)
		b.contents.Add(int64(len(at.content)))
	}
	content := at.content
	if at.feeds <= 0 || b.contents.Load() > maxContents {
		at.content = ""
		b.contents.Add(-int64(len(content)))
	}
	return content
}

// maxContents is how many bytes of contents are kept for further feeds.
const maxContents = 32 << 20

func (b *builder) cutContent(at *post) string {
	if at.Made.BodyLen == 0 {
		return ""
	}
	body, err := b.folder.ReadPart(at.file, at.Made.BodyAt, at.Made.BodyLen)
	if err != nil {
		return ""
	}
	home, err := url.Parse(absolute(b.site.BaseURL, at.file))
	if err != nil {
		return ""
	}
	return rewrite(string(body), func(address string) string {
		u, err := url.Parse(address)
		if err != nil || u.Scheme != "" {
			return address
		}
		full := home.ResolveReference(u)
		if u.Path != "" {
			full.Path = strings.TrimSuffix(full.Path, "index.html")
			full.RawPath = ""
		}
		return full.String()
	})
}

// fragment is a Markdown text as clean HTML; link may lead its links elsewhere.
func fragment(text string, link func(string) string) string {
	var out strings.Builder
	if html.Fragment(&out, markdown.Parse([]byte(text)), html.FragmentOptions{}) != nil {
		return ""
	}
	return rewrite(out.String(), func(address string) string {
		if to := link(address); to != "" {
			return to
		}
		return address
	})
}

// rewrite changes the addresses in HTML that the program has written itself, whose
// attributes stand in double quotes, and drops the anchors of headings.
func rewrite(body string, to func(string) string) string {
	var out strings.Builder
	out.Grow(len(body) + len(body)/8)
	for {
		at := strings.IndexByte(body, '<')
		if at < 0 {
			out.WriteString(body)
			return out.String()
		}
		out.WriteString(body[:at])
		body = body[at:]
		end := tagEnd(body)
		tag := body[:end]
		body = body[end:]
		if strings.HasPrefix(tag, `<a class="anchor"`) {
			if after, ok := strings.CutPrefix(body, "</a>"); ok {
				body = after
				continue
			}
		}
		for strings.Contains(tag, `="`) {
			value := addressAt(tag)
			if value < 0 {
				break
			}
			out.WriteString(tag[:value])
			tag = tag[value:]
			quote := strings.IndexByte(tag, '"')
			if quote < 0 {
				break
			}
			out.WriteString(stdhtml.EscapeString(to(stdhtml.UnescapeString(tag[:quote]))))
			tag = tag[quote:]
		}
		out.WriteString(tag)
	}
}

// tagEnd is where the tag at the beginning of s ends.
func tagEnd(s string) int {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case s[i] == '>' && !quoted:
			return i + 1
		}
	}
	return len(s)
}

// addressAt is where in a tag the value of the next attribute with an address
// begins, -1 if there is none.
func addressAt(tag string) int {
	next := -1
	for _, name := range []string{` href="`, ` src="`, ` poster="`, ` cite="`} {
		if at := strings.Index(tag, name); at >= 0 && (next < 0 || at+len(name) < next) {
			next = at + len(name)
		}
	}
	return next
}
