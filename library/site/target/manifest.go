package target

import (
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

// appendLine appends the line of the manifest for a file.
func (e entry) appendLine(to []byte, name string) []byte {
	to = hex.AppendEncode(to, e.sum[:])
	to = append(to, ' ')
	to = strconv.AppendInt(to, e.size, 10)
	to = append(to, ' ')
	to = strconv.AppendInt(to, e.modTime, 10)
	to = append(to, ' ')
	to = append(to, quote(name)...)
	return append(to, '\n')
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

// leastLine is what a line of the manifest takes at least, in bytes: no manifest asks for
// more memory than what it lists would fill.
const leastLine = 2*len(Sum{}) + len(" 0 0 x\n")

// record is a file that builds made.
type record struct {
	name string
	was  []entry // as earlier builds left it; one that was killed may have left a second
	line string  // of the manifest, where it says the same as was[0]

	made   entry // by this build, or found to be as it would make it
	isMade bool
}

// readKnown reads the manifest and the journal of a build that did not finish.
// Lines that are damaged are passed over: the files they were of count as the
// user's, unless their content is what a build would write.
func (f *Folder) readKnown() error {
	data, err := f.readOwn(manifestFile)
	if err != nil {
		return err
	}
	f.manifest = string(data)
	lines := min(strings.Count(f.manifest, "\n"), len(f.manifest)/leastLine)
	f.known = make(map[string]*record, lines)
	f.order = make([]*record, 0, lines)
	records, entries := make([]record, lines), make([]entry, lines) // at once, for there are many
	i := 0
	for line := range strings.Lines(f.manifest) {
		name, e, ok := parseLine(line)
		if !ok {
			continue
		}
		if r := f.known[name]; r != nil {
			r.was, r.line = append(r.was, e), ""
			continue
		}
		r := &records[i]
		r.name, r.was, r.line = name, entries[i:i:i+1], line
		r.was = append(r.was, e)
		f.known[name] = r
		f.order = append(f.order, r)
		i++
	}
	data, err = f.readOwn(journalFile)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(data)) {
		line, whole := strings.CutSuffix(line, "\n")
		first, rest, _ := strings.Cut(line, " ")
		sum, ok := parseSum(first)
		name, ok2 := unquote(rest)
		if !whole || !ok || !ok2 || !isName(name) {
			continue
		}
		r := f.known[name]
		if r == nil {
			r = &record{name: name}
			f.known[name] = r
			f.order = append(f.order, r)
		}
		r.was = append(r.was, entry{sum: sum})
	}
	slices.SortFunc(f.order, byName)
	return nil
}

// readOwn reads one of the program's own files; one that is not there holds nothing. A pipe
// in its place is not waited for.
func (f *Folder) readOwn(name string) ([]byte, error) {
	info, err := f.root.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, &fs.PathError{Op: "read", Path: name, Err: errNoFile}
	}
	return f.root.ReadFile(name)
}

var errNoFile = errors.New("something that is no file stands there")

func byName(a, b *record) int { return strings.Compare(a.name, b.name) }

// parseLine reads a line of the manifest.
func parseLine(line string) (name string, e entry, ok bool) {
	line, whole := strings.CutSuffix(line, "\n")
	first, line, _ := strings.Cut(line, " ")
	size, line, _ := strings.Cut(line, " ")
	modTime, last, there := strings.Cut(line, " ")
	sum, ok := parseSum(first)
	name, ok2 := unquote(last)
	var err, err2 error
	e.sum = sum
	e.size, err = strconv.ParseInt(size, 10, 64)
	e.modTime, err2 = strconv.ParseInt(modTime, 10, 64)
	return name, e, whole && there && ok && ok2 && err == nil && err2 == nil && isName(name)
}

// isName tells names that a build may have written from what a manifest that
// was tampered with could say.
func isName(name string) bool {
	return fs.ValidPath(name) && name != "." && !strings.HasPrefix(name, own+"/") && name != own
}

// writeManifest lists what is there now, where the manifest does not say that already.
func (f *Folder) writeManifest() error {
	all := f.order
	if len(f.fresh) > 0 {
		all = slices.AppendSeq(slices.Clone(all), maps.Values(f.fresh))
		slices.SortFunc(all, byName)
	}
	text := append(make([]byte, 0, len(f.manifest)+len(manifestHead)), manifestHead...)
	for _, r := range all {
		switch {
		case !r.isMade:
		case r.line != "" && r.made == r.was[0]:
			text = append(text, r.line...)
		default:
			text = r.made.appendLine(text, r.name)
		}
	}
	if string(text) == f.manifest {
		return nil
	}
	return f.putOwn(manifestFile, text)
}

// putOwn makes one of our own files hold the data: all of it or, after a crash, what it held.
func (f *Folder) putOwn(name string, data []byte) error {
	temp := fmt.Sprintf("%s%d", tempPrefix, f.temps.Add(1))
	file, err := f.root.OpenFile(temp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = f.root.Rename(temp, name)
	}
	if err != nil {
		_ = f.root.Remove(temp)
	}
	return err
}
