package selection

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// offer is the content of a selection that this program owns.
type offer struct {
	text    func() string // nil if there is none
	formats []format
}

// format is one way to hand the content out.
type format struct {
	target string // what others ask for
	kind   string // the type of what they get
	data   func() string
}

// textFormats are the targets for text. That of TEXT, an encoding of the owner's
// choice, is UTF-8.
func textFormats(text func() string) []format {
	valid := func() string { return strings.ToValidUTF8(text(), "\uFFFD") }
	return []format{
		{utf8String, utf8String, valid},
		{utf8Plain, utf8Plain, valid},
		{anyText, utf8String, valid},
		{latin1, latin1, func() string { return toLatin1(text()) }},
	}
}

func toLatin1(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s { // an invalid byte is U+FFFD
		if r > 0xff {
			r = '?'
		}
		b.WriteByte(byte(r))
	}
	return b.String()
}

func fromLatin1(data []byte) string {
	var b strings.Builder
	b.Grow(len(data))
	for _, c := range data {
		b.WriteRune(rune(c))
	}
	return b.String()
}

// decodeUTF8 reads what others call UTF-8. Some send the zero that ends a string
// in C.
func decodeUTF8(data []byte) string {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	return strings.ToValidUTF8(string(bytes.TrimRight(data, "\x00")), "\uFFFD")
}

// decodeHTML reads HTML from a clipboard: UTF-8, or UTF-16 as browsers write it.
// There it begins with a byte order mark; without one, the byte order shows in
// the first character, which is that of a tag.
func decodeHTML(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{'<', 0}):
		return decodeUTF16(data, binary.LittleEndian)
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}), bytes.HasPrefix(data, []byte{0, '<'}):
		return decodeUTF16(data, binary.BigEndian)
	}
	return decodeUTF8(data)
}

func decodeUTF16(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(data)/2) // half a unit at the end is dropped
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	s := string(utf16.Decode(units))
	return strings.TrimRight(strings.TrimPrefix(s, "\uFEFF"), "\x00")
}
