package journal

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"longhand/editor/text"
	"longhand/library"
	"longhand/library/disk"
)

// FileState tells what the file of a recovered text is now.
type FileState uint8

// The states of files.
const (
	NoFile     FileState = iota // there never was one
	Gone                        // it was there, and is not
	AsLeft                      // it holds what the text is based on
	Changed                     // another program has written it since
	Unreadable                  // it is there, and cannot be read
)

var stateNames = [...]string{NoFile: "none", Gone: "gone", AsLeft: "unchanged", Changed: "changed", Unreadable: "unreadable"}

// String returns the state in one word.
func (s FileState) String() string { return stateNames[s] }

// Recovered is a text that the log of a process that ended holds, and no file.
type Recovered struct {
	About
	// ID names the log.
	ID string
	// At is the time of the last change.
	At time.Time
	// Text are the bytes of the file as it would have been saved.
	Text []byte
	// Base are the bytes of the file that Text is based on; nil if there was none.
	Base []byte
	File FileState
	// Damage tells that the log could not be read to its end, or is nil. It is then kept
	// as a file of its own when the text is taken.
	Damage *library.Problem

	names []string // of the files, in order
	last  int64    // size of the newest
	from  int      // which of them the text is from
}

// ErrTaken tells that a recovered text is not there any more: another process has
// taken or discarded it.
var ErrTaken = errors.New("another Longhand has taken this text")

