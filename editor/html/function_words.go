package html

import (
	"maps"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// telltale holds, for languages written in Latin letters, words that are frequent in the
// language and rare in the others here.
var telltale = map[string]string{
	"en": "the of and to is that for it was with be this not are which have from they you but by we an can our were has will would no do i in on or if so what when there",
	"fr": "de le les des est et une du dans qui pour que pas sur plus avec ce au sont il vous nous ne se cette être ou mais aux",
	"de": "in was der die das und ist nicht ein eine zu mit auf den dem von im für sich auch es wir werden wird oder aber sind als bei",
	"es": "no en de el los las del y una por con para es pero más como está son lo su al fue ser muy también ha esta este",
	"it": "in no il di che è gli della per non sono una con dei nel anche più del alla da ma questo come le si lo ha delle",
	"pt": "de o os do da não uma um que em para com são mais no na foi ao dos das também você é ser pelo isso muito",
	"nl": "in is was de het een en van dat niet zijn voor met op te ook maar bij aan om wordt naar dit worden nog wij uit deze kan",
	"sv": "och att det är inte en som för av ett till den på har med om jag vi var men kan från också eller när",
	"pl": "w i na z się nie jest do to że jak o po od tym przez dla ale są tego oraz być lub za przy które",
}

// maxTellers is no less than the number of languages in telltale, longestTeller than the bytes
// of any of its words: they fit into a number.
const maxTellers, longestTeller = 16, 8

// teller is a word of telltale, its first byte the lowest, and the languages that it tells, as
// bits at their places in tellerNames.
type teller struct {
	word  uint64
	langs uint16
}

// tellers are found by their hash: at its place or soon after, and before one that is empty.
var tellers, tellerNames = func() (table [1 << tellerBits]teller, names []string) {
	names = slices.Sorted(maps.Keys(telltale))
	for i, lang := range names {
		for word := range strings.FieldsSeq(telltale[lang]) {
			var key uint64
			for at := range len(word) {
				key |= uint64(word[at]) << (8 * at)
			}
			at := tellerPlace(key)
			for table[at].langs != 0 && table[at].word != key {
				at = (at + 1) % len(table)
			}
			table[at].word = key
			table[at].langs |= 1 << i
		}
	}
	return table, names
}()

const tellerBits = 11 // several times as many places as words

func tellerPlace(word uint64) int { return int(word * 0x9e3779b97f4a7c15 >> (64 - tellerBits)) }

// told are the languages that a word tells.
func told(word uint64) uint16 {
	for at := tellerPlace(word); tellers[at].langs != 0; at = (at + 1) % len(tellers) {
		if tellers[at].word == word {
			return tellers[at].langs
		}
	}
	return 0
}

// sample is how many bytes of a text are enough to tell its language.
const sample = 8 << 10

// asciiLetter is whether a byte is a letter from A to Z.
var asciiLetter = func() (is [utf8.RuneSelf]bool) {
	for c := range is {
		is[c] = c|0x20 >= 'a' && c|0x20 <= 'z'
	}
	return is
}()

// languageOfWords tells the language of text in Latin or Cyrillic letters from its most
// frequent words; "" unless one language stands out. It is asked of every paragraph, and
// quick therefore.
func languageOfWords(text string) string {
	if len(text) > sample {
		text = strings.ToValidUTF8(text[:sample], "")
	}
	if lang := cyrillic(text); lang != "" {
		return lang
	}
	var hits [maxTellers]int
	words := 0
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf && !asciiLetter[text[i]] {
			i++
			continue
		}
		begin, length, word := i, 0, uint64(0) // the word's first bytes, and how many it has
		for i < len(text) {
			c := text[i]
			if c < utf8.RuneSelf {
				if !asciiLetter[c] {
					break
				}
				i++
				word |= uint64(c|0x20) << (8 * length) // 0 beyond the eighth
				length++
				continue
			}
			r, size := utf8.DecodeRuneInString(text[i:])
			if !unicode.IsLetter(r) && !unicode.IsMark(r) {
				break
			}
			i += size
			var lower [utf8.UTFMax]byte
			for _, c := range lower[:utf8.EncodeRune(lower[:], unicode.ToLower(r))] {
				word |= uint64(c) << (8 * length)
				length++
			}
		}
		if i == begin { // a sign that is not ASCII
			_, size := utf8.DecodeRuneInString(text[i:])
			i += size
			continue
		}
		words++
		if length <= longestTeller {
			for langs := told(word); langs != 0; langs &= langs - 1 {
				hits[bits.TrailingZeros16(langs)]++
			}
		}
	}
	best, second := 0, 0 // how often
	lang := ""
	for i, n := range hits[:len(tellerNames)] {
		switch {
		case n > best:
			best, second, lang = n, best, tellerNames[i]
		case n > second:
			second = n
		}
	}
	if best < 4 || best*8 < words || best*2 < second*3 {
		return ""
	}
	return lang
}

// cyrillic knows Russian by letters that its neighbours lack.
func cyrillic(text string) string {
	if !reaches(text, 0xd0) { // the first byte of the letters' first
		return ""
	}
	letters, russian := 0, 0
	for _, r := range text {
		if r < 0x400 {
			continue
		}
		switch unicode.ToLower(r) {
		case 'і', 'ї', 'ў', 'ј', 'ђ', 'ћ', 'ќ', 'ѓ', 'ә', 'ө', 'ү', 'қ', 'ң':
			return ""
		case 'ы', 'э':
			russian++
		}
		if unicode.Is(unicode.Cyrillic, r) {
			letters++
		}
	}
	if russian*200 > letters && letters*2 > len(text)/2 && letters > 40 {
		return "ru"
	}
	return ""
}
