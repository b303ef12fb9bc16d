package site

import (
	"io/fs"
	"testing"

	"longhand/resources"
)

// TestOurThemesAreCompiled: a theme that is not works as well, but slower.
func TestOurThemesAreCompiled(t *testing.T) {
	names, err := fs.ReadDir(resources.Themes(), ".")
	if err != nil || len(names) == 0 {
		t.Fatal(err)
	}
	for _, name := range names {
		files, err := ThemeFiles(resources.Themes(), "", name.Name(), resources.DefaultTheme)
		if err != nil {
			t.Fatal(err)
		}
		theme, err := LoadTheme(files)
		if err != nil {
			t.Fatal(err)
		}
		for list, made := range theme.lists {
			if !made.Compiled() {
				t.Errorf("%s of %s is not compiled", list, name.Name())
			}
		}
		if !theme.Page.Compiled() {
			t.Errorf("page.html of %s is not compiled", name.Name())
		}
	}
}
