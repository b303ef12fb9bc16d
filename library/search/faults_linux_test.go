package search

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// TestFaultsOfTheDisk lets system calls of another process that indexes fail, one after
// the other, by strace, or kills it there. Whatever happens to the index, the next
// process has a sound one. LONGHAND_TORTURE makes it long.
func TestFaultsOfTheDisk(t *testing.T) {
	f := newDisk(120)
	if cache := os.Getenv("LONGHAND_TEST_FAULTS"); cache != "" {
		indexUnderFaults(f, cache)
		return
	}
	if testing.Short() {
		t.Skip("takes seconds")
	}
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed")
	}
	if err := exec.Command(strace, "-e", "inject=fsync:error=EIO", "true").Run(); err != nil {
		t.Skipf("strace may not trace here: %v", err)
	}
	calls := map[string][]int{"pwrite64": {1, 2, 5, 20, 60}, "fsync": {1, 2, 3}, "ftruncate": {1}}
	if os.Getenv("LONGHAND_TORTURE") != "" {
		calls = map[string][]int{"pwrite64": upTo(120), "fsync": upTo(12), "ftruncate": upTo(4), "unlinkat": upTo(2)}
	}
	runs, failed, killed := 0, 0, 0
	for call, whens := range calls {
		for _, when := range whens {
			for _, fault := range []string{"error=ENOSPC", "error=EIO", "signal=KILL"} {
				cache := t.TempDir()
				inject := fmt.Sprintf("inject=%s:%s:when=%d", call, fault, when)
				if fault == "error=ENOSPC" {
					inject += "+" // a disk stays full
				}
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				cmd := exec.CommandContext(ctx, strace, "-f", "-qq", "-o", os.DevNull, "-e", "trace="+call, "-e", inject, os.Args[0], "-test.run", "^TestFaultsOfTheDisk$")
				cmd.Env = append(os.Environ(), "LONGHAND_TEST_FAULTS="+cache, "GOMAXPROCS=1")
				out, err := cmd.CombinedOutput()
				late := ctx.Err() != nil
				cancel()
				switch {
				case late:
					t.Fatalf("%s: it hangs", inject)
				case strings.Contains(string(out), "panic") || strings.Contains(string(out), "fatal error"):
					t.Fatalf("%s:\n%s", inject, out)
				case err != nil:
					killed++
				case strings.Contains(string(out), "failed"):
					failed++
				}
				runs++
				x := f.open(t, cache)
				if err := x.Sync(t.Context(), f.files(), f.load, nil); err != nil && !errors.Is(err, ErrRebuilt) {
					t.Fatalf("%s: the next process: %v", inject, err)
				}
				f.sync(t, x)
				f.sound(t, x)
				x.Close()
			}
		}
	}
	t.Logf("%d runs: in %d the index told of a failure, %d ended in the middle; the next process had a sound index in all", runs, failed, killed)
	if failed == 0 || killed == 0 {
		t.Error("no fault was met")
	}
}

// indexUnderFaults is the other process.
func indexUnderFaults(f disk, cache string) {
	x, err := Open(context.Background(), cache, "/library", f.text)
	if err == nil {
		defer x.Close()
		err = x.Sync(context.Background(), f.files(), f.load, nil)
	}
	for i := 0; i < 20 && err == nil; i++ {
		e := f[fmt.Sprintf("%d.md", i)]
		e.ModTime = e.ModTime.Add(time.Minute)
		err = x.Put(context.Background(), e)
	}
	if err != nil {
		fmt.Println("failed:", err)
	}
}

func upTo(n int) []int {
	var out []int
	for i := range n {
		out = append(out, i+1)
	}
	return out
}
