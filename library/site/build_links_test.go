package site

import (
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	nethtml "golang.org/x/net/html"
)

// deadLink is a link of a page that leads to no file of the site.
type deadLink struct{ page, link string }

// deadLinks looks at all pages of a site as a browser that reads them from a disk.
func deadLinks(t *testing.T, dir string) []deadLink {
	t.Helper()
	pages := map[string]*page{}
	err := filepath.WalkDir(dir, func(file string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, file)
		if err != nil {
			return err
		}
		p := &page{}
		if strings.HasSuffix(file, ".html") {
			data, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			p = readPage(string(data))
		}
		pages[filepath.ToSlash(rel)] = p
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var dead []deadLink
	for name, p := range pages {
		for _, l := range p.links {
			u, err := url.Parse(l.to)
			if err != nil {
				dead = append(dead, deadLink{name, l.to})
				continue
			}
			if u.Scheme != "" || u.Host != "" {
				continue
			}
			to := name
			if u.Path != "" {
				to = path.Join(path.Dir(name), u.Path)
			}
			if name == missingFile && strings.HasPrefix(u.Path, "/") {
				to = strings.TrimPrefix(u.Path, "/") // seen on a server
			}
			target := pages[to]
			// What the article says of a place within a page is checked elsewhere.
			if target == nil || u.Fragment != "" && !l.inBody && !target.ids[u.Fragment] {
				dead = append(dead, deadLink{name, l.to})
			}
		}
	}
	return dead
}

type page struct {
	links []pageLink
	ids   map[string]bool
}

type pageLink struct {
	to     string
	inBody bool // of an article
}

func readPage(data string) *page {
	p := &page{ids: map[string]bool{}}
	root, err := nethtml.Parse(strings.NewReader(data))
	if err != nil {
		return p
	}
	var visit func(n *nethtml.Node, inBody bool)
	visit = func(n *nethtml.Node, inBody bool) {
		for _, a := range n.Attr {
			switch {
			case a.Key == "id":
				p.ids[a.Val] = true
			case a.Key == "class" && a.Val == "body":
				inBody = true
			case a.Key == "href" || a.Key == "src" || a.Key == "poster":
				p.links = append(p.links, pageLink{a.Val, inBody})
			case a.Key == "content" && strings.HasPrefix(a.Val, "0; url="):
				p.links = append(p.links, pageLink{strings.TrimPrefix(a.Val, "0; url="), false})
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c, inBody)
		}
	}
	visit(root, false)
	return p
}

// TestTagsOfAllListsLeadToTheTag looks at lists that show one post and lie equally deep.
func TestTagsOfAllListsLeadToTheTag(t *testing.T) {
	f := newFixture(t, map[string]string{
		"a.md":           "---\ntitle: A\ndate: 2026-01-02\ntags: [x, y]\nauthors: [ann, ben]\n---\nText.\n",
		"authors/ann.md": "---\nname: Ann\n---\n",
		"authors/ben.md": "---\nname: Ben\n---\n",
	})
	f.build()
	for _, list := range []string{"tags/x/index.html", "tags/y/index.html", "authors/ann/index.html", "authors/ben/index.html"} {
		f.holds(list, `<a rel="tag" href="../../tags/x/index.html">x</a>`, `<a rel="tag" href="../../tags/y/index.html">y</a>`)
	}
	f.holds("tags/x/index.html", `<a href="../../authors/ann/index.html"><bdi>Ann</bdi></a>`, `<a href="../../authors/ben/index.html"><bdi>Ben</bdi></a>`)
	f.holds("index.html", `<a rel="tag" href="tags/y/index.html">y</a>`, `<h2><a href="2026/01/a/index.html">A</a></h2>`)
}
