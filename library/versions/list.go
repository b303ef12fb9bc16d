package versions

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"longhand/library"
)

const (
	format = 1
	// maxList is the size in bytes up to which a list is read; some 400,000 versions.
	maxList = 64 << 20
	// maxWhy is the length in bytes to which a reason is cut.
	maxWhy = 100
)

// header is the first line of a list.
type header struct {
	Format int    `json:"versions"`
	File   string `json:"file,omitempty"`
	Raw    []byte `json:"raw,omitempty"` // of a name that is not UTF-8, in place of File
}

// record is any other.
type record struct {
	At    time.Time `json:"at"`
	Sum   string    `json:"sum"`
	Size  int64     `json:"size"`
	Words int       `json:"words"`
	Why   Why       `json:"why"`
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// seal makes a line of some JSON.
func seal(v any) []byte {
	body, err := json.Marshal(v)
	if err != nil {
		panic(err) // cannot be: the types above are all JSON has
	}
	return fmt.Appendf(nil, "%08x %s\n", crc32.Checksum(body, castagnoli), body)
}

// unseal returns the JSON of a line, which is without its line break.
func unseal(line []byte) ([]byte, bool) {
	if len(line) < 10 || line[8] != ' ' {
		return nil, false
	}
	sum, err := strconv.ParseUint(string(line[:8]), 16, 32)
	return line[9:], err == nil && uint32(sum) == crc32.Checksum(line[9:], castagnoli)
}

func headerLine(file string) []byte {
	if !utf8.ValidString(file) {
		return seal(header{Format: format, Raw: []byte(file)})
	}
	return seal(header{Format: format, File: file})
}

func versionLine(v Version) []byte { return seal(record(v)) }

// line is a line of a list.
type line struct {
	raw     []byte // with its line break
	version Version
	sound   bool
}

// list is what a file of versions holds.
type list struct {
	path    string
	file    string // whose versions they are; "" if the first line is damaged
	newer   bool   // made by a later program: not to be touched
	lines   []line // without the first
	sound   int    // how many bytes are whole lines: what follows was never finished
	damaged int    // the number, from 1, of the first line that is; 0 for none
}

// parse reads a list. What follows the last line break was being written when the
// program ended, and is left out.
func parse(path string, data []byte) list {
	l := list{path: path}
	l.sound = bytes.LastIndexByte(data, '\n') + 1
	n := 0
	for raw := range bytes.Lines(data[:l.sound]) {
		n++
		body, ok := unseal(raw[:len(raw)-1])
		if n == 1 {
			var h header
			if ok && json.Unmarshal(body, &h) == nil && h.Format > 0 {
				l.file, l.newer = h.File, h.Format > format
				if h.Raw != nil {
					l.file = string(h.Raw)
				}
				continue
			}
		}
		var r record
		ok = ok && json.Unmarshal(body, &r) == nil && validSum(r.Sum)
		if !ok && l.damaged == 0 {
			l.damaged = n
		}
		l.lines = append(l.lines, line{raw: raw, version: Version(r), sound: ok})
	}
	return l
}

// load reads a list from the disk. One that is not there is empty.
func (s *Store) load(path string) (list, error) {
	f, err := s.fs.OpenFile(path, os.O_RDONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return list{path: path}, nil
	}
	if err != nil {
		return list{path: path}, s.problem(path, "this list of versions cannot be read", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxList+1))
	if err == nil && len(data) > maxList {
		err = errors.New("it is too large")
	}
	if err != nil {
		return list{path: path}, s.problem(path, "this list of versions cannot be read", err)
	}
	return parse(path, data), nil
}

// problem is what is wrong with the list; nil for nothing.
func (l *list) problem() error {
	switch {
	case l.newer:
		return &library.Problem{Path: l.path, Message: "this list of versions was made by a newer Longhand", Remedy: "use that"}
	case l.damaged > 0:
		return &library.Problem{Path: l.path, Line: l.damaged, Message: "this list of versions is damaged here", Remedy: "the versions of its other lines can be had", Err: errDamaged}
	}
	return nil
}

// versions are those of the list, in the order in which they were kept.
func (l *list) versions() []Version {
	var out []Version
	for _, line := range l.lines {
		if line.sound {
			out = append(out, line.version)
		}
	}
	return out
}

// List returns the versions of a file, the one kept last first. An error tells what is
// damaged; the versions that can be had are returned all the same.
func (s *Store) List(file string) ([]Version, error) {
	l, err := s.load(s.list(file))
	if err != nil {
		return nil, err
	}
	out := l.versions()
	slices.Reverse(out)
	return out, l.problem()
}

// replace writes a list anew with some of its lines. One without lines goes.
func (s *Store) replace(path, file string, lines []line) error {
	data := headerLine(file)
	for _, line := range lines {
		data = append(data, line.raw...)
	}
	return s.put(path, data)
}
