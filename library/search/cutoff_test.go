package search_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"longhand/library/search"
)

// Files that are cut off while the index is open cost one answer.
func TestCutOffWhileOpen(t *testing.T) {
	s := newShelf(t, 600)
	x := s.indexed(t)
	defer x.Close()
	files, err := filepath.Glob(filepath.Join(s.cache, "search-*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		if err := os.Truncate(f, 5000); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := x.Search(t.Context(), "me", 10); !errors.Is(err, search.ErrRebuilt) {
		t.Fatalf("error %v, want ErrRebuilt", err)
	}
	s.sync(t, x)
	if found, err := x.Search(t.Context(), "me", 10); err != nil || len(found) == 0 {
		t.Errorf("%d found, %v", len(found), err)
	}
}
