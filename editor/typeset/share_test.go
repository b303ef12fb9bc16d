package typeset

import (
	"bytes"
	"reflect"
	"runtime"
	"testing"
	"time"

	"github.com/go-text/typesetting/font"
)

func parsed(t *testing.T, name string) *font.Face {
	t.Helper()
	f, err := font.ParseTTF(bytes.NewReader(fontFile(t, name)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// heap is what lives on it, in bytes.
func heap() int64 {
	runtime.GC()
	runtime.GC() // what the first one found to be finalised
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func TestShareTables(t *testing.T) {
	const name = "SourceSerif4-Regular.ttf"
	fontFile(t, name)
	none := heap()
	a := parsed(t, name)
	one := heap() - none
	b := parsed(t, name)
	shareTables(b.Font, a.Font)
	if two := heap() - none; two > one+one/3 {
		t.Errorf("one font takes %d bytes, two %d", one, two)
	}
	runtime.KeepAlive(a)
	runtime.KeepAlive(b)
}

// Of another font nothing is taken that is its own.
func TestShareTablesOfAnotherFont(t *testing.T) {
	const name = "SourceSerif4-SemiBold.ttf"
	want, got := parsed(t, name), parsed(t, name)
	shareTables(got.Font, parsed(t, "SourceSerif4-Regular.ttf").Font)
	for gid := range font.GID(300) {
		if !reflect.DeepEqual(got.GlyphData(gid), want.GlyphData(gid)) || got.HorizontalAdvance(gid) != want.HorizontalAdvance(gid) {
			t.Fatalf("glyph %d is another", gid)
		}
	}
	if !reflect.DeepEqual(got.Font, want.Font) {
		t.Error("the font is another")
	}
}

// resting waits until nothing is being looked up.
func (s *system) resting() {
	for {
		s.mu.Lock()
		running := s.running
		s.mu.Unlock()
		if !running {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// The regional forms of Chinese characters are fonts of one file: the second takes
// little more memory.
func TestRegionalFormsShareTables(t *testing.T) {
	f := fontsWith(t, t.TempDir())
	s := NewShaper(f)
	set := func(h han) *face {
		const text = "直"
		for s.shape(text, 0, len(text), body, false, h).lacking {
			f.system.resting()
		}
		return s.shape(text, 0, len(text), body, false, h).face
	}
	none := heap()
	first := set(hanJapanese)
	one := heap() - none
	second := set(hanSimplified)
	if second == first || f.system.byFont[second.Font] == nil || f.system.fonts.FontLocation(first.Font).File != f.system.fonts.FontLocation(second.Font).File {
		t.Skip("no two system fonts for Chinese characters in one file")
	}
	if two := heap() - none; two > one+one/4 {
		t.Errorf("the first takes %d bytes, both take %d", one, two)
	}
	if first.id == second.id {
		t.Error("they are taken for one")
	}
}
