package markdown

import (
	"unicode"
	"unicode/utf8"
)

// wordsPerMinute is how fast an adult reads prose on a screen.
const wordsPerMinute = 230

// Words counts the words of s: runs of letters, digits and marks, with
// apostrophes, points and hyphens inside them. Each Chinese character and each
// Japanese syllable counts as one; punctuation and emoji do not count.
// Scripts without spaces and without word dictionaries, such as Thai, count a
// run as one word.
func Words(s string) int {
	count := 0
	inside := false
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf { // as below, of which ASCII needs little
			i++
			switch {
			case asciiWord[c]:
				if !inside {
					count++
					inside = true
				}
			case inside:
				inside = joint(rune(c)) && startsWord(s[i:])
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		switch {
		case ideograph(r):
			count++
			inside = false
		case inWord(r):
			if !inside {
				count++
			}
			inside = true
		case unicode.IsMark(r) || unicode.Is(unicode.Cf, r):
			// Belongs to what stands before it.
		default:
			inside = inside && joint(r) && startsWord(s[i:])
		}
	}
	return count
}

// asciiWord is inWord for ASCII.
var asciiWord = func() (in [utf8.RuneSelf]bool) {
	for c := range in {
		in[c] = inWord(rune(c))
	}
	return in
}()

// ReadingMinutes is the time to read words, rounded up, at least 1.
func ReadingMinutes(words int) int {
	return max(1, (words+wordsPerMinute-1)/wordsPerMinute)
}

func ideograph(r rune) bool {
	return r >= 0x3005 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r == 'ー')
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || r == '_'
}

func joint(r rune) bool {
	switch r {
	case '\'', '’', '.', ',', '-', '‐', '·', '\u05f3', '\u05f4':
		return true
	}
	return false
}

func startsWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return inWord(r) && !ideograph(r)
}
