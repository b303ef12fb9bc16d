package search

import (
	"fmt"
	"testing"
	"time"
)

// numbersOf gives numbers to n articles of one date, as a [Index.Sync] does.
func numbersOf(t *testing.T, s *state, n int) {
	t.Helper()
	for begun := 0; begun < n; begun += batchSize {
		c := &change{st: s, taken: map[int64]bool{}}
		for i := begun; i < min(begun+batchSize, n); i++ {
			d := &doc{}
			d.article.Path, d.article.Date = fmt.Sprintf("%d.md", i), day
			if old := s.byPath[d.article.Path]; old != nil {
				c.removed = append(c.removed, old.id)
			}
			d.id = c.free(day.Unix())
			c.docs = append(c.docs, d)
		}
		if err := s.apply(&c.record); err != nil {
			t.Fatal(err)
		}
	}
}

// To give them numbers takes a time that does not grow with the square.
func TestNumbersOfManyArticlesOfOneDate(t *testing.T) {
	s := newState()
	begun := time.Now()
	numbersOf(t, s, 40_000)
	if took := time.Since(begun); took > 5*time.Second { // it was a minute
		t.Errorf("40,000 took %v", took)
	}
	for i, d := range s.docs {
		if want := dateID(day.Unix()) + int64(len(s.docs)-1-i); d.id != want {
			t.Fatalf("number %d, want %d", d.id, want)
		}
	}
}

// Those that are saved again and again do not wander off from their date.
func TestNumbersAreGivenAgain(t *testing.T) {
	s := newState()
	for range 40 {
		numbersOf(t, s, 2500)
	}
	if last := s.docs[0].id - dateID(day.Unix()); last >= 2500+batchSize {
		t.Errorf("the last of 2,500 articles has number %d", last)
	}
}

func TestManyArticlesOfOneMoment(t *testing.T) {
	f := disk{}
	for i := range 3000 {
		p := fmt.Sprintf("%d.md", i)
		f[p] = Entry{Path: p, Title: "Article", Date: day, ModTime: day}
	}
	f["absurd.md"] = Entry{Path: "absurd.md", Title: "Article", Date: time.Date(9998, 1, 1, 0, 0, 0, 0, time.UTC), ModTime: day}
	f["none.md"] = Entry{Path: "none.md", Title: "Article"}
	x := f.open(t, t.TempDir())
	f.sync(t, x)
	f.sound(t, x)
	if got := find(t, x, "year:2026", 0); len(got) != 3000 {
		t.Errorf("%d of the year", len(got))
	}
	if got := find(t, x, "article year:2026", 0); len(got) != 3000 {
		t.Errorf("%d with the word", len(got))
	}
	if got := pathsOf(find(t, x, "article", 1)); got != "absurd.md" {
		t.Errorf("the newest is %q", got)
	}
}
