package site

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"longhand/editor/markdown"
	"longhand/library/terms"
)

// foundPosts are what the script shows for a query.
type foundPosts struct {
	Titles []string `json:"titles"` // of the posts, in order
	Links  []string `json:"links"`
	Says   string   `json:"says"`
	Asked  []string `json:"asked"` // scripts
}

// ask runs the search page's script over a site for each of the queries, in node.
func (f *fixture) ask(fail bool, queries ...string) []foundPosts {
	f.t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		f.t.Skip("node is not here")
	}
	in, err := json.Marshal(map[string]any{"dir": f.o.To, "fail": fail, "queries": queries})
	if err != nil {
		f.t.Fatal(err)
	}
	cmd := exec.CommandContext(f.t.Context(), node, filepath.Join("testdata", "search_page.cjs"))
	cmd.Stdin = strings.NewReader(string(in))
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		f.t.Fatalf("%v: %s", err, complaint.String())
	}
	var all []foundPosts
	if err := json.Unmarshal(out, &all); err != nil || len(all) != len(queries) {
		f.t.Fatalf("%v: %s", err, out)
	}
	return all
}

func TestSearchScript(t *testing.T) {
	f := newFixture(t, spoken)
	f.write("title.md", "---\ntitle: \"<img src=x onerror=alert(1)> & the Glacier\"\ndate: 2020-01-01\ntags: [ice]\n---\n"+strings.Repeat("first words ", 40)+"in the middle, a kingfisher and a train.\n")
	f.build()
	hostile := "<img src=x onerror=alert(1)> & the Glacier"
	cases := []struct{ query, want string }{
		{"", ""}, {" ", ""}, {"kingfisher", hostile}, {"kingf", hostile}, {"KINGFISHER!", hostile}, {"ingfisher", ""},
		{"kingfisher ice", hostile}, {"kingfisher train", hostile}, {"kingfisher elephant", ""}, {"train", "Emoji, " + hostile},
		{"glacier", hostile + ", Code"}, {"<img", hostile}, {"onerror=alert(1)", hostile},
		{"Fluß", "Deutsch"}, {"fluss", "Deutsch"}, {"FLUSS", "Deutsch"}, {"größenwahn", "Deutsch"}, {"grossenwahn", "Deutsch"}, {"gro\u0308ßenwahn", "Deutsch"}, {"ärger", "Deutsch"}, {"arger", "Deutsch"}, {"verborgen", ""},
		{"flussabwärts", "Deutsch"},
		{"长江", "中文"}, {"长", "中文"}, {"长江走了", "中文"}, {"车", "中文"}, {"車", "日本語"}, {"江长", ""}, {"东", ""},
		{"が", "日本語"}, {"か\u3099", "日本語"}, {"ガラス", "日本語"}, {"電車", "日本語"}, {"เจ้าพระยา", "ไทย"},
		{"سلام", "عربي"}, {"سَلام", "عربي"}, {"النهر", "عربي"}, {"क्षेत्र", "हिन्दी"}, {"कषेत्र", ""}, {"기차", "한국어"}, {"기ㅊ", "한국어"}, {"기ㅋ", ""}, {"강가에", "한국어"},
		{"🚂", "Emoji"}, {"🚂 rust", "Emoji"}, {"👩‍👩‍👧", "Emoji"}, {"☂", "Emoji"},
		{"c++", "Code"}, {"c#", "Code"}, {"foo_bar(42)", "Code"}, {"foo_b", "Code"}, {"bar", "Code"}, {"heron", "Code"}, {"unfolded", "Code"}, {"42", "Code"},
		{"istanbul", "Odd"}, {"İSTANBUL", "Odd"}, {"łódź", "Odd"}, {"lodz", "Odd"}, {"fine", "Odd"}, {"naive", "Odd"}, {"co-operate", "Odd"}, {"co-op", "Odd"}, {"don't", "Odd"}, {"don’t", "Odd"}, {"𠀋", "Odd"}, {"𠀋𠀌", "Odd"}, {"σισυφοσ", "Odd"}, {"ΣΊΣΥΦΟΣ", "Odd"},
		{"hippo & day -", "Undated"}, {"hippo & nothing", ""}, {"&", hostile}, {"hippo day", "Undated"}, {"2026-01-09", "Emoji"}, {"constructor", ""}, {"__proto__", ""}, {"((((", ""}, {"\\", ""},
	}
	var queries []string
	for _, c := range cases {
		queries = append(queries, "", c.query)
	}
	answers := f.ask(false, queries...)
	for i, c := range cases {
		got := answers[2*i+1]
		if titles := strings.Join(got.Titles, ", "); titles != c.want {
			t.Errorf("%q finds %q, not %q", c.query, titles, c.want)
		}
		want := "Posts found: "
		if len(got.Titles) == 0 {
			want = "Nothing found."
		}
		if strings.TrimSpace(c.query) == "" {
			want = ""
		}
		if !strings.HasPrefix(got.Says, want) || want == "" && got.Says != "" {
			t.Errorf("%q: %q", c.query, got.Says)
		}
	}
	// Typed one after the other on one page, the last is what is shown.
	all := f.ask(false, "k", "ki", "kin", "glacier", "zzz", "fluss", "fl", "t")
	for i, want := range []int{-1, 1, 1, 2, 0, 1, 1, -1} {
		if got := len(all[i].Titles); want >= 0 && got != want {
			t.Errorf("query %d: %d posts, not %d", i, got, want)
		}
	}
	if len(all[0].Asked) != 0 || len(all[1].Asked) != 1 || len(all[7].Asked) != 1 || !strings.HasPrefix(all[1].Asked[0], "../search/words-0.js?") {
		t.Errorf("scripts: %q, then %q, in the end %q", all[0].Asked, all[1].Asked, all[7].Asked)
	}
	if link := f.ask(false, "fluß")[0].Links; len(link) != 1 || link[0] != "../2026/01/de/index.html#:~:text=flu%C3%9F" {
		t.Errorf("a word of a text is led to by %q", link)
	}
	if link := f.ask(false, "deutsch")[0].Links; len(link) != 1 || link[0] != "../2026/01/de/index.html" {
		t.Errorf("a title is led to by %q", link)
	}
	// Without the shards, what the list says is found.
	lost := f.ask(true, "kingfisher", "glacier", "fluss")
	if len(lost[0].Titles) != 0 || lost[0].Says != "Nothing found." || len(lost[1].Titles) != 1 || len(lost[2].Titles) != 1 {
		t.Errorf("without the texts: %v", lost)
	}
	f.write("site.toml", "search = \"titles\"\n")
	f.build()
	lost = f.ask(false, "kingfisher", "glacier")
	if len(lost[0].Titles) != 0 || len(lost[1].Titles) != 1 || len(lost[1].Asked) != 0 {
		t.Errorf("a search of titles: %v", lost)
	}
}

// Folding and cutting are written twice, here and in the script. They must agree: each
// word of a text finds it, as it is written there.
func TestScriptFindsAllWords(t *testing.T) {
	f := newFixture(t, spoken)
	f.build()
	var queries, want []string
	for _, text := range spoken {
		_, body, _ := strings.Cut(strings.TrimPrefix(text, "---\n"), "---\n")
		_, title, _ := strings.Cut(text, "title: ")
		title, _, _ = strings.Cut(title, "\n")
		plain := markdown.Parse([]byte(body)).PlainText()
		words := strings.Fields(plain)
		terms.Scan(plain, func(_ []byte, start, end int, k terms.Kind) bool {
			words = append(words, plain[start:end])
			return true
		})
		for _, w := range words {
			none := true
			terms.Scan(w, func([]byte, int, int, terms.Kind) bool { none = false; return false })
			if !none && len(w) <= terms.Longest && len(terms.Fold(w)) > 1 {
				queries, want = append(queries, w), append(want, title)
			}
		}
	}
	for i, got := range f.ask(false, queries...) {
		if !slices.Contains(got.Titles, want[i]) {
			t.Errorf("%q does not find %q but %q", queries[i], want[i], got.Titles)
		}
	}
}
