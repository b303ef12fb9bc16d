package app_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"longhand/app/internal/xdrive"
)

// composes opens a file of one line, goes through the steps, each beginning at
// the end of "one two", and compares the file. Each step ends with a 7, which is
// typed last: when it is in the file, all keys before it have had their effect.
func (u *user) composes(steps []step) {
	u.t.Helper()
	name := u.path("line.md")
	u.must(os.WriteFile(name, []byte("start\n"), 0o644))
	_, w := u.open(name)
	u.waitFor("the file in the window", func() bool { return strings.Contains(w.Title(), "line") || strings.Contains(w.Title(), "start") })
	for _, s := range steps {
		if err := u.composed(name, s); err != "" {
			u.t.Fatalf("after %q the file %s", s.keys, err)
		}
	}
}

func (u *user) composed(name string, s step) string {
	u.t.Helper()
	start := step{[]string{"ctrl+a", "delete", "=1 2 "}, "1 2 "}
	for _, s := range []step{start, {append(s.keys, "=7"), s.want + "7"}} {
		for _, k := range s.keys {
			if typed, ok := strings.CutPrefix(k, "="); ok {
				u.must(u.Type(typed))
			} else {
				u.must(u.Key(k))
			}
			u.must(u.Sync(patience))
			time.Sleep(100 * time.Millisecond) // for the input method's answer
		}
		u.must(u.Key("ctrl+s"))
		var got string
		for deadline := time.Now().Add(5 * time.Second); got != s.want; time.Sleep(20 * time.Millisecond) {
			data, err := os.ReadFile(name)
			u.must(err)
			if got = string(data); time.Now().After(deadline) {
				return "holds " + got + ", want " + s.want
			}
		}
	}
	return ""
}
