package search

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"
)

func TestTwoIndexesOnOneFile(t *testing.T) {
	f, cache := newDisk(200), t.TempDir()
	x, y := f.open(t, cache), f.open(t, cache)
	var wg sync.WaitGroup
	for _, z := range []*Index{x, y} { // both at once
		wg.Go(func() { f.sync(t, z) })
	}
	wg.Wait()
	f.sound(t, x)
	f.sound(t, y)
	for i := range 30 {
		a, b := x, y
		if i%2 == 1 {
			a, b = y, x
		}
		p := fmt.Sprintf("%d.md", i)
		e := f[p]
		e.Title += fmt.Sprintf(" unheard%d", i)
		e.ModTime = e.ModTime.Add(time.Minute)
		f[p] = e
		put(t, a, e)
		if got := pathsOf(find(t, b, fmt.Sprintf("unheard%d ", i), 1)); got != p {
			t.Fatalf("the other one finds %q, want %q", got, p)
		}
	}
	if err := y.tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	y.state.log = 1 << 30 // however short: shorten it
	if err := y.tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	f.sound(t, x)
	f.sound(t, f.open(t, cache))
	// Made again by one, it is opened again by the other.
	if err := removeStore(indexFile(cache, "/library")); err != nil {
		t.Fatal(err)
	}
	if _, err := y.Search(t.Context(), "article", 1); !errors.Is(err, ErrRebuilt) {
		t.Errorf("after the file was deleted: %v", err)
	}
	f.sync(t, y)
	f.sync(t, x)
	f.sound(t, y)
	f.sound(t, x)
}
