package journal

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"longhand/library"
	"longhand/library/disk"
)

// The ends of names in the folder.
const (
	logEnd     = ".log"
	tempEnd    = ".tmp"     // a log on its way: not counted
	damagedEnd = ".damaged" // one that was read as far as it went
)

func fileName(id string, number int, end string) string {
	return fmt.Sprintf("%s-%08d%s", id, number, end)
}

// parseName takes a name apart.
func parseName(name string) (id string, number int, end string, ok bool) {
	end = filepath.Ext(name)
	id, digits, ok := strings.Cut(strings.TrimSuffix(name, end), "-")
	number, err := strconv.Atoi(digits)
	if !ok || id == "" || err != nil || number < 1 || fileName(id, number, end) != name {
		return "", 0, "", false
	}
	return id, number, end, true
}

// list returns the numbers of the files with the given end, by the id of their log, in
// ascending order. A folder that is not there is empty.
func list(on disk.FS, dir, end string) (map[string][]int, error) {
	entries, err := on.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, &library.Problem{Path: dir, Message: "the journal cannot be read: " + library.Reason(err), Remedy: "check the permissions of this folder", Err: err}
	}
	found := map[string][]int{}
	for _, e := range entries {
		if id, number, is, ok := parseName(e.Name()); ok && is == end && e.Type().IsRegular() {
			found[id] = append(found[id], number)
		}
	}
	for _, numbers := range found {
		slices.Sort(numbers)
	}
	return found, nil
}

// hold opens and locks all files of a log, in order. The error is disk.ErrHeld if a
// process uses it, fs.ErrNotExist if there are none. Those locked are what the
// folder has: nobody can have begun another meanwhile.
func hold(on disk.FS, dir, id string, alone bool) ([]held, error) {
	for range 20 {
		files, err := holdOnce(on, dir, id, alone)
		if !errors.Is(err, errMoved) {
			return files, err
		}
	}
	return nil, disk.ErrHeld // it is busily written
}

var errMoved = errors.New("the log has other files now")

func holdOnce(on disk.FS, dir, id string, alone bool) (files []held, err error) {
	defer func() {
		if err != nil {
			closeAll(files)
			files = nil
		}
	}()
	before, err := list(on, dir, logEnd)
	if err != nil {
		return nil, err
	}
	if len(before[id]) == 0 {
		return nil, fs.ErrNotExist
	}
	for _, number := range before[id] {
		name := fileName(id, number, logEnd)
		f, err := on.OpenFile(filepath.Join(dir, name), os.O_RDWR, 0)
		if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
			f, err = on.OpenFile(filepath.Join(dir, name), os.O_RDONLY, 0)
		}
		if errors.Is(err, fs.ErrNotExist) {
			return files, errMoved
		}
		if err != nil {
			return files, err
		}
		files = append(files, held{name: name, file: f})
		if err := disk.HoldIfPossible(f, alone); err != nil {
			return files, err
		}
	}
	after, err := list(on, dir, logEnd)
	if err == nil && !slices.Equal(before[id], after[id]) {
		err = errMoved
	}
	return files, err
}

func closeAll(files []held) {
	for _, h := range files {
		_ = h.file.Close()
	}
}

// contents returns what stands in a log's file.
func contents(f disk.File) ([]byte, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() > maxLog {
		return nil, fmt.Errorf("%w: it is too large", errDamaged)
	}
	data := make([]byte, info.Size())
	n, err := f.ReadAt(data, 0)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return data[:n], err
}

// remedy tells what to do when the folder cannot be written.
func remedy(err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return "free some space"
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return "check the permissions of this folder"
	}
	return "check this folder and its disk"
}
