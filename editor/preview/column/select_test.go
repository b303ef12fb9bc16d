package column

import (
	"errors"
	"image"
	"io/fs"
	"strings"
	"testing"

	"longhand/editor/preview/content"
	"longhand/editor/text"
)

// selectAll returns all of a page, as text and as Markdown.
func selectAll(v *View) (plain, source string) {
	v.SelectAll()
	return v.Selected(false), v.Selected(true)
}

func TestCopyAll(t *testing.T) {
	source := "---\ntitle: A title\n---\n\nOne [x][r] two.\n\n- a\n- b\n\n| a | b | c |\n|---|---|---|\n| 1 |  | 3 |\n\n[r]: /x\n"
	v := newView(t, source)
	v.SetFrame(content.Frame{Title: "A title", Authors: []content.Author{{Heading: "About", Bio: "Bio."}}}, Files{})
	plain, md := selectAll(v)
	if want := source[strings.Index(source, "\nOne"):]; md != want {
		t.Errorf("the Markdown is %q, want %q", md, want)
	}
	if want := "A title\n\nOne x two.\n\n• a\n• b\n\na\tb\tc\n1\t\t3\n\nAbout\nBio."; plain != want {
		t.Errorf("the text is %q, want %q", plain, want)
	}
}

// between selects from one word to the end of another, and returns it.
func between(t *testing.T, v *View, from, to string) (plain, source string) {
	t.Helper()
	find := func(word string, behind bool) spot {
		for n := range v.heights.count {
			e := v.load(n)
			for k, p := range e.parts {
				for i, l := range leavesOf(p) {
					if at := strings.Index(l.part.Text.S, word); at >= 0 {
						if behind {
							at += len(word)
						}
						return spot{cursor{n, k}, i, at}
					}
				}
			}
		}
		t.Fatalf("%q is not on the page", word)
		return spot{}
	}
	v.sel = selection{find(from, false), find(to, true)}
	return v.Selected(false), v.Selected(true)
}

func TestCopyParts(t *testing.T) {
	v := newView(t, "one **two three** four `five six` and [a link](http://x) end\n\n- item *x*\n- other\n\n> quoted\n\n| pp | qq |\n|---|---|\n| rr | ss tt |\n")
	for _, c := range []struct{ from, to, plain, source string }{
		{"one", "one", "one", "one"},
		{"two", "two", "two", "two"},
		{"two", "three", "two three", "**two three**"},
		{"three", "four", "three four", "**two three** four"},
		{"six", "link", "six and a link", "`five six` and [a link](http://x)"},
		{"link", "end", "link end", "[a link](http://x) end"},
		{"item", "other", "• item x\n• other", "- item *x*\n- other"},
		{"qq", "rr", "qq\nrr", "| pp | qq |\n|---|---|\n| rr | ss tt |"},
		{"ss tt", "ss tt", "ss tt", "| rr | ss tt |"},
	} {
		plain, source := between(t, v, c.from, c.to)
		if plain != c.plain || source != c.source {
			t.Errorf("from %q to %q: %q and %q, want %q and %q", c.from, c.to, plain, source, c.plain, c.source)
		}
	}
}

func TestLongParagraphIsOneWhenCopied(t *testing.T) {
	v := newView(t, strings.Repeat("word after word ", 2000))
	if plain, _ := selectAll(v); strings.Count(plain, "word after word") != 2000 || strings.Count(plain[strings.Index(plain, "word"):], "\n") != 0 {
		t.Errorf("%d of 2000, with %d line breaks", strings.Count(plain, "word after word"), strings.Count(plain, "\n")-4)
	}
}

func TestTableInATable(t *testing.T) {
	v := newView(t, `<table><tr><td>a</td><td><table><tr><td>b</td><td><a href="/c">c</a></td></tr></table></td><td>d</td></tr></table>`)
	if plain, _ := selectAll(v); !strings.HasSuffix(plain, "a\tb c\td") {
		t.Errorf("copied %q", plain)
	}
	f := v.Frame()
	if len(f.Hot) != 1 || f.Hot[0].Link == nil || f.Hot[0].Link.Address != "/c" {
		t.Fatalf("what answers a click: %+v", f.Hot)
	}
	at := f.Hot[0].Area
	v.Press(float32(at.Min.X+at.Dx()/2), at.Min.Y+at.Dy()/2, 2, false)
	if got := v.Selected(false); got != "c" {
		t.Errorf("a double click takes %q", got)
	}
}

