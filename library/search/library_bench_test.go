package search_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"longhand/library"
	"longhand/library/sample"
	"longhand/library/search"
)

// diskLibrary writes the generated articles as files, and indexes them. With
// LONGHAND_BENCH_LIBRARY it lies there, and is written once for all runs.
func diskLibrary(b *testing.B, n int) (lib *library.Library, cache string) {
	b.Helper()
	dir := b.TempDir()
	if keep := os.Getenv("LONGHAND_BENCH_LIBRARY"); keep != "" {
		dir = filepath.Join(keep, strconv.Itoa(n))
	}
	folder := filepath.Join(dir, "library")
	if _, err := os.Stat(folder); err != nil {
		if err := sample.Write(folder, sample.Articles(n, realArticles(b))); err != nil {
			b.Fatal(err)
		}
	}
	lib, err := library.Open(folder)
	if err != nil {
		b.Fatal(err)
	}
	return lib, filepath.Join(dir, "cache")
}

func openLibrary(b *testing.B, lib *library.Library, cache string) *search.Index {
	b.Helper()
	x, err := search.Open(b.Context(), cache, lib.Dir(), lib.Body)
	if err != nil {
		b.Fatal(err)
	}
	return x
}

func followLibrary(b *testing.B, lib *library.Library, x *search.Index) {
	b.Helper()
	scan, err := lib.Scan(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	if err := x.Follow(b.Context(), lib, scan, nil, nil); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkLibrary is a start with a folder on disk in which nothing has changed:
// until all articles can be listed, until the first answer, and until it is known
// that nothing has changed; then one file that another program wrote, until it is
// found. Heap is what all articles and the index take, resident what the system
// says of the process when memory was given back.
func BenchmarkLibrary(b *testing.B) {
	for _, n := range sizes() {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			lib, cache := diskLibrary(b, n)
			begun := time.Now()
			x := openLibrary(b, lib, cache)
			followLibrary(b, lib, x)
			cold := time.Since(begun)
			query := strings.Join(longestWords(x.Articles()[n/2].Title, 2), " ")
			x.Close()
			x = nil
			var listed, warm, change time.Duration
			var used, resident float64
			var answers []time.Duration
			for i := 0; b.Loop(); i++ {
				debug.FreeOSMemory()
				before, atRest := heap(), rss()
				begun := time.Now()
				walked := make(chan *library.Scan, 1)
				go func() {
					scan, err := lib.Scan(b.Context())
					if err != nil {
						b.Error(err)
					}
					walked <- scan
				}()
				x := openLibrary(b, lib, cache)
				articles := x.Articles()
				listed = max(listed, time.Since(begun))
				if len(articles) != n {
					b.Fatal(len(articles))
				}
				if found, err := x.Search(b.Context(), query, 20); err != nil || len(found) == 0 {
					b.Fatal(len(found), err)
				}
				answers = append(answers, time.Since(begun))
				if err := x.Follow(b.Context(), lib, <-walked, nil, nil); err != nil {
					b.Fatal(err)
				}
				warm = max(warm, time.Since(begun))

				used = max(used, heap()-before)
				debug.FreeOSMemory()
				resident = max(resident, rss()-atRest)
				file, word := articles[i%n].Path, fmt.Sprintf("zyx%dqv", i)
				text, err := os.ReadFile(lib.File(file))
				if err != nil {
					b.Fatal(err)
				}
				begun = time.Now()
				if _, err := library.Save(lib.File(file), append(text, " "+word...), nil); err != nil {
					b.Fatal(err)
				}
				if err := x.FollowPaths(b.Context(), lib, []string{file}, nil); err != nil {
					b.Fatal(err)
				}
				if found, err := x.Search(b.Context(), word, 20); err != nil || len(found) != 1 {
					b.Fatal(len(found), err)
				}
				change = max(change, time.Since(begun))
				runtime.KeepAlive(articles)
				if _, err := library.Save(lib.File(file), text, nil); err != nil {
					b.Fatal(err)
				}
				followLibrary(b, lib, x)
				x.Close()
			}
			report(b, answers)
			for unit, d := range map[string]time.Duration{"listed-ms": listed, "warm-ms": warm, "change-ms": change, "cold-ms": cold} {
				b.ReportMetric(float64(d.Microseconds())/1000, unit)
			}
			b.ReportMetric(used, "heap-MiB")
			b.ReportMetric(resident, "resident-MiB")
		})
	}
}

// rss is what the process takes, in MiB; 0 where the system does not say.
func rss() float64 {
	data, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(data))
	pages, _ := strconv.ParseFloat(fields[1], 64)
	return pages * float64(os.Getpagesize()) / (1 << 20)
}
