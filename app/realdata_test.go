package app

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"longhand/editor/text"
	"longhand/library"
)

// dressings are the ways in which the bytes of one text may differ in a file.
var dressings = []struct {
	name string
	make func(string) string
}{
	{"as it is", func(s string) string { return s }},
	{"with CRLF", func(s string) string { return strings.ReplaceAll(lf(s), "\n", "\r\n") }},
	{"with a BOM", func(s string) string { return "\ufeff" + strings.TrimPrefix(s, "\ufeff") }},
	{"with a BOM and CRLF", func(s string) string {
		return "\ufeff" + strings.ReplaceAll(lf(strings.TrimPrefix(s, "\ufeff")), "\n", "\r\n")
	}},
	{"with mixed line ends", func(s string) string {
		lines := strings.SplitAfter(lf(s), "\n")
		for i := range lines {
			if i%3 == 1 {
				lines[i] = strings.Replace(lines[i], "\n", "\r\n", 1)
			}
		}
		return strings.Join(lines, "")
	}},
	{"without a last line break", func(s string) string { return strings.TrimRight(s, "\r\n") }},
	{"with many last line breaks", func(s string) string { return s + "\n\n\n" }},
}

func lf(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// Real articles are loaded and saved without a change of a byte, and a new title changes
// its own line alone: read, edited and written as the window does, in all dressings.
func TestRealDataSavedAsTheyWere(t *testing.T) {
	data := os.Getenv("LONGHAND_DATA")
	if data == "" {
		t.Skip("set LONGHAND_DATA to a folder with library/ to save real articles")
	}
	dir := t.TempDir()
	saved, titled, left := 0, 0, 0
	err := filepath.WalkDir(filepath.Join(data, "library"), func(name string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() || filepath.Ext(name) != ".md" {
			return err
		}
		original, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for i, dress := range dressings {
			was := []byte(dress.make(string(original)))
			file := filepath.Join(dir, filepath.Base(name))
			write(t, file, string(was))
			a, doc := library.ReadText(file, filepath.Base(name))
			if a.Unreadable {
				left++
				break
			}
			if _, err := library.Save(file, doc.Bytes(), was); err != nil {
				t.Errorf("%s %s: %v", name, dress.name, err)
			}
			if now, _ := os.ReadFile(file); !bytes.Equal(now, was) {
				t.Errorf("%s %s: it was saved as other bytes", name, dress.name)
			}
			saved++
			retitled, err := library.WithFrontMatter(doc, library.Key{Name: "title", Value: "Another: title"})
			if err != nil {
				left++
				continue
			}
			now := retitled.Bytes()
			if i == 0 { // the others differ in what is written, not in the writing
				if _, err := library.Save(file, now, was); err != nil {
					t.Errorf("%s: %v", name, err)
				}
				now, _ = os.ReadFile(file)
			}
			if !titleAlone(t, doc, was, now) {
				t.Errorf("%s %s: more than the title has changed, or less", name, dress.name)
			}
			titled++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if saved < 1000 || titled < saved/2 {
		t.Errorf("only %d texts were saved and %d titles set", saved, titled)
	}
	t.Logf("%d texts saved as they were, %d titles set alone; %d that cannot be edited so", saved, titled, left)
}

// titleAlone reports whether two files are the same but for the line, or lines, of a title
// that is now one line.
func titleAlone(t *testing.T, doc text.Doc, was, now []byte) bool {
	t.Helper()
	fm, err := library.ParseFrontMatter(doc.String())
	if err != nil {
		t.Fatal(err)
	}
	old, new := bytes.SplitAfter(was, []byte("\n")), bytes.SplitAfter(now, []byte("\n"))
	for len(old) > 0 && len(new) > 0 && bytes.Equal(old[0], new[0]) {
		old, new = old[1:], new[1:]
	}
	for len(old) > 0 && len(new) > 0 && bytes.Equal(old[len(old)-1], new[len(new)-1]) {
		old, new = old[:len(old)-1], new[:len(new)-1]
	}
	changed := string(bytes.Join(new, nil))
	if fm.Format == library.NoFrontMatter {
		return len(old) <= 1 && strings.Contains(changed, "Another: title") // it gets some
	}
	if len(old) == 0 { // there was none: it is a line of its own
		return len(new) == 1 && strings.Contains(changed, "Another: title") && !bytes.Contains(was, []byte("title"))
	}
	last := func(lines [][]byte) bool { return bytes.HasSuffix(lines[len(lines)-1], []byte("\r\n")) }
	return len(new) == 1 && strings.Contains(changed, "Another: title") && last(old) == last(new)
}
