package content

import (
	"context"
	"testing"
	"unicode/utf8"

	"longhand/editor/markdown"
	"longhand/editor/text"
)

// FuzzPage builds any text, and checks what the view relies on.
func FuzzPage(f *testing.F) {
	for _, p := range pieces {
		f.Add(p)
	}
	f.Add("<details><summary>a</summary>\n\n- [ ] x\n\n</details>\n\n[^1]: note\n\nz[^1] <table><tr><td colspan=9>q\n\n<b>`c`</b> &amp; \\* ![p](q \"t\")")
	f.Fuzz(func(t *testing.T, source string) {
		x, err := markdown.NewIndex(text.New(source)).Finish(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		p := NewPage()
		p.SetIndex(x)
		p.CatchUp()
		for n := range x.UnitCount() {
			u := p.Unit(n)
			checkParts(t, p.Block(n).Parts, u.End-u.Start)
		}
		for _, n := range p.Notes() {
			u := p.Unit(n.Unit)
			checkParts(t, n.Parts, u.End-u.Start)
		}
	})
}

// checkParts fails unless the parts of a unit are sound.
func checkParts(t *testing.T, parts []*Part, length int) {
	t.Helper()
	for _, p := range parts {
		if p.Label == "Could not be shown" {
			t.Fatalf("it could not be built")
		}
		if p.Start < 0 || p.End < p.Start || p.End > length {
			t.Fatalf("a part from %d to %d of %d: %q", p.Start, p.End, length, p.Text.S)
		}
		at := 0
		for _, r := range p.Text.Runs {
			if r.End <= at || r.Link > len(p.Text.Links) || r.Object > len(p.Text.Objects) || r.Title > len(p.Text.Titles) {
				t.Fatalf("a run from %d to %d of %q", at, r.End, p.Text.S)
			}
			at = r.End
		}
		if at != len(p.Text.S) {
			t.Fatalf("the runs reach to %d of %d", at, len(p.Text.S))
		}
		at, from := 0, 0
		for _, m := range p.Text.Map {
			if m.At != at || m.Len <= 0 || m.SourceLen < 0 || m.Source < from || m.Source+m.SourceLen > length {
				t.Fatalf("a stretch %+v, after %d from %d, of %q in %d", m, at, from, p.Text.S, length)
			}
			at, from = m.At+m.Len, m.Source
			if m.At < len(p.Text.S) && utf8.ValidString(p.Text.S) && !utf8.RuneStart(p.Text.S[m.At]) {
				t.Fatalf("a stretch begins within a character of %q", p.Text.S)
			}
		}
		if at != len(p.Text.S) {
			t.Fatalf("the map reaches to %d of %d", at, len(p.Text.S))
		}
		for _, c := range p.Cells {
			checkParts(t, c.Parts, length)
		}
	}
}
