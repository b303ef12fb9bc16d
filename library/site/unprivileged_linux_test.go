package site

import (
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// unprivileged makes sure that permissions count: where root runs the test, it runs again
// in a process whose root has no power over files. Then again is true: the test has
// nothing more to do.
func unprivileged(t *testing.T) (again bool) {
	t.Helper()
	const mark = "LONGHAND_TEST_UNPRIVILEGED"
	if os.Getuid() != 0 || os.Getenv(mark) != "" {
		return false
	}
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), mark+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWUSER}
	out, err := cmd.CombinedOutput()
	if err != nil && len(out) == 0 {
		t.Skipf("no process without root's power can be had here: %v", err)
	}
	if err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Fatalf("%v\n%s", err, out)
	}
	return true
}
