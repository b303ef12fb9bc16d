package app

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"longhand/library"
)

// actSeconds is how long a writer takes for one act on the average, to say how much
// time a simulation stands for.
const actSeconds = 5

// simulation is a writer and another program at work on one library, in quick motion,
// with a model of what must be somewhere afterwards. Acts are chosen by chance; the
// seed makes the choices again, though not the moments at which the disk is ready.
type simulation struct {
	*fixture
	t     *testing.T
	rnd   *rand.Rand
	words *words
	trace []string // what was done last
	names int      // given to files

	// shown is what the editor must show as long as nothing comes from outside.
	shown string
	of    *document
	// stirred is set when something was done that may change the open text by itself.
	stirred bool
	// deciding is set from an answer until all is at rest: what it does takes a while.
	deciding bool

	acts, typed, outside, answers, restarts, crashes, checks int
}

// TestSimulatedWriting lets a writer and another program work on one library and finds
// every word again: none is lost that was not deleted, no file is torn, and the text
// shown is at any time what was written.
func TestSimulatedWriting(t *testing.T) {
	runs, acts := 2, 250
	if testing.Short() {
		runs, acts = 1, 100
	}
	if os.Getenv("LONGHAND_TORTURE") != "" {
		runs, acts = 8, 8*3600/actSeconds/8
	}
	seed := uint64(20261125)
	if s := os.Getenv("LONGHAND_SEED"); s != "" {
		n, err := strconv.ParseUint(s, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		seed, runs = n, 1
	}
	total := 0
	for i := range runs {
		t.Run(fmt.Sprint(seed+uint64(i)), func(t *testing.T) {
			s := simulate(t, seed+uint64(i), acts)
			total += s.acts
			t.Logf("%d acts, %d words typed, %d changes from outside, %d questions answered, %d restarts, %d crashes, %d checks",
				s.acts, s.typed, s.outside, s.answers, s.restarts, s.crashes, s.checks)
		})
	}
	hours := float64(total) * actSeconds / 3600
	t.Logf("%d acts, as in %.1f hours of writing", total, hours)
}

// simulate runs one simulation of so many acts.
func simulate(t *testing.T, seed uint64, acts int) *simulation {
	s := &simulation{t: t, rnd: rand.New(rand.NewPCG(seed, 7)), words: newWords()}
	files := simulated()
	for _, data := range files {
		s.words.otherWrote("", data)
	}
	s.fixture = start(t, files)
	defer func() {
		if t.Failed() {
			t.Logf("seed %d; done last:\n%s", seed, strings.Join(s.trace, "\n"))
		}
	}()
	s.noteShown()
	for s.acts = 0; s.acts < acts && !t.Failed(); s.acts++ {
		s.act()
		s.pump(2 * time.Millisecond)
		s.compareShown()
		if s.rnd.IntN(25) == 0 {
			s.rest()
			s.check()
		}
	}
	if !t.Failed() {
		s.rest()
		s.check()
	}
	return s
}

// simulated is the library at the start: files of all the kinds that there are.
func simulated() map[string]string {
	return map[string]string{
		"river.md":       "---\ntitle: The river\ndate: 2026-03-03\n---\n\nTo the [rain](rain.md).\n\nt90001x t90002x\n\nEND\n",
		"rain.md":        "---\r\ntitle: The rain\r\n---\r\n\r\nTo the [river](river.md).\r\n\r\nt90003x\r\n\r\nEND\r\n",
		"snow.md":        "\ufeff---\ntitle: The snow\n---\n\nt90004x and 雪 [rain](rain.md)\n\nEND",
		"bread/index.md": "+++\ntitle = \"Bread\"\n+++\n\nt90005x [river](../river.md)\n\nEND\n",
		"plain.md":       "# Plain\n\nt90006x\nt90007x\r\nt90008x\n\nEND\n",
	}
}

// say notes what is done.
func (s *simulation) say(format string, args ...any) {
	s.trace = append(s.trace, fmt.Sprintf("%5d ", s.acts)+fmt.Sprintf(format, args...))
	s.trace = s.trace[max(0, len(s.trace)-60):]
}

// chance is true once in n times.
func (s *simulation) chance(n int) bool { return s.rnd.IntN(n) == 0 }

// act does one thing, chosen by chance.
func (s *simulation) act() {
	busy := s.win.Canvas().Overlays().Top() != nil
	n := s.rnd.IntN(100)
	switch {
	case n < 16:
		s.other()
	case busy:
		if s.chance(2) {
			s.answerAny()
		}
	case n < 56:
		s.edit()
	case n < 88:
		s.work()
	case n < 95:
		s.takeOffer()
	case n < 98:
		s.arrange()
	default:
		s.endAndStart()
	}
}

// pump lets the main thread work until nothing has come for a while.
func (s *simulation) pump(quiet time.Duration) {
	for {
		select {
		case f := <-s.loop.work:
			f()
		case <-time.After(quiet):
			return
		}
	}
}

// rest answers all questions, and waits until everything is saved that can be and
// nothing is under way.
func (s *simulation) rest() {
	deadline := time.Now().Add(30 * time.Second)
	for {
		s.pump(2 * time.Millisecond)
		switch {
		case s.win.Canvas().Overlays().Top() != nil:
			s.answerAny()
		case s.atWork():
		default:
			if !s.saveAll() {
				s.shell.saves.Wait()
				s.shell.keeping.Wait() // versions too
				s.pump(5 * time.Millisecond)
				if !s.atWork() && s.win.Canvas().Overlays().Top() == nil {
					s.compareShown()
					s.deciding = false
					return
				}
			}
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("it never rests: %s\n%s", s.why(), strings.Join(s.trace, "\n"))
		}
	}
}

// saveAll begins to save what needs it, and reports whether anything did.
func (s *simulation) saveAll() (began bool) {
	for _, d := range s.documents() {
		if d.dirty && d.failed == nil && !d.conflict && !d.restored {
			s.saveDoc(d)
			began = began || d.saving || d.again
		}
	}
	return began
}

func (s *simulation) atWork() bool {
	return s.moving.busy || s.opening.what != nil || s.rereading || s.reading.busy || s.settled != nil ||
		slices.ContainsFunc(s.documents(), func(d *document) bool { return d.saving })
}

func (s *simulation) why() string {
	text := fmt.Sprintf("moving %v, opening %v, rereading %v, reading %v, settling %v, dialog %q", s.moving.busy, s.opening.what != nil, s.rereading, s.reading.busy, s.settled != nil, s.dialog())
	for _, d := range s.documents() {
		text += fmt.Sprintf("; %s dirty %v saving %v conflict %v restored %v: %v", d.rel, d.dirty, d.saving, d.conflict, d.restored, d.failed)
	}
	return text
}

// noteShown takes what is shown for right.
func (s *simulation) noteShown() { s.shown, s.of, s.stirred = s.editor.Doc().String(), s.doc, false }

// compareShown compares the text shown with the model: it is what was written, unless
// something came from outside or by an answer.
func (s *simulation) compareShown() {
	s.t.Helper()
	for _, d := range s.documents() {
		s.words.shown(string(d.text.Bytes()))
	}
	if s.doc == nil {
		s.of = nil
		return
	}
	now := s.editor.Doc().String()
	if now != s.doc.text.String() {
		s.t.Errorf("the editor shows another text than that of %s", s.doc.file)
	}
	// What another program wrote may be taken up later than the model has seen it at rest.
	theirs := !s.doc.dirty && s.words.wroteWhole(s.doc.text.Bytes())
	if s.of != nil && s.of.now() == s.doc && !s.stirred && now != s.shown && !theirs {
		s.t.Errorf("the text of %s changed by itself:\n%q\nwas\n%q", s.doc.file, now, s.shown)
	}
	settled := s.of == s.doc && !s.atWork() && s.win.Canvas().Overlays().Top() == nil
	stirred := s.stirred && !settled || s.deciding
	s.noteShown()
	s.stirred = stirred
}

// check compares everything with the model.
func (s *simulation) check() {
	s.t.Helper()
	s.checks++
	found := s.places()
	for _, word := range s.words.lost(found) {
		s.t.Errorf("lost: %s", word)
	}
	for _, name := range s.torn(found) {
		s.t.Errorf("torn: %s", name)
	}
	for _, d := range s.documents() {
		if d.dirty || d.restored {
			continue
		}
		data, err := os.ReadFile(d.file)
		if err == nil && string(data) != string(d.disk) && !s.words.wroteWhole(data) {
			s.t.Errorf("%s holds what nobody wrote", d.file)
		}
		if string(d.text.Bytes()) != string(d.disk) {
			s.t.Errorf("%s passes for saved, and is not", d.file)
		}
	}
}

// listedFiles are the paths of the articles there are.
func (s *simulation) listedFiles() []string {
	articles, _, err := s.lib.Load(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	var out []string
	for _, a := range articles {
		if library.IsListed(a.Path) {
			out = append(out, a.Path)
		}
	}
	slices.Sort(out)
	return out
}

// any is one of several, "" of none.
func (s *simulation) any(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[s.rnd.IntN(len(list))]
}
