package search

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"testing"
	"time"
)

// another is a connection of another process to the index.
func another(t *testing.T, cache string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", dataSource(indexFile(cache, "/library"))+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// What is known can be found while another process writes for long.
func TestOpenWhileAnotherWrites(t *testing.T) {
	f, cache := newDisk(50), t.TempDir()
	x := f.open(t, cache)
	f.sync(t, x)
	x.Close()
	tx, err := another(t, cache).Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	begun := time.Now()
	x = f.open(t, cache)
	if n := len(find(t, x, "article", 0)); n != 50 {
		t.Errorf("%d found", n)
	}
	if n := f.sync(t, x); n != 0 { // nothing is to be written
		t.Errorf("%d read again", n)
	}
	if took := time.Since(begun); took > 3*time.Second { // who waits does so for five
		t.Errorf("took %v", took)
	}
}

// Two that make the index at once make one.
func TestMadeAtOnce(t *testing.T) {
	cache := t.TempDir()
	made := make(chan error)
	for range 4 {
		go func() {
			x, err := Open(t.Context(), cache, "/library", nil)
			if err == nil {
				err = x.Put(t.Context(), Entry{Path: "a.md", Title: "Article"})
				x.Close()
			}
			made <- err
		}()
	}
	for range 4 {
		if err := <-made; err != nil {
			t.Error(err)
		}
	}
	if n := len(find(t, disk{}.open(t, cache), "article", 0)); n != 1 {
		t.Errorf("%d found", n)
	}
}

func TestPassing(t *testing.T) {
	cache := t.TempDir()
	x := disk{}.open(t, cache)
	tx, err := x.store.db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	_, busy := another(t, cache).Exec("DELETE FROM log")
	_, wrong := tx.Exec("INSERT INTO nowhere VALUES(1)")
	for err, want := range map[error]bool{busy: true, fmt.Errorf("it is %w", busy): true, ErrRebuilt: true, wrong: false, fs.ErrPermission: false, errDamaged: false, errors.New("other"): false} {
		if err == nil || Passing(err) != want {
			t.Errorf("%v: passing is %v, want %v", err, Passing(err), want)
		}
	}
	if Passing(nil) {
		t.Error("no error")
	}
}
