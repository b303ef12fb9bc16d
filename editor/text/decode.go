package text

import (
	"bytes"
	"strings"
)

// Decode reads the bytes of a file as a text. Whatever the bytes are, [Doc.Bytes]
// gives them back: line endings of all kinds, control characters, and bytes that
// are not UTF-8 (each a character of its own). Only what cannot sensibly be edited
// as text is refused, with an [*EncodingError]: UTF-16, and data that is no text.
// What needs clean text asks [Doc.Check].
func Decode(data []byte) (Doc, error) {
	if err := refuse(data); err != nil {
		return Doc{}, err
	}
	var d Doc
	data, d.mark = bytes.CutPrefix(data, []byte(mark))
	cr := bytes.Count(data, []byte("\r"))
	if cr == 0 {
		d.root = grow(piece{text: string(data)}, endLF)
		return d, nil
	}
	crlf := bytes.Count(data, []byte("\r\n"))
	count := [...]int{endLF: bytes.Count(data, []byte("\n")) - crlf, endCRLF: crlf, endCR: cr - crlf}
	for e, n := range count {
		if n > count[d.eol] {
			d.eol = ending(e)
		}
	}
	breaks := count[endLF] + count[endCRLF] + count[endCR]
	d.root = grow(parse(data, breaks, count[d.eol] < breaks), d.eol)
	return d, nil
}

// parse normalises line breaks, and notes their endings if told that they differ.
func parse(data []byte, breaks int, mixed bool) piece {
	var text, ends strings.Builder
	text.Grow(len(data))
	if mixed {
		ends.Grow(breaks)
	}
	for {
		i := bytes.IndexByte(data, '\r')
		line := data
		if i >= 0 {
			line = data[:i]
		}
		text.Write(line)
		if mixed {
			for range bytes.Count(line, []byte("\n")) {
				ends.WriteByte(byte(endLF))
			}
		}
		if i < 0 {
			return piece{text.String(), ends.String()}
		}
		e := endCR
		data = data[i+1:]
		if len(data) > 0 && data[0] == '\n' {
			e, data = endCRLF, data[1:]
		}
		text.WriteByte('\n')
		if mixed {
			ends.WriteByte(byte(e))
		}
	}
}
