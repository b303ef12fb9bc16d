package html

import (
	"strings"
	"sync"
	"unicode"
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

var tellers = sync.OnceValue(func() map[string][]string {
	languages := map[string][]string{}
	for lang, list := range telltale {
		for word := range strings.FieldsSeq(list) {
			languages[word] = append(languages[word], lang)
		}
	}
	return languages
})

// sample is how many bytes of a text are enough to tell its language.
const sample = 8 << 10

// languageOfWords tells the language of text in Latin or Cyrillic letters from its most
// frequent words; "" unless one language stands out.
func languageOfWords(text string) string {
	if len(text) > sample {
		text = strings.ToValidUTF8(text[:sample], "")
	}
	if lang := cyrillic(text); lang != "" {
		return lang
	}
	hits, words := map[string]int{}, 0
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		words++
		for _, lang := range tellers()[strings.ToLower(word)] {
			hits[lang]++
		}
	}
	best, second := "", ""
	for lang, n := range hits {
		switch {
		case n > hits[best]:
			best, second = lang, best
		case n > hits[second]:
			second = lang
		}
	}
	if n := hits[best]; n < 4 || n*8 < words || n*2 < hits[second]*3 {
		return ""
	}
	return best
}

// cyrillic knows Russian by letters that its neighbours lack.
func cyrillic(text string) string {
	letters, russian := 0, 0
	for _, r := range text {
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
