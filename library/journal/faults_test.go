package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"longhand/editor/text"
	"longhand/library"
	"longhand/library/disk"
	"longhand/library/disk/faulty"
)

// torture asks for the long form of tests that let everything fail.
var torture = os.Getenv("LONGHAND_TORTURE") != ""

// writer is a simulated session: a text that is written and saved, and what is known
// of it that must not be lost.
type writer struct {
	t    *testing.T
	r    *rand.Rand
	on   *faulty.Disk
	dir  string
	file string // "" for an article without one

	j     *Journal
	log   *Log
	state text.State
	base  []byte
	clean bool

	said     []string // all that was handed over since the start, as bytes
	promised int      // of those, what is on the disk for sure
	unsure   bool     // a save began without the journal knowing of its text
	crashes  int
	held     string   // what the file held at the last start
	loose    bool     // the last write of the file failed: a power cut may still take it back
	before   []string // what was said before that
	did      []int
	others   []string // what another program may have put into the file

	mu    sync.Mutex
	tells []*library.Problem
}

const firstText = "\ufeffA text.\r\nAnd one more line.\r\n"

func newWriter(t *testing.T, r *rand.Rand, named bool) *writer {
	t.Helper()
	root := t.TempDir()
	w := &writer{t: t, r: r, dir: filepath.Join(root, "state", "journal")}
	first := ""
	if named {
		w.file, first = filepath.Join(root, "one.md"), firstText
		if err := os.WriteFile(w.file, []byte(first), 0o644); err != nil {
			t.Fatal(err)
		}
		w.base = []byte(first)
	}
	on, err := faulty.New(root)
	if err != nil {
		t.Fatal(err)
	}
	w.on = on
	w.openJournal()
	w.state = text.NewState(decode(t, first), text.Selection{})
	w.log = w.j.Begin(About{Path: w.file}, w.state.Doc(), w.base)
	w.said, w.clean = []string{first}, true
	return w
}

func (w *writer) openJournal() {
	w.tells = nil
	w.j = Open(w.on, w.dir, Options{State: func(p *library.Problem) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.tells = append(w.tells, p)
	}})
}

func (w *writer) doc() text.Doc { return w.state.Doc() }

func (w *writer) write() {
	doc := w.doc()
	if w.r.IntN(5) == 0 {
		w.state, _, _ = w.state.Undo()
	} else {
		at := w.r.IntN(doc.Len() + 1)
		c := text.Change{Start: at, End: min(at+w.r.IntN(4), doc.Len()), Insert: fmt.Sprintf("%d é\n", w.r.IntN(1000))}
		if w.r.IntN(20) == 0 {
			c.Insert = strings.Repeat(c.Insert, 5000)
		}
		if next, err := w.state.Apply(text.Transaction{Changes: text.Changes{c}, Kind: text.Command}); err == nil {
			w.state = next
		}
	}
	w.log.Write(w.doc())
	w.said = append(w.said, string(w.doc().Bytes()))
	w.clean = false
}

func (w *writer) flush() bool {
	if w.j.Flush(context.Background()) != nil {
		return false
	}
	w.promised = len(w.said) - 1
	return true
}

// put saves as package library does: its own faults are its own tests' matter.
func (w *writer) put(data []byte) error {
	temp := filepath.Join(filepath.Dir(w.file), ".temp")
	f, err := w.on.OpenFile(temp, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = w.on.Rename(temp, w.file)
	}
	if err == nil {
		err = disk.SyncFolder(w.on, filepath.Dir(w.file))
	}
	return err
}

// save saves the text as the window does, with a letter typed meanwhile or not.
func (w *writer) save(meanwhile bool) {
	if w.file == "" {
		return
	}
	doc, n := w.doc(), len(w.said)-1
	data := doc.Bytes()
	w.log.Saving(doc)
	if !w.flush() {
		w.unsure = true
	}
	if meanwhile {
		w.write()
	}
	if w.loose = w.put(data) != nil; w.loose {
		return
	}
	w.promised, w.base = max(w.promised, n), data
	w.log.Saved(doc, data)
	w.clean = w.doc().Same(doc)
}

// reload takes over what another program wrote, when nothing is unsaved.
func (w *writer) reload() {
	if w.file == "" || !w.clean {
		return
	}
	if w.on.Met() {
		w.on.Set(faulty.None, 1, 1) // what happens to other programs is not looked at here
	}
	w.unsure = w.unsure || !w.flush() // the log of what was just saved may still be there
	theirs := []byte(fmt.Sprintf("Theirs, %d.\n", w.r.IntN(1000)))
	if err := w.put(theirs); err != nil {
		w.others = append(w.others, string(theirs))
		w.unsure, w.loose = true, true
		return
	}
	w.loose = false
	w.base = theirs
	w.state = text.NewState(decode(w.t, string(theirs)), text.Selection{})
	w.log.Replaced(w.doc(), theirs)
	w.said = append(w.said, string(theirs))
	w.promised = len(w.said) - 1
}

