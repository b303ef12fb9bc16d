package search

import (
	"fmt"
	"strings"
	"testing"
)

// A state larger than a part is written and read in several; without one of them it
// is damaged, and made again.
func TestStateInParts(t *testing.T) {
	f := newDisk(200)
	for path, e := range f {
		e.Tags = strings.Fields(strings.Repeat(path+"x ", 2) + strings.Repeat("tag ", 3))
		e.Authors = []string{strings.Repeat(path, 700)}
		f[path] = e
	}
	cache := t.TempDir()
	x, y := f.open(t, cache), f.open(t, cache)
	f.sync(t, x)
	if err := y.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	x.state.log = 1 << 30 // however short: shorten it
	if err := x.tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	var parts int
	if err := x.store.db.QueryRow("SELECT count(*) FROM log").Scan(&parts); err != nil || parts < 3 {
		t.Fatalf("%d parts, %v", parts, err)
	}
	f.sound(t, y)                // which knew it all
	f.sound(t, f.open(t, cache)) // and which did not
	put(t, y, Entry{Path: "new.md", Title: "Article new", ModTime: day, Date: day})
	f["new.md"] = Entry{Path: "new.md", Title: "Article new", ModTime: day, Date: day}
	f.sound(t, x)
	f.sound(t, f.open(t, cache))
	for _, missing := range []int{0, 1, parts - 1} {
		if _, err := x.store.db.Exec(fmt.Sprintf("DELETE FROM log WHERE seq = (SELECT seq FROM log ORDER BY seq LIMIT 1 OFFSET %d)", missing)); err != nil {
			t.Fatal(err)
		}
		z := f.open(t, cache)
		f.sync(t, z)
		f.sound(t, z)
		x = z
		z.state.log = 1 << 30
		if err := z.tidy(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}
