package text

import (
	"slices"
	"testing"
)

func TestChangedLinesKeepOthersEndings(t *testing.T) {
	for name, c := range map[string]struct {
		file    string
		changes Changes
		want    string
	}{
		"new lines end as most do":        {"one\r\ntwo\nthree\r\nfour\r\n", Changes{{Start: 4, End: 7, Insert: "2\n2b"}}, "one\r\n2\r\n2b\nthree\r\nfour\r\n"},
		"pasted endings do not count":     {"a\nb\n", Changes{{Start: 1, End: 1, Insert: "1\r\n2\r3"}}, "a1\n2\n3\nb\n"},
		"a break is deleted":              {"a\rb\nc\nd\re\n", Changes{{Start: 3, End: 4}}, "a\rbc\nd\re\n"},
		"a lone CR meets an LF":           {"a\rb\nc\n", Changes{{Start: 2, End: 3}}, "a\r\n\nc\n"},
		"an LF is typed after a lone CR":  {"a\rb\nc\n", Changes{{Start: 2, End: 2, Insert: "\n"}}, "a\r\r\nb\nc\n"},
		"a CR is typed before an LF":      {"a\rb\nc\rd\re", Changes{{Start: 3, End: 3, Insert: "\n"}}, "a\rb\r\n\nc\rd\re"},
		"several changes at the place":    {"a\rbc\nd\n", Changes{{Start: 2, End: 3}, {Start: 3, End: 4}}, "a\r\n\nd\n"},
		"an insertion among deletions":    {"a\rbc\nd\n", Changes{{Start: 2, End: 3}, {Start: 3, End: 3, Insert: "\n"}, {Start: 3, End: 4}}, "a\r\r\n\nd\n"},
		"all breaks go, the ending stays": {"a\r\nb\r\nc\n", Changes{{Start: 1, End: 6, Insert: "\n\n"}}, "a\r\n\r\n"},
	} {
		t.Run(name, func(t *testing.T) {
			d := decode(t, c.file)
			e, inverse, err := d.ApplyAll(c.changes)
			if err != nil {
				t.Fatal(err)
			}
			if got := string(e.Bytes()); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			back, again, err := e.ApplyAll(inverse)
			if err != nil || string(back.Bytes()) != c.file {
				t.Errorf("undone to %q, %v", back.Bytes(), err)
			}
			if redone, _, err := back.ApplyAll(again); err != nil || !redone.Equal(e) {
				t.Errorf("redone to %q, %v", redone.Bytes(), err)
			}
		})
	}
}

// TestEndingsExhaustively makes all changes to all small files: each must read back
// as what the editor showed, and be undone and redone to the byte.
func TestEndingsExhaustively(t *testing.T) {
	files := []string{""}
	for i := 0; i < len(files); i++ {
		if d := decode(t, files[i]); d.Len() < 4 {
			for _, unit := range []string{"a", "\n", "\r\n", "\r"} {
				if s := files[i] + unit; !slices.Contains(files, s) {
					files = append(files, s)
				}
			}
		}
	}
	inserts := []string{"", "b", "\n", "\n\n", "\nb", "b\n"}
	try := func(d Doc, cs Changes) {
		t.Helper()
		e, inverse, err := d.ApplyAll(cs)
		if err != nil {
			t.Fatal(err)
		}
		if e.String() != string(model(d.String()).apply(cs)) {
			t.Fatalf("%q, changed by %v, is %q", d.Bytes(), cs, e)
		}
		checkReads(t, e)
		back, again, err := e.ApplyAll(inverse)
		if err != nil || string(back.Bytes()) != string(d.Bytes()) {
			t.Fatalf("%q, changed by %v, is undone to %q, %v", d.Bytes(), cs, back.Bytes(), err)
		}
		if redone, _, err := back.ApplyAll(again); err != nil || string(redone.Bytes()) != string(e.Bytes()) {
			t.Fatalf("%q, changed by %v, is redone to %q, %v", d.Bytes(), cs, redone.Bytes(), err)
		}
	}
	for _, file := range files {
		d := decode(t, file)
		for start := range d.Len() + 1 {
			for end := start; end <= d.Len(); end++ {
				for _, insert := range inserts {
					first := Change{Start: start, End: end, Insert: insert}
					try(d, Changes{first})
					for second := end; second <= d.Len(); second++ {
						try(d, Changes{first, {Start: end, End: second}})
						try(d, Changes{first, {Start: second, End: second, Insert: "\n"}})
						try(d, Changes{first, {Start: second, End: d.Len(), Insert: "\n"}})
					}
				}
			}
		}
	}
}
