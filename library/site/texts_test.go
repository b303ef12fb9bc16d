package site

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"longhand/editor/markdown"
	"longhand/library/terms"
)

// decoded is what a shard says.
func decoded(t *testing.T, code string, posts int) map[string][]uint32 {
	t.Helper()
	out := map[string][]uint32{}
	last := ""
	if err := decodeShard(code, posts, func(word []byte, posts []uint32) {
		if string(word) <= last {
			t.Errorf("%q comes after %q", word, last)
		}
		last = string(word)
		out[last] = slices.Clone(posts)
	}); err != nil {
		t.Errorf("%v: %.200s", err, code)
	}
	return out
}

func TestShardCode(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	parts := []string{"a", "b", "rust", "über", "水", "川", "𠀋", "😀", "ｃ＋＋", "1", "ക്ഷ", "سلام", "\U0001f469"}
	for _, posts := range []int{1, 2, 5, 24, 25, 409, 5000, 200000} {
		want := map[string][]uint32{}
		var words []textWord
		for range 400 {
			var w strings.Builder
			for range 1 + r.IntN(9) {
				w.WriteString(parts[r.IntN(len(parts))])
			}
			if want[w.String()] != nil {
				continue
			}
			var numbers []uint32
			for n := range 1 + r.IntN(min(posts, 900)) {
				numbers = append(numbers, uint32(r.IntN(posts)))
				if r.IntN(3) == 0 && n > 3 {
					break
				}
			}
			slices.Sort(numbers)
			numbers = slices.Compact(numbers)
			want[w.String()] = numbers
			words = append(words, textWord{w.String(), numbers})
		}
		slices.SortFunc(words, func(a, b textWord) int { return strings.Compare(a.word, b.word) })
		code := string(encodeShard(words, posts))
		if strings.ContainsAny(code, "\"\\\r\n\u2028\u2029") {
			t.Errorf("what JavaScript would not take for text is in %q", code)
		}
		if got := decoded(t, code, posts); !reflect.DeepEqual(got, want) {
			t.Errorf("%d posts: what was read differs from what was written", posts)
		}
	}
	if got := encodeShard([]textWord{{"all", []uint32{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}}}, 12); len(got) > len("Aall~...") {
		t.Errorf("a word of all posts takes %q", got)
	}
}

func FuzzDecodeShard(f *testing.F) {
	f.Add("ArustQ{{Q", 900)
	f.Add("Aa~Q`B1}}}}}}}}}}}}Q", 3)
	f.Add("PrustQ", 1)
	f.Fuzz(func(t *testing.T, code string, posts int) {
		_ = decodeShard(code, posts, func(word []byte, numbers []uint32) {
			if len(word) == 0 || len(numbers) == 0 {
				t.Fatal("an entry of nothing")
			}
			for i, n := range numbers {
				if int(n) >= posts || i > 0 && n <= numbers[i-1] {
					t.Fatalf("%d of %d is in %v", n, posts, numbers)
				}
			}
		})
	})
}

// spoken are posts in many languages.
var spoken = map[string]string{
	"de.md":    "---\ntitle: Deutsch\ndate: 2026-01-02\n---\nDer *Fluß* fließt über Größenwahn hin, und fluss\u00adabwärts steht Ä̈rger.\n\n[ein Link](https://example.org/verborgen)\n",
	"zh.md":    "---\ntitle: 中文\ndate: 2026-01-03\n---\n我们沿着长江走了很久，看见了桥。火车\n",
	"ja.md":    "---\ntitle: 日本語\ndate: 2026-01-04\n---\n東京からがガ行の電車に乗って、カ\u3099ラスを見た。ｶﾞ\n",
	"th.md":    "---\ntitle: ไทย\ndate: 2026-01-05\n---\nแม่น้ำเจ้าพระยา\n",
	"ar.md":    "---\ntitle: عربي\ndate: 2026-01-06\n---\nسَلامٌ على النهرِ الكبير ۱۲۳\n",
	"hi.md":    "---\ntitle: हिन्दी\ndate: 2026-01-07\n---\nनदी के किनारे क्षेत्र\n",
	"ko.md":    "---\ntitle: 한국어\ndate: 2026-01-08\n---\n강가에서 기차를 탔다\n",
	"emoji.md": "---\ntitle: Emoji\ndate: 2026-01-09\n---\n🚂 and 👩‍👩‍👧 and ☂️ rust🚂train\n",
	"code.md":  "---\ntitle: Code\ndate: 2026-01-10\n---\nC++ and c# and C, `foo_bar(42)`, F#m.\n\n```go\nfunc Glacier() {}\n```\n\n![a heron](x.png)\n\n<details><summary>Secret</summary>unfolded</details>\n",
	"odd.md":   "---\ntitle: Odd\ndate: 2026-01-11\n---\nİstanbul ŁÓDŹ ﬁne ½ naïve co-operate don’t Ǽon 𠀋𠀌 Σίσυφος " + strings.Repeat("long", 30) + " x\u00a0y a\u200bb q\ufeffr m\u0085n\n",
	"empty.md": "---\ntitle: Empty\ndate: 2026-01-12\n---\n",
	"none.md":  "---\ntitle: Undated\n---\nWithout a day, with a hippopotamus.\n",
}

