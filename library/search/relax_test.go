package search

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// Two words are misspelt, and each mistake stands somewhere.
func TestSeveralWordsMisspelt(t *testing.T) {
	x := New(
		Entry{Path: "rust", Body: "About the borrow checker."},
		Entry{Path: "farm", Body: "The old borow stood in the field."},
		Entry{Path: "typo", Body: "A chekcer of things."},
		Entry{Path: "lib", Body: "What libsecp256k1 has for a peer."},
		Entry{Path: "short", Body: "Of libsecp alone."},
	)
	for query, want := range map[string]string{
		"borow chekcer":       "rust", // each is a word of some article
		"borow chekcr":        "rust", // one of them is
		"borrwo chekcr":       "rust", // none
		"borow field":         "farm", // as it stands
		"borow":               "farm", // alone it is meant
		"libsecp peer":        "lib",  // a part of a longer word
		`"borow" chekcer`:     "",     // quoted it is meant
		"borow chekcer -rust": "rust", // not a word of it
		"borow chekcer -the":  "",
		"borow checker year:": "rust",
	} {
		if got := pathsOf(find(t, x, query, 0)); got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
	r := find(t, x, "borow chekcer", 0)
	if len(r) != 1 || !r[0].Guessed || marked(r[0].Snippet, r[0].Marks) != "About the {borrow} {checker}." {
		t.Errorf("what was meant is not marked: %+v", r)
	}
	if r := find(t, x, "borow field", 0); r[0].Guessed {
		t.Error("what stands there as it was typed is no guess")
	}
}

// Words that many articles have count too, but for those that nearly all have.
func TestCommonWordsCount(t *testing.T) {
	var entries []Entry
	for i := range 4000 {
		e := Entry{Path: fmt.Sprint(i), Title: fmt.Sprintf("t%d", i), Body: "common words here, the one", Date: day.Add(-time.Duration(i) * time.Hour)}
		if i%2 == 0 {
			e.Body = "the other"
		}
		if i%40 == 0 {
			e.Body = strings.Repeat("seldom ", 1+i%7)
			if i == 2000 || i == 2040 {
				e.Body += "common"
			}
		}
		entries = append(entries, e)
	}
	x := New(entries...)
	defer x.Close()
	if n := x.state.df("common"); n < max(len(entries)/5, 1500) {
		t.Fatalf("the common word stands in %d articles only", n)
	}
	for query, want := range map[string]string{"seldom common ": "2000 2040", "common seldom": "2000 2040", "seldom -common t2080": "2080", "seldom the t2080": "2080"} {
		if got := pathSet(find(t, x, query, 10)); got != want {
			t.Errorf("%q finds %s, want %s", query, got, want)
		}
	}
}

func TestTitleBeginnings(t *testing.T) {
	x := New(
		Entry{Path: "a", Title: "Rust 1.30", Body: "x", Date: day.AddDate(-1, 0, 0)},
		Entry{Path: "b", Title: "Of rust", Body: strings.Repeat("rust 1 3 30 31 ", 20), Date: day},
		Entry{Path: "c", Title: "2020-02-06 Meeting", Body: "x", Date: day},
		Entry{Path: "d", Title: "Time after time", Body: "x", Date: day},
		Entry{Path: "e", Title: "Tidal", Body: strings.Repeat("time after ", 20), Date: day},
	)
	for query, want := range map[string]string{"rust 1.3": "a", "2020": "c", "time after t": "d", "ti": "d", "20": "c"} {
		if got := find(t, x, query, 0); len(got) == 0 || got[0].Path != want && !(query == "ti" && got[0].Path == "e") {
			t.Errorf("%q finds %s, want %s first", query, pathsOf(got), want)
		}
	}
	// A finished word comes before those that go on.
	entries := []Entry{{Path: "whole", Body: "to retire now"}, {Path: "begun", Body: "is retired now"}, {Path: "one", Body: "retire"}, {Path: "two", Body: "retire"}}
	for i := range 40 {
		e := Entry{Path: fmt.Sprint(i), Body: "other words"}
		if i%4 == 0 {
			e.Body += " now, retirement, " + strings.Repeat("and what not ", 30)
		}
		entries = append(entries, e)
	}
	y := New(entries...)
	if got := pathsOf(find(t, y, "now retire", 2)); got != "whole begun" {
		t.Errorf("a finished word: %s", got)
	}
}

// Of titles with the initials those come first that have few others between.
func TestInitialsOfFewWords(t *testing.T) {
	x := New(
		Entry{Path: "long", Title: "Under a red sky late in many towns there was nothing", Date: day},
		Entry{Path: "short", Title: "Updating Rust's Linux musl targets", Date: day.AddDate(-1, 0, 0)},
	)
	for _, query := range []string{"urslmt", "u r s l m t"} {
		if got := pathsOf(find(t, x, query, 0)); got != "short~ long~" {
			t.Errorf("%q finds %s", query, got)
		}
	}
}

func TestCheck(t *testing.T) {
	for query, want := range map[string]string{
		"":                             "",
		"river":                        "",
		"before:2026":                  "",
		"before:":                      "", // still being typed
		"before:20":                    "",
		"before:2026-":                 "",
		"before:2026-1":                "",
		"before: lunch":                "", // a word
		"note: before the storm":       "",
		"before:nonsense":              "before:nonsense is no date; write before:2026, before:2026-03 or before:2026-03-14",
		"year:20 river":                "year:20 is no date; write year:2026, year:2026-03 or year:2026-03-14",
		"year:99999":                   "year:99999 is no date",
		"year:0000":                    "year:0000 is no date",
		"after:2026-13":                "after:2026-13 is no date",
		"after:2026-02-30":             "after:2026-02-30 is no date",
		"after:2024-02-29":             "",
		`year:"2026"`:                  "",
		"status:":                      "",
		"status:d":                     "",
		"status:gone":                  "status:gone is no status; write status:draft",
		"tag:":                         "",
		`tag:"`:                        "",
		`tag:"" river`:                 "tag: names no tag",
		"author:!!! x":                 "author:!!! names no author",
		"-before:x y":                  "before:x is no date",
		`tag:"two words"`:              "",
		"year:9999":                    "",
		strings.Repeat("tag:a ", 1000): "",
	} {
		err := Check(query)
		var bad *QueryError
		switch {
		case want == "" && err != nil:
			t.Errorf("%.40q: %v", query, err)
		case want != "" && (!errors.As(err, &bad) || !strings.HasPrefix(err.Error(), want)):
			t.Errorf("%.40q: %v, want %s", query, err, want)
		}
	}
	// What makes no sense is left out, the rest is searched.
	x := New(Entry{Path: "a", Body: "river", Tags: []string{"two words"}, Date: day})
	for query, want := range map[string]string{"river before:nonsense": "a", "river before:20": "a", "before:nonsense": "", `tag:"two words"`: "a", `tag:"two wo`: "a", "year:9999": "", "after:9999": "", "before:9999": "a", "before:0001": "", "before: river": ""} {
		if got := pathsOf(find(t, x, query, 0)); got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
}

// Whatever is asked, the answer comes soon.
func TestBadQueries(t *testing.T) {
	x := New(
		Entry{Path: "a", Title: "Café שלום", Body: "The café 日本語 🙂 שלום עולם, (x) and tag stand here.", Tags: []string{"two words"}},
		Entry{Path: "b", Title: "b", Body: "Nothing much."},
	)
	for query, want := range map[string]string{
		"tag:": "", "-": "", `"`: "", "((": "", `-"`: "", "- - -": "", `""""""`: "", "-tag:": "", ":::": "", "*": "", "--": "", "NEAR(": "", "AND": "a", "OR NOT": "",
		"\x00": "", "caf\x00e": "a~", "\xff": "", "caf\xc3": "a", `"the café`: "a", "cafe\u0301": "a",
		"שלום": "a", "\u202eשלום": "a", "🙂": "a", "日": "a", "語": "a", "本語": "a", "\u200b": "", "nothing MUCH": "b",
	} {
		if got := pathsOf(find(t, x, query, 0)); got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
	r := strings.NewReplacer("N", "")
	for name, query := range map[string]string{
		"words": manyWords(1000), "letters": strings.Repeat("a", 100_000), "minus": strings.Repeat("-a ", 30_000), "filters": strings.Repeat("tag:x ", 20_000), "dates": strings.Repeat("before:2026 ", 10_000),
		"quotes": strings.Repeat(`"a b" `, 20_000), "brackets": strings.Repeat("(", 100_000), "nul": strings.Repeat("\x00", 100_000), "bytes": strings.Repeat("\xf0\x9f", 50_000), "accents": "e" + strings.Repeat("\u0301", 50_000), "han": strings.Repeat("日本", 20_000),
		"known": r.Replace(strings.Repeat("the café and tag stand here ", 5_000)),
	} {
		start := time.Now()
		find(t, x, query, 20)
		if took := time.Since(start); took > time.Second {
			t.Errorf("%s: took %v", name, took)
		}
	}
	if q := parse(manyWords(1000)); len(q.terms) != mostTerms {
		t.Errorf("of a thousand words %d are searched", len(q.terms))
	}
}

func manyWords(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%x ", i)
	}
	return b.String()
}
