package app

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"longhand/library"
	"longhand/library/search"
)

// shelved puts articles in the order of a library.
func shelved(articles ...*library.Article) []*library.Article {
	library.SortNewest(articles)
	return articles
}

func on(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 12, 0, 0, 0, time.UTC)
}

func made(title string, date, edited time.Time, more func(*library.Article)) *library.Article {
	a := &library.Article{Path: library.Slug(title) + ".md", Meta: library.Meta{Title: title, Date: date}, ModTime: edited}
	if more != nil {
		more(a)
	}
	return a
}

func titlesOf(list []*library.Article) string {
	var out []string
	for _, one := range list {
		out = append(out, one.Title)
	}
	return strings.Join(out, " | ")
}

func sample() ([]*library.Article, []*library.Author) {
	authors := []*library.Author{{ID: "ana", Name: "Ana Whitlock"}, {ID: "samir", Name: "Samir"}}
	return shelved(
		made("Zoo", on(2026, 3, 1), on(2026, 3, 2), func(a *library.Article) { a.Tags, a.Authors = []string{"Essays", "essays"}, []string{"Ana Whitlock"} }),
		made("ärger", on(2026, 1, 1), on(2026, 6, 2), func(a *library.Article) {
			a.Tags, a.Authors, a.Draft = []string{"éssays", "c++"}, []string{"ana", "Nobody"}, true
		}),
		made("“Apple 10”", on(2025, 3, 1), on(2026, 5, 2), func(a *library.Article) { a.Tags, a.Authors = []string{"C"}, []string{"samir"} }),
		made("apple 9", on(2024, 3, 1), on(2026, 1, 2), func(a *library.Article) { a.Draft = true }),
		made("Undated", time.Time{}, on(2020, 1, 1), nil),
	), authors
}

