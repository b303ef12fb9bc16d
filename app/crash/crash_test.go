//go:build unix

package crash

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

const secret = "She said she would never come back"

// The test binary is the program that crashes, too.
func TestMain(m *testing.M) {
	if len(os.Args) == 4 && os.Args[1] == "crash" {
		crasher(os.Args[2], os.Args[3])
		return
	}
	os.Exit(m.Run())
}

func crasher(dir, how string) {
	w, err := Begin(dir, "v1.2.3\nof today")
	if err != nil {
		fmt.Println(err)
		os.Exit(3)
	}
	var text []string
	saved := func() { os.WriteFile(filepath.Join(dir, "saved"), nil, 0o600) }
	Guard(func() {
		switch how {
		case "main":
			_ = text[len(os.Args)+1]
		case "goroutine":
			go func() { _ = text[len(os.Args)+1] }()
			time.Sleep(time.Hour)
		case "quoting":
			panic(secret + "\ngoroutine 1 [running]:\npanic: " + secret)
		case "wrapped":
			panic(fmt.Errorf("in %q: %w", secret, os.ErrInvalid))
		case "nil":
			var p *Watch
			p.drop()
		case "hook":
			saved = func() { panic(secret) }
			panic("first")
		case "hanging":
			saved = func() { time.Sleep(time.Hour) }
			panic("first")
		case "deadlock":
			ch := make(chan int)
			close(ch)
			close(ch)
		case "wait":
			fmt.Println("waits")
			time.Sleep(time.Hour)
		}
	}, func() { saved() })
	w.End()
}

// run has the program crash, and returns what it showed.
func run(t *testing.T, dir, how string) string {
	t.Helper()
	cmd := exec.Command(os.Args[0], "crash", dir, how)
	out, err := cmd.CombinedOutput()
	if err == nil {
		t.Fatalf("%s: it did not crash: %s", how, out)
	}
	return string(out)
}

