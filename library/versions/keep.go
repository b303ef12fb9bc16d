package versions

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"

	"longhand/library"
	"longhand/library/disk"
)

// Keep keeps a state of a file, whose path is absolute, and reports whether it did:
// what is the same as the version kept last is not kept again.
func (s *Store) Keep(file string, st State) (kept bool, err error) {
	if len(st.Data) > MaxSize {
		return false, &library.Problem{Path: file, Message: "this is too large for its versions to be kept", Remedy: "divide it into several articles"}
	}
	v := Version{At: st.At.Round(0), Sum: Sum(st.Data), Size: int64(len(st.Data)), Words: st.Words, Why: st.Why[:min(len(st.Why), maxWhy)]}
	err = s.alone(func() error {
		if err := s.store(v.Sum, st.Data); err != nil {
			return s.problem(file, "this version is not kept", err)
		}
		kept, err = s.add(file, v)
		return err
	})
	return kept, err
}

// add puts a version at the end of a list, if it is another than the last.
func (s *Store) add(file string, v Version) (bool, error) {
	path := s.list(file)
	f, err := s.fs.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		if err := s.put(path, append(headerLine(file), versionLine(v)...)); err != nil {
			return false, s.problem(file, "this version is not kept", err)
		}
		return true, nil
	}
	if err != nil {
		return false, s.problem(file, "this version is not kept", err)
	}
	defer f.Close()
	end, last, err := s.end(f)
	added := err == nil && last.Sum != v.Sum
	switch {
	case added:
		err = appendAt(f, end, versionLine(v))
	case err == nil:
		err = f.Sync() // whoever added the last may have died before that
	}
	if err == nil {
		err = s.sync(s.articles()) // or whoever made the list
	}
	if err != nil {
		return false, s.problem(file, "this version is not kept", err)
	}
	return added, nil
}

// appendAt writes a line at an offset and syncs it. What was there is cut off; if it
// fails, the new line is.
func appendAt(f disk.File, end int64, line []byte) error {
	if err := f.Truncate(end); err != nil {
		return err
	}
	if _, err := f.Seek(end, io.SeekStart); err != nil {
		return err
	}
	if err := write(f, line); err != nil {
		_ = f.Truncate(end) // if that fails too, a reader leaves half a line out
		return err
	}
	return nil
}

// tail is how many bytes at the end of a list surely hold a whole line of a version.
const tail = 4 << 10

// end returns where the last whole line of a list ends, and its version if it is a
// sound one. It reads no more than it must: a list grows with each save.
func (s *Store) end(f disk.File) (end int64, last Version, err error) {
	info, err := f.Stat()
	if err != nil {
		return 0, last, err
	}
	head := make([]byte, min(info.Size(), 24))
	if _, err := f.ReadAt(head, 0); err != nil && err != io.EOF {
		return 0, last, err
	}
	if newer(head) {
		return 0, last, errNewer
	}
	for size := int64(tail); ; size *= 8 {
		start := max(info.Size()-size, 0)
		data := make([]byte, info.Size()-start)
		if _, err := f.ReadAt(data, start); err != nil && err != io.EOF {
			return 0, last, err
		}
		n := bytes.LastIndexByte(data, '\n') + 1
		if n == 0 && start > 0 && size < maxList {
			continue
		}
		data = data[:n]
		line := data[bytes.LastIndexByte(data[:max(n-1, 0)], '\n')+1:]
		var r record
		if body, ok := unseal(bytes.TrimSuffix(line, []byte{'\n'})); ok && json.Unmarshal(body, &r) == nil {
			last = Version(r)
		}
		return start + int64(n), last, nil
	}
}

var errNewer = errors.New("they were made by a newer Longhand")

// newer reports whether a list that begins so is of a format that is not known here.
func newer(head []byte) bool {
	const before = len(`00000000 {"versions":`)
	if len(head) <= before || string(head[9:before]) != `{"versions":` {
		return false
	}
	return !bytes.HasPrefix(head[before:], []byte("1,"))
}