// crash stops everything, lets the machine lose what it may, looks at what is left,
// and goes on from there.
func (w *writer) crash(power bool, r *rand.Rand) {
	w.t.Helper()
	w.crashes++
	w.on.Stop()
	if err := w.j.Close(context.Background()); err != nil && !errors.Is(err, faulty.ErrStopped) {
		w.t.Fatal(err)
	}
	if power {
		if err := w.on.PowerCut(r); err != nil {
			w.t.Fatal(err)
		}
	}
	w.on.Restart()
	w.check()
}

// check looks for the text after a crash and takes it up.
func (w *writer) check() {
	w.t.Helper()
	w.openJournal()
	all, problems, err := w.j.Unsaved()
	if err != nil || len(problems) > 0 || len(all) > 1 {
		w.fail("%d texts recovered, %v, %v", len(all), problems, err)
	}
	w.unsure = w.unsure || w.loose
	var left [][]byte
	w.base = nil
	if w.file != "" {
		data, err := os.ReadFile(w.file)
		if err != nil {
			w.fail("the file: %v", err)
		}
		switch {
		case w.wasSaid(data, 0) || string(data) == w.held:
		case slices.Contains(w.before, string(data)):
			// what the last start saw was not on the disk
		case slices.Contains(w.others, string(data)):
			w.said, w.promised = append(w.said, string(data)), len(w.said)
		default:
			w.fail("the file holds what was never written: %q", data)
		}
		left, w.base, w.held = append(left, data), data, string(data)
	}
	if len(all) == 1 {
		r := all[0]
		if r.Damage != nil || r.Path != w.file {
			w.fail("recovered with %v, path %q", r.Damage, r.Path)
		}
		if !w.wasSaid(r.Text, 0) {
			w.fail("recovered what was never written: %q", r.Text)
		}
		if r.File == Changed && !w.unsure || r.File == Gone || r.File == Unreadable {
			w.fail("the file is %v, though nobody else wrote it", r.File)
		}
		if r.File != Changed && !w.unsure {
			left = nil // the text takes the file's place
		}
		left = append(left, r.Text)
	}
	if len(left) == 0 {
		left = append(left, nil) // an article that is empty
	}
	found := left[0]
	ok := false
	for _, data := range left {
		if w.wasSaid(data, w.promised) {
			ok, found = true, data
		}
	}
	if !ok {
		w.fail("what is left was said as %v; on the disk was %d of %d", w.when(left), w.promised, len(w.said))
	}
	w.state = text.NewState(decode(w.t, string(found)), text.Selection{})
	if len(all) == 1 {
		if w.log, err = w.j.Take(all[0], w.doc()); err != nil {
			w.fail("not taken: %v", err)
		}
		w.log.Write(w.doc())
		w.clean = false
	} else {
		w.log = w.j.Begin(About{Path: w.file}, w.doc(), w.base)
		w.clean = true
	}
	w.before = append(w.before, w.said...)
	w.said = []string{string(found)}
	if len(all) == 1 { // what stays in the log until it is written anew
		w.said = []string{string(all[0].Text), string(found)}
	}
	w.promised, w.others = len(w.said)-1, nil
	w.unsure = len(all) == 1 && all[0].File == Changed // and stays so until it is saved
}

func (w *writer) wasSaid(data []byte, from int) bool {
	for _, s := range w.said[from:] {
		if s == string(data) {
			return true
		}
	}
	return false
}

// when returns which of what was said each text is.
func (w *writer) when(texts [][]byte) (at []int) {
	for _, s := range texts {
		at = append(at, slices.Index(w.said, string(s)))
	}
	return at
}

func (w *writer) fail(format string, args ...any) {
	w.t.Helper()
	trace := w.on.Trace()
	w.t.Fatalf(format+"\nsteps %v, last calls:\n%s", append(args, w.did, strings.Join(trace[max(0, len(trace)-80):], "\n"))...)
}

