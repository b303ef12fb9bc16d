package search

import (
	"context"
	"errors"
	"iter"
	"runtime"
	"sync"

	"longhand/library"
)

// File is an article as it lies on disk.
type File = library.File

// Batches in which the index is written: the first is small, to be found soon.
const (
	firstBatch = 64
	batchSize  = 1000
	batchBytes = 8 << 20
)

// task is what is to be brought up to date.
type task struct {
	files    []File                 // newest first: they are read in this order
	gone     []string               // to be forgotten
	whole    bool                   // there are no others than the files
	keep     func(path string) bool // says of another that it may be there all the same; nil for never
	credits  *credits               // nil to take those of the index for right
	load     func(path string) (Entry, bool)
	progress func(done, total int)
}

func (x *Index) run(ctx context.Context, t task) error {
	err := x.sync(ctx, t)
	if errors.Is(err, ErrRebuilt) && t.whole {
		err = x.sync(ctx, t)
	}
	return err
}

func (x *Index) sync(ctx context.Context, t task) error {
	if err := x.Refresh(ctx); err != nil {
		return err
	}
	changed, gone := x.compare(t)
	for len(gone) > 0 {
		n := min(len(gone), batchSize)
		if err := x.write(ctx, nil, gone[:n], false); err != nil {
			return err
		}
		gone = gone[n:]
	}
	if len(changed) > firstBatch {
		x.quicken(true)
		defer x.quicken(false)
	}
	if len(changed) > 0 {
		if err := x.indexAll(ctx, changed, t.load, t.progress); err != nil {
			return err
		}
	}
	return x.tidy(ctx)
}

// quicken keeps the numbers of words at hand while many articles are written, or no
// more.
func (x *Index) quicken(on bool) {
	x.writing.Lock()
	defer x.writing.Unlock()
	x.quick = on
	if !on {
		x.mu.Lock()
		x.state.ids = nil
		x.mu.Unlock()
	}
}

// compare finds the files that are not as the index knows them, and what it knows
// that is no more.
func (x *Index) compare(t task) (changed []File, gone []string) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	known := 0
	for _, f := range t.files {
		d := x.state.byPath[f.Path]
		if d != nil {
			known++
		}
		if d == nil || d.written() != nanoseconds(f.ModTime) || d.article.Size != f.Size || d.again || !t.credits.right(d) {
			changed = append(changed, f)
		}
	}
	for _, path := range t.gone {
		if x.state.byPath[path] != nil {
			gone = append(gone, path)
		}
	}
	if !t.whole || known == len(x.state.byPath) {
		return changed, gone
	}
	there := make(map[string]bool, len(t.files))
	for _, f := range t.files {
		there[f.Path] = true
	}
	for path := range x.state.byPath {
		if !there[path] && (t.keep == nil || !t.keep(path)) {
			gone = append(gone, path)
		}
	}
	return changed, gone
}

// batch is what is written in one step.
type batch struct {
	puts    []*prepared
	missing []string
	bytes   int
	done    int // files up to its end
}

// indexAll prepares articles on several goroutines and writes them in order. While
// one batch is written the next is prepared.
func (x *Index) indexAll(ctx context.Context, files []File, load func(path string) (Entry, bool), progress func(done, total int)) error {
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	batches := make(chan batch)
	running.Go(func() {
		defer close(batches)
		b, limit := batch{}, firstBatch
		for i, p := range preparedInOrder(ctx, &running, files, load) {
			if b.done = i + 1; p == nil {
				b.missing = append(b.missing, files[i].Path)
			} else {
				b.puts = append(b.puts, p)
				b.bytes += len(p.body)
			}
			if len(b.puts)+len(b.missing) < limit && b.bytes < batchBytes && b.done < len(files) {
				continue
			}
			select {
			case batches <- b:
			case <-ctx.Done():
				return
			}
			b, limit = batch{}, batchSize
		}
	})
	for b := range batches {
		if err := x.write(ctx, b.puts, b.missing, true); err != nil {
			return err
		}
		if progress != nil {
			progress(b.done, len(files))
		}
	}
	return ctx.Err()
}

// preparedInOrder loads and prepares the files by several goroutines, not far
// ahead of what is taken. It gives nil for one that is not there.
func preparedInOrder(ctx context.Context, running *sync.WaitGroup, files []File, load func(path string) (Entry, bool)) iter.Seq2[int, *prepared] {
	return func(yield func(int, *prepared) bool) {
		type job struct {
			file File
			out  chan *prepared
		}
		const ahead = 32
		jobs, order := make(chan job, ahead), make(chan job, ahead)
		for range max(1, min(runtime.NumCPU()-1, 4)) {
			running.Go(func() {
				for j := range jobs {
					var p *prepared
					if e, ok := load(j.file.Path); ok && ctx.Err() == nil {
						e.Path, e.ModTime, e.Size = j.file.Path, j.file.ModTime, j.file.Size
						p = prepare(e)
					}
					j.out <- p
				}
			})
		}
		running.Go(func() {
			defer close(jobs)
			defer close(order)
			for _, f := range files {
				j := job{f, make(chan *prepared, 1)}
				select {
				case order <- j:
					jobs <- j // there is room: order is never shorter
				case <-ctx.Done():
					return
				}
			}
		})
		i := 0
		for j := range order {
			p := <-j.out
			if ctx.Err() != nil || !yield(i, p) {
				return // the context is done: all others end as well
			}
			i++
		}
	}
}

// Refresh takes in what another process has written.
func (x *Index) Refresh(ctx context.Context) error {
	s, err := x.handle(ctx)
	if err != nil || s.file == "" {
		return err
	}
	var seq int64
	if err := s.db.QueryRowContext(ctx, "SELECT coalesce(max(seq), 0) FROM log").Scan(&seq); err != nil {
		return x.mend(ctx, s, err)
	}
	x.mu.RLock()
	known := x.state.seq
	x.mu.RUnlock()
	if seq == known {
		return nil
	}
	if err := x.alone(ctx); err != nil {
		return err
	}
	err = x.catchUp(ctx, s, s.db)
	x.notAlone()
	return x.mend(ctx, s, err)
}
