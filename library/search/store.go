package search

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"modernc.org/sqlite"
)

// version is of the tables and of what is in them: another one is not read but
// made again. Count it up when tokens change.
const version = 3

const schema = `
CREATE VIRTUAL TABLE fts USING fts5(title, tags, headings, body, keys, content='', contentless_delete=1, tokenize='ascii');
INSERT INTO fts(fts, rank) VALUES('hashsize', 16777216);
CREATE TABLE own(id INTEGER PRIMARY KEY, words BLOB);
CREATE TABLE about(library TEXT);
CREATE TABLE log(seq INTEGER PRIMARY KEY AUTOINCREMENT, whole INTEGER, data BLOB);
`

// weights of the columns. Keys are only filtered by.
const weights = "10.0, 6.0, 3.0, 1.0, 0.0"

// store is the index on disk.
type store struct {
	db      *sql.DB
	file    string // empty in memory
	library string // its folder
	info    os.FileInfo
}

// Names of the files in the cache folder.
const (
	filePrefix = "search-"
	fileSuffix = ".db"
)

// indexFile is the index of the library in the folder.
func indexFile(cache, library string) string {
	sum := sha256.Sum256([]byte(library))
	return filepath.Join(cache, filePrefix+hex.EncodeToString(sum[:8])+fileSuffix)
}

// openStore opens or makes the index in a file; one that is damaged or of
// another version is made again. Without a file it is in memory.
func openStore(ctx context.Context, file, library string) (*store, *state, error) {
	s, st, err := tryStore(ctx, file, library)
	const failed = 1 // a table is missing, say: the SQL is ours and right
	if (damaged(err) || code(err) == failed) && file != "" {
		if err := removeStore(file); err != nil {
			return nil, nil, err
		}
		s, st, err = tryStore(ctx, file, library)
	}
	return s, st, err
}

// removeStore removes the file and what SQLite keeps beside it.
func removeStore(file string) error {
	for _, end := range []string{"-wal", "-shm", "-journal", ""} {
		if err := os.RemoveAll(file + end); err != nil {
			return err
		}
	}
	return nil
}

func tryStore(ctx context.Context, file, library string) (_ *store, _ *state, err error) {
	dsn := ":memory:"
	if file != "" {
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return nil, nil, err
		}
		dsn = dataSource(file) + "?_txlock=immediate&_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=journal_size_limit(4000000)"
	}
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, nil, err
	}
	s := &store{db: db, file: file, library: library}
	defer func() {
		if err != nil {
			db.Close()
		}
	}()
	db.SetMaxOpenConns(4)
	db.SetMaxIdleConns(4)
	if file == "" {
		db.SetMaxOpenConns(1) // each connection has a memory of its own
	}
	st, err := readStore(ctx, db)
	if errors.Is(err, errEmpty) {
		if err = makeStore(ctx, db, library); err == nil {
			st, err = readStore(ctx, db)
		}
	}
	if err != nil {
		return nil, nil, err
	}
	if file != "" {
		used := time.Now() // which [Sweep] asks
		_ = os.Chtimes(file, used, used)
		if s.info, err = os.Stat(file); err != nil {
			return nil, nil, err
		}
	}
	return s, st, nil
}

// errEmpty tells that there are no tables yet.
var errEmpty = errors.New("the search index is empty")

// readStore reads what a database knows. It does not wait for who writes to it.
func readStore(ctx context.Context, db *sql.DB) (*state, error) {
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	switch tables, has, err := tablesOf(ctx, tx); {
	case err != nil:
		return nil, err
	case tables == 0:
		return nil, errEmpty
	case has != version:
		return nil, errDamaged
	}
	for _, table := range []string{"fts", "own"} { // the log is read at once
		if _, err := tx.ExecContext(ctx, "SELECT 1 FROM "+table+" LIMIT 1"); err != nil {
			return nil, err
		}
	}
	u := after(position{})
	u.state = newState()
	if err := u.read(ctx, tx); err != nil {
		return nil, err
	}
	u.state.position = u.position
	return u.state, nil
}

