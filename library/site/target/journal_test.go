//go:build unix

package target

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"longhand/library"
	"longhand/library/disk/mounted"
)

func TestDamagedLines(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	put(t, f, "one", "1")
	finish(t, f)
	bad := "0123456789abcdef0123456789abcdef0123 1 1 two\n0123456789abcdeg0123456789abcdef 1 1 two\n\n 1 1\n0123456789abcdef0123456789abcdef 1 1 ../two\n0123456789abcdef0123456789abcdef 1 1 \"two\n"
	for _, name := range []string{manifestFile, journalFile} {
		file := filepath.Join(dir, name)
		data, _ := os.ReadFile(file) // there is no journal
		if err := os.WriteFile(file, []byte(bad+string(data)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	f = open(t, dir)
	if !put(t, f, "one", "uno") {
		t.Error("the sound lines do not count")
	}
	finish(t, f)
}

// A journal whose last line was not written to its end, and the builds after.
func TestJournalCutWithinALine(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	put(t, f, "one", "1")
	f.Close()
	journal := filepath.Join(dir, journalFile)
	data := content(t, journal)
	if err := os.WriteFile(journal, []byte(data+"0123456789"), 0o644); err != nil {
		t.Fatal(err)
	}
	f = open(t, dir)
	put(t, f, "two", "2")
	f.Close() // without Finish, as a build that is killed
	f = open(t, dir)
	if !put(t, f, "one", "uno") || !put(t, f, "two", "due") {
		t.Error("what builds before made is not known")
	}
	finish(t, f)
}

func TestReadOnlyDisk(t *testing.T) {
	dir, again := mounted.In(t)
	if again {
		return
	}
	mounted.Remount(t, dir, "ro")
	defer mounted.Remount(t, dir, "rw")
	for _, to := range []string{dir, filepath.Join(dir, "new")} {
		_, err := Open(to, "", true)
		var p *library.Problem
		if !errors.As(err, &p) || !errors.Is(err, syscall.EROFS) || p.Remedy != "choose a folder on a disk that can be written, or make this one so" || !IsFatal(err) {
			t.Errorf("it says %v", err)
		}
	}
}
