//go:build linux

package app_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"longhand/library"
	"longhand/library/disk"
	"longhand/library/journal"
)

// tortured is the article that is written in while the program is killed.
const tortured = "torture.md"

// head is what stands above the typed text: another program writes a new number.
func head(n int) string { return fmt.Sprintf("# Torture %04d\n\nBegin: ", n) }

var headAt = regexp.MustCompile(`^# Torture (\d{4})\n\nBegin: `)

// victim is a user whose program is killed again and again.
type victim struct {
	*user
	dir, file string
	others    map[string][]byte // the other files of the library
	heads     int               // the last number that another program wrote
	words     int               // typed so far, in all rounds
	text      string            // what was typed and is kept
	temps     int               // temporary files that the kills have left
	clashes   bool              // the text is in the journal, and the file has been changed by another program
	figures   struct {
		rounds, aimed, typed, lost, lostSent, young, damaged, restored int
		hits                                                           [inMerge + 1]int
	}
}

func newVictim(t *testing.T) *victim {
	v := &victim{user: newUser(t), others: map[string][]byte{}}
	v.dir = v.path(".local/share/longhand/library")
	v.file = filepath.Join(v.dir, tortured)
	v.must(os.MkdirAll(v.dir, 0o755))
	v.must(os.WriteFile(v.file, []byte(head(0)), 0o644))
	for _, name := range []string{"rain.md", "łódź.md"} {
		v.others[name] = []byte("# " + name + "\r\n\r\nNobody touches this.\r\n")
		v.must(os.WriteFile(filepath.Join(v.dir, name), v.others[name], 0o644))
	}
	return v
}

// writeOutside has another program replace the article by the same with a new head.
func (v *victim) writeOutside() {
	v.t.Helper()
	data, err := os.ReadFile(v.file)
	v.must(err)
	v.heads++
	data = append([]byte(head(v.heads)), headAt.ReplaceAll(data, nil)...)
	v.must(os.WriteFile(v.path("outside"), data, 0o644))
	v.must(os.Rename(v.path("outside"), v.file))
}

// fileHolds reports whether the text is all that is in the file below its head.
func (v *victim) fileHolds(text string) bool {
	data, err := os.ReadFile(v.file)
	return err == nil && headAt.Match(data) && string(headAt.ReplaceAll(data, nil)) == text
}

// corner is a part of the window that nothing but a question's shade changes.
func (v *victim) corner() *image.RGBA {
	v.t.Helper()
	img, err := v.Grab(image.Rect(40, 700, 80, 720))
	v.must(err)
	return img
}

// asked waits for the question which text is to be kept.
func (v *victim) asked() bool {
	v.t.Helper()
	if _, err := v.WaitChange(v.corner(), 6*time.Second); err != nil {
		return false
	}
	time.Sleep(200 * time.Millisecond) // for the buttons
	return true
}

// hand types, and notes when.
type hand struct {
	v    *victim
	quit chan struct{}
	done sync.WaitGroup
	now  atomic.Int32 // what it does: typing, resting, or pausing now and then

	mu     sync.Mutex
	keys   []byte
	stamps []keystroke
}

const (
	handTypes = iota
	handRests
	handPauses
)

// typing begins to type behind what is there.
func (v *victim) typing() *hand {
	h := &hand{v: v, quit: make(chan struct{})}
	h.done.Go(h.move)
	h.done.Go(h.feel)
	time.Sleep(300 * time.Millisecond)
	return h
}

func (h *hand) rest()   { h.now.Store(handRests) }
func (h *hand) goOn()   { h.now.Store(handTypes) }
func (h *hand) pauses() { h.now.Store(handPauses) }

// stop ends the typing. What was not taken in until now never was.
func (h *hand) stop() {
	close(h.quit)
	h.done.Wait()
}

// text is all that was typed, in this round and before.
func (h *hand) text() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.v.text + string(h.keys)
}

// wait reports whether to go on.
func (h *hand) wait(d time.Duration) bool {
	select {
	case <-h.quit:
		return false
	case <-time.After(d):
		return true
	}
}

// move types words whose letters tell their number.
func (h *hand) move() {
	for {
		h.v.words++
		end := " "
		if h.v.words%10 == 0 {
			end = "\n"
		}
		for _, c := range fmt.Sprintf("w%05d", h.v.words) + end {
			for h.now.Load() == handRests {
				if !h.wait(10 * time.Millisecond) {
					return
				}
			}
			h.mu.Lock() // text() has a character when it may be in the file
			if h.v.Type(string(c)) != nil {
				h.mu.Unlock()
				return
			}
			h.keys = append(h.keys, byte(c))
			h.stamps = append(h.stamps, keystroke{sent: time.Now()})
			h.mu.Unlock()
			if !h.wait(20 * time.Millisecond) {
				return
			}
		}
		if h.now.Load() == handPauses && h.v.words%8 == 0 && !h.wait(1050*time.Millisecond) {
			return
		}
	}
}

