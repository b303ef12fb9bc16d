package app

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"longhand/app/look"
)

func sorted(s []string) []string {
	slices.Sort(s)
	return s
}

func TestCommandsAreOfOneMind(t *testing.T) {
	keys := map[string]string{}
	for _, c := range commands() {
		if !slices.Contains(menus, c.menu) {
			t.Errorf("%s stands in no menu", c.title)
		}
		if (c.run == nil) == (c.builtin == nil) {
			t.Errorf("%s does nothing, or two things", c.title)
		}
		if c.key == "" {
			continue
		}
		id := string(c.key) + string(rune('0'+c.mods))
		if other := keys[id]; other != "" {
			t.Errorf("%s and %s share a key", c.title, other)
		}
		keys[id] = c.title
	}
}

func TestX11Address(t *testing.T) {
	for name, want := range map[string]string{
		":0":                  "unix /tmp/.X11-unix/X0",
		":12.1":               "unix /tmp/.X11-unix/X12",
		"unix:3":              "unix /tmp/.X11-unix/X3",
		"example.org:10.0":    "tcp example.org:6010",
		"/private/tmp/sock:0": "unix /private/tmp/sock:0",
	} {
		network, address := x11Address(name)
		if got := network + " " + address; got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestNoDisplay(t *testing.T) {
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	if err := display(); err == nil {
		t.Skip("this system needs no display variable")
	} else if strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), "longhand --help") {
		t.Errorf("error %q is not one clear line", err)
	}
	t.Setenv("DISPLAY", ":98765")
	if display() == nil {
		t.Error("a display that does not answer is taken for one")
	}
}

func TestPanesGiveWayInASmallWindow(t *testing.T) {
	test.NewTempApp(t)
	rect := func() *row { return newRow(testLetters(t), func() look.Palette { return look.Day.Colours() }) }
	library, editor, preview := rect(), rect(), rect()
	p := newPanes(library, editor, preview)
	p.libraryWidth = 288
	for _, c := range []struct {
		width            float32
		library, preview bool
	}{{1360, true, true}, {860, true, true}, {820, true, false}, {620, true, false}, {560, false, true}, {400, false, false}, {240, false, false}} {
		p.Resize(fyne.NewSize(c.width, 500))
		if library.Visible() != c.library || preview.Visible() != c.preview {
			t.Errorf("at %v library %v, preview %v", c.width, library.Visible(), preview.Visible())
		}
		total := editor.Size().Width
		if c.library {
			total += library.Size().Width
		}
		if c.preview {
			total += preview.Size().Width
		}
		if total != c.width {
			t.Errorf("at %v the panes are %v wide", c.width, total)
		}
	}
	p.Resize(fyne.NewSize(1360, 500))
	if library.Size().Width != 288 {
		t.Errorf("the library comes back %v wide", library.Size().Width)
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0 words", 1: "1 word", 999: "999 words", 1204: "1,204 words", 1234567: "1,234,567 words"} {
		if got := count(n, "word"); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
