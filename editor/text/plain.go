package text

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// Plain is the text that [Decode] makes of a file, where it is only to be read and nothing
// is wrong with it; of others there is an error, that of Decode or of [Doc.Check].
func Plain(data []byte) (string, error) {
	rest := bytes.TrimPrefix(data, []byte(mark))
	if bytes.IndexByte(rest, '\r') < 0 && refuse(data) == nil && bytes.IndexByte(rest, 0) < 0 && utf8.Valid(rest) {
		return string(rest), nil
	}
	d, err := Decode(data)
	if err != nil {
		return "", err
	}
	if bad := d.Check(); bad != nil {
		return "", bad
	}
	var out strings.Builder
	out.Grow(d.Len())
	for chunk := range d.Chunks(0, d.Len()) {
		out.WriteString(chunk)
	}
	return out.String(), nil
}