// Unsaved returns the texts that processes left behind and that no file holds, the
// latest first, and what is wrong with logs that cannot be read. Those stay where
// they are. It changes nothing, and leaves alone what a living process writes.
func Unsaved(on disk.FS, dir string) ([]*Recovered, []*library.Problem, error) {
	found, err := list(on, dir, logEnd)
	if err != nil {
		return nil, nil, err
	}
	var all []*Recovered
	var problems []*library.Problem
	for id := range found {
		r, more, err := look(on, dir, id)
		problems = append(problems, more...)
		if err != nil {
			problems = append(problems, unreadable(filepath.Join(dir, fileName(id, found[id][0], logEnd)), err))
		}
		if r != nil && !r.needless() {
			all = append(all, r)
		}
	}
	slices.SortFunc(all, func(a, b *Recovered) int {
		if c := b.At.Compare(a.At); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	slices.SortFunc(problems, func(a, b *library.Problem) int { return strings.Compare(a.Path, b.Path) })
	return all, problems, nil
}

// look reads a log, if no process uses it.
func look(on disk.FS, dir, id string) (*Recovered, []*library.Problem, error) {
	files, err := hold(on, dir, id, false)
	if errors.Is(err, disk.ErrHeld) || errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	defer closeAll(files)
	r, problems := read(on, dir, id, files)
	return r, problems, nil
}

// read makes a text of the newest file that gives one.
func read(on disk.FS, dir, id string, files []held) (*Recovered, []*library.Problem) {
	var problems []*library.Problem
	for i, f := range slices.Backward(files) {
		file := filepath.Join(dir, f.name)
		data, err := contents(f.file)
		var l *logged
		if err == nil {
			l, err = parse(data)
		}
		if err != nil {
			problems = append(problems, unreadable(file, err))
			if errors.Is(err, errVersion) {
				return nil, problems // which may know better what the older ones mean
			}
			continue
		}
		r := &Recovered{About: About{l.Path, l.Library}, ID: id, At: l.at, Text: l.text, from: i}
		if l.hasSum {
			r.Base = l.base
		}
		for _, h := range files {
			r.names = append(r.names, h.name)
		}
		if info, err := files[len(files)-1].file.Stat(); err == nil {
			r.last = info.Size()
		}
		if l.damage != nil {
			r.Damage = unreadable(file, l.damage)
			r.Damage.Message = "the end of this log cannot be read: " + l.damage.Error()
		}
		r.compare(on, l, data)
		return r, problems
	}
	return nil, problems
}

func unreadable(file string, err error) *library.Problem {
	p := &library.Problem{Path: file, Message: "text that was not saved may lie here, and cannot be read: " + library.Reason(err), Remedy: "it is kept; a text editor may show what is left of it", Err: err}
	if errors.Is(err, errVersion) {
		p.Remedy = "start that version to have its text"
	}
	return p
}

// compare finds out what the text's file is now.
func (r *Recovered) compare(on disk.FS, l *logged, data []byte) {
	r.File = NoFile
	if l.hasSum {
		r.File = Gone
	}
	if r.Path == "" {
		return
	}
	now, err := fileNow(on, r.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
	case err != nil:
		r.File = Unreadable
	case bytes.Equal(now, r.Text):
		r.File, r.Base = AsLeft, now
	case l.hasSum && bytes.Equal(now, l.base), passes(data, now):
		r.File, r.Base = AsLeft, now
	default:
		r.File = Changed
	}
}

// errNoText tells that a file is none that a text could be in.
var errNoText = errors.New("it is no file of text")

func fileNow(on disk.FS, file string) ([]byte, error) {
	info, err := on.Stat(file)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxLog {
		return nil, errNoText
	}
	return on.ReadFile(file)
}

// needless reports whether there is nothing to recover.
func (r *Recovered) needless() bool {
	return r.Damage == nil && (r.Base != nil && r.File == AsLeft && bytes.Equal(r.Base, r.Text) || r.File == NoFile && len(r.Text) == 0)
}

// Take makes the recovered text one of this process, shown as doc: its log goes on
// where it was, so that at no moment the text is without one. Another process
// cannot take it then; if one has, the error is ErrTaken. It touches the disk.
func (j *Journal) Take(r *Recovered, doc text.Doc) (*Log, error) {
	files, err := r.hold(j.on, j.dir)
	if err != nil {
		return nil, err
	}
	// What a killed process wrote last may be in memory only, and is relied on from now on.
	err = errors.Join(files[r.from].file.Sync(), disk.SyncFolder(j.on, j.dir))
	if err != nil {
		closeAll(files)
		return nil, r.notTaken(j.dir, err)
	}
	_, number, _, _ := parseName(files[len(files)-1].name)
	for i := range files {
		files[i].damaged = i > r.from || i == r.from && r.Damage != nil
	}
	l := &Log{journal: j, id: r.ID, number: number, old: files}
	l.wanted = wanted{about: r.About, doc: doc, at: r.At, base: r.Base, stamp: 1}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.closed {
		closeAll(files)
		return nil, fs.ErrClosed
	}
	j.logs[l] = struct{}{}
	return l, nil
}

func (r *Recovered) notTaken(dir string, err error) *library.Problem {
	return &library.Problem{Path: dir, Message: "text that was not saved cannot be taken over: " + library.Reason(err), Remedy: remedy(err), Err: err}
}

// hold locks the files of the text if they are still those that it was read from.
func (r *Recovered) hold(on disk.FS, dir string) ([]held, error) {
	var files []held
	err := disk.ErrHeld
	for try := 0; errors.Is(err, disk.ErrHeld) && try < 100; try++ { // someone may just be reading it
		if try > 0 {
			time.Sleep(20 * time.Millisecond)
		}
		files, err = hold(on, dir, r.ID, true)
	}
	switch {
	case errors.Is(err, disk.ErrHeld), errors.Is(err, fs.ErrNotExist):
		return nil, ErrTaken
	case err != nil:
		return nil, r.notTaken(dir, err)
	}
	info, err := files[len(files)-1].file.Stat()
	same := err == nil && info.Size() == r.last && slices.EqualFunc(files, r.names, func(h held, name string) bool { return h.name == name })
	if !same {
		closeAll(files)
		return nil, ErrTaken
	}
	return files, nil
}

// sweep removes the logs of ended processes that hold nothing but what their files
// hold, and what was left of logs that never were whole. It touches nothing else.
func sweep(on disk.FS, dir string) error {
	found, err := list(on, dir, logEnd)
	if err != nil {
		return err
	}
	var all []error
	for id := range found {
		if err := sweepLog(on, dir, id); err != nil {
			all = append(all, err)
		}
	}
	// A killed process may have removed a log that a power cut would bring back, when its
	// file may hold something newer.
	if err := disk.SyncFolder(on, dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		all = append(all, err)
	}
	temps, err := list(on, dir, tempEnd)
	if err != nil {
		return err
	}
	for id, numbers := range temps {
		for _, number := range numbers {
			all = append(all, sweepTemp(on, filepath.Join(dir, fileName(id, number, tempEnd))))
		}
	}
	return errors.Join(all...)
}

func sweepLog(on disk.FS, dir, id string) error {
	files, err := hold(on, dir, id, false) // others who start now may look at it as well
	if errors.Is(err, disk.ErrHeld) || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer closeAll(files)
	r, _ := read(on, dir, id, files)
	if r == nil || !r.needless() || r.from != len(files)-1 {
		return nil
	}
	for _, f := range files {
		if err := disk.HoldIfPossible(f.file, true); err != nil {
			return err
		}
	}
	if r.File == AsLeft { // the file may be as it is in memory only
		if err := syncFile(on, r.Path); err != nil {
			return err
		}
	}
	for _, f := range files {
		if err := on.Remove(filepath.Join(dir, f.name)); err != nil {
			return err
		}
	}
	return disk.SyncFolder(on, dir)
}

// syncFile makes a file last as it is.
func syncFile(on disk.FS, file string) error {
	target, err := on.EvalSymlinks(file)
	if err != nil {
		return err
	}
	f, err := on.OpenFile(target, 0, 0)
	if err != nil {
		return err
	}
	err = f.Sync()
	_ = f.Close()
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return disk.SyncFolder(on, filepath.Dir(target))
}

func sweepTemp(on disk.FS, name string) error {
	f, err := on.OpenFile(name, 0, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	if disk.HoldIfPossible(f, true) != nil {
		return nil
	}
	return on.Remove(name)
}

// Article describes the text as the article that it would be: its title, its words.
func (r *Recovered) Article() *library.Article {
	doc, err := text.Decode(r.Text)
	if err != nil {
		doc = text.New(strings.ToValidUTF8(string(r.Text), "\ufffd"))
	}
	name := r.Path
	if rel, err := filepath.Rel(r.Library, r.Path); err == nil && r.Library != "" && filepath.IsLocal(rel) {
		name = filepath.ToSlash(rel)
	} else if name != "" {
		name = filepath.Base(name)
	}
	return library.Describe(doc.String(), r.Path, name)
}
