package site

import (
	"encoding/json"
	"encoding/xml"
	"net/url"
	"strings"
	"testing"
	"time"

	nethtml "golang.org/x/net/html"
)

type atomFeed struct {
	XMLName xml.Name   `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string     `xml:"http://www.w3.org/2005/Atom id"`
	Title   string     `xml:"http://www.w3.org/2005/Atom title"`
	Updated string     `xml:"http://www.w3.org/2005/Atom updated"`
	Links   []atomLink `xml:"http://www.w3.org/2005/Atom link"`
	Authors []struct {
		Name string `xml:"http://www.w3.org/2005/Atom name"`
	} `xml:"http://www.w3.org/2005/Atom author"`
	Entries []struct {
		ID        string     `xml:"http://www.w3.org/2005/Atom id"`
		Title     string     `xml:"http://www.w3.org/2005/Atom title"`
		Updated   string     `xml:"http://www.w3.org/2005/Atom updated"`
		Published string     `xml:"http://www.w3.org/2005/Atom published"`
		Links     []atomLink `xml:"http://www.w3.org/2005/Atom link"`
		Authors   []struct {
			Name string `xml:"http://www.w3.org/2005/Atom name"`
			URI  string `xml:"http://www.w3.org/2005/Atom uri"`
		} `xml:"http://www.w3.org/2005/Atom author"`
		Content struct {
			Type string `xml:"type,attr"`
			Text string `xml:",chardata"`
		} `xml:"http://www.w3.org/2005/Atom content"`
	} `xml:"http://www.w3.org/2005/Atom entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

// isAddress is an absolute address, which RFC 4287 calls an IRI.
func isAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme == "https" && u.Host != "" && !strings.ContainsAny(s, " \n<>\"")
}

func isTime(s string) bool {
	_, err := time.Parse(time.RFC3339, s)
	return err == nil
}

// checkAtom holds a feed to RFC 4287.
func checkAtom(t *testing.T, name, data string) atomFeed {
	t.Helper()
	var feed atomFeed
	dec := xml.NewDecoder(strings.NewReader(data))
	dec.Strict = true
	if err := dec.Decode(&feed); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	self, alternate := 0, 0
	for _, l := range feed.Links {
		if !isAddress(l.Href) {
			t.Errorf("%s: link %q", name, l.Href)
		}
		if l.Rel == "self" {
			self++
		}
		if l.Rel == "alternate" {
			alternate++
		}
	}
	if !isAddress(feed.ID) || feed.Title == "" || !isTime(feed.Updated) || self != 1 || alternate != 1 || len(feed.Authors) == 0 || feed.Authors[0].Name == "" {
		t.Errorf("%s: the feed lacks what it must have: %+v", name, feed)
	}
	seen := map[string]bool{}
	for _, e := range feed.Entries {
		if !isAddress(e.ID) || seen[e.ID] || e.Title == "" || !isTime(e.Updated) || !isTime(e.Published) || len(e.Links) != 1 || e.Content.Type != "html" {
			t.Errorf("%s: the entry lacks what it must have: %+v", name, e)
		}
		seen[e.ID] = true
		if len(feed.Authors) == 0 && len(e.Authors) == 0 {
			t.Errorf("%s: the entry has no author", name)
		}
		checkContent(t, name, e.Content.Text)
	}
	return feed
}

// checkContent holds the HTML of a feed to what readers can show.
func checkContent(t *testing.T, name, content string) {
	t.Helper()
	z := nethtml.NewTokenizer(strings.NewReader(content))
	for tt := z.Next(); tt != nethtml.ErrorToken; tt = z.Next() {
		token := z.Token()
		if token.Data == "script" && tt == nethtml.StartTagToken {
			t.Errorf("%s: a script", name)
		}
		for _, a := range token.Attr {
			if a.Key != "href" && a.Key != "src" || a.Val == "" {
				continue
			}
			if u, err := url.Parse(a.Val); err != nil || u.Scheme == "" {
				t.Errorf("%s: %s %q is not absolute", name, a.Key, a.Val)
			}
		}
	}
}

// checkJSONFeed holds a feed to https://jsonfeed.org/version/1.1.
func checkJSONFeed(t *testing.T, name, data string) jsonFeed {
	t.Helper()
	var feed jsonFeed
	dec := json.NewDecoder(strings.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&feed); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if feed.Version != "https://jsonfeed.org/version/1.1" || feed.Title == "" || !isAddress(feed.HomePageURL) || !isAddress(feed.FeedURL) || feed.Items == nil {
		t.Errorf("%s: the feed lacks what it must have", name)
	}
	for _, item := range feed.Items {
		if item.ID == "" || !isAddress(item.URL) || item.ContentHTML == "" || !isTime(item.DatePublished) || item.DateModified != "" && !isTime(item.DateModified) {
			t.Errorf("%s: the item lacks what it must have: %+v", name, item)
		}
		for _, a := range item.Authors {
			if a.Name == "" || !isAddress(a.URL) || a.Avatar != "" && !isAddress(a.Avatar) {
				t.Errorf("%s: author %+v", name, a)
			}
		}
		checkContent(t, name, item.ContentHTML)
	}
	return feed
}

