package search

import (
	"database/sql/driver"
	"errors"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	"modernc.org/sqlite"
)

// probed is the index that must not be locked while SQLite works: what SQLite is
// made to call asks it.
var probed atomic.Pointer[probe]

type probe struct {
	index        *Index
	asked, inUse atomic.Int32
}

var registerProbe = sync.OnceFunc(func() {
	sqlite.MustRegisterScalarFunction("probe", 0, func(*sqlite.FunctionContext, []driver.Value) (driver.Value, error) {
		if p := probed.Load(); p != nil {
			p.asked.Add(1)
			if p.index.mu.TryRLock() {
				p.index.mu.RUnlock()
			} else {
				p.inUse.Add(1)
			}
		}
		return int64(1), nil
	})
})

// free checks that queries need not wait for the disk while the work is done.
func free(t *testing.T, x *Index, work func()) {
	t.Helper()
	p := &probe{index: x}
	probed.Store(p)
	defer probed.Store(nil)
	work()
	if p.asked.Load() == 0 {
		t.Error("SQLite was not at work")
	}
	if n := p.inUse.Load(); n > 0 {
		t.Errorf("the index is locked %d of %d times", n, p.asked.Load())
	}
}

// probing lets SQLite ask whenever the log is read, or written.
func probing(t *testing.T, x *Index, reading bool) {
	t.Helper()
	statements := "CREATE TRIGGER asking BEFORE INSERT ON log BEGIN SELECT probe(); END; CREATE TRIGGER asking2 BEFORE DELETE ON log BEGIN SELECT probe(); END;"
	if reading {
		statements = "ALTER TABLE log RENAME TO kept; CREATE VIEW log AS SELECT seq, whole, data FROM kept WHERE probe();"
	}
	if _, err := x.store.db.Exec(statements); err != nil {
		t.Fatal(err)
	}
}

func TestQueriesDoNotWaitForWriting(t *testing.T) {
	registerProbe()
	f := newDisk(200)
	x := f.open(t, t.TempDir())
	f.sync(t, x)
	probing(t, x, false)
	free(t, x, func() { put(t, x, Entry{Path: "new.md", Title: "Article new", ModTime: day, Date: day}) })
	x.state.log = 1 << 30 // however short: shorten it
	free(t, x, func() {
		if err := x.tidy(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
	if x.state.log != 0 {
		t.Error("not shortened")
	}
}

func TestQueriesDoNotWaitForReading(t *testing.T) {
	registerProbe()
	f, cache := newDisk(200), t.TempDir()
	x, y, z := f.open(t, cache), f.open(t, cache), f.open(t, cache)
	f.sync(t, y)
	probing(t, y, true)
	free(t, x, func() {
		if err := x.Refresh(t.Context()); err != nil || x.Len() != 200 {
			t.Fatal(x.Len(), err)
		}
	})
	free(t, z, func() { // as every write begins
		if err := z.compact(t.Context(), z.store); err != nil || z.Len() != 200 {
			t.Fatal(z.Len(), err)
		}
	})

	// One that has come in its place is opened beside it.
	other := t.TempDir()
	z = f.open(t, other)
	f.sync(t, z)
	probing(t, z, true)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(indexFile(other, "/library"), indexFile(cache, "/library")); err != nil {
		t.Fatal(err)
	}
	free(t, x, func() {
		if _, err := x.Search(t.Context(), "article", 1); !errors.Is(err, ErrRebuilt) {
			t.Error(err)
		}
	})
	if found := find(t, x, "article", 0); len(found) != 200 {
		t.Errorf("%d found", len(found))
	}
}

// What is read while the state becomes another is read again.
func TestUpdateThatCameTooLate(t *testing.T) {
	f, cache := newDisk(3), t.TempDir()
	x, y := f.open(t, cache), f.open(t, cache)
	put(t, y, Entry{Path: "one.md", Title: "one"})
	late := after(x.state.position)
	if err := late.read(t.Context(), x.store.db); err != nil {
		t.Fatal(err)
	}
	put(t, y, Entry{Path: "two.md", Title: "two"})
	if err := x.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if done, err := x.take(x.store, late); !done || err != nil || x.Len() != 2 {
		t.Errorf("%v, %v, %d articles", done, err, x.Len())
	}
	put(t, y, Entry{Path: "three.md", Title: "three"})
	later := after(late.position)
	if err := later.read(t.Context(), x.store.db); err != nil {
		t.Fatal(err)
	}
	if done, err := x.take(x.store, later); done || err != nil || x.Len() != 2 {
		t.Errorf("%v, %v, %d articles", done, err, x.Len())
	}
	if got := pathsOf(find(t, x, "three", 0)); got != "three.md" {
		t.Errorf("found %q", got)
	}
}

// One that is opened again after it was closed does not stay open.
func TestReopenAfterClose(t *testing.T) {
	f := newDisk(3)
	x := f.open(t, t.TempDir())
	f.sync(t, x)
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if err := removeStore(x.store.file); err != nil {
		t.Fatal(err)
	}
	was := x.store
	if _, err := x.Find(t.Context(), "article", 1); err == nil {
		t.Error("a closed index answers")
	}
	if x.store != was {
		t.Error("it is open again")
	}
}
