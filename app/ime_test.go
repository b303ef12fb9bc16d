package app_test

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// compose goes through the steps in a real window, each from a file that holds
// 123, with the caret behind it. Behind the step's keys it types a 7: when that
// is in the file, all keys have had their effect, wanted or not.
func (u *user) compose(steps []step) {
	u.t.Helper()
	name := u.path("compose.md")
	u.must(os.WriteFile(name, []byte("# Compose\n"), 0o644))
	p, w := u.open(name)
	defer p.Stop()
	u.waitFor("the file in the window", func() bool { return strings.Contains(w.Title(), "Compose") })
	for _, s := range steps {
		u.write(name, step{[]string{"ctrl+a", "delete", "=123"}, "123"})
		u.write(name, step{append(s.keys, "=7"), s.want})
	}
}

// write presses the keys, saves and compares the file.
func (u *user) write(name string, s step) {
	u.t.Helper()
	for _, k := range append(s.keys, "ctrl+s") {
		if typed, ok := strings.CutPrefix(k, "="); ok {
			u.must(u.Type(typed))
		} else {
			u.must(u.Key(k))
		}
		u.must(u.Sync(patience))
		time.Sleep(50 * time.Millisecond) // a person's pace: the input method answers in between
	}
	var got string
	for deadline := time.Now().Add(5 * time.Second); got != s.want; time.Sleep(20 * time.Millisecond) {
		data, err := os.ReadFile(name)
		u.must(err)
		if got = string(data); time.Now().After(deadline) {
			u.t.Fatalf("after %q the file holds %q, want %q", s.keys, got, s.want)
		}
	}
}

// TestComposeKeys composes with Xlib's own input method, which is always there,
// also where the environment names a locale that has only ASCII or is not
// installed.
func TestComposeKeys(t *testing.T) {
	u := newUser(t)
	const sequences = `<F12> <e> : "é"
<F12> <BackSpace> : "ł"
<F12> <Return> : "漢"
<F12> <Left> : "ü"
`
	u.must(os.WriteFile(u.path(".XCompose"), []byte(sequences), 0o644))
	t.Setenv("XCOMPOSEFILE", u.path(".XCompose"))
	t.Setenv("XMODIFIERS", "@im=none")
	for _, locale := range []string{"C.UTF-8", "C", "xx_XX.UTF-8"} {
		t.Setenv("LC_ALL", locale)
		u.compose([]step{
			{[]string{"left", "backspace", "ctrl+b"}, "**173**"},
			{[]string{"f12", "e"}, "123é7"},
			{[]string{"f12", "backspace"}, "123ł7"},
			{[]string{"f12", "return"}, "123漢7"},
			{[]string{"f12", "left"}, "123ü7"},
			{[]string{"alt+f12", "e"}, "123é7"}, // no tap of Alt, which opens the menu
		})
	}
}

// TestInputMethod writes pinyin with fcitx5.
func TestInputMethod(t *testing.T) {
	if _, err := exec.LookPath("fcitx5"); err != nil {
		t.Skip("fcitx5 is not installed")
	}
	if _, err := os.Stat("/usr/share/fcitx5/inputmethod/pinyin.conf"); err != nil {
		t.Skip("fcitx5 has no pinyin (package fcitx5-pinyin or fcitx5-chinese-addons)")
	}
	u := newUser(t)
	u.must(os.MkdirAll(u.path(".config/fcitx5"), 0o755))
	u.must(os.WriteFile(u.path(".config/fcitx5/config"), []byte("[Behavior]\nActiveByDefault=True\n"), 0o644))
	u.must(os.WriteFile(u.path(".config/fcitx5/profile"), []byte(`[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin
[Groups/0/Items/0]
Name=keyboard-us
Layout=
[Groups/0/Items/1]
Name=pinyin
Layout=
[GroupOrder]
0=Default
`), 0o644))
	// Neither a bus nor a window of its own: only what composes.
	fcitx, err := u.Run(context.Background(), exec.Command("fcitx5", "--disable=all", "--enable=xcb,xim,keyboard,punctuation,pinyin"))
	u.must(err)
	u.waitFor("fcitx5", func() bool { return strings.Contains(fcitx.Stderr(), "in addon keyboard") })

	t.Setenv("XMODIFIERS", "@im=fcitx")
	u.compose([]step{
		{[]string{"left", "backspace", "ctrl+b"}, "**173**"},
		{[]string{"=nihao", "space"}, "123你好7"},
		{[]string{"=nihao", "space", "ctrl+space", "=ok", "ctrl+space"}, "123你好ok7"},
		{[]string{"=nihao", "escape"}, "1237"},
		{[]string{"=nihao", "return"}, "123nihao7"},
		{[]string{"=ni", "backspace", "backspace"}, "1237"},
		{[]string{"=nihao", "left", "left", "escape"}, "1237"},
		{[]string{"=nihao", "home", "delete", "escape"}, "1237"},
		{[]string{"=nihao", "tab", "escape"}, "1237"},
	})
}