func TestFeeds(t *testing.T) {
	files := map[string]string{"odd.md": "---\ntitle: \"Odd & <b>bold</b> \\x01\"\ndate: 2025-02-03T04:05:06+02:00\nupdated: 2025-03-01\nauthors: [jane, Mary Major]\nlang: de\n---\n## A heading\n\n\x0b[down](#a-heading) [one](one.md#x) [mail](mailto:a@example.org) <https://example.org/?a=1&b=2>\n\n```go\nfunc main() {}\n```\n"}
	for name, data := range blog {
		files[name] = data
	}
	f := newFixture(t, files)
	f.build()
	feed := checkAtom(t, "feed.xml", f.read("feed.xml"))
	if len(feed.Entries) != 3 { // not the one without a date
		t.Errorf("%d entries", len(feed.Entries))
	}
	odd := feed.Entries[0]
	if len(odd.Authors) != 2 || odd.Authors[1].URI != "https://example.org/blog/authors/mary-major/" || odd.Updated != "2025-03-01T00:00:00Z" || feed.Updated != odd.Updated {
		t.Errorf("the entry %+v", odd)
	}
	for _, want := range []string{`href="https://example.org/blog/2025/02/odd/#a-heading"`, `href="https://example.org/blog/2024/01/one/#x"`, `href="mailto:a@example.org"`, `href="https://example.org/?a=1&amp;b=2"`, "func"} {
		if !strings.Contains(odd.Content.Text, want) {
			t.Errorf("the content lacks %s: %s", want, odd.Content.Text)
		}
	}
	if strings.Contains(odd.Content.Text, `class="anchor"`) {
		t.Error("the content has the anchors of the page")
	}
	two := checkJSONFeed(t, "feed.json", f.read("feed.json")).Items[1]
	if !strings.Contains(two.ContentHTML, `src="https://example.org/blog/2024/01/two/p/pixel.png"`) || two.Image == "" || two.Authors[0].Avatar != "https://example.org/blog/authors/jane/jane.png" {
		t.Errorf("the item %+v", two)
	}
	for _, folder := range []string{"tags/water/", "authors/jane/", "authors/mary-major/"} {
		checkAtom(t, folder, f.read(folder+"feed.xml"))
		checkJSONFeed(t, folder, f.read(folder+"feed.json"))
	}
	if got := checkAtom(t, "tag", f.read("tags/water/feed.xml")); len(got.Entries) != 2 {
		t.Errorf("the tag's feed has %d entries", len(got.Entries))
	}
}

func TestRewrite(t *testing.T) {
	up := func(s string) string { return "[" + s + "]" }
	for _, c := range [][2]string{
		{"", ""},
		{"plain &lt; text", "plain &lt; text"},
		{`<a href="x" title="href=&quot;y&quot;"><img src="a b" alt="1 > 2">`, `<a href="[x]" title="href=&quot;y&quot;"><img src="[a b]" alt="1 > 2">`},
		{`<h2 id="a">A<a class="anchor" href="#a"></a></h2>`, `<h2 id="a">A</h2>`},
		{`<a class="anchor" href="#a">kept</a>`, `<a class="anchor" href="[#a]">kept</a>`},
		{`<a href="?a=1&amp;b=2">`, `<a href="[?a=1&amp;b=2]">`},
		{`<video poster="p" src="s"></video>`, `<video poster="[p]" src="[s]"></video>`},
		{`<a href="x`, `<a href="x`},
		{`a < b`, `a < b`},
	} {
		if got := rewrite(c[0], up); got != c[1] {
			t.Errorf("%s\nbecomes %s\nwant    %s", c[0], got, c[1])
		}
	}
}

func TestXMLText(t *testing.T) {
	for _, s := range []string{"", "plain", "a<b>&\"c\"", "ä\x00\x01\ufffe\n\t\xff end", "日本<語>"} {
		var got struct {
			Text string `xml:",chardata"`
		}
		if err := xml.Unmarshal([]byte("<a b=\""+xmlText(s)+"\">"+xmlText(s)+"</a>"), &got); err != nil {
			t.Errorf("%q: %v", s, err)
			continue
		}
		want := strings.Map(func(r rune) rune {
			if r < ' ' && r != '\n' && r != '\t' || r == '\ufffe' {
				return '\ufffd'
			}
			return r
		}, strings.ToValidUTF8(s, "\ufffd"))
		if got.Text != want {
			t.Errorf("%q becomes %q, want %q", s, got.Text, want)
		}
	}
}

func TestSitemap(t *testing.T) {
	f := newFixture(t, blog)
	f.build()
	var m struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []struct {
			Loc     string `xml:"loc"`
			LastMod string `xml:"lastmod"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal([]byte(f.read("sitemap.xml")), &m); err != nil {
		t.Fatal(err)
	}
	if len(m.URLs) != 1+5+2+2 {
		t.Errorf("%d addresses", len(m.URLs))
	}
	for _, u := range m.URLs {
		if !isAddress(u.Loc) {
			t.Errorf("address %q", u.Loc)
		}
		if _, err := time.Parse(time.DateOnly, u.LastMod); u.LastMod != "" && err != nil {
			t.Error(err)
		}
		file := strings.TrimPrefix(u.Loc, "https://example.org/blog/")
		if file == "" || strings.HasSuffix(file, "/") {
			file += "index.html"
		}
		if !f.has(file) {
			t.Errorf("there is no %s", file)
		}
	}
	f.holds("robots.txt", "Sitemap: https://example.org/blog/sitemap.xml")
}
