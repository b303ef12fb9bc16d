package app_test

import (
	"bytes"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"longhand/library/sample"
)

// BenchmarkSearchOnScreen is from the press of a key in the search box to the
// first frame that shows another list, in a real window under Xvfb. It also tells
// the memory of the program, with what the software renderer takes.
func BenchmarkSearchOnScreen(b *testing.B) {
	for _, n := range []int{10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			u := newUser(b)
			dir := u.path("library")
			u.must(sample.Write(dir, sample.Articles(n, realArticles(b))))
			index := exec.Command(u.bin, "--library", dir, "search", "nothing") // which makes the index
			index.Env = u.Environ(nil)
			if out, err := index.CombinedOutput(); err != nil {
				b.Fatalf("%v: %s", err, out)
			}
			p, w := u.open("--library", dir)
			bounds, err := w.Bounds()
			u.must(err)
			// Two rows, for looking at much of the screen takes time from drawing it.
			list := image.Rect(bounds.Min.X, bounds.Min.Y+130, bounds.Min.X+270, bounds.Min.Y+300)
			u.must(u.Key("ctrl+shift+f"))
			u.idle(p.PID())
			var times []float64
			for b.Loop() {
				times = append(times, lettersToList(u, list)...)
			}
			slices.Sort(times)
			b.ReportMetric(times[len(times)/2], "p50-ms")
			b.ReportMetric(times[len(times)*95/100], "p95-ms")
			b.ReportMetric(times[len(times)-1], "max-ms")
			b.ReportMetric(float64(len(times)), "letters")
			b.ReportMetric(pss(b, p.PID()), "PSS-MiB")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// realArticles are those below LONGHAND_DATA/library; none when it is unset.
func realArticles(tb testing.TB) []sample.Article {
	data := os.Getenv("LONGHAND_DATA")
	if data == "" {
		return nil
	}
	out, err := sample.Real(filepath.Join(data, "library"))
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// lettersToList types words letter by letter into the search box and tells for
// each letter after how many milliseconds the list looked different. A letter
// that leaves its first rows as they are does not count.
func lettersToList(u *user, list image.Rectangle) []float64 {
	var out []float64
	for _, word := range []string{"memory", "polonius", "release", "bitcoin", "lightning fees", "tag42", "anouncement"} {
		u.must(u.Key("ctrl+a"))
		u.must(u.Key("delete"))
		_, err := u.WaitStillIn(list, patience)
		u.must(err)
		for _, r := range word {
			before, err := u.Grab(list)
			u.must(err)
			start := time.Now()
			u.must(u.Type(string(r)))
			for time.Since(start) < time.Second/2 {
				now, err := u.Grab(list)
				u.must(err)
				if took := time.Since(start); !bytes.Equal(now.Pix, before.Pix) {
					out = append(out, took.Seconds()*1000)
					break
				}
				time.Sleep(2 * time.Millisecond)
			}
			time.Sleep(150 * time.Millisecond)
		}
	}
	return out
}

// idle waits until the program has nothing more to do: for a second it took little
// processor time.
func (u *user) idle(pid int) {
	u.t.Helper()
	spent := func() (ticks int) {
		data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		u.must(err)
		_, rest, _ := strings.Cut(string(data), ") ")
		fields := strings.Fields(rest)
		user, _ := strconv.Atoi(fields[11])
		system, _ := strconv.Atoi(fields[12])
		return user + system
	}
	was := -100
	u.waitFor("the program to be idle", func() bool {
		time.Sleep(time.Second)
		now := spent()
		quiet := now-was < 30 // the blinking caret takes some
		was = now
		return quiet
	})
}

// pss is the memory of a process in MiB, what it shares counted in part.
func pss(tb testing.TB, pid int) float64 {
	data, err := os.ReadFile(filepath.Join("/proc", fmt.Sprint(pid), "smaps_rollup"))
	if err != nil {
		tb.Log(err)
		return 0
	}
	var kb float64
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, "Pss:"); ok {
			fmt.Sscan(rest, &kb)
		}
	}
	return kb / 1024
}
