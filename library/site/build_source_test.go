package site

import (
	"encoding/json"
	"regexp"
	"testing"
)

func TestMayHaveExtraMissesNothing(t *testing.T) {
	for _, head := range []string{
		"---\nurl: /a/\n---\n", "---\ntitle: a\n  Permalink : /x\n---\n", "+++\n\"path\" = 'a'\n+++\n", "{\n \"og_image\": \"a\"\n}\n", "---\n\n\timage:\n---\n", "---\nSLUG=a\n---\n", "---\n'aliases': [a]\n---\n",
		"---\nredirect_from:\n- /a\n---\n", "---\r\nlayout: page\r\n---\n", "---\ntype : page\n---\n", "---\nuRl: x\n---\n", "---\nthumbnail\u00a0: a\n---\n", "---\ncover: a\n---\n", "---\nfeatured_image: a\n---\n", "---\nali\u017fes: a\n---\n", "---\nſlug: a\n---\n",
	} {
		if (extraKeys.MatchString(head) || urlKey.MatchString(head)) && !mayHaveExtra(head) {
			t.Errorf("%q is passed over", head)
		}
	}
	if mayHaveExtra("---\ntitle: The path of an image\ndate: 2026-01-01\ntags: [url]\nauthors: [type]\n---\n") {
		t.Error("a common head is looked at once more")
	}
}

func TestHasScheme(t *testing.T) {
	scheme := regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9+.-]*:`)
	for _, address := range []string{"", ":", "a", "a:", "https://x", "HTTP:", "1a:", "a1+.-:b", "a/b:c", "a b:c", "é:", "aé:", "#a:b", "?a:b", "-a:", "[:", "a[:", "@:", "a`:"} {
		if got, want := hasScheme(address), scheme.MatchString(address); got != want {
			t.Errorf("%q: %v", address, got)
		}
	}
}

func TestWithContents(t *testing.T) {
	contents := []string{"<p>a & \"b\"</p>\n", "", "\n   \"content_html\": \"\"", "\x00\u2028\xff"}
	var whole jsonFeed
	for range contents {
		whole.Items = append(whole.Items, jsonItem{Title: "t\n   \"content_html\": \"\"", Tags: []string{"x"}})
	}
	got := withContents(jsonText(whole), contents)
	for i, c := range contents {
		whole.Items[i].ContentHTML = c
	}
	if want := jsonText(whole); string(got) != string(want) {
		t.Errorf("is\n%s\nnot\n%s", got, want)
	}
	if !json.Valid(got) {
		t.Error("is no JSON")
	}
}
