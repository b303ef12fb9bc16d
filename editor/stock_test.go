package editor

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"longhand/editor/text"
)

func newEditor(t testing.TB) (Editor, *widget.Entry) {
	test.NewTempApp(t).Settings().SetTheme(theme.DefaultTheme())
	e := New(plainTheme{theme.DefaultTheme()})
	w := test.NewTempWindow(t, e)
	w.Resize(fyne.NewSize(500, 400))
	return e, e.Focusable().(*widget.Entry)
}

// plainTheme answers to the editor's own size.
type plainTheme struct{ fyne.Theme }

func (p plainTheme) Size(n fyne.ThemeSizeName) float32 {
	if n == SizeText {
		return 17
	}
	return p.Theme.Size(n)
}

func decode(t testing.TB, s string) text.Doc {
	d, err := text.Decode([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTypingKeepsTheFilesBytes(t *testing.T) {
	e, entry := newEditor(t)
	var told []string
	e.OnChanged(func(d text.Doc) { told = append(told, d.String()) })
	e.SetDoc(decode(t, "\ufeffone\r\ntwo\nthree\r\n"), 3)
	if len(told) != 0 {
		t.Error("showing a text counts as a change")
	}
	test.Type(entry, "!é")
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got, want := string(e.Doc().Bytes()), "\ufeffone!é\r\n\r\ntwo\nthree\r\n"; got != want {
		t.Errorf("bytes %q, want %q", got, want)
	}
	if len(told) != 3 {
		t.Errorf("told of %d changes, want 3", len(told))
	}
	if got := e.Caret(); got != len("one!é\n") {
		t.Errorf("caret at %d", got)
	}
}

func TestCaretComesToItsOffset(t *testing.T) {
	e, _ := newEditor(t)
	for _, s := range []string{"", "a", "one\ntwo\n\nthree", strings.Repeat("A long line that wraps more than once, 漢字 and all. ", 12) + "\nend", "é\n\n\nü", strings.Repeat("x", 400)} {
		doc := text.New(s)
		for offset := range s + " " {
			e.SetDoc(doc, offset)
			if got := e.Caret(); got != offset {
				t.Errorf("caret %d of %.20q… stands at %d", offset, s, got)
				break
			}
		}
	}
	e.SetDoc(text.New("abc"), 99)
	if got := e.Caret(); got != 3 {
		t.Errorf("a caret behind the end stands at %d", got)
	}
}

func TestUndoDoesNotReachIntoTheTextBefore(t *testing.T) {
	e, entry := newEditor(t)
	e.SetDoc(text.New("first"), 5)
	test.Type(entry, "x")
	e.SetDoc(text.New("second"), 0)
	entry.Undo()
	if got := e.Doc().String(); got != "second" {
		t.Errorf("undo gives %q", got)
	}
}

func BenchmarkKey(b *testing.B) {
	for _, size := range []int{10 << 10, 50 << 10, MaxSize} {
		b.Run(fmt.Sprintf("%dKB", size>>10), func(b *testing.B) {
			e, entry := newEditor(b)
			e.SetDoc(text.New(strings.Repeat("The flood gauge on the old bridge has stood dry. ", 1+size/40)[:size]), size/2)
			for b.Loop() {
				entry.TypedRune('x')
			}
		})
	}
}
