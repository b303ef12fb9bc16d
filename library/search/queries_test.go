package search

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestFilters(t *testing.T) {
	x := New(
		Entry{Path: "a", Title: "Apple pie", Tags: []string{"Food", "Long read"}, Authors: []string{"ana", "Ana Whitlock"}, Date: day, Body: "sweet"},
		Entry{Path: "b", Title: "Apple tree", Tags: []string{"garden"}, Authors: []string{"samir", "Samir Haddad"}, Date: day.AddDate(-1, 0, 0), Draft: true},
		Entry{Path: "c", Title: "Pear", Tags: []string{"food", "Gärten"}, Date: day.AddDate(0, -2, 0), Body: "an apple beside it"},
	)
	for query, want := range map[string]string{
		"apple tag:food": "a c", "tag:food": "a c", "tag:FOOD -tag:long": "c", `tag:"long read"`: "a", "tag:long": "a", "tag:gart": "c", "tag:gar": "b c",
		"tag:nothing": "", "apple tag:nothing": "", "-tag:food": "b", "author:ana": "a", "author:whitlock": "a", `author:"Samir Haddad"`: "b", "author:x": "",
		"status:draft": "b", "status:published apple": "a c", "status:d": "b", "-status:draft": "a c", "year:2026": "a c", "year:2025 apple": "b", "-year:2025": "a c",
		"before:2026": "b", "before:2026-10": "b c", "after:2026-09-12": "a", "after:2025 before:2026-11": "c", "apple before:2026-01-01": "b",
		"apple -sweet": "b c", "-apple": "", "-sweet": "b c", `apple -"beside it"`: "a b", "-sweet -tree": "c", "apple -appl": "a b c",
		"year:abc": "", "before:2026-13": "", "tag:": "", "status:odd": "", "before:": "",
	} {
		if got := pathSet(find(t, x, query, 0)); got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
}

func TestTyposAndParts(t *testing.T) {
	x := New(
		Entry{Path: "river", Title: "The river", Body: "About the longest bridge of Mississippi and Donaudampfschifffahrt.", Date: day},
		Entry{Path: "sea", Title: "The sea", Body: "Nothing else, 東京タワー. C++, C# and F#; snake_case don't.", Date: day},
	)
	for query, want := range map[string]string{
		"rivr": "river", "rievr": "river", "bridge": "river", "brigde": "river", "misisippi": "river", "missisipi": "river", "rivrr longest": "river",
		"dampf": "river", "fahrt": "river", "brigde missisippi": "river", "se": "sea", "xyz": "", `"rivr"`: "", "nothing": "sea", "nothign": "sea",
		"東京": "sea", "京タ": "sea", "東": "sea", "ー": "sea", "京都": "", "c++": "sea", "c#": "sea", "f#": "sea", "snake_case": "sea", "snake case": "sea", "don't": "sea", "dont": "sea",
		"sea bri": "", "river bri": "river", "longset-bridge": "river", "longest-brigde": "river",
	} {
		got := find(t, x, query, 0)
		got = slices.DeleteFunc(got, func(r Result) bool { return r.Fuzzy })
		if pathsOf(got) != want {
			t.Errorf("%q finds %q, want %q", query, pathsOf(got), want)
		}
	}
	if r := find(t, x, "brigde", 0); len(r) != 1 || marked(r[0].Snippet, r[0].Marks) != "About the longest {bridge} of Mississippi and Donaudampfschifffahrt." {
		t.Errorf("the word that was meant is not marked: %+v", r)
	}
}

func TestFormsOfAccents(t *testing.T) {
	for _, pair := range [][2]string{{"é", "e\u0301"}, {"ガ", "カ\u3099"}, {"ỗ", "o\u0302\u0303"}, {"한", "\u1112\u1161\u11ab"}, {"Å", "A\u030a"}} {
		for _, text := range pair {
			x := New(Entry{Path: "p", Title: "Title", Body: "x " + text + "bc y"})
			for _, query := range pair {
				if got := pathsOf(find(t, x, query+"bc", 0)); got != "p" {
					t.Errorf("%+q does not find %+q", query, text)
				}
			}
			x.Close()
		}
	}
}

func TestOddQueries(t *testing.T) {
	x := corpus(rand.New(rand.NewPCG(1, 2)), 100)
	for _, q := range []string{
		"AND", "OR", "NOT", "NEAR", "AND OR NOT", "a AND", "NEAR(a b, 3)", "*", "a*", "^a", "{title}: a", "title:a", "keys:a", `"`, `""`, `"""`, `a "b`, "-", "--", "- -", `-"`, `-""`,
		"tag:", "-tag:", `tag:"`, "year:99999999999", "before:-1", "a:b:c", "(", ")", "((((", ":", "'; DROP TABLE fts; --", "\x00", "\ue000", "\ue001a", "\ue004d", "+", "a+b", "a OR b",
		strings.Repeat("(", 100_000), strings.Repeat(`-"a" `, 20_000), strings.Repeat("tag:a ", 20_000), strings.Repeat("\u0301", 50_000), strings.Repeat("-", 100_000),
	} {
		if _, err := x.Search(t.Context(), q, 20); err != nil {
			t.Errorf("%.40q: %v", q, err)
		}
	}
}