// shards are the shards of a site as they lie there.
func (f *fixture) shards() []string {
	f.t.Helper()
	var out []string
	for f.has(shardFile(len(out))) {
		data := f.read(shardFile(len(out)))
		data, ok := strings.CutPrefix(data, fmt.Sprintf("longhandWords(%d,\"", len(out)))
		data, ok2 := strings.CutSuffix(data, shardEnd)
		if !ok || !ok2 {
			f.t.Errorf("shard %d is %.100s", len(out), data)
		}
		out = append(out, data)
	}
	return out
}

// textsAreFound complains of words in the posts' texts that are not in the shards where
// the script looks for them.
func (f *fixture) textsAreFound(posts []string) {
	f.t.Helper()
	var shards []map[string][]uint32
	count := 0
	for _, s := range f.shards() {
		d := decoded(f.t, s, len(posts))
		shards = append(shards, d)
		for _, numbers := range d {
			count += len(numbers)
		}
	}
	if len(shards) == 0 {
		f.t.Fatal("there is no index of texts")
	}
	for i, name := range posts {
		text, err := f.lib.Text(name)
		if err != nil {
			f.t.Fatal(err)
		}
		_, body, _ := strings.Cut(strings.TrimPrefix(text, "---\n"), "---\n")
		seen := map[string]bool{}
		terms.Scan(markdown.Parse([]byte(body)).PlainText(), func(tok []byte, _, _ int, _ terms.Kind) bool {
			seen[string(tok)] = true
			return true
		})
		for word := range seen {
			count--
			if !slices.Contains(shards[shardOf(word, len(shards))][word], uint32(len(posts)-1-i)) {
				f.t.Errorf("%q of %s is not in its shard", word, name)
			}
		}
	}
	if count != 0 {
		f.t.Errorf("the index says %d times that a post has a word that it lacks", count)
	}
}

// byDate are the names of files in the order of the list of posts.
func byDate(names ...string) []string { return names }

var spokenInOrder = byDate("empty.md", "odd.md", "code.md", "emoji.md", "ko.md", "hi.md", "ar.md", "th.md", "ja.md", "zh.md", "de.md", "none.md")

func TestTextsOfPosts(t *testing.T) {
	f := newFixture(t, spoken)
	f.write("pages/about.md", "---\ntitle: About\n---\nNothing of zebras is in the index.\n")
	f.write("draft.md", "---\ntitle: Draft\ndraft: true\n---\nNothing of giraffes.\n")
	f.build()
	f.textsAreFound(spokenInOrder)
	f.holds("search/index.js", `window.longhandTexts={"shards":1,"version":"`)
}

// sameAsCold complains where the site's search is not as a build from nothing makes it.
func (f *fixture) sameAsCold(what string) {
	f.t.Helper()
	other := *f
	other.o.To, other.o.Cache = filepath.Join(f.t.TempDir(), "site"), ""
	other.build()
	for _, name := range other.files() {
		if strings.HasPrefix(name, "search/") && f.read(name) != other.read(name) {
			f.t.Errorf("%s: %s differs from that of a cold build:\n%s\n%s", what, name, f.read(name), other.read(name))
		}
	}
	if len(f.files()) != len(other.files()) {
		f.t.Errorf("%s: %d files, not %d", what, len(f.files()), len(other.files()))
	}
}

