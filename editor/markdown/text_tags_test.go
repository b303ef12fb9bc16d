package markdown

import "testing"

// Words that stand apart on the page are apart in its text, however the tags between
// them are written; words with a part set off are one.
func TestTagsPartWords(t *testing.T) {
	for _, c := range []struct{ source, want string }{
		{"one<br>two", "one two"}, {"one<br/>two <BR >three", "one two three"}, {"re<b>mark</b>able", "remarkable"}, {"H<sub>2</sub>O", "H2O"}, {"a<!-- x -->b", "ab"},
		{"<details><summary>Secret</summary>unfolded</details>", "Secret unfolded"},
		{"<table><tr><td>one</td><td>t<i>w</i>o</td></tr></table>", "one two"},
		{"<div>a<!-- no -->b</div>", "ab"}, {"<p>1 < 2</p>", "1 < 2"}, {"<div><</div>", "<"},
	} {
		if got := Parse([]byte(c.source)).PlainText(); got != c.want {
			t.Errorf("%q reads %q, not %q", c.source, got, c.want)
		}
	}
}
