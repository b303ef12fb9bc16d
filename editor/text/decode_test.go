package text

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func TestDecodeKeepsBytes(t *testing.T) {
	for name, in := range map[string]string{
		"empty":               "",
		"no final break":      "a\nb",
		"final break":         "a\nb\n",
		"crlf":                "a\r\nb\r\n",
		"cr":                  "a\rb\r",
		"mixed":               "a\r\nb\nc\rd\r\n\r\n",
		"cr, then crlf":       "a\r\r\nb\n\r",
		"mark":                "\ufeffa\r\nb",
		"mark only":           "\ufeff",
		"chinese, arabic":     "漢字\r\nالعربية\n",
		"latin-1":             "one\ncaf\xe9 au lait",
		"a few NULs":          "a text with \x00 in it\x00, and more",
		"escapes":             "\x1b[1mbold\x1b[0m and plain text",
		"a part of UTF-16":    "a text and then T\x00h\x00e\x00",
		"begins like a GIF":   "GIF89a is a format of pictures",
		"form feed":           "\f\f\v\t",
		"long, mixed":         strings.Repeat("line\r\n", 3000) + strings.Repeat("line\n", 2000),
		"long, one odd line":  strings.Repeat("line\r\n", 3000) + "line\n" + strings.Repeat("line\r\n", 3000),
		"long without breaks": strings.Repeat("\xff漢", 9000),
	} {
		t.Run(name, func(t *testing.T) {
			d := decode(t, in)
			checkTree(t, d)
			if got := string(d.Bytes()); got != in {
				t.Errorf("bytes %q, want %q", got, in)
			}
			if strings.ContainsAny(d.String(), "\r\ufeff") {
				t.Errorf("text %q is not normalised", d.String())
			}
			var b bytes.Buffer
			if n, err := d.WriteTo(&b); b.String() != in || n != int64(len(in)) || err != nil {
				t.Errorf("written %d bytes, %v", n, err)
			}
		})
	}
}

func TestDecodeRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		in, encoding string
		line, offset int
	}{
		"utf-16 with mark":    {"\xff\xfea\x00b\x00", "UTF-16", 1, 0},
		"utf-16 big endian":   {"\xfe\xff\x00a\x00b", "UTF-16", 1, 0},
		"utf-32":              {"\xff\xfe\x00\x00a\x00\x00\x00", "UTF-32", 1, 0},
		"utf-16 without mark": {"T\x00h\x00e\x00 \x00e\x00n\x00d\x00", "UTF-16", 1, 1},
		"numbers":             {"ab\n\x01\x00\x00\x02\x03", "binary data", 2, 4},
		"picture":             {"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + strings.Repeat("text", 99), "binary data", 3, 8},
		"PDF":                 {"%PDF-1.7\n" + strings.Repeat("text", 99) + "\x01", "binary data", 2, 405},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Decode([]byte(c.in))
			var e *EncodingError
			if !errors.As(err, &e) {
				t.Fatalf("error %v, want an EncodingError", err)
			}
			if e.Encoding != c.encoding || e.Line != c.line || e.Offset != c.offset {
				t.Errorf("got %v", e)
			}
			if e.Remedy("x.md") == "" {
				t.Error("no remedy")
			}
		})
	}
}

func TestCheck(t *testing.T) {
	long := strings.Repeat("a line\r\n", 2000)
	for name, c := range map[string]struct {
		in, encoding string
		line, offset int
	}{
		"clean":           {"\ufeffone\r\n漢\x1b\n", "", 0, 0},
		"empty":           {"", "", 0, 0},
		"latin-1":         {"one\ncaf\xe9 au lait", "Latin-1", 2, 7},
		"NUL":             {"a\n\nb\x00c\xff and some more text", "binary data", 3, 4},
		"both":            {"a\xff\x00 and some more text", "Latin-1", 1, 1},
		"mark and CRLF":   {"\ufeffone\r\ntwo\n\xff", "Latin-1", 3, 12},
		"far down":        {long + "\xe6\xbc", "Latin-1", 2001, len(long)},
		"half at the end": {"漢\xe6\xbc", "Latin-1", 1, 3},
	} {
		t.Run(name, func(t *testing.T) {
			d := decode(t, c.in)
			e := d.Check()
			if c.encoding == "" {
				if e != nil {
					t.Fatalf("got %v", e)
				}
				return
			}
			if e == nil || e.Encoding != c.encoding || e.Line != c.line || e.Offset != c.offset {
				t.Errorf("got %v, want %s at line %d, byte %d", e, c.encoding, c.line, c.offset)
			}
		})
	}
}

type failing struct{ after int }

func (f *failing) Write(p []byte) (int, error) {
	if f.after -= len(p); f.after < 0 {
		return len(p) / 2, errors.New("full")
	}
	return len(p), nil
}

func TestWriteToTellsErrors(t *testing.T) {
	d := New(strings.Repeat("0123456789\n", 50_000))
	for _, after := range []int{0, 100_000, d.Len() - 1} {
		n, err := d.WriteTo(&failing{after})
		if err == nil || n >= int64(d.Len()) {
			t.Errorf("after %d: %d bytes, %v", after, n, err)
		}
	}
}
