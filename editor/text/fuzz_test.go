package text

import (
	"encoding/binary"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

var seeds = []string{
	"", "plain", "one\r\ntwo\nthree\rfour\r\r\n\n", "\ufeff# Title\r\n", "caf\xe9", "漢字\xe6\xbc", "a\x00b and some text",
	"\xff\xfea\x00", "👩‍🌾🇩🇪🇩e\u0301", "क्षि ক্ষ", "don't snake_case _x_ 3.14", "\x89PNG\r\n\x1a\n\x00", "\u0600\u0661\u1100\u1161\u11a8",
	strings.Repeat("long line\r\n", 900), strings.Repeat("水\xff", 2500),
}

// FuzzDecode decodes any bytes, and checks that they come back.
func FuzzDecode(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Decode(data)
		if err != nil {
			return
		}
		checkTree(t, d)
		if string(d.Bytes()) != string(data) {
			t.Fatalf("%q comes back as %q", data, d.Bytes())
		}
		clean := utf8.Valid(data) && !slices.Contains(data, 0)
		e := d.Check()
		if (e == nil) != clean {
			t.Fatalf("check says %v, clean is %v", e, clean)
		}
		if e != nil && data[e.Offset] != 0 && !(invalidAt(string(data[e.Offset:])) == 0) {
			t.Fatalf("nothing wrong at byte %d", e.Offset)
		}
	})
}

// FuzzEdits takes numbers and text from the script for changes, some at once.
func FuzzEdits(f *testing.F) {
	for i, s := range seeds {
		f.Add(s, []byte(seeds[len(seeds)-1-i]), s)
	}
	f.Add("a\rb\nc", []byte{0, 2, 0, 1, 0}, "\r\n")
	f.Add(strings.Repeat("x\r\n", 3000), []byte{16, 1, 3, 0, 1, 4, 4, 1, 0, 3, 2, 2, 9, 9, 9}, "水\n")
	f.Fuzz(func(t *testing.T, file string, script []byte, inserts string) {
		d, err := Decode([]byte(file))
		if err != nil {
			return
		}
		m := model(d.String())
		var undo []Changes
		for len(script) >= 5 && len(undo) < 20 {
			var cs Changes
			at := 0
			for more := true; more && len(script) >= 5; script = script[5:] {
				c := Change{Start: min(at+int(binary.BigEndian.Uint16(script)), d.Len())}
				c.End = min(c.Start+int(binary.BigEndian.Uint16(script[2:])), d.Len())
				for d.inside(c.Start) {
					c.Start++
				}
				for c.End = max(c.End, c.Start); d.inside(c.End); {
					c.End++
				}
				a, b := int(script[4]>>1&7), int(script[4]>>4)
				c.Insert = inserts[min(a, len(inserts)):min(a+b, len(inserts))]
				more = script[4]&1 == 1
				cs, at = append(cs, c), c.End
			}
			next, inverse, err := d.ApplyAll(cs)
			if err != nil {
				t.Fatal(err)
			}
			if m = m.apply(cs); next.String() != string(m) {
				t.Fatalf("%q instead of %q", next, m)
			}
			checkTree(t, next)
			checkReads(t, next)
			d, undo = next, append(undo, inverse)
		}
		for i := len(undo) - 1; i >= 0; i-- {
			if d, _, err = d.ApplyAll(undo[i]); err != nil {
				t.Fatal(err)
			}
		}
		if string(d.Bytes()) != file {
			t.Fatalf("undone to %q, not %q", d.Bytes(), file)
		}
	})
}

// FuzzBoundaries walks any text by graphemes and words, both ways.
func FuzzBoundaries(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > reach/2 {
			return // longer clusters may be divided differently from either end
		}
		d := New(s)
		forward, backward := nextStops(d, d.NextGrapheme), prevStops(d, d.PrevGrapheme)
		if !slices.Equal(forward, backward) {
			t.Fatalf("forward %q, backward %q", divided(d, forward), divided(d, backward))
		}
		for _, stops := range [][]int{forward, nextStops(d, d.NextWord), prevStops(d, d.PrevWord)} {
			if !slices.IsSorted(stops) || len(slices.Compact(stops)) != len(stops) {
				t.Fatalf("%q: the stops %v do not ascend", d, stops)
			}
			for _, at := range stops {
				if d.inside(at) {
					t.Fatalf("%q: %d is within a character", d, at)
				}
			}
		}
		for at := range d.Len() + 1 {
			start, end := d.WordAt(at)
			line := d.Line(at)
			if start > at && !d.inside(at) || end < at || start < d.LineStart(line) || end > d.LineEnd(line) {
				t.Fatalf("%q: the word at %d is [%d,%d)", d, at, start, end)
			}
		}
	})
}
