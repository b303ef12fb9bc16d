package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"longhand/editor/text"
)

// A log is a file of this kind:
//
//	"longhand journal 1\n"
//	record...
//
// A record is the length of its content in bytes and its checksum, each of four
// bytes, the lowest first, its kind, one byte, and its content. The checksum is
// CRC-32C (Castagnoli) over kind and content. The first record is the head, the
// second the base, and each further one holds changes. Numbers in a record of changes
// are of the kind of encoding/binary's Uvarint: the time in milliseconds since 1970, how many
// changes there are, and of each its offset, how many bytes it deletes, how many it
// inserts, and those. Offsets are in the bytes before all changes of the record.
const (
	magic      = "longhand journal "
	version    = "1"
	firstLine  = magic + version + "\n"
	recordHead = 4 + 4 + 1
)

// The kinds of records.
const (
	kindHead    = 'h' // JSON of type head
	kindBase    = 'b' // the file's bytes that the text is based on
	kindChanges = 'c'
)

// Bounds of what is read. The text made of a log is not larger than the log.
const (
	maxLog  = 1 << 30
	maxHead = 64 << 10
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// head is the first record of a log.
type head struct {
	Path    string    `json:"path"`
	Library string    `json:"library"`
	Bytes   *rawPaths `json:"bytes,omitempty"` // of paths that are not UTF-8, which JSON cannot hold
	Time    time.Time `json:"time"`
	// Sum is the SHA-256 of the base, in hexadecimal digits; empty if there was no file.
	Sum     string `json:"sha256"`
	Process int    `json:"process"`
	Program string `json:"program,omitempty"`
}

type rawPaths struct{ Path, Library []byte }

// appendHead appends the head of a log, with the file's first line.
func appendHead(b []byte, h head) ([]byte, error) {
	if !utf8.ValidString(h.Path) || !utf8.ValidString(h.Library) {
		h.Bytes = &rawPaths{[]byte(h.Path), []byte(h.Library)}
	}
	content, err := json.Marshal(h)
	if err == nil && len(content) > maxHead {
		err = errors.New("the path of the file is too long")
	}
	if err != nil {
		return b, err
	}
	b = append(b, firstLine...)
	return appendRecord(b, kindHead, content), nil
}

func appendRecord(b []byte, kind byte, content []byte) []byte {
	sum := crc32.Update(crc32.Checksum([]byte{kind}, castagnoli), castagnoli, content)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(content)))
	b = binary.LittleEndian.AppendUint32(b, sum)
	return append(append(b, kind), content...)
}

func appendChanges(b []byte, at time.Time, patches []text.Patch) []byte {
	content := binary.AppendUvarint(nil, uint64(max(at.UnixMilli(), 0)))
	content = binary.AppendUvarint(content, uint64(len(patches)))
	for _, p := range patches {
		content = binary.AppendUvarint(content, uint64(p.Offset))
		content = binary.AppendUvarint(content, uint64(p.Deleted))
		content = binary.AppendUvarint(content, uint64(len(p.Insert)))
		content = append(content, p.Insert...)
	}
	return appendRecord(b, kindChanges, content)
}

// logged is what a log says.
type logged struct {
	head
	base   []byte
	hasSum bool // there was a file to base the text on
	text   []byte
	at     time.Time // of the last change
	good   int       // bytes of the log that were understood
	damage error     // of what stands behind those, unless it is the torn end of a log
}

var (
	errVersion = errors.New("it was written by another version of Longhand")
	errDamaged = errors.New("it is damaged")
	errForeign = errors.New("it is no journal")
)

// parse reads a log. The error tells that nothing of its text can be had. What
// comes after a place that is torn or damaged is left out.
func parse(data []byte) (*logged, error) { return replay(data, func(*chunks) {}) }

// passes reports whether a text was written in a log on the way to its last one:
// when it was saved.
func passes(data, was []byte) bool {
	found := false
	_, err := replay(data, func(t *chunks) { found = found || t.equal(was) })
	return err == nil && found
}