func TestArrangement(t *testing.T) {
	articles, authors := sample()
	for _, c := range []struct {
		a    arrangement
		want string
	}{
		{arrangement{}, "Zoo | ärger | “Apple 10” | apple 9 | Undated"},
		{arrangement{Reversed: true}, "Undated | apple 9 | “Apple 10” | ärger | Zoo"},
		{arrangement{By: byTitle}, "apple 9 | “Apple 10” | ärger | Undated | Zoo"},
		{arrangement{By: byTitle, Reversed: true}, "Zoo | Undated | ärger | “Apple 10” | apple 9"},
		{arrangement{By: byEdit}, "ärger | “Apple 10” | Zoo | apple 9 | Undated"},
		{arrangement{filters: filters{Status: onlyDrafts}}, "ärger | apple 9"},
		{arrangement{filters: filters{Status: onlyPublished}}, "Zoo | “Apple 10” | Undated"},
		{arrangement{filters: filters{Tag: "ESSAYS"}}, "Zoo | ärger"},
		{arrangement{filters: filters{Tag: "c"}}, "“Apple 10”"},
		{arrangement{filters: filters{Author: "ana"}}, "Zoo | ärger"},
		{arrangement{filters: filters{Author: "nobody"}}, "ärger"},
		{arrangement{filters: filters{Year: 2026}}, "Zoo | ärger"},
		{arrangement{filters: filters{Year: 1}}, ""},
		{arrangement{By: byTitle, filters: filters{Author: "ana", Year: 2026, Tag: "essays", Status: onlyDrafts}}, "ärger"},
		{arrangement{filters: filters{Tag: "none"}}, ""},
	} {
		got, err := c.a.list(t.Context(), articles, authors, byTitles(articles, nil, language.English))
		if s := titlesOf(got); err != nil || s != c.want {
			t.Errorf("%+v: %s, %v, want %s", c.a, s, err, c.want)
		}
	}
	if got, err := (arrangement{}).list(t.Context(), nil, nil, nil); err != nil || len(got) != 0 {
		t.Errorf("of nothing: %v, %v", got, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (arrangement{}).list(ctx, articles, authors, nil); err == nil {
		t.Error("a list that is not wanted any more is made")
	}
}

// Languages sort letters otherwise.
func TestTitlesByLanguage(t *testing.T) {
	articles := shelved(made("Zebra", on(2026, 1, 1), on(2026, 1, 1), nil), made("Ärlig", on(2026, 1, 2), on(2026, 1, 1), nil), made("Berg", on(2026, 1, 3), on(2026, 1, 1), nil))
	for locale, want := range map[string]string{
		"de_DE.UTF-8": "Ärlig | Berg | Zebra", "sv_SE.UTF-8": "Berg | Zebra | Ärlig", "C": "Ärlig | Berg | Zebra", "": "Ärlig | Berg | Zebra", "sr_RS@latin": "Ärlig | Berg | Zebra",
	} {
		list, _ := arrangement{By: byTitle}.list(t.Context(), articles, nil, byTitles(articles, nil, languageOf(locale)))
		if got := titlesOf(list); got != want {
			t.Errorf("%q: %s, want %s", locale, got, want)
		}
	}
}

// Keeping the titles in order gives what sorting them all gives.
func TestTitlesAreKeptInOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	next := 0
	fresh := func() *library.Article {
		next++
		return made(fmt.Sprintf("%c title %d", 'a'+rune(r.IntN(26)), r.IntN(50)), on(2026, 1, 1+r.IntN(300)), on(2026, 1, 1), func(a *library.Article) { a.Path = fmt.Sprint(next) })
	}
	var articles []*library.Article
	var sorted []*library.Article
	for range 60 {
		articles = slices.Clone(articles)
		for range r.IntN(2 * fewNew) {
			articles = append(articles, fresh())
		}
		for range r.IntN(9) {
			if n := len(articles); n > 0 {
				articles[r.IntN(n)] = fresh()
			}
		}
		articles = articles[min(r.IntN(4), len(articles)):]
		sorted = byTitles(articles, sorted, language.English)
		if want := byTitles(articles, nil, language.English); !slices.Equal(sorted, want) {
			t.Fatalf("%d articles are not in order", len(articles))
		}
	}
}

func TestTally(t *testing.T) {
	articles, authors := sample()
	c, err := tally(t.Context(), articles, authors, filters{})
	if got, want := fmt.Sprint(c, err), "{5 2 3 [{Essays Essays 2} {C C 1} {c++ c++ 1}] [{ana Ana Whitlock 2} {nobody Nobody 1} {samir Samir 1}] [{2026 2026 2} {2025 2025 1} {2024 2024 1}]} <nil>"; got != want {
		t.Errorf("all:\n%s, want\n%s", got, want)
	}
	// What a filter offers is what choosing it lists.
	for _, f := range []filters{{}, {Status: onlyDrafts}, {Tag: "essays"}, {Author: "ana", Year: 2026}, {Status: onlyPublished, Tag: "c", Year: 2025}} {
		c, err := tally(t.Context(), articles, authors, f)
		if err != nil {
			t.Fatal(err)
		}
		lists := func(n int, change func(*filters)) {
			t.Helper()
			a := arrangement{filters: f}
			change(&a.filters)
			if list, _ := a.list(t.Context(), articles, authors, nil); len(list) != n {
				t.Errorf("%+v lists %d, promised were %d", a, len(list), n)
			}
		}
		lists(c.all, func(f *filters) { f.Status = "" })
		lists(c.drafts, func(f *filters) { f.Status = onlyDrafts })
		lists(c.published, func(f *filters) { f.Status = onlyPublished })
		for _, v := range c.tags {
			lists(v.n, func(f *filters) { f.Tag = v.value })
		}
		for _, v := range c.authors {
			lists(v.n, func(f *filters) { f.Author = v.value })
		}
		for _, v := range c.years {
			lists(v.n, func(f *filters) { f.Year = v.year() })
		}
	}
	many := made("Many", on(2026, 1, 1), on(2026, 1, 1), nil)
	for i := range 5000 {
		many.Tags = append(many.Tags, fmt.Sprint("tag ", i))
	}
	if c, _ := tally(t.Context(), shelved(many), nil, filters{}); len(c.tags) != 5000 {
		t.Errorf("%d tags of 5,000", len(c.tags))
	}
}

// What passes the filters is found with their terms, whatever stands in them.
func TestTermsOfFilters(t *testing.T) {
	articles, authors := sample()
	articles = append(articles,
		made("New year", time.Date(2026, 1, 1, 0, 30, 0, 0, time.FixedZone("", 9*3600)), on(2026, 1, 1), func(a *library.Article) {
			a.Tags, a.Authors = []string{`a "quoted" – tag`, "漢字", "+"}, []string{"村上 春樹"}
		}))
	index, err := search.InMemory(func(string) (string, error) { return "text", nil })
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	for _, a := range articles {
		if err := index.Put(t.Context(), search.EntryOf(a, "text", authors)); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range []filters{
		{}, {Status: onlyDrafts}, {Status: onlyPublished}, {Tag: "essays"}, {Tag: "c++"}, {Tag: `a "quoted" – tag`}, {Tag: "漢字"}, {Tag: "+"}, {Tag: strings.Repeat("x", 5000)},
		{Author: "ana"}, {Author: "nobody"}, {Author: library.Slug("村上 春樹")}, {Year: 2026}, {Year: 2024}, {Year: 12}, {Year: 9999}, {Status: onlyDrafts, Tag: "essays", Author: "ana", Year: 2026},
	} {
		want, _ := arrangement{filters: f}.list(t.Context(), articles, authors, nil)
		found, err := index.Find(t.Context(), f.terms()+"te", 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range want {
			if !slices.ContainsFunc(found.Results, func(r search.Result) bool { return r.Path == e.Path }) {
				t.Errorf("%+v as %q does not find %s", f, f.terms(), e.Title)
			}
		}
	}
}

func BenchmarkListing(b *testing.B) {
	for _, n := range []int{1000, 10_000, 100_000} {
		articles, authors := many(n)
		titled := byTitles(articles, nil, language.English)
		run := func(name string, f func()) {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				for b.Loop() {
					f()
				}
			})
		}
		ctx := b.Context()
		run("date", func() { arrangement{}.list(ctx, articles, authors, nil) })
		run("edit", func() { arrangement{By: byEdit}.list(ctx, articles, authors, nil) })
		run("title", func() { byTitles(articles, nil, language.English) })
		saved := slices.Clone(articles)
		again := *saved[n/2]
		saved[n/2] = &again
		run("title-one-saved", func() { byTitles(saved, titled, language.English) })
		run("filters", func() {
			arrangement{filters: filters{Status: onlyPublished, Tag: "tag 7", Author: "author-3"}}.list(ctx, articles, authors, nil)
		})
		run("counts", func() { tally(ctx, articles, authors, filters{}) })
	}
}

// many makes articles with 5,000 tags and 20 authors.
func many(n int) ([]*library.Article, []*library.Author) {
	r := rand.New(rand.NewPCG(3, uint64(n)))
	var authors []*library.Author
	for i := range 20 {
		authors = append(authors, &library.Author{ID: fmt.Sprint("author-", i), Name: fmt.Sprint("Author ", i)})
	}
	articles := make([]*library.Article, n)
	for i := range articles {
		articles[i] = made(fmt.Sprintf("What the %c%c took, %d", 'a'+rune(r.IntN(26)), 'à'+rune(r.IntN(20)), r.IntN(n)), on(2000+r.IntN(25), 1, 1+r.IntN(365)), on(2020, 1, 1+r.IntN(2000)), func(a *library.Article) {
			a.Path = fmt.Sprint("a/", i, ".md")
			a.Draft = r.IntN(10) == 0
			a.Authors = []string{fmt.Sprint("Author ", r.IntN(20))}
			for range 3 {
				a.Tags = append(a.Tags, fmt.Sprint("Tag ", min(r.IntN(5000), r.IntN(5000))))
			}
		})
	}
	return shelved(articles...), authors
}
