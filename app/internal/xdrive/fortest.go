package xdrive

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// ForTest is [Start] for a test, with [Display.Close] at the test's end. Without
// Xvfb it skips the test, or fails it if LONGHAND_WINDOW_TESTS is 1; if that is
// 0, it always skips. When the test fails, a last screenshot is kept in the
// temporary folder and what the programs wrote to standard error is logged.
func ForTest(t testing.TB, opts Options) *Display {
	t.Helper()
	must := os.Getenv("LONGHAND_WINDOW_TESTS")
	if must == "0" {
		t.Skip("window test skipped: LONGHAND_WINDOW_TESTS=0")
	}
	d, err := Start(opts)
	if errors.Is(err, ErrNoXvfb) && must != "1" {
		t.Skip("window test skipped: no Xvfb on this machine (make test installs it)")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			path := filepath.Join(os.TempDir(), "longhand-"+strings.ReplaceAll(t.Name(), "/", "-")+".png")
			if err := d.SavePNG(path); err != nil {
				t.Log(err)
			} else {
				t.Log("the screen at the end: " + path)
			}
			if s := d.said(); s != "" {
				t.Log(strings.TrimSpace(s))
			}
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}