// tablesOf tells how many tables there are, and of which version.
func tablesOf(ctx context.Context, tx *sql.Tx) (tables, has int, err error) {
	if err = tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&has); err == nil {
		err = tx.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables)
	}
	return tables, has, err
}

// makeStore makes the tables, unless another process was faster.
func makeStore(ctx context.Context, db *sql.DB, library string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if tables, _, err := tablesOf(ctx, tx); err != nil || tables > 0 {
		return err
	}
	if _, err := tx.ExecContext(ctx, schema+fmt.Sprintf("PRAGMA user_version=%d", version)); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO about(library) VALUES(?)", library); err != nil {
		return err
	}
	return tx.Commit()
}

// dataSource names a file for SQLite, whatever signs are in it.
func dataSource(file string) string {
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: file}).EscapedPath()}).String()
}

// replaced reports whether another process has made the file again.
func (s *store) replaced() bool {
	if s.file == "" {
		return false
	}
	info, err := os.Stat(s.file)
	return err != nil || !os.SameFile(info, s.info)
}

// damaged reports whether an error is one that making the index again mends.
func damaged(err error) bool {
	if errors.Is(err, errDamaged) {
		return true
	}
	const (
		corrupt  = 11
		mismatch = 20
		format   = 24
		notADB   = 26
		// The file was cut off under our hands.
		shortRead = 10 | 2<<8
		inPage    = 10 | 34<<8
	)
	var e *sqlite.Error
	if errors.As(err, &e) && slices.Contains([]int{shortRead, inPage}, e.Code()) {
		return true
	}
	return slices.Contains([]int{corrupt, mismatch, format, notADB}, code(err))
}

// Passing reports whether an error may be over at the next try: another process
// wrote to the index for long, or made it again. Others, of a disk that is full or
// broken, say, last.
func Passing(err error) bool {
	const (
		busy     = 5
		locked   = 6
		protocol = 15 // many try to open it at once
	)
	return errors.Is(err, ErrRebuilt) || slices.Contains([]int{busy, locked, protocol}, code(err))
}

// code is SQLite's primary result code of an error; 0 when it is another's.
func code(err error) int {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return 0
	}
	return e.Code() & 0xff
}

// delete removes the texts of the articles that went.
func (c *change) delete(ctx context.Context, tx *sql.Tx) error {
	for _, id := range c.removed {
		for _, stmt := range []string{"DELETE FROM fts WHERE rowid=?", "DELETE FROM own WHERE id=?"} {
			if _, err := tx.ExecContext(ctx, stmt, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// keep writes a record to the log, and ends the transaction. In memory, where nobody
// reads it, only that there was one.
func (r *record) keep(ctx context.Context, tx *sql.Tx, memory bool) (seq int64, size int, err error) {
	if len(r.docs) > 0 {
		own, err := tx.PrepareContext(ctx, "INSERT INTO own(id, words) VALUES(?,?)")
		if err != nil {
			return 0, 0, err
		}
		defer own.Close()
		for _, d := range r.docs {
			if _, err := own.ExecContext(ctx, d.id, r.own[d.id]); err != nil {
				return 0, 0, err
			}
		}
	}
	var data []byte
	if !memory {
		data = r.encode()
	}
	res, err := tx.ExecContext(ctx, "INSERT INTO log(whole, data) VALUES(0, ?)", data)
	if err != nil {
		return 0, 0, err
	}
	if seq, err = res.LastInsertId(); err != nil {
		return 0, 0, err
	}
	return seq, len(data), tx.Commit()
}

// newestFirst orders articles.
func newestFirst(docs []*doc) []*doc {
	out := slices.Clone(docs)
	slices.SortFunc(out, func(a, b *doc) int {
		return cmp.Or(cmp.Compare(b.id, a.id), strings.Compare(a.article.Path, b.article.Path))
	})
	return out
}
