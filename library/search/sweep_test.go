package search

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestSweep(t *testing.T) {
	cache := t.TempDir()
	there := t.TempDir()
	gone := filepath.Join(t.TempDir(), "a gone\nfolder")
	old := time.Now().Add(-unusedFor - time.Hour)
	make := func(library string, when time.Time) string {
		t.Helper()
		x, err := Open(t.Context(), cache, library, nil)
		if err != nil {
			t.Fatal(err)
		}
		put(t, x, Entry{Path: "a", Title: "A"})
		x.Close()
		file := indexFile(cache, library)
		if err := os.Chtimes(file, when, when); err != nil {
			t.Fatal(err)
		}
		return file
	}
	other := func(name string, when time.Time) string {
		t.Helper()
		file := filepath.Join(cache, name)
		if err := os.WriteFile(file, []byte("from before, or by somebody else"), 0o600); err != nil {
			t.Fatal(err)
		}
		os.Chtimes(file, when, when)
		return file
	}
	want := map[string]bool{
		make(there, old): true, make(gone, old): false, make(gone+" lately", time.Now()): true,
		other("search-0123456789abcdef.db", old): false, other("search-0000456789abcdef.db", time.Now()): true, other("fonts.db", old): true, other("search-x", old): true,
	}
	Sweep(t.Context(), cache)
	for file, stays := range want {
		if _, err := os.Stat(file); (err == nil) != stays {
			t.Errorf("%s is there: %v, want %v", filepath.Base(file), err == nil, stays)
		}
	}
	// To open one is to use it.
	file := make(there, old)
	x, err := Open(t.Context(), cache, there, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if info, err := os.Stat(file); err != nil || time.Since(info.ModTime()) > time.Hour {
		t.Errorf("not used: %v", err)
	}
	Sweep(t.Context(), filepath.Join(cache, "none"))
}
