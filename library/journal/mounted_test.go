//go:build linux

package journal

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"longhand/library"
	"longhand/library/disk"
	"longhand/library/disk/mounted"
)

// trouble lets a text be written and saved on a disk that begins to refuse, and works
// again. Something is in the log before, unless it is to have no open file.
func trouble(t *testing.T, dir string, logged bool, begin, end func(), want error) {
	t.Helper()
	file := filepath.Join(dir, "one.md")
	old := strings.Repeat("A line of the article as it was.\n", 3000)
	if err := os.WriteFile(file, []byte(old), 0o644); err != nil {
		t.Fatal(err)
	}
	told := make(chan *library.Problem, 100)
	j := Open(disk.OS{}, filepath.Join(dir, "journal"), Options{State: func(p *library.Problem) { told <- p }})
	doc := decode(t, old)
	l := j.Begin(About{Path: file}, doc, []byte(old))
	one := insert(t, doc, 0, "typed before ")
	if logged {
		l.Write(one)
	}
	if err := j.Flush(context.Background()); err != nil {
		t.Fatal(err)
	}

	begin()
	two := insert(t, one, 0, strings.Repeat("typed in trouble ", 1000))
	for range 3 {
		l.Write(two)
		if err := j.Flush(context.Background()); !errors.Is(err, want) {
			t.Errorf("the journal says %v", err)
		}
	}
	if p := <-told; p == nil || !errors.Is(p, want) || len(told) > 0 {
		t.Errorf("told %v, and %d more", p, len(told))
	}
	_, err := library.Save(file, two.Bytes(), []byte(old))
	var p *library.Problem
	if !errors.Is(err, want) || !errors.As(err, &p) || p.Remedy == "" {
		t.Errorf("saving says %v", err)
	}
	if now, err := os.ReadFile(file); err != nil || string(now) != old {
		t.Errorf("the file has %d bytes, %v", len(now), err)
	}
	// A crash now loses what could not be written, and nothing else.
	logs := glob(t, dir, "journal/*.log")
	if len(logs) != 1 && logged {
		t.Errorf("the logs are %v", logs)
	}
	for _, log := range logs {
		data, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		if p, err := parse(data); err != nil || !bytes.Equal(p.text, one.Bytes()) {
			t.Errorf("the log is damaged: %v", err)
		}
	}

	end()
	if err := j.Flush(context.Background()); err != nil {
		t.Errorf("it works again, but the journal says %v", err)
	}
	if p := <-told; p != nil {
		t.Errorf("told %v", p)
	}
	if err := j.Close(context.Background()); err != nil {
		t.Error(err)
	}
	all, problems, err := Unsaved(disk.OS{}, filepath.Join(dir, "journal"))
	if err != nil || len(problems) > 0 || len(all) != 1 || !bytes.Equal(all[0].Text, two.Bytes()) || all[0].File != AsLeft {
		t.Errorf("recovered %d, %v, %v", len(all), problems, err)
	}
	if _, err := library.Save(file, two.Bytes(), []byte(old)); err != nil {
		t.Error(err)
	}
	if left := glob(t, dir, ".longhand-*"); len(left) > 0 {
		t.Errorf("left are %v", left)
	}
}

func glob(t *testing.T, dir, pattern string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestFullDisk(t *testing.T) {
	dir, again := mounted.In(t)
	if again {
		return
	}
	var empty func()
	trouble(t, dir, true, func() { empty = mounted.Fill(t, dir, syscall.ENOSPC) }, func() { empty() }, syscall.ENOSPC)
}

func TestReadOnlyDisk(t *testing.T) {
	dir, again := mounted.In(t)
	if again {
		return
	}
	mount := func(how string) func() {
		return func() { mounted.Remount(t, dir, how) }
	}
	trouble(t, dir, false, mount("ro"), mount("rw"), syscall.EROFS)
}