// replay is parse, and calls a function with the text after each record of changes.
func replay(data []byte, after func(*chunks)) (*logged, error) {
	if !bytes.HasPrefix(data, []byte(firstLine)) {
		if bytes.HasPrefix(data, []byte(magic)) {
			return nil, errVersion
		}
		return nil, errForeign
	}
	l := &logged{good: len(firstLine)}
	kind, content, err := l.next(data)
	if err != nil || kind != kindHead || len(content) > maxHead {
		return nil, fmt.Errorf("%w: it does not say of what file it is", errDamaged)
	}
	if err := json.Unmarshal(content, &l.head); err != nil {
		return nil, fmt.Errorf("%w: it does not say of what file it is", errDamaged)
	}
	if l.Bytes != nil {
		l.Path, l.Library = string(l.Bytes.Path), string(l.Bytes.Library)
	}
	if strings.IndexByte(l.Path, 0) >= 0 || l.Path != "" && !filepath.IsAbs(l.Path) {
		return nil, fmt.Errorf("%w: %q is no path of a file", errDamaged, l.Path)
	}
	l.hasSum, l.at = l.Sum != "", l.Time
	kind, content, err = l.next(data)
	if err != nil || kind != kindBase || l.hasSum && fmt.Sprintf("%x", sha256.Sum256(content)) != l.Sum {
		return nil, fmt.Errorf("%w: the text it begins with is not whole", errDamaged)
	}
	l.base = content
	t := newChunks(content)
	for l.good < len(data) {
		before := l.good
		kind, content, err := l.next(data)
		if err == nil && kind != kindChanges {
			err = fmt.Errorf("%w: it has a record of an unknown kind", errDamaged)
		}
		if err == nil {
			err = l.change(t, content)
		}
		if err != nil {
			l.good = before
			if !errors.Is(err, errTorn) {
				l.damage = err
			}
			break
		}
		after(t)
	}
	l.text = t.bytes()
	return l, nil
}

// errTorn tells that the log ends within a record, as it does when the machine
// stopped while it was written.
var errTorn = errors.New("torn")

// next returns the record at l.good and goes behind it.
func (l *logged) next(data []byte) (kind byte, content []byte, err error) {
	rest := data[l.good:]
	if len(rest) < recordHead {
		return 0, nil, errTorn
	}
	size := uint64(binary.LittleEndian.Uint32(rest))
	if uint64(len(rest)-recordHead) < size {
		return 0, nil, errTorn
	}
	whole := rest[recordHead-1 : recordHead+int(size)] // with the kind
	if crc32.Checksum(whole, castagnoli) != binary.LittleEndian.Uint32(rest[4:]) {
		if len(rest) == recordHead+int(size) || len(bytes.Trim(rest, "\x00")) == 0 {
			return 0, nil, errTorn // the last record, or room that was never written
		}
		return 0, nil, fmt.Errorf("%w: a checksum is not right", errDamaged)
	}
	l.good += recordHead + int(size)
	return whole[0], whole[1:], nil
}

// change makes the changes of a record, or none.
func (l *logged) change(t *chunks, content []byte) error {
	wrong := func() error { return fmt.Errorf("%w: a change does not fit the text", errDamaged) }
	bad := false
	number := func() uint64 {
		n, k := binary.Uvarint(content)
		if k <= 0 {
			bad = true
			return 0
		}
		content = content[k:]
		return n
	}
	at, count := number(), number()
	if bad || count > uint64(len(content)) {
		return wrong()
	}
	patches := make([]text.Patch, 0, min(count, 1024))
	end := uint64(0)
	for range count {
		offset, deleted, size := number(), number(), number()
		if bad || offset < end || offset > uint64(t.size) || deleted > uint64(t.size)-offset || size > uint64(len(content)) {
			return wrong()
		}
		end = offset + deleted
		patches = append(patches, text.Patch{Offset: int(offset), Deleted: int(deleted), Insert: content[:size]})
		content = content[size:]
	}
	if len(content) > 0 || at > 1<<50 {
		return wrong()
	}
	for i := len(patches) - 1; i >= 0; i-- { // from the end, so that offsets stay right
		t.replace(patches[i].Offset, patches[i].Deleted, patches[i].Insert)
	}
	l.at = time.UnixMilli(int64(at))
	return nil
}
