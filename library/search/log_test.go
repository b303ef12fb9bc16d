package search

import (
	"fmt"
	"testing"
)

// logged is how many records a new start has to read.
func logged(t *testing.T, x *Index) (n int) {
	t.Helper()
	if err := x.store.db.QueryRow("SELECT count(*) FROM log").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestLogIsShortenedAfterManySaves(t *testing.T) {
	f, cache := newDisk(20), t.TempDir()
	x := f.open(t, cache)
	f.sync(t, x)
	for i := range 2*longest + 50 {
		e := f[fmt.Sprintf("%d.md", i%20)]
		e.ModTime = e.ModTime.Add(1 << 40)
		f[e.Path] = e
		put(t, x, e)
		if n := logged(t, x); n > longest {
			t.Fatalf("%d records after %d saves", n, i+1)
		}
	}
	f.sound(t, x)
	f.sound(t, f.open(t, cache))
}

// The log that was left long is shortened even when nothing has changed.
func TestLongLogIsShortenedAtTheStart(t *testing.T) {
	f, cache := newDisk(20), t.TempDir()
	x := f.open(t, cache)
	f.sync(t, x)
	for i := range longest + 1 { // as by a process that ended in the middle
		e := f["3.md"]
		e.Body = fmt.Sprintf("word%d", i)
		f["3.md"] = e
		if err := x.write(t.Context(), []*prepared{prepare(e)}, nil, false); err != nil {
			t.Fatal(err)
		}
	}
	x.Close()
	y := f.open(t, cache)
	if n := f.sync(t, y); n != 0 {
		t.Errorf("%d read again", n)
	}
	if n := logged(t, y); n != 1 {
		t.Errorf("%d records", n)
	}
	f.sound(t, y)
	f.sound(t, f.open(t, cache))
}

// That another process writes does not keep a save from being in the index.
func TestLogThatCannotBeShortened(t *testing.T) {
	f := newDisk(20)
	x := f.open(t, t.TempDir())
	f.sync(t, x)
	x.state.log = 1 << 30
	if _, err := x.store.db.Exec("CREATE TRIGGER full BEFORE DELETE ON log BEGIN SELECT raise(FAIL, 'full'); END"); err != nil {
		t.Fatal(err)
	}
	e := f["3.md"]
	e.ModTime, e.Title = day.Add(1), "Article unheard"
	f["3.md"] = e
	put(t, x, e)
	if n := f.sync(t, x); n != 0 {
		t.Errorf("%d read again", n)
	}
	f.sound(t, x)
}
