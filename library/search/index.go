package search

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"
)

// ErrRebuilt tells that the index was damaged and is now empty: it wants a
// [Index.Follow].
var ErrRebuilt = errors.New("the search index was damaged and is made again")

// Index finds articles. It is safe for concurrent use; queries do not wait for
// writing.
type Index struct {
	text    func(path string) (string, error)
	writing sync.Mutex // held while something is written
	quick   bool       // guarded by writing: see quicken
	reading chan bool  // has a place for who reads what others have written

	// mu guards what follows. It is never held while the disk is waited for.
	mu     sync.RWMutex
	store  *store
	state  *state
	closed bool
}

// Open opens the index of the library in the folder, or makes an empty one, in
// the cache folder. Text gives an article's Markdown for its snippet; it is
// called by several goroutines at once. An index that is damaged or of another
// version of Longhand is made again.
func Open(ctx context.Context, cache, library string, text func(path string) (string, error)) (*Index, error) {
	return open(ctx, indexFile(cache, library), library, text)
}

// InMemory returns an empty index that is kept nowhere.
func InMemory(text func(path string) (string, error)) (*Index, error) {
	return open(context.Background(), "", "", text)
}

func open(ctx context.Context, file, library string, text func(path string) (string, error)) (*Index, error) {
	store, state, err := openStore(ctx, file, library)
	if err != nil {
		return nil, err
	}
	return &Index{text: text, store: store, state: state, reading: make(chan bool, 1)}, nil
}

// Close ends the use of the index.
func (x *Index) Close() error {
	x.writing.Lock()
	defer x.writing.Unlock()
	x.mu.Lock()
	s := x.store
	x.closed = true
	x.mu.Unlock()
	return s.db.Close()
}

// Len is the number of articles in the index.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.state.docs)
}

// Put adds the article, or replaces the one of its path.
func (x *Index) Put(ctx context.Context, e Entry) error {
	if err := x.write(ctx, []*prepared{prepare(e)}, nil, false); err != nil {
		return err
	}
	return x.tidy(ctx)
}

// prepared is an article as it goes into the index.
type prepared struct {
	doc                                *doc
	title, tags, headings, body, keys_ []byte
	words                              []string
}

// longestBody is how much of an article is searched, in bytes.
const longestBody = 8 << 20

func prepare(e Entry) *prepared {
	seen := make(map[string]struct{}, 256)
	body := e.Body
	if len(body) > longestBody {
		body = strings.ToValidUTF8(body[:longestBody], "")
	}
	d := &doc{article: compact(e.article()), again: mayPass(e.Article)}
	p := &prepared{doc: d, title: column(nil, e.Title, seen), tags: fenced(e.Tags, seen)}
	p.headings = fenced(headings(body), seen)
	p.body = column(make([]byte, 0, len(body)+len(body)/8), body, seen)
	p.words = make([]string, 0, len(seen))
	for w := range seen {
		p.words = append(p.words, w)
	}
	slices.Sort(p.words)
	d.key = " " + string(p.title) + fence + " " + string(p.tags)
	d.mask = letterMask(string(p.title))
	keep := func(out *[]string, mark, s string) {
		if s = whole(s); s != "" && !slices.Contains(*out, s) {
			*out = append(*out, s)
			p.keys_ = append(append(p.keys_, mark+s...), ' ')
		}
	}
	for _, t := range e.Tags {
		keep(&d.tags, tagMark, t)
	}
	for _, a := range e.Authors {
		keep(&d.authors, byMark, a)
	}
	if e.Draft {
		p.keys_ = append(p.keys_, draft...)
	} else {
		p.keys_ = append(p.keys_, published...)
	}
	return p
}

// nanoseconds is a file's time as the index keeps it; 0 for none.
func nanoseconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

// written is when the article's file was, as the index keeps it.
func (d *doc) written() int64 { return nanoseconds(d.article.ModTime) }

// handle returns what is open now, first what another process has made again.
func (x *Index) handle(ctx context.Context) (*store, error) {
	x.mu.RLock()
	s := x.store
	x.mu.RUnlock()
	if s.replaced() {
		return nil, x.reopen(ctx, s, false)
	}
	return s, nil
}

