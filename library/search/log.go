package search

import (
	"context"
	"database/sql"
	"errors"
	"slices"
)

// rows is what reads: a database, or a transaction of it.
type rows interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// position is how far the log of the index is known. The whole state stands at its
// beginning in parts, each with how many are to come and itself; after it records of
// what has changed.
type position struct {
	seq  int64 // of the last record
	log  int   // bytes of the log since the whole state was written
	many int   // records of it
	base int   // bytes of that
}

// update is what the log has that is not yet in memory, from this process or
// another. It is read beside the state, for queries need that meanwhile.
type update struct {
	position
	from    int64     // the position's seq before
	state   *state    // the whole state anew; nil where the records are enough
	records []*record // otherwise
}

// after is an update of what is known up to a position.
func after(p position) *update { return &update{position: p, from: p.seq} }

func (u *update) read(ctx context.Context, db rows) error {
	found, err := db.QueryContext(ctx, "SELECT seq, whole, data FROM log WHERE seq > ? ORDER BY seq", u.from)
	if err != nil {
		return err
	}
	defer found.Close()
	var parts gathered
	size, left, known := 0, 0, false
	for found.Next() {
		var seq int64
		var whole int
		var data sql.RawBytes // not copied once more: there may be very much
		if err := found.Scan(&seq, &whole, &data); err != nil {
			return err
		}
		if whole == 0 {
			if left > 0 {
				return errDamaged
			}
			r, err := decode(data)
			if err != nil {
				return err
			}
			if err := u.add(r); err != nil {
				return err
			}
			u.position = u.followed(seq, len(data))
			continue
		}
		if left == 0 {
			left, size, known = whole, 0, u.seq > 0 && seq == u.seq+1 // it is what we have
			parts = gathered{}
		}
		if whole != left || whole < 0 {
			return errDamaged
		}
		size += len(data)
		if !known {
			if err := parts.add(data, min(whole, maxParts)*partSize); err != nil {
				return err
			}
		}
		if left--; left > 0 {
			continue
		}
		if !known {
			r, err := parts.record()
			if err != nil {
				return err
			}
			parts = gathered{}
			u.state, u.records = newState(), nil
			if err := u.add(r); err != nil {
				return err
			}
		}
		u.position = position{seq: seq, base: size}
	}
	if err := found.Err(); err != nil || left == 0 {
		return err
	}
	return errDamaged
}

func (u *update) add(r *record) error {
	if u.state != nil {
		return u.state.apply(r)
	}
	u.records = append(u.records, r)
	return nil
}

// take brings the state up to date.
func (s *state) take(u *update) error {
	if u.state != nil {
		news := s.news.all()
		*s = *u.state
		s.news = news
	}
	for _, r := range u.records {
		if err := s.apply(r); err != nil {
			return err
		}
	}
	s.position = u.position
	return nil
}

// catchUp takes in what the log has, as the database or a transaction of it sees
// it. Queries go on while that is read.
func (x *Index) catchUp(ctx context.Context, s *store, db rows) error {
	for {
		x.mu.RLock()
		ours, at := x.store == s, x.state.position
		x.mu.RUnlock()
		if !ours {
			return ErrRebuilt
		}
		u := after(at)
		if err := u.read(ctx, db); err != nil {
			return err
		}
		if done, err := x.take(s, u); done || err != nil {
			return err
		}
	}
}

// take tells false where the state has become another while the update was read,
// and still lacks some of it.
func (x *Index) take(s *store, u *update) (bool, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	switch {
	case x.store != s:
		return false, ErrRebuilt
	case x.state.seq >= u.seq:
		return true, nil
	case x.state.seq != u.from:
		return false, nil
	}
	return true, x.state.take(u)
}

// Parts of the whole state: SQLite does not give back the memory of what is large.
const (
	partSize = 256 << 10
	maxParts = 1 << 12 // for which room is made beforehand
)

// tidy shortens the log when it has grown long. That it cannot, for another process
// writes, or the disk is full, is no error: the log is as good as before.
func (x *Index) tidy(ctx context.Context) error {
	x.mu.RLock()
	long := x.state.long() && x.store.file != "" // for in memory nobody reads it
	x.mu.RUnlock()
	if !long {
		return nil
	}
	x.writing.Lock()
	defer x.writing.Unlock()
	s, err := x.handle(ctx)
	if err == nil {
		err = x.mend(ctx, s, x.compact(ctx, s))
	}
	if errors.Is(err, ErrRebuilt) {
		return err
	}
	return ctx.Err()
}

// compact writes the whole state in place of the log when that has grown long.
func (x *Index) compact(ctx context.Context, s *store) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := x.catchUp(ctx, s, tx); err != nil {
		return err
	}
	// Nobody else writes now, so that the state stays as it is: see [Index.writeTo].
	x.mu.RLock()
	st := x.state
	x.mu.RUnlock()
	was, now := st.seq, st.position
	if !now.long() { // another process was faster
		return nil
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM log"); err != nil { // numbers go on
		return err
	}
	data := st.whole().encode()
	left := (len(data) + partSize - 1) / partSize
	for part := range slices.Chunk(data, partSize) {
		res, err := tx.ExecContext(ctx, "INSERT INTO log(whole, data) VALUES(?, ?)", left, part)
		if err != nil {
			return err
		}
		if now.seq, err = res.LastInsertId(); err != nil {
			return err
		}
		left--
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	now.base, now.log, now.many = len(data), 0, 0
	_, err = x.take(s, &update{position: now, from: was})
	return err
}

// longest is how many records the log may have. To take one in takes longer the larger
// the library is, however little it changes.
const longest = 256

// long tells that it takes long to read all changes of the log.
func (p position) long() bool { return p.log >= max(256<<10, p.base/2) || p.many >= longest }

// followed is the position after one more record.
func (p position) followed(seq int64, size int) position {
	return position{seq: seq, log: p.log + size, many: p.many + 1, base: p.base}
}
