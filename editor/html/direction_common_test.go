package html

import (
	"slices"
	"strings"
	"testing"
	"unicode"
)

// TestCommonly holds the quick answer to the tables.
func TestCommonly(t *testing.T) {
	lang := []string{"", "ja", "zh", "ko"}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		i := commonly(r)
		if i == 0 {
			continue
		}
		want := ""
		for _, s := range telling {
			if unicode.Is(s.table, r) {
				want = s.lang
				break
			}
		}
		if !unicode.IsLetter(r) || lang[i] != want {
			t.Fatalf("%U: %q, want %q", r, lang[i], want)
		}
	}
}

func TestTelltale(t *testing.T) {
	for lang, words := range telltale {
		for word := range strings.FieldsSeq(words) {
			if len(word) > longestTeller || word != strings.ToLower(word) {
				t.Errorf("%q has too many bytes, or capitals", word)
			}
			if got := languageOfWords(strings.Repeat(word+" ", 20)); speakers(word) == 1 && got != lang {
				t.Errorf("%q tells %q, want %q", word, got, lang)
			}
		}
	}
	if len(tellerNames) != len(telltale) || len(tellerNames) > maxTellers {
		t.Errorf("%d languages", len(tellerNames))
	}
}

// speakers is how many languages have the word.
func speakers(word string) (n int) {
	for _, words := range telltale {
		if slices.Contains(strings.Fields(words), word) {
			n++
		}
	}
	return n
}
