package journal

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"longhand/editor/text"
	"longhand/library/disk"
)

// What each key costs the main thread, in a text of 10 MB, with the goroutine at work.
func BenchmarkWrite(b *testing.B) {
	dir := b.TempDir()
	j := Open(disk.OS{}, dir, Options{})
	defer func() { _ = j.Close(context.Background()) }()
	doc := text.New(strings.Repeat("A line of an article that goes on.\n", 10<<20/35))
	l := j.Begin(About{Path: filepath.Join(dir, "a.md")}, doc, doc.Bytes())
	var took []time.Duration
	for b.Loop() {
		b.StopTimer()
		var err error
		if doc, _, err = doc.Apply(text.Change{Start: 5 << 20, End: 5 << 20, Insert: "x"}); err != nil {
			b.Fatal(err)
		}
		time.Sleep(time.Millisecond)
		b.StartTimer()
		begin := time.Now()
		l.Write(doc)
		took = append(took, time.Since(begin))
	}
	slices.Sort(took)
	for _, q := range []float64{0.5, 0.99, 1} {
		b.ReportMetric(float64(took[int(q*float64(len(took)-1))].Nanoseconds()), fmt.Sprintf("ns-p%g", 100*q))
	}
}

// What it takes to put a key on the disk, with its time to sync.
func BenchmarkFlush(b *testing.B) {
	for _, size := range []int{10 << 10, 10 << 20} {
		b.Run(fmt.Sprintf("%dKB", size>>10), func(b *testing.B) {
			dir := b.TempDir()
			j := Open(disk.OS{}, dir, Options{})
			defer func() { _ = j.Close(context.Background()) }()
			doc := text.New(strings.Repeat("A line of an article that goes on.\n", size/35))
			l := j.Begin(About{Path: filepath.Join(dir, "a.md")}, doc, doc.Bytes())
			for b.Loop() {
				var err error
				if doc, _, err = doc.Apply(text.Change{Start: size / 2, End: size / 2, Insert: "x"}); err != nil {
					b.Fatal(err)
				}
				l.Write(doc)
				if err := j.Flush(context.Background()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
