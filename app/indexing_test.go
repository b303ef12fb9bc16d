package app

import (
	"database/sql"
	"path/filepath"
	"testing"
	"time"
)

// While another process writes to the index for long, it stays in use: what changed
// meanwhile is found when that has ended.
func TestAnotherProcessWritesToTheIndex(t *testing.T) {
	f := start(t, three())
	cache := t.TempDir()
	f.again(cache)
	files, err := filepath.Glob(filepath.Join(cache, "search-*.db"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	db, err := sql.Open("sqlite", "file:"+files[0]+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	other, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer other.Rollback()

	index := f.index
	write(t, f.file("unheard.md"), "# Unheard of")
	f.reload()
	f.until("the look", func() bool { return f.reading.later })
	f.finds("flood gauge", "What the river took")
	if said := f.status.said().text; said != "" || f.dialog() != "" {
		t.Errorf("told: %q, %q", said, f.dialog())
	}
	if err := other.Rollback(); err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(30 * time.Second)
	for f.shelf.byPath["unheard.md"] == nil {
		if time.Now().After(deadline) {
			t.Fatal("it is not taken in")
		}
		f.drain()
		time.Sleep(20 * time.Millisecond)
	}
	f.resting()
	f.finds("unheard", "Unheard of")
	if f.index != index {
		t.Error("the index in the cache folder is not used any more")
	}
}
