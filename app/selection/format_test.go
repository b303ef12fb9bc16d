package selection

import (
	"testing"
	"unicode/utf8"
)

var htmlCases = []struct{ name, data, want string }{
	{"utf-8", "<p>漢字 😀</p>", "<p>漢字 😀</p>"},
	{"utf-8 with mark", "\uFEFF<p>é</p>", "<p>é</p>"},
	{"utf-8 with zero", "<b>x</b>\x00", "<b>x</b>"},
	{"invalid", "<b>\xe9</b>", "<b>\uFFFD</b>"},
	{"utf-16 le", "\xff\xfe<\x00p\x00>\x00\x22\x6f\x3d\xd8\x00\xde", "<p>漢😀"},
	{"utf-16 le with zero", "\xff\xfe<\x00p\x00>\x00\x00\x00", "<p>"},
	{"utf-16 be", "\xfe\xff\x00<\x00p\x00>\x6f\x22\xd8\x3d\xde\x00", "<p>漢😀"},
	{"utf-16 le without mark", "<\x00p\x00>\x00", "<p>"},
	{"utf-16 be without mark", "\x00<\x00p\x00>", "<p>"},
	{"utf-16 cut off", "\xff\xfe<\x00p\x00>", "<p"},
	{"utf-16 half a pair", "\xff\xfe<\x00\x3d\xd8", "<\uFFFD"},
	{"mark only", "\xff\xfe", ""},
	{"empty", "", ""},
}

func TestDecodeHTML(t *testing.T) {
	for _, c := range htmlCases {
		if got := decodeHTML([]byte(c.data)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzDecodeHTML(f *testing.F) {
	for _, c := range htmlCases {
		f.Add([]byte(c.data))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if s := decodeHTML(data); !utf8.ValidString(s) {
			t.Errorf("%q", s)
		}
	})
}

func TestLatin1(t *testing.T) {
	for s, want := range map[string]string{"": "", "abc\n": "abc\n", "Ærø ÿ": "\xc6r\xf8 \xff", "漢€": "??", "\xff": "?"} {
		if got := toLatin1(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
	for c := range 256 {
		if got := toLatin1(fromLatin1([]byte{byte(c)})); got != string([]byte{byte(c)}) {
			t.Errorf("%#x: %q", c, got)
		}
	}
}

func TestClipboardHTML(t *testing.T) {
	d := screen(t)
	a, b := connect(t, d, usual), connect(t, d, usual)
	if got, ok := b.ClipboardHTML(t.Context()); ok {
		t.Errorf("nobody's: %q", got)
	}
	long := "<p>" + large(3<<20) + "</p>"
	for _, c := range append(htmlCases, struct{ name, data, want string }{"long", long, long}) {
		a.SetClipboard(map[string][]byte{"text/html": []byte(c.data), "text/plain": []byte(c.name)})
		eventually(t, c.name, func() bool {
			got, ok := b.ClipboardHTML(within(t, patience))
			plain, err := pasted(t, b)
			return got == c.want && ok == (got != "") && plain == c.name && err == nil
		})
		if got, ok := a.ClipboardHTML(t.Context()); got != c.want || ok != (got != "") {
			t.Errorf("%s: the owner itself reads %.40q, %v", c.name, got, ok)
		}
	}
	a.SetClipboard(map[string][]byte{"text/plain": []byte("<b>not HTML</b>")})
	eventually(t, "text only", func() bool {
		plain, _ := pasted(t, b)
		return plain == "<b>not HTML</b>"
	})
	for _, s := range []*Selections{a, b} {
		if got, ok := s.ClipboardHTML(within(t, patience)); ok {
			t.Errorf("text only: %q", got)
		}
	}
	a.SetClipboard(nil)
	eventually(t, "given up", func() bool {
		_, err := pasted(t, b)
		return err != nil
	})
	if _, err := b.Primary(within(t, patience)); err == nil {
		t.Error("the clipboard has become the primary selection")
	}
}

func TestClipboardPicture(t *testing.T) {
	d := screen(t)
	a, b := connect(t, d, usual), connect(t, d, usual)
	large := large(3 << 20)
	a.SetClipboard(map[string][]byte{"image/png": []byte(large)})
	eventually(t, "the picture", func() bool {
		got, ok := b.ClipboardPicture(within(t, patience))
		return ok && string(got) == large
	})
	if got, ok := a.ClipboardPicture(t.Context()); !ok || string(got) != large {
		t.Error("the owner itself reads another picture")
	}
	a.SetClipboard(map[string][]byte{"text/plain": []byte("no picture")})
	eventually(t, "text only", func() bool {
		plain, _ := pasted(t, b)
		return plain == "no picture"
	})
	if got, ok := b.ClipboardPicture(within(t, patience)); ok {
		t.Errorf("text only: %q", got)
	}
}

// pasted is the clipboard's plain text.
func pasted(t *testing.T, s *Selections) (text string, err error) {
	err = s.read(within(t, patience), func(r *reader) error {
		v, err := r.convert(clipboard, utf8Plain)
		text = string(v.data)
		return err
	})
	return text, err
}
