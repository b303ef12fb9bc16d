package app

import (
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"longhand/editor/text"
	"longhand/library"
	"longhand/library/disk"
	"longhand/library/merge"
	"longhand/library/versions"
)

// byWriter does something to the open text, at once, and takes note of it.
func (s *simulation) byWriter(do func()) {
	before := s.editor.Doc().String()
	do()
	after := s.editor.Doc().String()
	s.words.wrote(before, after)
	if s.of == s.doc {
		s.shown = after
	}
}

// written is what an edit must have made of the text.
func (s *simulation) written(from, to int, insert string) {
	s.t.Helper()
	doc := s.editor.Doc().String()
	want := doc[:from] + insert + doc[to:]
	s.byWriter(func() {
		s.editor.Select(from, to)
		if insert == "" {
			s.key(fyne.KeyDelete)
		}
		for i, line := range strings.Split(insert, "\n") {
			if i > 0 {
				s.key(fyne.KeyReturn)
			}
			for _, r := range line {
				s.editor.TypedRune(r)
			}
		}
	})
	if got := s.editor.Doc().String(); got != want && flush(got) != flush(want) {
		s.t.Errorf("writing %q over %q made\n%q\nwant\n%q", insert, doc[from:to], got, want)
	}
}

// flush is a text without the indents that Return repeats.
func flush(text string) string { return indents.ReplaceAllString(text, "\n") }

var indents = regexp.MustCompile(`\n +`)

// gaps are the places between words where one may write: below the front matter, before
// the mark that ends the text.
func (s *simulation) gaps() []int {
	str := s.editor.Doc().String()
	a := library.Describe(str, s.doc.file, s.doc.rel)
	end := strings.LastIndex(str, "END")
	if end < 0 {
		end = len(str)
	}
	var out []int
	for i := a.Body; i < end; i++ {
		line := str[strings.LastIndexByte(str[:i], '\n')+1 : i]
		if strings.HasPrefix(line, "<<<<") || strings.HasPrefix(line, "====") || strings.HasPrefix(line, ">") || strings.HasPrefix(strings.TrimSpace(line), ">") {
			continue // marks of a merge, which Return would take for a quote
		}
		if str[i] == ' ' || str[i] == '\n' {
			out = append(out, i)
		}
	}
	if end == len(str) {
		out = append(out, end)
	}
	return out
}

// edit does one thing to the open text.
func (s *simulation) edit() {
	if s.doc == nil || !s.showsEditor() {
		s.choose(s.any(s.listedFiles()))
		return
	}
	gaps := s.gaps()
	if len(gaps) == 0 {
		return
	}
	at := s.rnd.IntN(len(gaps))
	some := gaps[min(at+1+s.rnd.IntN(6), len(gaps)-1)]
	switch n := s.rnd.IntN(20); {
	case n < 13:
		insert := ""
		for range 1 + s.rnd.IntN(4) {
			s.words.n++
			insert += fmt.Sprintf(" w%05dx", s.words.n)
			s.typed++
		}
		switch s.rnd.IntN(6) {
		case 0:
			insert += "\nAnd 雨"
		case 1:
			insert += "é."
		}
		s.say("types%s into %s at %d", insert, s.doc.rel, gaps[at])
		s.written(gaps[at], gaps[at], insert)
	case n < 15:
		s.say("deletes %q of %s", s.editor.Doc().Slice(gaps[at], some), s.doc.rel)
		if some > gaps[at] {
			s.written(gaps[at], some, "")
		}
	case n < 17:
		s.say("undoes in %s", s.doc.rel)
		s.byWriter(func() {
			for range 1 + s.rnd.IntN(3) {
				s.editor.Undo()
			}
		})
	case n < 18:
		s.say("redoes in %s", s.doc.rel)
		s.byWriter(s.editor.Redo)
	case n < 19:
		s.say("cuts %q of %s", s.editor.Doc().Slice(gaps[at], some), s.doc.rel)
		s.byWriter(func() {
			s.editor.Select(gaps[at], some)
			s.editor.Cut()
		})
	default:
		s.say("pastes into %s", s.doc.rel)
		s.byWriter(func() {
			s.editor.Select(gaps[at], gaps[at])
			s.editor.Paste()
		})
	}
}

// work does one thing with articles and files.
func (s *simulation) work() {
	switch n := s.rnd.IntN(16); {
	case n < 5:
		rel := s.any(s.listedFiles())
		s.say("opens %s", rel)
		s.stirred = true
		if rel != "" {
			s.sidebar.open(rel)
		}
	case n < 7:
		s.say("saves")
		s.save()
	case n < 11:
		s.say("it saves by itself")
		s.autosave()
	case n < 14:
		s.say("it looks at the file")
		s.stirred = s.stirred || s.doc != nil && !s.doc.dirty
		s.reread()
	case n < 15:
		s.say("it looks at the folder")
		s.reload()
	default:
		s.earlier()
	}
}

// earlier brings back an earlier state of the open text, as one edit.
func (s *simulation) earlier() {
	if s.doc == nil {
		return
	}
	store, err := versions.Open(disk.OS{}, filepath.Join(s.cfg.State, "versions"), versions.Options{})
	if err != nil {
		s.t.Fatal(err)
	}
	list, err := store.List(s.doc.file)
	if err != nil {
		s.t.Errorf("versions of %s: %v", s.doc.file, err)
	}
	if len(list) == 0 {
		return
	}
	data, err := store.Read(list[s.rnd.IntN(min(len(list), 8))])
	if err != nil {
		s.t.Errorf("a version of %s: %v", s.doc.file, err)
		return
	}
	doc, _ := text.Decode(data)
	s.say("brings back an earlier state of %s", s.doc.rel)
	s.byWriter(func() { s.change(s.doc, merge.Changes(s.editor.Doc().String(), doc.String())) })
}

