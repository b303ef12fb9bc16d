package html

import (
	"maps"
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

// tellers are the languages that each word of telltale tells, as places in tellerNames.
var tellers, tellerNames = func() (map[string][]int, []string) {
	words := map[string][]int{}
	names := slices.Sorted(maps.Keys(telltale))
	for i, lang := range names {
		for word := range strings.FieldsSeq(telltale[lang]) {
			words[word] = append(words[word], i)
		}
	}
	return words, names
}()

// maxTellers is no less than the number of languages in telltale.
const maxTellers = 16

// mayTell is whether a word of so many bytes that begins with the byte may be one of
// telltale: most are not.
var mayTell = func() (may [longestTeller + 1][256]bool) {
	for word := range tellers {
		may[len(word)][word[0]] = true
	}
	return may
}()

// sample is how many bytes of a text are enough to tell its language.
const sample = 8 << 10

// longestTeller is more than the bytes of any word of telltale.
const longestTeller = 12

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
	var word [longestTeller + utf8.UTFMax]byte
	length := 0
	for i := 0; i <= len(text); {
		r, size := rune(' '), 1
		if i < len(text) {
			if r = rune(text[i]); r >= utf8.RuneSelf {
				r, size = utf8.DecodeRuneInString(text[i:])
			}
		}
		i += size
		switch {
		case 'a' <= r && r <= 'z':
		case 'A' <= r && r <= 'Z':
			r += 'a' - 'A'
		case r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsMark(r)):
			r = unicode.ToLower(r)
		default:
			if length > 0 {
				words++
				if length <= longestTeller && mayTell[length][word[0]] {
					for _, lang := range tellers[string(word[:length])] {
						hits[lang]++
					}
				}
			}
			length = 0
			continue
		}
		switch {
		case length > longestTeller:
		case r < utf8.RuneSelf:
			word[length] = byte(r)
			length++
		default:
			length += utf8.EncodeRune(word[length:], r)
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