// collected returns the report that there is now.
func collected(t *testing.T, dir string) string {
	t.Helper()
	name, err := Collect(dir)
	if err != nil || name == "" {
		t.Fatalf("report %q, %v", name, err)
	}
	info, err := os.Stat(name)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestReports(t *testing.T) {
	for _, c := range []struct {
		how   string
		wants []string
		saved bool
	}{
		{"main", []string{"panic: runtime error: index out of range [5] with length 0", "[recovered, repanicked]", "crash.crasher.func2"}, true},
		{"goroutine", []string{"panic: runtime error: index out of range [5] with length 0", "crash.crasher.func2.1"}, false},
		{"quoting", []string{leftOut, "crash.crasher.func2"}, true},
		{"wrapped", []string{leftOut, "crash.crasher.func2"}, true},
		{"nil", []string{"panic: runtime error: invalid memory address or nil pointer dereference", "[signal SIGSEGV", "crash.(*Watch).drop"}, true},
		{"hook", []string{leftOut, "crash.crasher.func2"}, false},
		{"hanging", []string{leftOut, "crash.crasher.func2"}, false},
		{"deadlock", []string{"panic: close of closed channel", "crash.crasher.func2"}, true},
	} {
		t.Run(c.how, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "new")
			shown := run(t, dir, c.how)
			got := collected(t, dir)
			for _, want := range append(c.wants, "Longhand v1.2.3 of today\n", "started 20", "crashed 20", "goroutine ") {
				if !strings.Contains(got, want) {
					t.Errorf("%q is not in the report:\n%s\nshown:\n%s", want, got, shown)
				}
			}
			if strings.Contains(got, "She said") {
				t.Errorf("the report quotes:\n%s", got)
			}
			if _, err := os.Stat(filepath.Join(dir, "saved")); (err == nil) != c.saved {
				t.Errorf("saved: %v", err)
			}
			if name, err := Collect(dir); name != "" || err != nil {
				t.Errorf("again %q, %v", name, err)
			}
			if left, _ := filepath.Glob(filepath.Join(dir, rawPrefix+"*")); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

// TestSignals ends a program from outside: a fault that the runtime tells of is
// reported, a kill is not.
func TestSignals(t *testing.T) {
	for sig, reported := range map[syscall.Signal]bool{syscall.SIGABRT: true, syscall.SIGKILL: false, syscall.SIGTERM: false} {
		dir := t.TempDir()
		cmd := exec.Command(os.Args[0], "crash", dir, "wait")
		out, err := cmd.StdoutPipe()
		if err == nil {
			err = cmd.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		out.Read(make([]byte, 5))
		if name, err := Collect(dir); name != "" || err != nil {
			t.Errorf("of one that lives: %q, %v", name, err)
		}
		cmd.Process.Signal(sig)
		cmd.Wait()
		name, err := Collect(dir)
		if err != nil || (name != "") != reported {
			t.Errorf("%v: %q, %v", sig, name, err)
		}
		if left, _ := filepath.Glob(filepath.Join(dir, rawPrefix+"*")); len(left) > 0 {
			t.Errorf("%v: left behind: %v", sig, left)
		}
	}
}

func TestEndsWell(t *testing.T) {
	dir := t.TempDir()
	out, err := exec.Command(os.Args[0], "crash", dir, "nothing").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestDamaged has files that no crash of ours left, or half of one.
func TestDamaged(t *testing.T) {
	header := "Longhand 1\nstarted now\ngo1 on linux/amd64\n\n"
	for name, c := range map[string]struct{ raw, want, never string }{
		"no stack":   {header + "panic: " + secret, lostStack, "She"},
		"no header":  {secret + "\n\n" + "fatal error: out of memory\n", "fatal error: out of memory", "She"},
		"text":       {header + secret + "\n\n" + secret, lostStack, "She"},
		"bytes":      {header + "panic: runtime error: \x00\xff\x1b[31m\n", lostStack, "\x1b"},
		"huge":       {header + strings.Repeat("goroutine 1 [running]:\n", 200_000), "goroutine 1 ", "She"},
		"other home": {header + "goroutine 1 [running]:\n\t/home/ana/x.go:1\n", "/home/ana/x.go:1", "~"},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, rawPrefix+"1"), []byte(c.raw), 0o600); err != nil {
			t.Fatal(err)
		}
		got := collected(t, dir)
		if !strings.Contains(got, c.want) || strings.Contains(got, c.never) || len(got) > 2*maxRaw {
			t.Errorf("%s: %.2000s", name, got)
		}
	}
	text, crashed := report(header+"goroutine 1 [running]:\n\t/home/ana/x.go:1\n", "/home/ana", time.Now())
	if !crashed || !strings.Contains(text, "\t~/x.go:1") {
		t.Errorf("%s", text)
	}
	for _, raw := range []string{"", header, "\n\n\n"} {
		if text, crashed := report(raw, "", time.Now()); crashed {
			t.Errorf("%q: %s", raw, text)
		}
	}
}

func TestOnlyTheNewestAreKept(t *testing.T) {
	dir := t.TempDir()
	old := time.Date(2020, 1, 1, 0, 0, 0, 0, time.Local)
	for i := range maxReports + 5 {
		raw := filepath.Join(dir, fmt.Sprint(rawPrefix, i))
		at := old.Add(time.Duration(i/2) * time.Hour) // two in one second
		if err := os.WriteFile(raw, []byte("x\n\nfatal error: x\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(raw, at, at); err != nil {
			t.Fatal(err)
		}
	}
	other := filepath.Join(dir, "crash-notes.md")
	if err := os.WriteFile(other, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	newest, err := Collect(dir)
	reports, _ := filepath.Glob(filepath.Join(dir, reportPrefix+"*"+reportSuffix))
	slices.Sort(reports)
	if err != nil || len(reports) != maxReports || newest != reports[maxReports-1] {
		t.Errorf("%d reports, the newest %q, %v", len(reports), newest, err)
	}
	if _, err := os.Stat(other); err != nil {
		t.Error(err)
	}
}

func TestNoFolder(t *testing.T) {
	dir := t.TempDir()
	if name, err := Collect(filepath.Join(dir, "missing")); name != "" || err != nil {
		t.Errorf("%q, %v", name, err)
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Begin(file, "1"); err == nil {
		t.Error("a file is taken for a folder")
	}
	if data, _ := os.ReadFile(file); !bytes.Equal(data, []byte("mine")) {
		t.Errorf("%q", data)
	}
}
