package search_test

import (
	"fmt"
	"testing"
	"time"
)

// A save while many changed files are taken in: both write words.
func TestPutWhileSyncing(t *testing.T) {
	s := newShelf(t, 300)
	x := s.indexed(t)
	defer x.Close()
	stop, done := make(chan bool), make(chan bool)
	go func() {
		defer close(done)
		e := s.entries[0]
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			e.Body = fmt.Sprintf("another word%d", i)
			e.ModTime = e.ModTime.Add(time.Second)
			if err := x.Put(t.Context(), e); err != nil {
				t.Error(err)
				return
			}
		}
	}()
	for round := range 6 {
		for i := range s.files {
			s.files[i].ModTime = s.files[i].ModTime.Add(time.Duration(round+1) * time.Hour)
		}
		s.sync(t, x)
	}
	close(stop)
	<-done
	if found, err := x.Search(t.Context(), s.entries[1].Title, 10); err != nil || len(found) == 0 {
		t.Errorf("%d found, %v", len(found), err)
	}
}
