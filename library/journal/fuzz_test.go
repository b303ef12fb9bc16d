package journal

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"longhand/editor/text"
)

// example is a log with some changes.
func example(t testing.TB) []byte {
	base := []byte("What it was.\r\n")
	b, err := appendHead(nil, head{Path: "/articles/one.md", Library: "/articles", Time: time.Unix(1_700_000_000, 0).UTC(), Sum: fmt.Sprintf("%x", sha256.Sum256(base))})
	if err != nil {
		t.Fatal(err)
	}
	b = appendRecord(b, kindBase, base)
	b = appendChanges(b, time.Unix(1_700_000_001, 0), []text.Patch{{Offset: 0, Deleted: 4, Insert: []byte("That")}, {Offset: 7, Insert: []byte(" really")}})
	return appendChanges(b, time.Unix(1_700_000_002, 0), []text.Patch{{Offset: 5, Deleted: 12}})
}

// The format is a promise to those who update after a crash: this was written by the
// first version.
func TestFormat(t *testing.T) {
	name := filepath.Join("testdata", "first.log")
	if os.Getenv("LONGHAND_UPDATE") != "" {
		if err := os.WriteFile(name, example(t), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	l, err := parse(data)
	if err != nil || string(l.text) != "That s.\r\n" || l.damage != nil || l.good != len(data) || !l.at.Equal(time.Unix(1_700_000_002, 0)) ||
		l.Path != "/articles/one.md" || l.Library != "/articles" || string(l.base) != "What it was.\r\n" {
		t.Errorf("%+v, %v", l, err)
	}
	if !bytes.Equal(example(t), data) {
		t.Error("the same is written in another way now")
	}
}

// Cut off or changed at any byte, a log gives what stands before, and never anything else.
func TestTornAndDamaged(t *testing.T) {
	data := example(t)
	texts := []string{"What it was.\r\n", "That it really was.\r\n"}
	l, err := parse(data)
	if err != nil {
		t.Fatal(err)
	}
	texts = append(texts, string(l.text))
	one := func(what string, data []byte) {
		l, err := parse(data)
		if err != nil {
			return
		}
		for _, s := range texts {
			if s == string(l.text) {
				return
			}
		}
		t.Errorf("%s gives %q", what, l.text)
	}
	for i := range data {
		one(fmt.Sprintf("cut off at %d", i), data[:i])
		l, err := parse(data[:i])
		if err == nil && l.damage != nil {
			t.Errorf("cut off at %d is damage: %v", i, l.damage)
		}
		one(fmt.Sprintf("zeros from %d", i), append(bytes.Clone(data[:i]), make([]byte, len(data)-i)...))
		for bit := range 8 {
			changed := bytes.Clone(data)
			changed[i] ^= 1 << bit
			one(fmt.Sprintf("bit %d of byte %d", bit, i), changed)
		}
	}
}

func FuzzParse(f *testing.F) {
	data := example(f)
	f.Add(data)
	f.Add(data[:len(data)-3])
	f.Add(append(bytes.Clone(data), make([]byte, 100)...))
	f.Add([]byte(firstLine))
	f.Add([]byte("longhand journal 2\nsomething else"))
	f.Add(appendRecord(bytes.Clone(data), kindChanges, []byte("\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01")))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := parse(data)
		if err != nil {
			return
		}
		if len(l.text) > len(data) || l.good > len(data) {
			t.Fatalf("%d bytes of text, %d understood, of %d", len(l.text), l.good, len(data))
		}
		again, err := parse(data[:l.good])
		if err != nil || again.damage != nil || !bytes.Equal(again.text, l.text) || again.good != l.good {
			t.Fatalf("what was understood is another log: %v, %v", err, again)
		}
	})
}

// FuzzChanges reads records whose checksums are right, so that their contents are looked at.
func FuzzChanges(f *testing.F) {
	f.Add("a text", []byte("\x01\x01\x00\x02\x01x"))
	f.Add("", []byte("\x00\x00"))
	f.Add("é", []byte("\x05\x02\x00\x01\x00\x02\x00\x03abc"))
	f.Fuzz(func(t *testing.T, base string, content []byte) {
		b, err := appendHead(nil, head{})
		if err != nil {
			t.Fatal(err)
		}
		b = appendRecord(b, kindBase, []byte(base))
		whole := len(b)
		l, err := parse(appendRecord(b, kindChanges, content))
		if err != nil {
			t.Fatal(err)
		}
		if l.good == whole && string(l.text) != base {
			t.Fatalf("refused, and the text is %q", l.text)
		}
		if len(l.text) > len(base)+len(content) {
			t.Fatalf("%d bytes of text", len(l.text))
		}
	})
}
