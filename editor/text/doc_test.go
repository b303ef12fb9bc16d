package text

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestDecodeKeepsBytes(t *testing.T) {
	for name, in := range map[string]string{
		"empty":           "",
		"no final break":  "a\nb",
		"final break":     "a\nb\n",
		"crlf":            "a\r\nb\r\n",
		"cr":              "a\rb\r",
		"mixed":           "a\r\nb\nc\rd\r\n\r\n",
		"mark":            "\ufeffa\r\nb",
		"mark only":       "\ufeff",
		"chinese, arabic": "漢字\r\nالعربية\n",
	} {
		t.Run(name, func(t *testing.T) {
			d, err := Decode([]byte(in))
			if err != nil {
				t.Fatal(err)
			}
			if got := string(d.Bytes()); got != in {
				t.Errorf("bytes %q, want %q", got, in)
			}
			if strings.ContainsAny(d.String(), "\r\ufeff") {
				t.Errorf("text %q is not normalised", d.String())
			}
		})
	}
}

func TestDecodeRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		in       []byte
		encoding string
		line     int
	}{
		"latin-1":             {[]byte("one\ncaf\xe9 au lait"), "Latin-1", 2},
		"utf-16 with mark":    {[]byte("\xff\xfea\x00b\x00"), "UTF-16", 1},
		"utf-16 big endian":   {[]byte("\xfe\xff\x00a\x00b"), "UTF-16", 1},
		"utf-16 without mark": {[]byte("T\x00h\x00e\x00 \x00e\x00n\x00d\x00"), "UTF-16", 1},
		"nul":                 {[]byte("a\n\nb\x00c and some more text"), "binary data", 3},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Decode(c.in)
			var e *EncodingError
			if !errors.As(err, &e) {
				t.Fatalf("error %v, want an EncodingError", err)
			}
			if e.Encoding != c.encoding || e.Line != c.line {
				t.Errorf("got %s at line %d, want %s at line %d", e.Encoding, e.Line, c.encoding, c.line)
			}
			if e.Remedy("x.md") == "" {
				t.Error("no remedy")
			}
		})
	}
}

func TestChangedLinesKeepOthersEndings(t *testing.T) {
	d, _ := Decode([]byte("one\r\ntwo\nthree\r\nfour\r\n"))
	d, _, err := d.Apply(Change{Start: 4, End: 7, Insert: "2\n2b"})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(d.Bytes()), "one\r\n2\r\n2b\nthree\r\nfour\r\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestApplyRefusesWhatDoesNotFit(t *testing.T) {
	d := New("aé")
	for _, c := range []Change{{Start: -1}, {Start: 2, End: 1}, {Start: 0, End: 4}, {Start: 2, End: 2}} {
		if _, _, err := d.Apply(c); !errors.Is(err, ErrRange) {
			t.Errorf("%+v: error %v, want ErrRange", c, err)
		}
	}
}

// alphabet holds what makes offsets go wrong: long characters and line breaks.
var alphabet = []string{"a", "b", "é", "漢", "👩‍🌾", "\n", "\n", "\r\n", "\r", " "}

func randomText(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(alphabet[r.IntN(len(alphabet))])
	}
	return b.String()
}

func randomChange(r *rand.Rand, d Doc) Change {
	pick := func() int {
		i := r.IntN(d.Len() + 1)
		for !boundary(d.s, i) {
			i--
		}
		return i
	}
	a, b := pick(), pick()
	return Change{Start: min(a, b), End: max(a, b), Insert: randomText(r, r.IntN(4))}
}

func TestApplyThenInvertIsIdentity(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		d, err := Decode([]byte(randomText(r, r.IntN(30))))
		if err != nil {
			t.Fatal(err)
		}
		before := d.Bytes()
		var undo []Change
		for range 5 {
			model := d.String()
			c := randomChange(r, d)
			next, inverse, err := d.Apply(c)
			if err != nil {
				t.Fatal(err)
			}
			want := model[:c.Start] + New(c.Insert).String() + model[c.End:]
			if next.String() != want {
				t.Fatalf("apply %+v to %q: %q, want %q", c, model, next.String(), want)
			}
			if again, err := Decode(next.Bytes()); err != nil || again.String() != next.String() {
				// A lone CR meeting an LF is one break in a file; two here.
				if !bytes.Contains(next.Bytes(), []byte("\r\n")) {
					t.Fatalf("%q does not read back", next.Bytes())
				}
			}
			undo = append(undo, inverse)
			d = next
		}
		for i := len(undo) - 1; i >= 0; i-- {
			if d, _, err = d.Apply(undo[i]); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(d.Bytes(), before) {
			t.Fatalf("undone to %q, want %q", d.Bytes(), before)
		}
	}
}

func FuzzDiff(f *testing.F) {
	f.Add("one two", "one 2 two")
	f.Add("é", "è")
	f.Add("aaa", "aa")
	f.Add("", "漢")
	f.Fuzz(func(t *testing.T, a, b string) {
		from, to := New(strings.ToValidUTF8(a, "?")), New(strings.ToValidUTF8(b, "?"))
		got, _, err := from.Apply(from.Diff(to.String()))
		if err != nil || got.String() != to.String() {
			t.Fatalf("diff of %q to %q gives %q, %v", from, to, got, err)
		}
	})
}

func TestLines(t *testing.T) {
	d := New("one\ntwo\n\nfour")
	for offset, want := range map[int]int{-1: 0, 0: 0, 3: 0, 4: 1, 8: 2, 9: 3, 99: 3} {
		if got := d.Line(offset); got != want {
			t.Errorf("line of %d is %d, want %d", offset, got, want)
		}
	}
}