func TestTextsFollowChanges(t *testing.T) {
	f := newFixture(t, spoken)
	f.build()
	shard := func(name string) string { return filepath.Join(f.o.To, filepath.FromSlash(name)) }
	record := func() string {
		found, err := filepath.Glob(filepath.Join(f.o.Cache, "site-texts", "*"))
		if err != nil || len(found) != 1 {
			t.Fatal(found, err)
		}
		return found[0]
	}
	order := slices.Clone(spokenInOrder)
	for _, step := range []struct {
		what string
		do   func()
	}{
		{"nothing", func() {}},
		{"a text", func() { f.write("zh.md", spoken["zh.md"]+"\n黄河也很长 and an elephant\n") }},
		{"a title", func() { f.write("de.md", strings.Replace(spoken["de.md"], "Deutsch", "Deutsche Texte", 1)) }},
		{"a new post", func() {
			f.write("new.md", "---\ntitle: New\ndate: 2026-02-01\n---\nAn elephant at the Fluss.\n")
			order = append([]string{"new.md"}, order...)
		}},
		{"a copy", func() {
			f.write("copy.md", spoken["none.md"])
			order = append(order[:len(order)-1], "copy.md", "none.md")
		}},
		{"a post that goes", func() {
			if err := os.Remove(f.lib.File("ja.md")); err != nil {
				t.Fatal(err)
			}
			order = slices.DeleteFunc(order, func(s string) bool { return s == "ja.md" })
		}},
		{"another order", func() {
			f.write("ar.md", strings.Replace(spoken["ar.md"], "2026-01-06", "2025-01-06 10:00", 1))
			at := slices.Index(order, "copy.md")
			order = slices.Insert(slices.DeleteFunc(slices.Clone(order), func(s string) bool { return s == "ar.md" }), at-1, "ar.md")
		}},
		{"a name, and with it another order", func() {
			if err := os.Rename(f.lib.File("copy.md"), f.lib.File("zz.md")); err != nil {
				t.Fatal(err)
			}
			order = append(order[:len(order)-2], "none.md", "zz.md")
		}},
		{"two with one date", func() {
			f.write("tie-a.md", "---\ntitle: Tie\ndate: 2025-06-01\nslug: one\n---\nA tapir.\n")
			f.write("tie-b.md", "---\ntitle: Tie\ndate: 2025-06-01\nslug: two\n---\nA tapir, too.\n")
			at := slices.Index(order, "ar.md")
			order = slices.Insert(order, at, "tie-a.md", "tie-b.md")
		}},
		{"these the other way round", func() {
			if err := os.Rename(f.lib.File("tie-a.md"), f.lib.File("tie-c.md")); err != nil {
				t.Fatal(err)
			}
			at := slices.Index(order, "tie-a.md")
			order[at], order[at+1] = "tie-b.md", "tie-c.md"
		}},
		{"a shard that is gone", func() {
			if err := os.Remove(shard(shardFile(0))); err != nil {
				t.Fatal(err)
			}
		}},
		{"a record that is damaged", func() {
			data, err := os.ReadFile(record())
			if err != nil {
				t.Fatal(err)
			}
			data[len(data)/2] ^= 1
			write(t, record(), string(data))
			f.write("ko.md", spoken["ko.md"]+"\nmore\n")
		}},
		{"a record that is cut off", func() {
			data, err := os.ReadFile(record())
			if err != nil {
				t.Fatal(err)
			}
			write(t, record(), string(data[:len(data)-24]))
			f.write("ko.md", spoken["ko.md"]+"\nmore and\n")
		}},
		{"a record that is empty", func() {
			write(t, record(), "")
			f.write("ko.md", spoken["ko.md"]+"\nmore and more\n")
		}},
	} {
		step.do()
		if r := f.build(); len(r.Problems) > 1 { // of the picture that is missing
			t.Errorf("%s: %s", step.what, problemsOf(r))
		}
		f.sameAsCold(step.what)
		f.textsAreFound(order)
		if r := f.build(); r.Written+r.Rendered > 0 {
			t.Errorf("%s: %d files are written once more", step.what, r.Written)
		}
	}
	// A shard that the reader's own hand changed stays, and the build does not trust it.
	write(t, shard(shardFile(0)), "longhandWords(0,\"\");\n")
	f.write("de.md", spoken["de.md"]+"\nA kangaroo.\n")
	if r := f.build(); !strings.Contains(problemsOf(r), "words-0.js: this file was changed") {
		t.Errorf("a changed shard: %s", problemsOf(r))
	}
	if err := os.Remove(shard(shardFile(0))); err != nil {
		t.Fatal(err)
	}
	f.build()
	f.sameAsCold("after a changed shard")
	f.textsAreFound(order)
}

// A build that is stopped leaves shards of which the record knows nothing.
func TestTextsAfterAStoppedBuild(t *testing.T) {
	f := newFixture(t, spoken)
	f.build()
	f.write("de.md", spoken["de.md"]+"\nA kangaroo.\n")
	ctx, cancel := context.WithCancel(t.Context())
	o := f.o
	o.Progress = func(done, total int) {
		if done > total/2 {
			cancel()
		}
	}
	_, _ = Build(ctx, f.lib, o)
	f.build()
	f.sameAsCold("after a build that was stopped")
	f.textsAreFound(spokenInOrder)
}

