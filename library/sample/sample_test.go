package sample_test

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"longhand/library"
	"longhand/library/sample"
)

// What is written is read as what was made up, and is the same each time.
func TestWrite(t *testing.T) {
	made := sample.Articles(40, nil)
	if !reflect.DeepEqual(made, sample.Articles(40, nil)) {
		t.Fatal("the articles are others each time")
	}
	made[0].Tags = []string{"a, b", `quo"ted`, "[c]"}
	dir := t.TempDir()
	if err := sample.Write(dir, made); err != nil {
		t.Fatal(err)
	}
	lib, err := library.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	read, problems, err := lib.Load(context.Background())
	if err != nil || len(problems) > 0 || len(read) != len(made) {
		t.Fatalf("%d articles, %v, %v", len(read), problems, err)
	}
	for i, a := range read { // newest first, as they are made
		m := made[i]
		if a.Path != m.Path || a.Title != strings.Join(strings.Fields(m.Title), " ") || !slices.Equal(a.Tags, m.Tags) || !slices.Equal(a.Authors, m.Authors) || a.Draft != m.Draft || !a.Date.Equal(m.Date) {
			t.Errorf("read %+v of %+v", a.Meta, m)
		}
	}
	fromReal, err := sample.Real(dir)
	if err != nil || len(fromReal) != len(made) {
		t.Fatal(len(fromReal), err)
	}
	if more := sample.Articles(100, fromReal); len(more) != 100 || more[70].Body == "" || more[70].Body == more[71].Body {
		t.Error("nothing new is made of real articles")
	}
}
