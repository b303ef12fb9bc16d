package app_test

import (
	"os"
	"strings"
	"testing"
	"time"
)

// step is what a writer does and what the file then holds.
type step struct {
	keys []string // as xdrive.Key names them; "=text" types
	want string
}

// TestCommandsByKeys goes through the commands with real keys in a real window,
// and reads the file after each.
func TestCommandsByKeys(t *testing.T) {
	u := newUser(t)
	name := u.path("keys.md")
	u.must(os.WriteFile(name, []byte("# Keys\n"), 0o644))
	_, w := u.open(name)
	u.waitFor("the file in the window", func() bool { return strings.Contains(w.Title(), "Keys") })

	empty := []string{"ctrl+a", "delete"}
	for _, s := range []step{
		{empty, ""},
		{[]string{"=one two", "ctrl+shift+left", "ctrl+b"}, "one **two**"},
		{[]string{"ctrl+b"}, "one two"},
		{[]string{"ctrl+i"}, "one *two*"},
		{[]string{"ctrl+z"}, "one two"},
		{[]string{"ctrl+shift+z"}, "one *two*"},
		{[]string{"ctrl+z", "ctrl+y"}, "one *two*"},
		{[]string{"end", "ctrl+1"}, "# one *two*"},
		{[]string{"ctrl+2"}, "## one *two*"},
		{[]string{"ctrl+0"}, "one *two*"},
		{[]string{"ctrl+shift+q"}, "> one *two*"},
		{[]string{"ctrl+shift+q", "ctrl+shift+8"}, "- one *two*"},
		{[]string{"ctrl+shift+7"}, "1. one *two*"},
		{[]string{"end", "return", "=three"}, "1. one *two*\n2. three"},
		{[]string{"tab"}, "1. one *two*\n   1. three"},
		{[]string{"shift+tab", "alt+up"}, "1. three\n2. one *two*"},
		{[]string{"ctrl+shift+d"}, "1. three\n2. three\n3. one *two*"},
		{empty, ""},
		{[]string{"=task", "ctrl+shift+x", "ctrl+t"}, "- [x] task"},
		{[]string{"end", "return", "=next", "return", "return"}, "- [x] task\n- [ ] next\n\n"},
		{empty, ""},
		{[]string{"=an x b", "ctrl+left", "ctrl+left", "shift+right", "=*"}, "an *x* b"},
		{[]string{"ctrl+x", "end", "ctrl+v"}, "an ** bx"},
		{[]string{"ctrl+z", "ctrl+z", "ctrl+shift+home", "ctrl+c", "ctrl+end", "ctrl+v"}, "an *x* ban *"},
		{empty, ""},
		{[]string{"=cat dog cat", "ctrl+h", "=cat", "tab", "=emu", "return", "escape"}, "emu dog cat"},
		{[]string{"ctrl+f", "=dog", "escape", "=fox"}, "emu fox cat"},
		{[]string{"shift+home", "delete", "ctrl+k"}, "[]() cat"},
	} {
		for _, k := range s.keys {
			if typed, ok := strings.CutPrefix(k, "="); ok {
				u.must(u.Type(typed))
			} else {
				u.must(u.Key(k))
			}
			u.must(u.Sync(patience))
		}
		u.must(u.Key("ctrl+s"))
		var got string
		for deadline := time.Now().Add(5 * time.Second); got != s.want; time.Sleep(20 * time.Millisecond) {
			data, err := os.ReadFile(name)
			u.must(err)
			if got = string(data); time.Now().After(deadline) {
				t.Fatalf("after %q the file holds %q, want %q", s.keys, got, s.want)
			}
		}
	}
}

// TestMouseInTheText clicks, drags and scrolls with a real mouse.
func TestMouseInTheText(t *testing.T) {
	u := newUser(t)
	name := u.path("mouse.md")
	u.must(os.WriteFile(name, []byte("# Mouse\n\nalpha beta gamma\n\n"+strings.Repeat("line\n\n", 100)), 0o644))
	_, w := u.open(name)
	u.waitFor("the file in the window", func() bool { return strings.Contains(w.Title(), "Mouse") })
	_, err := u.WaitStill(patience)
	u.must(err)
	bounds, err := w.Bounds()
	u.must(err)
	x, y := bounds.Min.X+325, bounds.Min.Y+135 // before the paragraph

	u.must(u.Click(x, y, 1))
	u.must(u.Type("omega "))
	u.must(u.Key("ctrl+s"))
	u.holds("mouse.md", "omega alpha beta gamma")

	u.must(u.Drag(x, y, x+400, y))
	u.must(u.Type("x"))
	u.must(u.Key("ctrl+s"))
	u.holds("mouse.md", "\n\nx\n\nline")

	before, err := u.Screenshot()
	u.must(err)
	u.must(u.Scroll(x, y, 0, 5))
	_, err = u.WaitChange(before, patience)
	u.must(err)
}
