package app_test

import (
	"context"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestNoSyncOnTheMainThread traces the system calls of the real program while it is
// typed in: it syncs, and never on its main thread while the window stands (before and
// after, nobody waits for a key). Fyne's main thread is the one that began the process,
// so its number is the process's.
func TestNoSyncOnTheMainThread(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("there is no strace")
	}
	u := newUser(t)
	name, trace := u.path("traced.md"), u.path("trace")
	u.must(os.WriteFile(name, []byte("# Traced\n\n"), 0o644))
	args := []string{"-f", "-qq", "-y", "-ttt", "--seccomp-bpf", "-e", "trace=execve,fsync,fdatasync,sync,syncfs,sync_file_range,msync", "-o", trace}
	if out, err := exec.Command(strace, append(args, "true")...).CombinedOutput(); err != nil {
		t.Skipf("nothing can be traced here: %v, %s", err, out)
	}
	cmd := exec.Command(strace, append(args, u.bin, name)...)
	p, err := u.Run(context.Background(), cmd)
	u.must(err)
	w, err := u.WaitWindow("Longhand", patience)
	u.must(err)
	u.waitFor("the file in the window", titled(w, "Traced"))
	stands := time.Now()
	u.must(u.Key("ctrl+end"))
	keys := 0
	for range 4 {
		const words = "Words and more words. "
		u.must(u.Type(words))
		keys += len(words)
		time.Sleep(1300 * time.Millisecond) // the journal, and an autosave
	}
	u.must(u.Key("ctrl+s"))
	u.holds("traced.md", strings.TrimSpace(strings.Repeat("Words and more words. ", 4)))
	closes := time.Now()
	u.must(w.Close())
	<-p.Done()

	data, err := os.ReadFile(trace)
	u.must(err)
	calls := regexp.MustCompile(`(?m)^(\d+) +(\d+\.\d+) (\w+)\(.*`).FindAllStringSubmatch(string(data), -1)
	if len(calls) == 0 || calls[0][3] != "execve" {
		t.Fatalf("the trace begins with %.200s", data)
	}
	main := calls[0][1]
	before, during, after, elsewhere := 0, 0, 0, 0
	for _, c := range calls {
		at, err := strconv.ParseFloat(c[2], 64)
		u.must(err)
		switch when := time.UnixMicro(int64(at * 1e6)); {
		case c[3] == "execve": // of a program that ours has started
		case c[1] != main:
			elsewhere++
		case when.Before(stands):
			before++
		case when.After(closes):
			after++
		default:
			during++
			t.Errorf("on the main thread: %s", c[0])
		}
	}
	t.Logf("%d keys: %d syncs on the main thread (and %d before the window stood, %d when it was closed), %d on others", keys, during, before, after, elsewhere)
	if elsewhere < 4 {
		t.Error("nothing was synced")
	}
}
