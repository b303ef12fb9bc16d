package app_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"longhand/app/internal/xdrive"
)

// aim is what a round of the torture kills the program in.
type aim int

const (
	anywhere aim = iota
	inSave
	inReload
	inMerge
)

// aims are those of the rounds, over and over.
var aims = [...]aim{anywhere, inSave, inReload, inMerge, inSave, anywhere, inSave, inReload, anywhere, anywhere}

// TestTortureKill types with real keys into the real program and kills it at moments of
// chance, some of them in the middle of a save, a reload or a merge; what is in the
// journal and in the files is then compared with what was typed, and the next round goes
// on in the window that the next start brings.
func TestTortureKill(t *testing.T) {
	rounds := 4
	if os.Getenv("LONGHAND_TORTURE") != "" {
		rounds = 100
	}
	v := newVictim(t)
	begin := time.Now()
	for n := range rounds {
		v.round(n, aims[n%len(aims)])
		if v.figures.damaged > 0 {
			break // what follows would say little
		}
	}
	if !t.Failed() {
		v.revive()
		v.must(v.Type("the end"))
		v.must(v.Key("ctrl+s"))
		v.waitFor("all of it in the file", func() bool { return v.fileHolds(v.text + "the end") })
	}
	f := v.figures
	t.Logf("%d rounds in %v (%d aimed at a save, a reload or a merge): killed in a save %d, in a reload %d, in a merge %d",
		f.rounds, time.Since(begin).Round(time.Second), f.aimed, f.hits[inSave], f.hits[inReload], f.hits[inMerge])
	t.Logf("%d characters typed; lost of those older than 500 ms: %d by when the program took the key in, %d by when it was sent; younger ones lost: %d",
		f.typed, f.lost, f.lostSent, f.young)
	t.Logf("damaged files: %d; restored from the journal: %d times", f.damaged, f.restored)
	if rounds >= 100 && f.hits[inSave]+f.hits[inReload]+f.hits[inMerge] < 30 {
		t.Error("too few kills hit a save, a reload or a merge")
	}
}

// round starts the program, types, and kills it.
func (v *victim) round(n int, a aim) {
	v.t.Helper()
	p := v.revive()
	events := v.listen()
	defer events.close()
	hand := v.typing()
	var hit bool
	switch a {
	case anywhere:
		time.Sleep(time.Duration(rand.IntN(3000)) * time.Millisecond)
	case inSave: // with keys going on meanwhile, as the hand pauses for little more than a second
		time.Sleep(time.Duration(rand.IntN(800)) * time.Millisecond)
		hand.pauses()
		events.drain()
		hit = events.wait(isTemp, 15*time.Second)
		time.Sleep(time.Duration(rand.IntN(12000)) * time.Microsecond)
	case inReload:
		time.Sleep(time.Duration(rand.IntN(1500)) * time.Millisecond)
		hand.rest()
		v.waitFor("the save", func() bool { return v.fileHolds(hand.text()) })
		time.Sleep(time.Duration(rand.IntN(700)) * time.Millisecond)
		events.drain()
		v.writeOutside()
		if n%4 == 1 { // who writes before the window has seen it
			time.AfterFunc(time.Duration(rand.IntN(600))*time.Millisecond, hand.goOn)
		}
		hit = events.wait(isOpened, 5*time.Second)
		if rand.IntN(2) == 0 { // it is read by the index, too
			hit = events.wait(isOpened, 1200*time.Millisecond)
		}
		time.Sleep(time.Duration(rand.IntN(60)) * time.Millisecond)
	case inMerge:
		time.Sleep(time.Duration(500+rand.IntN(500)) * time.Millisecond)
		hand.rest()
		v.writeOutside()
		if hit = v.asked(); !hit {
			break
		}
		events.drain()
		v.must(v.Key("return"))
		if rand.IntN(2) == 0 {
			hit = events.wait(isOpened, 5*time.Second)
			time.Sleep(time.Duration(rand.IntN(40)) * time.Millisecond)
		} else {
			hit = events.wait(isTemp, 5*time.Second)
			time.Sleep(time.Duration(rand.IntN(12000)) * time.Microsecond)
		}
	}
	killed := time.Now()
	v.must(syscall.Kill(p.PID(), syscall.SIGKILL))
	<-p.Done()
	hand.stop()
	v.judge(fmt.Sprintf("round %d (aim %d)", n, a), hand, killed, a, hit)
}

// keystroke tells when a character was sent, and when the program had certainly taken
// it in: X delivers late on a busy machine.
type keystroke struct{ sent, taken time.Time }

// revive starts the program on what is there, and checks that it shows all that was
// judged to be kept, when that is saved.
func (v *victim) revive() *xdrive.Program {
	v.t.Helper()
	p, w := v.open(v.file)
	v.waitFor("the article in the window", titled(w, "Torture"))
	v.must(v.Key("ctrl+end"))
	v.must(v.Sync(patience))
	if v.clashes { // another program has written as well: keep, and merge
		quiet := v.corner()
		v.must(v.Key("ctrl+s"))
		if _, err := v.WaitChange(quiet, patience); err != nil {
			v.t.Fatalf("the question does not come: %v", err)
		}
		time.Sleep(300 * time.Millisecond)
		v.must(v.Key("return"))
		v.waitFor("the merge in the file", func() bool { return v.fileHolds(v.text) })
		v.must(v.Sync(patience))
		v.clashes = false
	}
	return p
}

// isTemp takes the making of a save's temporary file, isOpened somebody's reading of the
// article.
func isTemp(e inotified) bool {
	ok, _ := filepath.Match(".longhand-*.tmp", e.name)
	return ok && e.mask&syscall.IN_CREATE != 0
}

func isOpened(e inotified) bool { return e.name == tortured && e.mask&syscall.IN_OPEN != 0 }
