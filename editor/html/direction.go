package html

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

var rightToLeft = []*unicode.RangeTable{
	unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Adlam, unicode.Samaritan, unicode.Mandaic,
}

// scripts counts the letters of s by direction and tells which came first.
type scripts struct {
	ltr, rtl int
	first    string
}

func countScripts(s string) scripts {
	var c scripts
	if isASCII(s) {
		for i := range len(s) {
			if letter := s[i] | 0x20; letter >= 'a' && letter <= 'z' {
				c.ltr++
			}
		}
		if c.ltr > 0 {
			c.first = "ltr"
		}
		return c
	}
	for _, r := range s {
		if !unicode.IsLetter(r) {
			continue
		}
		dir := "ltr"
		if r >= 0x590 && unicode.In(r, rightToLeft...) {
			dir = "rtl"
			c.rtl++
		} else {
			c.ltr++
		}
		if c.first == "" {
			c.first = dir
		}
	}
	return c
}

// mixed reports whether text has letters of both directions. Most has no rightward one, which
// is soon seen.
func mixed(text string) bool {
	for at := 0; at < len(text); at++ {
		if text[at] < 0xd6 { // the first byte of the first such letter
			continue
		}
		if r, _ := utf8.DecodeRuneInString(text[at:]); unicode.IsLetter(r) && unicode.In(r, rightToLeft...) {
			c := countScripts(text)
			return c.ltr > 0 && c.rtl > 0
		} else if r >= 0x3000 && r < 0xfb00 { // as of Chinese and Japanese texts nearly all are
			at += 2
		}
	}
	return false
}

// dir is the dir attribute for text within text of direction base, or "" when
// none is needed. Most letters decide; "auto", for which browsers look
// at the first letter alone, is used where that is the same.
func (c scripts) dir(base string) string {
	most := base
	switch {
	case c.rtl > c.ltr:
		most = "rtl"
	case c.ltr > c.rtl:
		most = "ltr"
	}
	switch {
	case most == base:
		return ""
	case c.first == most:
		return "auto"
	}
	return most
}

// direction is the direction that text in a language is written in.
func direction(lang string) string {
	parts := strings.Split(strings.ToLower(lang), "-")
	for _, p := range parts[1:] {
		switch p {
		case "arab", "hebr", "syrc", "thaa", "nkoo", "adlm":
			return "rtl"
		case "latn", "cyrl", "deva":
			return "ltr"
		}
	}
	switch parts[0] {
	case "ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi":
		return "rtl"
	}
	return "ltr"
}

// guessLang tells the language of text from its script, where a script is used
// by one language or nearly so, or from its most frequent words; otherwise it is "".
func guessLang(text string) string {
	if len(text) > 2*opening {
		if lang := guessWhole(strings.ToValidUTF8(text[:opening], "")); lang != "" {
			return lang
		}
	}
	return guessWhole(text)
}

// opening is how many bytes of a text tell its language, if they do.
const opening = 1 << 10

func guessWhole(text string) string {
	if !reaches(text, 0xcd) { // the first byte of firstTelling and of all after it
		return languageOfWords(text)
	}
	counts := map[string]int{}
	var frequent [4]int // by commonly
	letters := 0
	for _, r := range text {
		if i := commonly(r); i > 0 {
			letters++
			frequent[i]++
			continue
		}
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		if r < firstTelling {
			continue
		}
		for _, s := range telling {
			if unicode.Is(s.table, r) {
				counts[s.lang]++
				break
			}
		}
	}
	counts["ja"], counts["zh"], counts["ko"] = counts["ja"]+frequent[1], counts["zh"]+frequent[2], counts["ko"]+frequent[3]
	if kana := counts["ja"]; kana > 0 && (kana+counts["zh"])*2 > letters && kana*10 > counts["zh"] {
		return "ja"
	}
	for _, s := range telling {
		if counts[s.lang]*2 > letters {
			return persian(s.lang, text)
		}
	}
	return languageOfWords(text)
}

// commonly tells the letters that Japanese (1), Chinese (2) and Korean (3) are mostly written
// in by their place, quicker than the tables do; 0 for others.
func commonly(r rune) int {
	switch {
	case r < 0x3041:
	case r <= 0x3096 || r >= 0x30a1 && r <= 0x30fa:
		return 1
	case r >= 0x4e00 && r <= 0x9fff:
		return 2
	case r >= 0xac00 && r <= 0xd7a3:
		return 3
	}
	return 0
}

// firstTelling is the first character of the scripts that tell a language: Greek.
const firstTelling = 0x370

// reaches reports whether text has a byte as great as the given one.
func reaches(text string, least byte) bool {
	for i := 0; i < len(text); i++ {
		if text[i] >= least {
			return true
		}
	}
	return false
}

var telling = []struct {
	lang  string
	table *unicode.RangeTable
}{
	{"ja", unicode.Hiragana}, {"ja", unicode.Katakana}, {"zh", unicode.Han}, {"ko", unicode.Hangul},
	{"ar", unicode.Arabic}, {"he", unicode.Hebrew}, {"el", unicode.Greek}, {"th", unicode.Thai},
}

// persian parts Persian and Urdu, which share a script with Arabic, by letters
// that Arabic lacks.
func persian(lang, text string) string {
	switch {
	case lang != "ar":
		return lang
	case strings.ContainsAny(text, "ےٹڈ"):
		return "ur"
	case strings.ContainsAny(text, "پچژگ"):
		return "fa"
	}
	return "ar"
}

// sameLanguage reports whether two tags are of one language, whatever the region.
func sameLanguage(a, b string) bool {
	base := func(tag string) string {
		tag, _, _ = strings.Cut(strings.ToLower(tag), "-")
		return tag
	}
	return base(a) == base(b)
}