// end saves or discards what is left: then nothing remains in the folder.
func (w *writer) end() {
	w.t.Helper()
	w.on.Set(faulty.None, 1, 1)
	for try := 0; !w.flush(); try++ {
		if try > 2 {
			w.fail("the journal does not work again")
		}
	}
	w.crash(false, nil)
	w.write()
	if !w.flush() {
		w.fail("not written after a crash")
	}
	if w.file != "" {
		w.save(false)
	} else {
		w.log.Discard()
	}
	if err := w.j.Close(context.Background()); err != nil {
		w.fail("%v", err)
	}
	if err := sweep(w.on, w.dir); err != nil {
		w.fail("%v", err)
	}
	entries, err := os.ReadDir(w.dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) || len(entries) > 0 {
		w.fail("left are %v, %v", entries, err)
	}
	// Fails and works in turn, as told.
	for i, p := range w.tells {
		if i > 0 && (p == nil) == (w.tells[i-1] == nil) {
			w.fail("told twice: %v", w.tells)
		}
	}
}

// session is what each run of [TestFaults] does.
func (w *writer) session() {
	w.write()
	w.flush()
	w.write()
	w.write()
	w.flush()
	w.save(true)
	w.flush()
	w.write()
	w.flush()
	w.save(false)
	w.flush()
	w.reload()
	w.write()
	w.log.Moved(About{Path: w.file})
	w.flush()
}

// Each call of a session fails, alone or with all after it, or is the last one.
func TestFaults(t *testing.T) {
	seeds, lengths := uint64(1), []int{1, 1 << 20}
	if torture {
		seeds, lengths = 40, []int{1, 2, 4, 8, 1 << 20}
	}
	runs, calls := 0, 0
	for _, named := range []bool{true, false} {
		if !named && !torture { // half as much will do
			lengths = []int{1 << 20}
		}
		count := newWriter(t, rand.New(rand.NewPCG(1, 1)), named)
		count.session()
		all := count.on.Calls()
		count.end()
		calls += all
		for n := 1; n <= all; n++ {
			for _, fault := range faulty.Faults {
				for _, many := range lengths {
					if fault.Stops() && many > 1 {
						continue
					}
					for cut := range seeds + 2 {
						if !fault.Stops() && cut > 1 {
							break
						}
						w := newWriter(t, rand.New(rand.NewPCG(1, 1)), named)
						w.on.Set(fault, n, many)
						w.session()
						switch {
						case !fault.Stops() && cut == 0:
							w.end()
						case cut == 0:
							w.crash(false, nil)
							w.end()
						case cut == 1:
							w.crash(true, nil)
							w.end()
						default:
							w.crash(true, rand.New(rand.NewPCG(cut, uint64(n))))
							w.end()
						}
						runs++
					}
				}
			}
		}
	}
	t.Logf("%d calls of two sessions x %d faults, alone and from then on, and crashes of the program and the machine: %d runs", calls, len(faulty.Faults), runs)
}

// Sessions by chance, with faults and crashes at any moment.
func TestSessions(t *testing.T) {
	seeds := uint64(150)
	if torture {
		seeds = 10_000
	}
	steps, crashes, calls := 0, 0, 0
	for seed := range seeds {
		r := rand.New(rand.NewPCG(seed, 42))
		w := newWriter(t, r, r.IntN(3) > 0)
		for range 40 {
			steps++
			what := r.IntN(12)
			w.did = append(w.did, what)
			switch what {
			case 0, 1, 2, 3:
				w.write()
			case 4, 5:
				w.flush()
			case 6, 7:
				w.save(r.IntN(2) == 0)
			case 8:
				w.reload()
			case 9:
				w.on.Set(faulty.Faults[r.IntN(len(faulty.Faults))], 1+r.IntN(20), 1+r.IntN(10))
			case 10:
				if r.IntN(2) == 0 {
					w.on.Set(faulty.None, 1, 1)
				}
			case 11:
				switch r.IntN(3) {
				case 0:
					w.crash(false, nil)
				case 1:
					w.crash(true, nil)
				default:
					w.crash(true, r)
				}
			}
		}
		crashes += w.crashes
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
		if w.on.Stopped() {
			w.crash(true, r)
		}
		w.end()
		calls += w.on.Calls()
	}
	t.Logf("%d sessions with %d steps, %d calls and %d crashes", seeds, steps, calls, crashes)
}

// What is written while nothing can be written waits, and takes no memory but its text.
func TestLongFailure(t *testing.T) {
	w := newWriter(t, rand.New(rand.NewPCG(3, 3)), true)
	w.on.Set(faulty.NoSpace, 1, 1<<30)
	for range 2000 {
		w.write()
	}
	for range 20 {
		if w.flush() {
			t.Fatal("written to a full disk")
		}
	}
	w.mu.Lock()
	if len(w.tells) != 1 || w.tells[0] == nil || w.tells[0].Remedy != "free some space" || !bytes.Contains([]byte(w.tells[0].Error()), []byte("journal")) {
		t.Errorf("told %v", w.tells)
	}
	w.mu.Unlock()
	w.end()
}