// arrange renames, copies, throws away and brings back articles, or begins one.
func (s *simulation) arrange() {
	s.stirred = true
	files := s.listedFiles()
	rel := s.any(files)
	if rel == "" || len(files) < 4 {
		s.names++
		s.say("begins an article")
		s.create("Made " + itoa(s.names))
		return
	}
	n := s.rnd.IntN(10)
	if len(files) > 14 {
		n = 7
	}
	switch {
	case n < 4:
		s.names++
		name := s.any([]string{"", "essays/", "/"}) + "named-" + itoa(s.names)
		s.say("renames %s to %s", rel, name)
		s.rename(rel)
		if s.panel == nil {
			return
		}
		s.typeName(name)
		s.panel.enter()
		if s.chance(2) { // he writes on, or not
			s.pump(100 * time.Millisecond)
		}
	case n < 5:
		s.say("copies %s", rel)
		s.duplicate(rel)
	case n < 6:
		s.names++
		s.say("begins an article")
		s.create("Made " + itoa(s.names))
	case n < 8:
		s.say("throws away %s", rel)
		s.discard(rel)
		if s.chance(2) && s.doc != nil && s.showsEditor() {
			s.edit()
		}
	default:
		s.say("brings back what was thrown away")
		s.bringBack()
	}
}

// takeOffer does what the status bar offers, where that stays in the window.
func (s *simulation) takeOffer() {
	said := s.status.said()
	if said.run == nil || said.text != s.status.lasting.text && !slices.Contains([]string{"Undo", "Next"}, said.label) {
		return
	}
	s.stirred = true
	run, label := said.run, said.label
	if said.other.label != "" && s.chance(2) {
		run, label = said.other.run, said.other.label
	}
	s.say("takes %q of %q", label, said.text)
	s.deciding = true
	run()
}

// answerAny presses a button of the dialog on top, whichever.
func (s *simulation) answerAny() {
	s.stirred = true
	if s.panelOnTop() != nil {
		s.say("leaves the panel")
		s.panel.key(fyne.KeyEscape)
		return
	}
	var buttons []*widget.Button
	top := s.win.Canvas().Overlays().Top()
	each(top, func(o fyne.CanvasObject) {
		if b, ok := o.(*widget.Button); ok && b.Visible() && b.Text != "" {
			buttons = append(buttons, b)
		}
	})
	if len(buttons) == 0 {
		s.say("an overlay without buttons goes: %T", top)
		s.win.Canvas().Overlays().Remove(top)
		return
	}
	b := buttons[s.rnd.IntN(len(buttons))]
	s.say("answers %q", b.Text)
	s.deciding = true
	s.answers++
	test.Tap(b)
}

// endAndStart ends the program in one of its ways, and starts it again.
func (s *simulation) endAndStart() {
	how := s.rnd.IntN(10)
	switch {
	case how < 4:
		s.say("crash")
		s.crashes++
		s.fall()
	case how < 6:
		s.say("the desktop ends it")
		s.restarts++
		s.end()
	default:
		s.say("closes the window")
		s.stirred = true
		s.close()
		deadline := time.Now().Add(20 * time.Second)
		for s.ctx.Err() == nil && time.Now().Before(deadline) {
			s.pump(2 * time.Millisecond)
			if s.ctx.Err() != nil {
				break
			}
			if s.win.Canvas().Overlays().Top() != nil {
				s.answerAny()
				s.pump(2 * time.Millisecond)
			}
			if s.settled == nil && s.ctx.Err() == nil && s.win.Canvas().Overlays().Top() == nil {
				return // he stays
			}
		}
		if s.ctx.Err() == nil {
			s.t.Fatalf("it never closes: %s", s.why())
		}
		s.restarts++
		s.end()
	}
	s.words.missing(s)
	for range s.rnd.IntN(3) {
		s.other()
	}
	s.begin()
}

// missing checks that what was written is on the disk while no program runs.
func (m *words) missing(s *simulation) {
	s.t.Helper()
	s.checks++
	for _, word := range m.lost(s.places()) {
		s.t.Errorf("lost at the end: %s", word)
	}
}

// end ends the window as the program does.
func (s *simulation) end() {
	w := s.shell.now.Load()
	w.stop()
	w.shell.holding.close()
	w.docs, w.doc = map[string]*document{}, nil
}

// fall ends the program as a crash does: what it has begun with files may be done, but
// nobody takes note.
func (s *simulation) fall() {
	w := s.shell.now.Load()
	ctx := s.t.Context()
	if err := w.shell.journal.Flush(ctx); err != nil {
		s.t.Fatal(err)
	}
	w.main.drop()
	w.cancel()
	w.editor.Stop()
	w.preview.Stop()
	w.shell.saves.Wait()
	w.shell.keeping.Wait()
	for _, d := range w.documents() {
		if d.saving {
			maps.Copy(s.words.unnoted, wordsIn(d.text.String()))
		}
		if d.timer != nil {
			d.timer.Stop()
		}
		d.release()
	}
	w.docs, w.doc = map[string]*document{}, nil
	w.shell.closeJournal()
	w.shell.holding.close()
	if w.index != nil {
		w.index.Close()
	}
}

// begin starts the program again, as [Run] does.
func (s *simulation) begin() {
	s.fixture = startIn(s.t, s.dir, library.Open)
	s.recover(func(latest *document) {
		last := s.session.Open[s.window.key()].File
		if latest != nil && s.docs[last] == nil {
			s.open(latest.file)
		} else {
			s.openLast()
		}
	})
	s.pump(30 * time.Millisecond)
	s.noteShown()
}
