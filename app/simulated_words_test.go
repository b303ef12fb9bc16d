package app

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"longhand/library/disk"
	"longhand/library/journal"
)

// aWord is a word that is there once: the writer's begin with w, another program's with t.
var aWord = regexp.MustCompile(`[wt]\d{5}x`)

type set map[string]bool

func wordsIn(s string) set {
	out := set{}
	for _, w := range aWord.FindAllString(s, -1) {
		out[w] = true
	}
	return out
}

// words is what the model knows of every word.
type words struct {
	n     int
	due   set               // that must be somewhere
	saved set               // of the writer, that were in a file once: they can be had back for ever
	seen  map[string]string // where each word was found last
	// unnoted are words of saves during which the program crashed: the file may have them,
	// and no version yet. That they are lost if another program then deletes them, before
	// the article is opened again, is the one gap that is known and let pass.
	unnoted set
	whole   set // texts that the other program wrote, and those without a mark that were shown
}

func newWords() *words {
	return &words{unnoted: set{}, seen: map[string]string{}, due: set{}, saved: set{}, whole: set{}}
}

// wrote takes note of an edit of the writer, who may have deleted words.
func (m *words) wrote(before, after string) {
	was, is := wordsIn(before), wordsIn(after)
	for w := range was {
		if !is[w] {
			delete(m.due, w)
		}
	}
	for w := range is {
		if !was[w] {
			m.due[w] = true
		}
	}
}

// otherWrote takes note that another program replaced a file's text. What was its own
// in there and is not any more, it wanted gone; what the writer had saved must be among
// the versions.
func (m *words) otherWrote(before, after string) {
	is := wordsIn(after)
	m.inFile(before)
	for w := range wordsIn(before) {
		if !is[w] && (w[0] == 't' || m.unnoted[w]) {
			delete(m.due, w)
			delete(m.saved, w)
		}
	}
	for w := range is {
		if w[0] == 't' {
			m.due[w] = true
		}
	}
	m.whole[after] = true
}

func (m *words) wroteWhole(data []byte) bool { return m.whole[string(data)] }

// shown takes note of a text without the mark at its end, which may be saved so.
func (m *words) shown(data string) {
	if !endMarked(data) {
		m.whole[data] = true
	}
}

// endMarked reports whether a text ends in the mark that texts here end in.
func endMarked(data string) bool {
	return strings.HasSuffix(strings.TrimRight(data, "\r\n"), "END") && !strings.Contains(data, "\x00")
}

// inFile takes note of what a file holds.
func (m *words) inFile(data string) {
	for w := range wordsIn(data) {
		if w[0] == 'w' {
			m.saved[w] = true
		}
	}
}

// lost are the words that should be somewhere and are not.
func (m *words) lost(at *found) []string {
	var out []string
	maps.Copy(m.seen, at.words)
	for w := range m.due {
		if at.words[w] == "" {
			out = append(out, w+", seen last in "+m.seen[w])
		}
	}
	for w := range m.saved {
		if !m.due[w] && at.words[w] == "" {
			out = append(out, w+", which was saved once, seen last in "+m.seen[w])
		}
	}
	slices.Sort(out)
	return out
}

// found is what is found everywhere.
type found struct {
	words    map[string]string // with a place of each
	files    map[string]string // of the library
	versions set               // texts
}

// places looks into all files, versions, the trash, the journal and the open texts.
func (s *simulation) places() *found {
	s.t.Helper()
	at := &found{words: map[string]string{}, files: map[string]string{}, versions: set{}}
	for _, d := range s.documents() {
		at.add("the open "+d.file, d.text.String())
	}
	versions := filepath.Join(s.cfg.State, "versions", "objects")
	err := filepath.WalkDir(s.dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return nil
		}
		in := func(dir string) bool { return strings.HasPrefix(name, dir+string(filepath.Separator)) }
		data, err := os.ReadFile(name)
		switch {
		case err != nil: // it went meanwhile
		case in(versions):
			text := unpacked(data)
			at.versions[text] = true
			at.add("a version", text)
		case in(s.lib.Dir()):
			if strings.HasPrefix(filepath.Base(name), ".") {
				return nil // temporary
			}
			at.files[name] = string(data)
			s.words.inFile(string(data))
			fallthrough
		case in(s.cfg.Trash), in(s.rescued()):
			at.add(name, string(data))
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
	recovered, problems, err := journal.Unsaved(disk.OS{}, journalFolder(s.cfg.State))
	if err != nil || len(problems) > 0 {
		s.t.Errorf("the journal: %v %v", problems, err)
	}
	for _, r := range recovered {
		at.add("the journal for "+r.Path, string(r.Text))
	}
	return at
}

// add takes note of the words of a text.
func (at *found) add(place, text string) {
	for w := range wordsIn(text) {
		at.words[w] += place + ", "
	}
}

// unpacked is the text of a version.
func unpacked(data []byte) string {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return ""
	}
	text, _ := io.ReadAll(z)
	return string(text)
}

// torn are the files that are not whole: all texts here end in a mark, but for those
// that were shown or kept without it.
func (s *simulation) torn(at *found) []string {
	var out []string
	for name, data := range at.files {
		if filepath.Ext(name) != ".md" {
			continue
		}
		shown := slices.ContainsFunc(s.documents(), func(d *document) bool { return string(d.text.Bytes()) == data })
		if !endMarked(data) && !shown && !at.versions[data] && !s.words.whole[data] && !isNew(data) {
			out = append(out, name+": "+data)
		}
	}
	return out
}

// isNew reports whether this is an article that nothing was written into.
func isNew(data string) bool { return len(wordsIn(data)) == 0 && strings.HasSuffix(data, "---\n\n") }
