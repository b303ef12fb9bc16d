package check

import (
	"bytes"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	nethtml "golang.org/x/net/html"

	"longhand/editor/html"
	"longhand/editor/markdown"
	"longhand/library"
)

// What is found in real articles is held against the HTML that is made of them, and
// against the disk.
func TestRealDataCheck(t *testing.T) {
	data := os.Getenv("LONGHAND_DATA")
	if data == "" {
		t.Skip("set LONGHAND_DATA to a folder with library/rust-blog to check real articles")
	}
	dirs, _ := filepath.Glob(filepath.Join(data, "library", "*"))
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			lib, err := library.Open(dir)
			if err != nil {
				t.Fatal(err)
			}
			start := time.Now()
			r := check(t, lib)
			t.Logf("%d articles in %v", r.Articles, time.Since(start).Round(time.Millisecond))
			codes := map[string]int{}
			for _, f := range r.Findings {
				codes[f.Code]++
			}
			t.Log(codes)
			articles, _, err := lib.Load(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			o := &oracle{lib: lib, articles: articles, anchors: map[string][]string{}, broken: map[string]bool{}, refused: map[string]int{}}
			for _, f := range r.Findings {
				o.judge(t, f)
			}
			o.missed(t)
		})
	}
}

type oracle struct {
	lib      *library.Library
	articles []library.Loaded
	anchors  map[string][]string // reported as dead, by article
	refused  map[string]int      // links that a page leaves out
	broken   map[string]bool     // articles with references that are not defined
}

var inMarks = regexp.MustCompile(`‘([^’]*)`)

// judge says whether a finding is so.
func (o *oracle) judge(t *testing.T, f Finding) {
	source, err := os.ReadFile(o.lib.File(f.Path))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(source), "\n")
	if f.Column > 0 && !strings.ContainsRune("[!<", rune(lines[f.Line-1][f.Column-1])) {
		t.Errorf("there is no link at %+v", f)
	}
	to := ""
	if m := inMarks.FindStringSubmatch(f.Message); m != nil {
		to = m[1]
	}
	switch f.Code {
	case "dead-link", "missing-picture", "missing-file":
		name, _, _ := strings.Cut(to, "#")
		if u, err := url.PathUnescape(name); err == nil {
			name = u
		}
		file := filepath.Join(filepath.Dir(o.lib.File(f.Path)), name)
		for _, try := range []string{file, file + ".md", filepath.Join(file, "index.md")} {
			if _, err := os.Stat(try); err == nil && name != "" {
				t.Errorf("%s is there: %+v", try, f)
			}
		}
		for _, a := range o.articles {
			if f.Code == "dead-link" && a.Slug == path.Base(name) {
				t.Errorf("%s is meant: %+v", a.Path, f)
			}
		}
	case "undefined-reference", "undefined-footnote":
		o.broken[f.Path] = true
	case "refused-link":
		o.refused[f.Path]++
	case "dead-anchor":
		o.anchors[f.Path] = append(o.anchors[f.Path], to)
	}
}

// leftOver is what is left in a page of a reference that has no definition.
var leftOver = regexp.MustCompile(`(?:^|[^\w\]])\[[^\[\]]+\]\[[^\[\]]*\]|\[\^[^\s\[\]]+\]`)

// missed compares the anchors that lead nowhere in HTML with those reported, and looks
// for references that are still to be seen in it.
func (o *oracle) missed(t *testing.T) {
	for _, a := range o.articles {
		var b bytes.Buffer
		if err := html.Fragment(&b, markdown.Parse([]byte(a.Body)), html.FragmentOptions{}); err != nil {
			t.Fatal(err)
		}
		ids, links := map[string]bool{}, []string{}
		code, refused := 0, 0
		z := nethtml.NewTokenizer(&b)
		for z.Next() != nethtml.ErrorToken {
			token := z.Token()
			switch isCode := token.Data == "code" || token.Data == "pre"; {
			case token.Type == nethtml.StartTagToken && isCode:
				code++
			case token.Type == nethtml.EndTagToken && isCode:
				code--
			case token.Type == nethtml.TextToken && code == 0 && !include.MatchString(a.Body) && leftOver.MatchString(token.Data) && !o.broken[a.Path]:
				left := leftOver.FindString(token.Data)
				for line := range strings.Lines(a.Body) { // in HTML it means nothing
					if strings.Contains(line, left) && !strings.Contains(line, "</") {
						t.Errorf("%s: %q is no reference, and not reported", a.Path, left)
					}
				}
			}
			if token.Type == nethtml.StartTagToken && token.Data == "a" && len(token.Attr) == 0 {
				refused++
			}
			for _, at := range token.Attr {
				switch {
				case at.Key == "id", at.Key == "name" && token.Data == "a":
					ids[at.Val] = true
				case at.Key == "href" && strings.HasPrefix(at.Val, "#"):
					links = append(links, at.Val[1:])
				}
			}
		}
		if refused != o.refused[a.Path] {
			t.Errorf("%s has %d links that a page leaves out; %d were reported", a.Path, refused, o.refused[a.Path])
		}
		dead := 0
		for _, l := range links {
			id, err := url.PathUnescape(l)
			if err != nil {
				id = l
			}
			if !ids[id] && !include.MatchString(a.Body) {
				dead++
			}
		}
		own := 0
		for _, to := range o.anchors[a.Path] {
			if strings.HasPrefix(to, "#") {
				own++
			}
		}
		if dead != own {
			t.Errorf("%s has %d anchors that lead nowhere; %d were reported", a.Path, dead, own)
		}
	}
}