// feel asks the program time and again whether it has taken in the keys sent so far.
func (h *hand) feel() {
	for h.wait(20 * time.Millisecond) {
		h.mu.Lock()
		n := len(h.stamps)
		h.mu.Unlock()
		if h.v.Sync(2*time.Second) != nil {
			continue
		}
		now := time.Now()
		h.mu.Lock()
		for i := n - 1; i >= 0 && h.stamps[i].taken.IsZero(); i-- {
			h.stamps[i].taken = now
		}
		h.mu.Unlock()
	}
}

// judge compares what the killed program left with what was typed.
func (v *victim) judge(name string, h *hand, killed time.Time, a aim, hit bool) {
	v.t.Helper()
	f := &v.figures
	f.rounds++
	sentBefore := 0
	for _, s := range h.stamps {
		if s.sent.Before(killed) {
			sentBefore++
		}
	}
	f.typed += sentBefore
	if a != anywhere {
		f.aimed++
	}
	temps, _ := filepath.Glob(filepath.Join(v.dir, ".longhand-*.tmp"))
	file := v.whole(name, h.text())
	text := file
	state := v.path(".local/state/longhand/journal")
	logs, _ := filepath.Glob(filepath.Join(state, "*.log"))
	found, problems, err := journal.Unsaved(disk.OS{}, state)
	v.must(err)
	for _, p := range problems {
		v.t.Errorf("%s: the journal: %v", name, p)
	}
	v.clashes = false
	for _, r := range found {
		if r.Path != v.file || len(found) > 1 || r.Damage != nil {
			v.t.Errorf("%s: the journal has %d texts, one of %s, %v", name, len(found), r.Path, r.Damage)
			continue
		}
		f.restored++
		text = string(r.Text)
		v.clashes = r.File != journal.AsLeft
	}
	// In a save, also that of a merge: its temporary file is there, or its end has not
	// been noted in the journal. A reload is hit as the file was being read for it.
	if a == inSave || a == inMerge {
		hit = hit && (len(temps) > v.temps || len(logs) > 0)
	}
	v.temps = len(temps)
	if hit {
		f.hits[a]++
	}

	typed := h.text()
	if !headAt.MatchString(text) {
		v.t.Errorf("%s: the text begins with %.40q", name, text)
		return
	}
	kept := headAt.ReplaceAllString(text, "")
	n := common(kept, typed)
	if n < len(kept) {
		v.t.Errorf("%s: at %d what is kept goes on with %.60q, what was typed with %.60q", name, n, kept[n:], typed[n:])
	}
	lost, sent := 0, max(0, len(v.text)-n)
	for i := max(0, n-len(v.text)); i < len(h.stamps); i++ {
		s := h.stamps[i]
		switch {
		case !s.taken.IsZero() && s.taken.Before(killed.Add(-500*time.Millisecond)):
			lost++
		case s.sent.Before(killed):
			f.young++
		}
		if s.sent.Before(killed.Add(-500 * time.Millisecond)) {
			sent++
		}
	}
	lost += max(0, len(v.text)-n)
	f.lost += lost
	f.lostSent += sent
	if lost > 0 {
		v.t.Errorf("%s: lost are %d characters that were typed more than 500 ms before", name, lost)
	}
	v.t.Logf("%s: %d typed, %d kept, lost %d (%d by sending); hit %v, %d temporary, %d logs, clash %v", name, sentBefore, n-len(v.text), lost, sent, hit, len(temps), len(logs), v.clashes)
	v.text = kept
}

// whole checks all files of the library, and returns what the article's is.
func (v *victim) whole(name, typed string) string {
	v.t.Helper()
	damaged := func(format string, args ...any) {
		v.t.Helper()
		v.figures.damaged++
		v.t.Errorf("%s: "+format, append([]any{name}, args...)...)
	}
	data, err := os.ReadFile(v.file)
	v.must(err)
	if m := headAt.FindSubmatch(data); m == nil {
		damaged("the file begins with %.40q", data)
	} else if n, _ := strconv.Atoi(string(m[1])); n > v.heads {
		damaged("the head is %d, another program has written %d", n, v.heads)
	} else if text := headAt.ReplaceAllString(string(data), ""); !strings.HasPrefix(typed, text) {
		damaged("at %d the file has %.60q", common(text, typed), text[common(text, typed):])
	}
	for other, want := range v.others {
		if got, err := os.ReadFile(filepath.Join(v.dir, other)); err != nil || !bytes.Equal(got, want) {
			damaged("%s is %.40q, %v", other, got, err)
		}
	}
	lib, err := library.Open(v.dir)
	v.must(err)
	scan, err := lib.Scan(context.Background())
	v.must(err)
	var names []string
	for _, f := range scan.Files {
		names = append(names, f.Path)
	}
	slices.Sort(names)
	if want := []string{"rain.md", tortured, "łódź.md"}; !slices.Equal(names, want) {
		damaged("the articles are %q", names)
	}
	return string(data)
}

// common is how many bytes two texts have in common at their beginning.
func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}
