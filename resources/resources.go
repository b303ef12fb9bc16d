// Package resources holds the files that are built into the program: fonts, the
// icon, page themes and the articles of a new library. It is bytes only.
package resources

import (
	"bytes"
	"embed"
	"io/fs"
	"time"
)

//go:embed themes fonts welcome icon.png licences.txt
var files embed.FS

// Themes returns the page themes, a folder each.
func Themes() fs.FS {
	sub, err := fs.Sub(files, "themes")
	if err != nil {
		panic(err) // the folder is built in
	}
	return sub
}

// DefaultTheme is the page theme used when none is named.
const DefaultTheme = "longhand"

// Theme returns a page theme's folder. The name must be one of Themes.
func Theme(name string) fs.FS {
	sub, err := fs.Sub(Themes(), name)
	if err != nil {
		panic(err) // only an invalid name
	}
	return sub
}

// Licences returns the licences of what is built in, as text.
func Licences() string { return string(read("licences.txt")) }

// Font returns the TrueType file of a font by its name in fonts/.
func Font(name string) []byte { return read("fonts/" + name) }

// Icon returns the program's icon, a PNG of 512 by 512 pixels.
func Icon() []byte { return read("icon.png") }

// Welcome returns the files of a new library by their paths in it, dated with
// the day it is made.
func Welcome(now time.Time) map[string][]byte {
	out := map[string][]byte{}
	day := []byte(now.Format(time.DateOnly))
	for _, name := range []string{"welcome.md", "authors/you.md"} {
		out[name] = bytes.ReplaceAll(read("welcome/"+name), []byte("{{date}}"), day)
	}
	return out
}

func read(name string) []byte {
	data, err := files.ReadFile(name)
	if err != nil {
		panic(err) // a name that is not built in is a mistake in the program
	}
	return data
}