// alone waits until nobody else reads what others have written; it is ended with
// notAlone unless it gives an error, the context's.
func (x *Index) alone(ctx context.Context) error {
	select {
	case x.reading <- true:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (x *Index) notAlone() { <-x.reading }

// reopen opens the index again in place of old, which is removed when it is
// damaged. Its error is ErrRebuilt when that went well.
func (x *Index) reopen(ctx context.Context, old *store, remove bool) error {
	if err := x.alone(ctx); err != nil {
		return err
	}
	defer x.notAlone()
	x.mu.RLock()
	ours := x.store == old
	x.mu.RUnlock()
	if !ours {
		return ErrRebuilt // by another goroutine
	}
	if remove && old.file != "" && !old.replaced() {
		if err := removeStore(old.file); err != nil {
			return err
		}
	}
	store, state, err := openStore(ctx, old.file, old.library)
	if err != nil {
		return err
	}
	x.mu.Lock()
	if x.closed {
		old = store
	} else {
		state.news = x.state.news.all()
		x.store, x.state = store, state
	}
	x.mu.Unlock()
	old.db.Close()
	return ErrRebuilt
}

// mend makes a damaged index again, and returns other errors as they are.
func (x *Index) mend(ctx context.Context, s *store, err error) error {
	if err == nil || ctx.Err() != nil {
		return ctx.Err()
	}
	x.mu.RLock()
	closed := x.store != s
	x.mu.RUnlock()
	if closed {
		return ErrRebuilt // under our hands
	}
	if damaged(err) {
		return x.reopen(ctx, s, true)
	}
	return err
}

// write puts articles and removes others, in one step. With fresh it leaves out
// those that are there already as they are on disk.
func (x *Index) write(ctx context.Context, batch []*prepared, remove []string, fresh bool) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	s, err := x.handle(ctx)
	if err != nil {
		return err
	}
	if err := x.writeTo(ctx, s, batch, remove, fresh); err != nil {
		return x.mend(ctx, s, err)
	}
	return nil
}

func (x *Index) writeTo(ctx context.Context, s *store, batch []*prepared, remove []string, fresh bool) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := x.catchUp(ctx, s, tx); err != nil {
		return err
	}
	// Nobody else writes now, so that the state stays as it is, and may be read without
	// x.mu by who does not write to it.
	x.mu.RLock()
	st, now := x.state, x.state.position
	x.mu.RUnlock()
	if x.quick && st.ids == nil {
		ids := st.numbers()
		x.mu.Lock()
		st.ids = ids
		x.mu.Unlock()
	}
	c := &change{record: record{own: map[int64][]byte{}}, st: st, gone: map[uint32]int{}, counts: map[uint32]int{}, fresh: map[string]uint32{}, taken: map[int64]bool{}}
	for _, path := range remove {
		if err := c.remove(ctx, tx, path); err != nil {
			return err
		}
	}
	insert, err := tx.PrepareContext(ctx, "INSERT INTO fts(rowid, title, tags, headings, body, keys) VALUES(?,?,?,?,?,?)")
	if err != nil {
		return err
	}
	defer insert.Close()
	last := map[string]int{}
	for i, p := range batch {
		last[p.doc.article.Path] = i
	}
	var puts []*prepared
	for i, p := range batch {
		old := st.byPath[p.doc.article.Path]
		switch {
		case last[p.doc.article.Path] != i: // the same again in this batch
			continue
		case fresh && old != nil && old.same(p.doc):
			continue
		case !fresh && old != nil && old.written() > p.doc.written() && p.doc.written() > 0: // a newer save came first
			continue
		}
		if err := c.remove(ctx, tx, p.doc.article.Path); err != nil {
			return err
		}
		puts = append(puts, p)
	}
	for _, p := range puts {
		c.put(p)
	}
	if len(c.removed) == 0 && len(puts) == 0 {
		return nil
	}
	if err := c.delete(ctx, tx); err != nil {
		return err
	}
	// FTS5 writes a segment whenever a number is not greater than the one before.
	slices.SortFunc(puts, func(a, b *prepared) int { return cmp.Compare(a.doc.id, b.doc.id) })
	for _, p := range puts {
		if _, err := insert.ExecContext(ctx, p.doc.id, string(p.title), string(p.tags), string(p.headings), string(p.body), string(p.keys_)); err != nil {
			return err
		}
	}
	c.record.gone, c.record.counts = tallies(c.gone), tallies(c.counts)
	seq, size, err := c.record.keep(ctx, tx, s.file == "")
	if err != nil {
		return err
	}
	_, err = x.take(s, &update{position: now.followed(seq, size), from: now.seq, records: []*record{&c.record}})
	return err // a query may have taken it in already
}

// change is a record in the making.
type change struct {
	record
	st     *state
	gone   map[uint32]int
	counts map[uint32]int
	fresh  map[string]uint32 // numbers of the new words
	taken  map[int64]bool
}

func (c *change) remove(ctx context.Context, tx *sql.Tx, path string) error {
	old := c.st.byPath[path]
	if old == nil {
		return nil
	}
	var own []byte
	if err := tx.QueryRowContext(ctx, "SELECT words FROM own WHERE id=?", old.id).Scan(&own); err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			return errDamaged
		}
		return err
	}
	c.removed = append(c.removed, old.id)
	return unpacked(own, func(id uint32) { c.gone[id]++ })
}

func (c *change) put(p *prepared) {
	ids := make([]uint32, 0, len(p.words))
	for _, w := range p.words {
		id, ok := c.st.number(w)
		if !ok {
			if id, ok = c.fresh[w]; !ok {
				id = uint32(c.st.words.len() + c.words.len())
				w = strings.Clone(w)
				c.fresh[w] = id
				c.words.add(w)
			}
		}
		c.counts[id]++
		ids = append(ids, id)
	}
	slices.Sort(ids)
	p.doc.id = c.free(p.doc.article.Date.Unix())
	c.own[p.doc.id] = packed(ids)
	c.docs = append(c.docs, p.doc)
}

// free is a number for an article of that date: a newer one has a greater number.
func (c *change) free(date int64) int64 {
	moment := momentID(date)
	id := max(moment, c.st.next[moment])
	for c.taken[id] || numbered(c.st.docs, id) != nil {
		id++
	}
	c.taken[id] = true
	if id-moment > 16 {
		c.st.next[moment] = id + 1 // many share a moment: do not try them all again
	}
	return id
}

// dateID is the number of an article of a moment in seconds.
func dateID(seconds int64) int64 {
	return seconds + 2_208_988_800 // from 1900 to 1970
}

// momentID is the first number of the articles of a moment in seconds.
func momentID(seconds int64) int64 {
	const first, last = 1, 1 << 36 // from the year 1900 to 4077
	return min(max(dateID(seconds), first), last)
}

// idsOf bounds the numbers of articles with a date from (included) until; some
// may lie a little outside.
func idsOf(from, until time.Time) (low, high int64) {
	const slack = 200_000 // where many articles share a moment
	low, high = 0, 1<<40
	if !from.IsZero() {
		low = max(dateID(from.Unix()), 0)
	}
	if !until.IsZero() {
		high = max(dateID(until.Unix()), 0) + slack
	}
	return low, high
}
