package html

import (
	"strings"
	"testing"
)

func TestWithPictures(t *testing.T) {
	to := func(address string) string {
		if address == "gone.png" {
			return ""
		}
		return "https://example.org/a?b=1&c=" + address
	}
	for _, c := range []struct {
		in, want string
		left     int
	}{
		{"", "", 0},
		{"<p>no picture &amp; all  else</p>\n", "<p>no picture &amp; all  else</p>\n", 0},
		{`<p><IMG  src='a.png' alt="x &lt; y"></p>`, `<p><img src="https://example.org/a?b=1&amp;c=a.png" alt="x &lt; y"></p>`, 0},
		{`<img src="gone.png"><img src="https://x.org/a.png"><img src="data:image/png;base64,AA"><img src="//x.org/a">`, "", 1},
		{`<video src=v.mp4 poster="p.png"></video>`, `<video src="https://example.org/a?b=1&amp;c=v.mp4" poster="https://example.org/a?b=1&amp;c=p.png"></video>`, 0},
		{`<a href="a.png">a</a><script>"<img src=a.png>"</script><!-- <img src="a.png"> -->`, "", 0},
		{`<img src="a.png`, "", 0}, // not a tag
	} {
		if c.want == "" {
			c.want = c.in
		}
		if got, left := WithPictures(c.in, to); got != c.want || left != c.left {
			t.Errorf("%s: %s, %d left", c.in, got, left)
		}
	}
	long := strings.Repeat("<p>words", 10000)
	if got, _ := WithPictures(long, to); got != long {
		t.Error("a long fragment changes")
	}
}

func TestWithLinks(t *testing.T) {
	to := func(address string) string {
		if address == "gone.md" {
			return ""
		}
		return "https://example.org/" + address
	}
	for in, want := range map[string]string{
		"": "", "<p>none &amp; all  else</p>": "",
		`<p><a  href='b.md#c' title="x &lt; y">b</a> <a href="gone.md">g</a></p>`:                                             `<p><a href="https://example.org/b.md#c" title="x &lt; y">b</a> <a href="gone.md">g</a></p>`,
		`<a href="https://x.org/">x</a><a href="#here">y</a><a name="z.md">z</a><a href="mailto:a@b.c">m</a><img src="b.md">`: "",
		`<!-- <a href="b.md"> --><script>"<a href=b.md>"</script>`:                                                            "", `<a href="b.md`: "",
	} {
		if want == "" {
			want = in
		}
		if got := WithLinks(in, to); got != want {
			t.Errorf("%s: %s", in, got)
		}
	}
}
