package content

import (
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

var rightToLeft = []*unicode.RangeTable{
	unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Adlam, unicode.Samaritan, unicode.Mandaic,
}

// mayBeRTL reports whether some of the bytes could be of a script that is written
// from right to left.
func mayBeRTL[T string | []byte](s T) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 0xD6 && c <= 0xE0 || c == 0xF0 || c == 0xEF {
			return true
		}
	}
	return false
}

// direction reports whether text among text of direction rtl runs from right to
// left: most letters decide, as on the page.
func direction(s string, rtl bool) bool {
	right, left := 0, 0
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case !unicode.IsLetter(r):
		case r >= 0x590 && unicode.In(r, rightToLeft...):
			right++
		default:
			left++
		}
	}
	switch {
	case right > left:
		return true
	case left > right:
		return false
	}
	return rtl
}

// directionOf is direction for what a node shows.
func (b *builder) directionOf(n ast.Node) bool {
	if !b.mixed {
		return b.rtl
	}
	return direction(b.tree.NodeText(n), b.rtl)
}
