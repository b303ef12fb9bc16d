//go:build unix && !darwin

package trash

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"longhand/library"
)

// place is one trash folder. Paths in it are written relative to top, or absolute
// where that is "".
type place struct{ dir, top string }

func (b *Bin) put(file string, now time.Time) (*Item, error) {
	if home, err := filepath.Abs(b.home); err != nil || b.home == "" {
		return nil, errors.Join(errNone, err)
	} else if within(file, home) || within(home, file) {
		return nil, errors.New("this is the trash itself, or holds it")
	}
	given := file
	dir, err := filepath.EvalSymlinks(filepath.Dir(file))
	if err != nil {
		return nil, err
	}
	file = filepath.Join(dir, filepath.Base(file))
	on, err := b.device(dir)
	if err != nil {
		return nil, err
	}
	if info, err := os.Lstat(file); err == nil && info.IsDir() {
		if self, err := b.device(file); err != nil || self != on {
			return nil, errors.Join(errors.New("this is the root of a disk"), err)
		}
	}
	item, err := b.putReal(file, on, now)
	if item != nil {
		item.From = given
	}
	return item, err
}

// putReal puts a file by its real path, which is on the device.
func (b *Bin) putReal(file string, on uint64, now time.Time) (*Item, error) {
	home := place{dir: b.home}
	var places []place
	if at, err := b.device(existing(b.home)); err == nil && at == on {
		places = append(places, home)
	}
	for _, p := range append(places, b.topPlaces(file, on)...) {
		// One device may be mounted in several places, between which nothing moves.
		item, err := p.put(file, now, rename)
		switch {
		case errors.Is(err, syscall.EXDEV):
			p.leave()
		case !errors.Is(err, errNoFolder):
			return item, err
		}
	}
	// The specification allows this: the home trash for files of other disks.
	return home.put(file, now, carry)
}

// mover is a way to move to a free name. Left tells of what is left of the original.
type mover func(from, to string) (left *library.Problem, err error)

func rename(from, to string) (*library.Problem, error) { return nil, library.Move(from, to) }

func carry(from, to string) (left *library.Problem, err error) {
	return library.Carry(context.Background(), from, to)
}

// topPlaces are the trashes of another disk: the one of the administrator, if it is
// safe, and the user's own.
func (b *Bin) topPlaces(file string, on uint64) []place {
	top := filepath.Dir(file)
	for dir := filepath.Dir(top); dir != top; dir = filepath.Dir(dir) {
		if at, err := b.device(dir); err != nil || at != on {
			break
		}
		top = dir
	}
	uid := strconv.Itoa(b.uid)
	var out []place
	shared := filepath.Join(top, ".Trash")
	if info, err := os.Lstat(shared); err == nil && info.IsDir() && info.Mode()&fs.ModeSticky != 0 {
		out = append(out, place{filepath.Join(shared, uid), top})
	}
	return append(out, place{filepath.Join(top, ".Trash-"+uid), top})
}

// existing is the folder itself, or the nearest above it that is there.
func existing(dir string) string {
	for {
		if _, err := os.Stat(dir); err == nil || filepath.Dir(dir) == dir {
			return dir
		}
		dir = filepath.Dir(dir)
	}
}

// errNoFolder tells that a trash is not there and cannot be made.
var errNoFolder = errors.New("the trash cannot be used")

// prepare makes the folders, which only the user may look into.
func (p place) prepare() error {
	if err := os.MkdirAll(filepath.Dir(p.dir), 0o700); err != nil {
		return errors.Join(errNoFolder, err)
	}
	for _, dir := range []string{p.dir, filepath.Join(p.dir, "info"), filepath.Join(p.dir, "files")} {
		if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
			return errors.Join(errNoFolder, err)
		}
		info, err := os.Stat(dir)
		if err == nil && p.top != "" { // others could have put a link there
			info, err = os.Lstat(dir)
		}
		if err != nil || !info.IsDir() {
			return errors.Join(errNoFolder, err)
		}
	}
	return nil
}

// leave removes the folders of a trash that is of no use here, if nothing is in them.
func (p place) leave() {
	if p.top != "" {
		for _, dir := range []string{"files", "info", ""} {
			_ = syscall.Rmdir(filepath.Join(p.dir, dir))
		}
	}
}

// put moves a file there. What tells of it is written first, and by its name the
// name in the trash is taken.
func (p place) put(file string, now time.Time, move mover) (*Item, error) {
	if err := p.prepare(); err != nil {
		return nil, err
	}
	text, err := p.describe(file, now)
	if err != nil {
		return nil, err
	}
	for n := 1; ; n++ {
		name := numbered(filepath.Base(file), n)
		item := &Item{From: file, In: filepath.Join(p.dir, "files", name), info: filepath.Join(p.dir, "info", name+infoEnd)}
		err := writeNew(item.info, text)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if item.Left, err = move(file, item.In); err == nil || isGone(file) && !isGone(item.In) {
			return item, nil // though the disk may not say for sure
		}
		if isGone(item.In) || errors.Is(err, fs.ErrExist) {
			os.Remove(item.info)
		}
		if !errors.Is(err, fs.ErrExist) { // else something lies there of which nothing tells
			return nil, err
		}
	}
}

func isGone(file string) bool {
	_, err := os.Lstat(file)
	return errors.Is(err, fs.ErrNotExist)
}

const (
	infoEnd = ".trashinfo"
	maxName = 255
)

// numbered is a name that is not taken for a small n, short enough for its file.
func numbered(name string, n int) string {
	ext := filepath.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	if stem == "" || len(ext) > 16 {
		stem, ext = name, ""
	}
	end := ext
	if n > 1 {
		end = "." + strconv.Itoa(n) + ext
	}
	if most := maxName - len(infoEnd) - len(end); len(stem) > most {
		for most > 0 && stem[most]&0xc0 == 0x80 { // not within a letter
			most--
		}
		stem = stem[:most]
	}
	return stem + end
}

func (p place) describe(file string, now time.Time) ([]byte, error) {
	where := file
	if p.top != "" {
		rel, err := filepath.Rel(p.top, file)
		if err != nil || !filepath.IsLocal(rel) {
			return nil, &fs.PathError{Op: "trash", Path: file, Err: syscall.EXDEV}
		}
		where = rel
	}
	return fmt.Appendf(nil, "[Trash Info]\nPath=%s\nDeletionDate=%s\n", percent(where), now.Local().Format("2006-01-02T15:04:05")), nil
}

// percent writes a path as the specification asks: the bytes of RFC 2396 as they are.
func percent(path string) string {
	var b strings.Builder
	for i := range len(path) {
		c := path[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("/-_.!~*'()", c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

func writeNew(file string, data []byte) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		os.Remove(file)
	}
	return err
}

func within(file, dir string) bool {
	rel, err := filepath.Rel(dir, file)
	return err == nil && filepath.IsLocal(rel)
}

// deviceOf is the device that a folder is on.
func deviceOf(dir string) (uint64, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return 0, err
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, errNone
	}
	return uint64(st.Dev), nil
}