func TestLinkInASummaryComesBeforeTheFold(t *testing.T) {
	v := newView(t, "<details><summary>see <a href=\"/x\">this</a></summary>\n\nhidden\n\n</details>\n")
	f := v.Frame()
	if len(f.Hot) != 2 || f.Hot[0].Link == nil || f.Hot[1].Fold == nil {
		t.Errorf("in the order %+v", f.Hot)
	}
}

// TestWritingElsewhereDoesNotMoveThePage writes in one block after another, all in view.
func TestWritingElsewhereDoesNotMoveThePage(t *testing.T) {
	source := "Start.\n\n" + strings.Repeat("A paragraph of some words, in a row or two of the column.\n\n", 40)
	v := newView(t, source)
	d, x := text.New(source), v.page.Index()
	v.ScrollTo(100)
	was := v.Position()
	write := func(at int, s string) {
		t.Helper()
		cs := text.Changes{{Start: at, End: at, Insert: s}}
		next, _, err := d.ApplyAll(cs)
		if err != nil {
			t.Fatal(err)
		}
		d, x = next, x.Edit(next, cs)
		v.SetIndex(x, at+len(s))
		v.Frame()
		if v.Position() != was {
			t.Fatalf("after %q at %d the page is at %d, was at %d", s, at, v.Position(), was)
		}
	}
	third := strings.Index(source, "A para") + 3*len("A paragraph of some words, in a row or two of the column.\n\n")
	for _, at := range []int{third + 5, third + 250, third + 5} {
		write(at, "x")
	}
	at := third + 57
	for range 6 { // new paragraphs, one below the other
		write(at, "\n\n")
		write(at+2, "New.")
		at += 6
	}
}

func TestResizeAndZoomKeepThePlace(t *testing.T) {
	v := newView(t, "# T\n\n"+strings.Repeat("A long paragraph that goes on and on. ", 300)+"\n\n"+strings.Repeat("more\n\n", 60))
	v.ScrollTo(900)
	place := v.PlaceAt(v.height * 3 / 10)
	near := func(what string) {
		t.Helper()
		if now := v.PlaceAt(v.height * 3 / 10); now < place-4 || now > place+4 {
			t.Errorf("%s: one reads at %.1f, not at %.1f", what, now, place)
		}
	}
	v.Resize(300, 800, 40, 400)
	near("narrower")
	larger := testType
	larger.Size = 24
	v.SetType(larger)
	near("larger")
	v.SetType(testType)
	v.Resize(448, 800, 40, 400)
	near("as before")
}

// comingPictures are there only after a while.
type comingPictures struct{ here bool }

func (p *comingPictures) Size(fs.FS, string) (int, int, bool, error) {
	if !p.here {
		return 0, 0, false, nil
	}
	return 300, 900, true, nil
}

func (p *comingPictures) Picture(_ fs.FS, _ string, w, h int) *image.RGBA {
	if !p.here {
		return nil
	}
	return image.NewRGBA(image.Rect(0, 0, w, h))
}

func TestPictureThatComesMovesNoText(t *testing.T) {
	pics := &comingPictures{}
	v := New(fonts(t), testType, testLook, pics)
	v.Resize(448, 800, 40, 400)
	source := strings.Repeat("Text.\n\n", 20) + "![](p.png)\n\nBelow the picture.\n\n" + strings.Repeat("Text.\n\n", 40)
	v.Show(indexOf(t, source), content.Frame{Title: "T"}, Files{})
	at := float64(strings.Index(source, "Below"))
	v.Align(at, 200) // the picture reaches over the upper edge
	was, _ := v.HeightOf(at)
	v.Frame()
	pics.here = true
	v.Repicture()
	v.Frame()
	if now, _ := v.HeightOf(at); now != was {
		t.Errorf("the text goes from %d to %d", was, now)
	}
}

// lostPictures are not to be had.
type lostPictures struct{}

func (lostPictures) Size(fs.FS, string) (int, int, bool, error) {
	return 0, 0, false, errors.New("not found")
}
func (lostPictures) Picture(fs.FS, string, int, int) *image.RGBA { return nil }

func TestPicturesThatAreLostSaySo(t *testing.T) {
	v := New(fonts(t), testType, testLook, lostPictures{})
	v.Resize(448, 800, 40, 400)
	v.Show(indexOf(t, "![the alt](p.png)\n\nwords ![inline](q.png) words\n"), content.Frame{Title: "T"}, Files{})
	f := v.Frame()
	dark := 0
	for _, b := range f.Bands {
		for i := 0; i < len(b.Image.Pix); i += 4 {
			if b.Image.Pix[i] < 130 {
				dark++
			}
		}
	}
	if v.failures > 0 || dark < 800 {
		t.Errorf("%d dark pixels, %d failures", dark, v.failures)
	}
}
