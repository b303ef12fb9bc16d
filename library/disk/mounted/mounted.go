// Package mounted gives tests a small file system of their own, which they can fill up
// or mount without the right to write. It needs Linux, and namespaces that a user may
// make; where these lack, the tests are skipped.
package mounted

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// folder names the small file system in the process that has it.
const folder = "LONGHAND_TEST_MOUNTED"

// In runs the test again in a process of its own that has a file system of 1 MB
// mounted, and returns its folder in there. Outside, again is true when that was done:
// the test has nothing more to do.
func In(t *testing.T) (dir string, again bool) {
	t.Helper()
	if dir := os.Getenv(folder); dir != "" {
		return dir, false
	}
	dir = t.TempDir()
	script := `mount -t tmpfs -o size=1m none "$1" && exec "$2" -test.run "^$3$" -test.v`
	if out, err := exec.Command("unshare", "-rm", "sh", "-c", `mount -t tmpfs -o size=1m none "$1"`, "sh", dir).CombinedOutput(); err != nil {
		t.Skipf("nothing can be mounted here: %v, %s", err, out)
	}
	cmd := exec.Command("unshare", "-rm", "sh", "-c", script, "sh", dir, os.Args[0], t.Name())
	cmd.Env = append(os.Environ(), folder+"="+dir)
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Fatalf("%v\n%s", err, out)
	}
	return "", true
}

// Fill fills the file system up until want, such as no space, is the error, and returns
// how to make room again.
func Fill(t *testing.T, dir string, want error) (empty func()) {
	t.Helper()
	filler := filepath.Join(dir, "filler")
	f, err := os.Create(filler)
	if err != nil {
		t.Fatal(err)
	}
	for err == nil {
		_, err = f.Write(bytes.Repeat([]byte("x"), 1000))
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if !errors.Is(err, want) {
		t.Fatal(err)
	}
	return func() {
		t.Helper()
		if err := os.Remove(filler); err != nil {
			t.Fatal(err)
		}
	}
}

// Remount mounts the file system "ro", without the right to write, or "rw" with it.
func Remount(t *testing.T, dir, how string) {
	t.Helper()
	if out, err := exec.Command("mount", "-o", "remount,"+how, dir).CombinedOutput(); err != nil {
		t.Fatalf("%v, %s", err, out)
	}
}
