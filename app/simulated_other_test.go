package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// other has another program do something to the library's files.
func (s *simulation) other() {
	rel := s.any(s.listedFiles())
	if s.doc != nil && s.doc.inside && s.chance(2) {
		rel = s.doc.rel // where it hurts
	}
	s.stirred = true
	s.outside++
	name := s.file(rel)
	data, err := os.ReadFile(name)
	n := s.rnd.IntN(20)
	if err != nil {
		n = 19
	}
	switch {
	case n < 12:
		after := s.otherText(string(data))
		s.say("another program changes %s: %s", rel, strings.Join(aWord.FindAllString(after[:max(0, len(after)-len(data)+9)], -1), " "))
		s.otherWrites(name, after, n < 6)
	case n < 15:
		s.say("another program touches %s", rel)
		now := time.Now()
		_ = os.Chtimes(name, now, now)
	case n < 16:
		s.say("another program writes the same into %s", rel)
		s.otherWrites(name, string(data), true)
	case n < 17:
		s.say("another program deletes %s", rel)
		s.words.otherWrote(string(data), "")
		_ = os.Remove(name)
	case n < 18:
		s.names++
		to := s.file(fmt.Sprintf("moved-%d.md", s.names))
		s.say("another program moves %s to %s", rel, filepath.Base(to))
		_ = os.Rename(name, to)
	default:
		s.names++
		to := s.file(fmt.Sprintf("theirs-%d.md", s.names))
		if err != nil && rel != "" && s.chance(2) {
			to = name // it is there again
		}
		s.say("another program makes %s", to)
		_ = os.MkdirAll(filepath.Dir(to), 0o755)
		s.otherWrites(to, s.otherText("---\ntitle: Theirs\n---\n\nText.\n\nEND\n"), true)
	}
}

// otherText is a text with words of another program, and sometimes without some that
// were there.
func (s *simulation) otherText(data string) string {
	s.words.n++
	word := fmt.Sprintf(" t%05dx", s.words.n)
	places := aWord.FindAllStringIndex(data, -1)
	if len(places) > 2 && s.chance(3) {
		p := places[s.rnd.IntN(len(places))]
		data = data[:p[0]] + data[p[1]:]
	}
	body := strings.Index(data[min(len(data), 3):], "\n\n") + 3
	if end := strings.LastIndex(data, "END"); end > body {
		return data[:end] + strings.TrimSpace(word) + "\n\n" + data[end:]
	}
	return data + word
}

// otherWrites replaces a file's text, whole or in place as simple programs do.
func (s *simulation) otherWrites(name, after string, whole bool) {
	temp := filepath.Join(filepath.Dir(name), ".other.tmp")
	if whole {
		if os.WriteFile(temp, []byte(after), 0o644) != nil {
			return
		}
	}
	before, _ := os.ReadFile(name)
	s.words.otherWrote(string(before), after)
	if whole {
		_ = os.Rename(temp, name)
	} else {
		_ = os.WriteFile(name, []byte(after), 0o644)
	}
}
