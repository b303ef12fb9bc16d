package site

import (
	"fmt"
	"image"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// changing is a library that changes at random.
type changing struct {
	*fixture
	r        *rand.Rand
	moment   time.Time // of the last change
	articles []string
	next     int
}

func (c *changing) one(of ...string) string { return of[c.r.IntN(len(of))] }

// put writes a file at a time of its own, as an editor does.
func (c *changing) put(name, data string) {
	c.t.Helper()
	write(c.t, c.lib.File(name), data)
	c.moment = c.moment.Add(time.Minute)
	if err := os.Chtimes(c.lib.File(name), c.moment, c.moment); err != nil {
		c.t.Fatal(err)
	}
}

func (c *changing) remove(name string) {
	c.t.Helper()
	if err := os.Remove(c.lib.File(name)); err != nil && !os.IsNotExist(err) {
		c.t.Fatal(err)
	}
}

// article is a text that has to do with others in many ways.
func (c *changing) article() string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s %d\n", c.one("Ein Titel", "A title", "<b>", "Čtvrtá"), c.r.IntN(30))
	if c.r.IntN(5) > 0 {
		fmt.Fprintf(&b, "date: 202%d-0%d-1%d\n", c.r.IntN(8), 1+c.r.IntN(9), c.r.IntN(9))
	}
	fmt.Fprintf(&b, "tags: [%s, %s]\nauthors: [%s]\n", c.one("C++", "c++", "Rust", "con"), c.one("rust", "a b", "a  b"), c.one("ann", "Ann Lee", "Bob", "ann, Bob"))
	if c.r.IntN(6) == 0 {
		b.WriteString(c.one("draft: true\n", "slug: same\n", "type: page\n", "url: /here/\n", "lang: de\n", "updated: 2026-02-03\n"))
	}
	if c.r.IntN(6) == 0 {
		fmt.Fprintf(&b, "aliases: [/old/%d/]\n", c.r.IntN(4))
	}
	fmt.Fprintf(&b, "---\n\nText %d of it.\n\n", c.r.IntN(1000))
	for range c.r.IntN(4) {
		fmt.Fprintf(&b, "[Another](a%d.md), [a file](%s) and ![a picture](p%d.png).\n\n", c.r.IntN(12), c.one("text.txt", "p1.png", "#top", "none.txt"), c.r.IntN(3))
	}
	return b.String()
}

// pngOf is a picture of that size.
func pngOf(t *testing.T, size int) string {
	t.Helper()
	var b strings.Builder
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, size, size))); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// change makes one change and says which.
func (c *changing) change() string {
	n := c.r.IntN(20)
	if n < 4 || len(c.articles) < 3 {
		name := fmt.Sprintf("a%d.md", c.next)
		c.next++
		c.articles = append(c.articles, name)
		c.put(name, c.article())
		return "a new " + name
	}
	at := c.r.IntN(len(c.articles))
	name := c.articles[at]
	switch n {
	case 4, 5:
		c.articles = slices.Delete(c.articles, at, at+1)
		c.remove(name)
		return "without " + name
	case 6, 7:
		file := c.one("p0.png", "p1.png", "p2.png", "text.txt", "authors/ann.png")
		switch c.r.IntN(4) {
		case 0:
			c.remove(file)
			return "without " + file
		case 1:
			c.put(file, strings.Repeat("no picture ", c.r.IntN(9)))
			return file + " that is no picture"
		}
		c.put(file, pngOf(c.t, 1+c.r.IntN(40)))
		return file
	case 8:
		c.put("authors/ann.md", fmt.Sprintf("---\nname: Ann Lee\navatar: ann.png\n---\n\nWrites %d [here](a%d.md).\n", c.r.IntN(100), c.r.IntN(12)))
		return "the author"
	case 9:
		c.put("site.toml", fmt.Sprintf("title = %q\npermalink = %q\nper_page = %d\n", c.one("A", "B"), c.one("/:slug/", "/:year/:slug/"), 1+c.r.IntN(4)))
		return "the settings"
	case 10:
		c.o.Drafts = !c.o.Drafts
		return "with drafts or without"
	case 11:
		// What a build has left, and was lost or touched since.
		files := c.files()
		file := filepath.Join(c.o.To, filepath.FromSlash(files[c.r.IntN(len(files))]))
		if c.r.IntN(2) == 0 {
			if err := os.Remove(file); err != nil {
				c.t.Fatal(err)
			}
			return "without the site's " + file
		}
		if err := os.Chtimes(file, past, past); err != nil {
			c.t.Fatal(err)
		}
		return "at another time the site's " + file
	}
	c.put(name, c.article())
	return name
}

// However a library changes, a site that is built again and again is the one that
// is made of it at once.
func TestBuiltAgainAsAtOnce(t *testing.T) {
	steps := 60
	if testing.Short() {
		steps = 20
	}
	c := &changing{fixture: newFixture(t, nil), r: rand.New(rand.NewPCG(3, 4)), moment: past}
	var told []string
	for range steps {
		for range 1 + c.r.IntN(3) {
			told = append(told, c.change())
		}
		report := c.build()
		again := c.build()
		atOnce := *c.fixture
		atOnce.o.To, atOnce.o.Cache = filepath.Join(t.TempDir(), "site"), ""
		whole := atOnce.build()
		told = append(told, "built")
		wrong := ""
		switch names := c.files(); {
		case !slices.Equal(names, atOnce.files()):
			wrong = fmt.Sprintf("the files are %q\nnot %q", names, atOnce.files())
		case problemsOf(report) != problemsOf(whole) || problemsOf(again) != problemsOf(whole):
			wrong = fmt.Sprintf("the problems are %s\nthen %s\nnot %s", problemsOf(report), problemsOf(again), problemsOf(whole))
		case again.Written+again.Rendered+again.Removed > 0 || again.Files != whole.Files:
			wrong = fmt.Sprintf("built again with nothing changed: %+v", again)
		default:
			for _, name := range names {
				if c.read(name) != atOnce.read(name) {
					wrong = fmt.Sprintf("%s is\n%s\nnot\n%s", name, c.read(name), atOnce.read(name))
					break
				}
			}
		}
		if wrong != "" {
			t.Fatalf("after %s: %s", strings.Join(told[max(0, len(told)-12):], "; "), wrong)
		}
	}
}
