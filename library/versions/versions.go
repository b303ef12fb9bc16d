// Package versions keeps earlier states of articles, so that whatever was saved once
// can be had back.
//
// In its folder lie
//
//	objects/SUM.gz       a text, compressed, named by the SHA-256 of its bytes
//	articles/KEY.list    the versions of one file, KEY made of its absolute path
//	lock                 held by whoever changes something
//
// A list is lines of eight hexadecimal digits (CRC-32C of the rest), a space and a
// JSON object: first one that names the format and the file, then one for each version
// in the order in which they were kept. Lists are appended to and synced, or replaced
// whole; objects are written before they are named, and removed after. So a crash at
// any moment leaves everything that was kept. What is damaged is reported and left as
// it is, and the rest works. Several processes may use one folder.
package versions

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"longhand/library"
	"longhand/library/disk"
)

// Why tells why a version was kept.
type Why string

// Reasons to keep a version. Lists may hold others, of later programs.
const (
	Saved         Why = "saved"                // it was in the file
	Opened        Why = "opened"               // it was in the file when that was opened
	BeforeReload  Why = "before reload"        // shown before another program's text was
	Ours          Why = "ours in a conflict"   // written here while another program wrote
	Theirs        Why = "theirs in a conflict" // written by the other program
	BeforeRestore Why = "before restore"       // shown before an earlier state came back
	Recovered     Why = "recovered"            // found in the journal after a crash
	Discarded     Why = "discarded"            // given up by the writer
)

// Version is an earlier state of an article.
type Version struct {
	At    time.Time
	Sum   string // SHA-256 of its bytes, in hexadecimal digits
	Size  int64  // in bytes
	Words int    // of its body as whoever kept it counted, or -1
	Why   Why
}

// State is what is to be kept of an article.
type State struct {
	Data  []byte // as in the file
	Words int    // of its body, or -1
	Why   Why
	At    time.Time
}

// Options are the bounds of a store.
type Options struct {
	// MaxBytes is how much all versions together may take on the disk, compressed;
	// 0 for no bound. [Store.Thin] keeps to it.
	MaxBytes int64
}

// Store is a folder of versions. Its methods may be called from any goroutine; they
// touch the disk.
type Store struct {
	fs   disk.FS
	dir  string
	opt  Options
	turn sync.Mutex // of this process; the lock file is for the others
	// owed are folders that could not be synced: what was renamed in them may not
	// last yet.
	owed map[string]bool
}

// MaxSize is the size in bytes up to which a state is kept, and read.
const MaxSize = library.MaxSize

const (
	folderMode fs.FileMode = 0o700 // what one writes is nobody else's
	fileMode   fs.FileMode = 0o600
)

// Open returns the store in a folder, which it makes if need be.
func Open(fsys disk.FS, dir string, o Options) (*Store, error) {
	s := &Store{fs: fsys, dir: dir, opt: o, owed: map[string]bool{}}
	for _, d := range []string{s.objects(), s.articles()} {
		if err := disk.MakeFolders(fsys, d, folderMode); err != nil {
			return nil, s.problem(dir, "earlier versions cannot be kept", err)
		}
	}
	return s, nil
}

func (s *Store) objects() string  { return filepath.Join(s.dir, "objects") }
func (s *Store) articles() string { return filepath.Join(s.dir, "articles") }

// list is where the versions of a file are listed.
func (s *Store) list(file string) string {
	sum := sha256.Sum256([]byte(file))
	return filepath.Join(s.articles(), hex.EncodeToString(sum[:16])+listSuffix)
}

const (
	listSuffix   = ".list"
	objectSuffix = ".gz"
)

// object is where the bytes of a sum are.
func (s *Store) object(sum string) string {
	return filepath.Join(s.objects(), sum+objectSuffix)
}

// validSum reports whether a sum is one, and so a name that leads nowhere else.
func validSum(sum string) bool {
	if len(sum) != 2*sha256.Size {
		return false
	}
	for _, c := range []byte(sum) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// problem names what went wrong and the remedy.
func (s *Store) problem(path, message string, err error) error {
	p := &library.Problem{Path: path, Message: message, Remedy: "check the folder " + s.dir, Err: err}
	if err == nil {
		return p
	}
	p.Message += ": " + library.Reason(err)
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		p.Remedy = "free some space"
	case errors.Is(err, fs.ErrPermission):
		p.Remedy = fmt.Sprintf("check the permissions of %s", s.dir)
	}
	return p
}

// alone does something while no other goroutine or process changes the store.
func (s *Store) alone(work func() error) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	l, err := takeLock(filepath.Join(s.dir, "lock"))
	if err != nil {
		return s.problem(s.dir, "earlier versions cannot be kept", err)
	}
	defer l.Close()
	for dir := range s.owed {
		if err := s.sync(dir); err != nil {
			return s.problem(dir, "earlier versions cannot be kept", err)
		}
	}
	return work()
}