func TestSearchSetting(t *testing.T) {
	one := map[string]string{"a.md": "---\ntitle: A\ndate: 2026-01-01\n---\nA heron.\n"}
	f := newFixture(t, one)
	f.write("site.toml", "title = \"T\"\nsearch = \"titles\"\n")
	if r := f.build(); problemsOf(r) != "" || f.has(shardFile(0)) || strings.Contains(f.read(searchData), "longhandTexts") {
		t.Errorf("search = titles: %s", problemsOf(r))
	}
	f.write("site.toml", "title = \"T\"\nsearch = \"texts\"\n")
	if r := f.build(); problemsOf(r) != "" || !f.has(shardFile(0)) {
		t.Errorf("search = texts: %s", problemsOf(r))
	}
	f.write("site.toml", "title = \"T\"\n\nsearch = \"titles\"\n")
	if f.build(); f.has(shardFile(0)) || strings.Contains(f.read(searchData), "longhandTexts") {
		t.Error("the index stays though only titles are searched")
	}
	f.write("site.toml", "title = \"T\"\n\nsearch = \"everything!\"\n")
	if r := f.build(); !strings.Contains(problemsOf(r), `site.toml:3: search "everything!"`) || !f.has(shardFile(0)) {
		t.Errorf("search = everything!: %s", problemsOf(r))
	}
	for _, c := range []struct {
		posts   int
		setting string
		want    bool
	}{{0, "", false}, {0, "texts", false}, {1, "", true}, {mostTexts, "", true}, {mostTexts + 1, "", false}, {mostTexts + 1, "texts", true}, {1, "titles", false}} {
		p := &plan{}
		for range c.posts {
			p.posts = append(p.posts, &post{source: &source{Size: 6000}})
		}
		b := &builder{plan: p, site: &Site{Config: Config{Search: c.setting}}, cache: &cache{}, lang: "en"}
		if got := b.newTexts(); (got != nil) != c.want {
			t.Errorf("%d posts with %q: %v", c.posts, c.setting, got != nil)
		}
	}
}

func TestShards(t *testing.T) {
	// Enough text for several shards: all words that begin alike are in one.
	files := map[string]string{}
	var order []string
	r := rand.New(rand.NewPCG(5, 6))
	for i := range 60 {
		var b strings.Builder
		fmt.Fprintf(&b, "---\ntitle: N%d\ndate: %d-01-01\ndescription: x\n---\nevery%c some%c ", i, 2025-i, 'a'+i%2, 'a'+i%30)
		if i == 59 || i == 5 {
			b.WriteString("seldom ")
		}
		for b.Len() < 80<<10 {
			fmt.Fprintf(&b, "%c%c%x ", 'a'+r.IntN(26), 'a'+r.IntN(26), r.IntN(1<<14))
		}
		name := fmt.Sprintf("n%d.md", i)
		files[name] = b.String()
		order = append(order, name)
	}
	f := newFixture(t, files)
	f.build()
	if n := len(f.shards()); n != 4 {
		t.Errorf("%d shards", n)
	}
	f.textsAreFound(order)
	// The script finds the same: words of many posts, of few far apart, in all shards.
	queries := []string{"everya", "somec", "seldom", "every"}
	want := []int{30, 2, 2, 60}
	for range 60 {
		word := string([]byte{'a' + byte(r.IntN(26)), 'a' + byte(r.IntN(26))})
		count := 0
		for _, text := range files {
			if _, body, _ := strings.Cut(text, "description: x\n---\n"); strings.Contains(" "+body, " "+word) {
				count++
			}
		}
		queries, want = append(queries, word), append(want, min(count, 50))
	}
	want[3] = 50 // of those shown at once
	for i, got := range f.ask(false, queries...) {
		if len(got.Titles) != want[i] {
			t.Errorf("the script finds %d posts with %q, not %d", len(got.Titles), queries[i], want[i])
		}
		if i == 2 && !slices.Equal(got.Titles, []string{"N5", "N59"}) {
			t.Errorf("%q is in %q", queries[i], got.Titles)
		}
	}
	for n := range 40 {
		if a, b := shardOf("gl", 1+n), shardOf("glacier", 1+n); a != b || a < 0 || a > n {
			t.Errorf("of %d shards, the beginning of a word is in %d and the word in %d", n+1, a, b)
		}
		if shardOf("水", 1+n) != shardOf("水川", 1+n) {
			t.Errorf("a pair is in another of %d shards than its first character", n+1)
		}
	}
	f.write("n3.md", strings.Replace(files["n3.md"], "---\n", "---\nsubtitle: x\n", 1)+"zzz")
	f.build()
	f.sameAsCold("one of several shards")
}
