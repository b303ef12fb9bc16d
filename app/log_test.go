package app

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestLogBeginsAnew(t *testing.T) {
	name := filepath.Join(t.TempDir(), "log")
	// Two programs, one of them in a long session.
	a, b := &logFile{name: name, max: 1000}, &logFile{name: name, max: 1000}
	for _, l := range []*logFile{a, b} {
		if err := l.open(); err != nil {
			t.Fatal(err)
		}
		defer l.close()
	}
	line := strings.Repeat("x", 99) + "\n"
	var wg sync.WaitGroup
	for _, l := range []*logFile{a, b} {
		wg.Go(func() {
			for range 200 {
				if n, err := l.Write([]byte(line)); n != len(line) || err != nil {
					t.Errorf("%d, %v", n, err)
				}
			}
		})
	}
	wg.Wait()
	a.Write([]byte("last of a\n"))
	b.Write([]byte("last of b\n"))
	all := ""
	for _, n := range []string{name, name + ".old"} {
		data, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		if len(data) == 0 || len(data) > 2000 { // each may write once past the end
			t.Errorf("%s has %d bytes", filepath.Base(n), len(data))
		}
		all += string(data)
	}
	for _, want := range []string{"last of a\n", "last of b\n"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is lost", want)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(name), "*")); len(left) != 2 {
		t.Errorf("%v", left)
	}
}

func TestLogOfOneHugeMessage(t *testing.T) {
	name := filepath.Join(t.TempDir(), "log")
	l := &logFile{name: name, max: maxLog}
	if err := l.open(); err != nil {
		t.Fatal(err)
	}
	l.Write(make([]byte, 10<<20))
	l.close()
	if n, err := l.Write([]byte("late\n")); n != 5 || err != nil {
		t.Errorf("when closed: %d, %v", n, err)
	}
	if info, err := os.Stat(name); err != nil || info.Size() != maxMessage+1 {
		t.Errorf("%v, %v", info, err)
	}
}
