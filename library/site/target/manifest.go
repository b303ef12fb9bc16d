package target

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
)

// Sum tells contents apart: the first half of their SHA-256.
type Sum [16]byte

// SumOf returns the sum of a content.
func SumOf(data []byte) Sum {
	full := sha256.Sum256(data)
	return Sum(full[:16])
}

func (s Sum) String() string { return hex.EncodeToString(s[:]) }

func parseSum(s string) (sum Sum, ok bool) {
	if len(s) != 2*len(sum) {
		return sum, false
	}
	_, err := hex.Decode(sum[:], []byte(s))
	return sum, err == nil
}

// entry is a file as a build left it. Size and time only save reading it again.
type entry struct {
	sum           Sum
	size, modTime int64
}

// manifestHead tells whoever finds the file what it is.
const manifestHead = "# The files of this folder that Longhand made: sum, size, time, name. Files that are not listed are never touched.\n"

func (e entry) print(b *bytes.Buffer, name string) {
	var space [80]byte
	line := hex.AppendEncode(space[:0], e.sum[:])
	line = append(line, ' ')
	line = strconv.AppendInt(line, e.size, 10)
	line = append(line, ' ')
	line = strconv.AppendInt(line, e.modTime, 10)
	b.Write(append(line, ' '))
	b.WriteString(quote(name))
	b.WriteByte('\n')
}

// quote keeps a name on its line.
func quote(name string) string {
	if strings.ContainsAny(name, "\n\r\"\\") {
		return strconv.Quote(name)
	}
	return name
}

func unquote(s string) (string, bool) {
	if !strings.HasPrefix(s, `"`) {
		return s, true
	}
	name, err := strconv.Unquote(s)
	return name, err == nil
}

// readKnown reads the manifest and the journal of a build that did not finish.
// Lines that are damaged are passed over: the files they were of count as the
// user's, unless their content is what a build would write.
func (f *Folder) readKnown() (map[string][]entry, error) {
	known := map[string][]entry{}
	data, err := f.root.ReadFile(manifestFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for line := range strings.Lines(string(data)) {
		line, whole := strings.CutSuffix(line, "\n")
		fields := strings.SplitN(line, " ", 4)
		if !whole || len(fields) != 4 {
			continue
		}
		sum, ok := parseSum(fields[0])
		size, err := strconv.ParseInt(fields[1], 10, 64)
		modTime, err2 := strconv.ParseInt(fields[2], 10, 64)
		name, ok2 := unquote(fields[3])
		if ok && ok2 && err == nil && err2 == nil && isName(name) {
			known[name] = append(known[name], entry{sum, size, modTime})
		}
	}
	data, err = f.root.ReadFile(journalFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for line := range strings.Lines(string(data)) {
		line, whole := strings.CutSuffix(line, "\n")
		first, rest, _ := strings.Cut(line, " ")
		sum, ok := parseSum(first)
		name, ok2 := unquote(rest)
		if whole && ok && ok2 && isName(name) {
			known[name] = append(known[name], entry{sum: sum})
		}
	}
	return known, nil
}

// isName tells names that a build may have written from what a manifest that
// was tampered with could say.
func isName(name string) bool {
	return fs.ValidPath(name) && name != "." && !strings.HasPrefix(name, own+"/") && name != own
}

func (f *Folder) writeManifest() error {
	var b bytes.Buffer
	b.WriteString(manifestHead)
	for _, name := range sortedKeys(f.made) {
		f.made[name].print(&b, name)
	}
	temp := fmt.Sprintf("%s%d", tempPrefix, f.temps.Add(1))
	file, err := f.root.OpenFile(temp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(b.Bytes())
	if err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = f.root.Rename(temp, manifestFile)
	}
	if err != nil {
		_ = f.root.Remove(temp)
	}
	return err
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
