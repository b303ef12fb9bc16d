package check

import (
	"errors"
	"fmt"
	"sort"
	"strings"

	"longhand/editor/text"
	"longhand/library"
)

// reporter gathers what is found in one article. Offsets are bytes of the body.
type reporter struct {
	article  *article
	findings []Finding
	lines    []int // where the lines of the body begin, when first asked for
}

// finding is what is said at a place.
type finding struct {
	level         Level
	code, message string
	remedy        string
}

// at reports something in the body.
func (r *reporter) at(offset int, f finding) {
	body := r.article.Body
	if r.lines == nil {
		r.lines = []int{0}
		for i := 0; i < len(body); i++ {
			if body[i] == '\n' {
				r.lines = append(r.lines, i+1)
			}
		}
	}
	offset = min(max(offset, 0), len(body))
	n := sort.SearchInts(r.lines, offset+1) - 1
	r.line(strings.Count(r.article.Head, "\n")+n+1, offset-r.lines[n]+1, f)
}

func (r *reporter) line(line, column int, f finding) {
	r.findings = append(r.findings, Finding{
		Path: r.article.Path, Line: line, Column: column,
		Level: f.level, Code: f.code, Message: f.message, Remedy: f.remedy,
	})
}

// key reports something in the line of the front matter that begins with one of the
// keys, or in the first line.
func (r *reporter) key(f finding, keys ...string) {
	n := 0
	for line := range strings.Lines(r.article.Head) {
		n++
		name, _, found := strings.Cut(strings.TrimLeft(line, " \t{"), ":")
		if before, _, ok := strings.Cut(line, "="); ok && (!found || len(before) < len(name)) {
			name = before
		}
		name = strings.Trim(strings.TrimSpace(name), `"'`)
		for _, k := range keys {
			if strings.EqualFold(name, k) {
				r.line(n, 0, f)
				return
			}
		}
	}
	r.line(1, 0, f)
}

// readable reports what the library could not read, and whether there is a text.
func (r *reporter) readable() bool {
	if p := r.article.Problem; p != nil {
		r.findings = append(r.findings, problem(r.article.Path, p, "front-matter"))
	}
	return !r.article.Unreadable
}

// conflictCopy reports the other of two texts that a synchronising program has kept.
func (r *reporter) conflictCopy() {
	if original, by, ok := library.ConflictCopy(r.article.Path); ok {
		r.line(1, 0, saying(Warning, "conflict-copy", "take what you want of it into "+original+", then delete it",
			"%s has kept this other text of %s", by, original))
	}
}

// problem is a finding of what the library complains of. Code is for what is wrong in
// a file that can be read.
func problem(path string, p *library.Problem, code string) Finding {
	var encoding *text.EncodingError
	switch {
	case errors.As(p, &encoding):
		code = "not-utf8"
	case p.Err != nil:
		code = "unreadable"
	}
	return Finding{Path: path, Line: p.Line, Level: Error, Code: code, Message: p.Message, Remedy: p.Remedy}
}

// quoted is something an author wrote, short enough for a line.
func quoted(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 120 {
		s = string(r[:119]) + "…"
	}
	return "‘" + s + "’"
}

func saying(level Level, code, remedy, format string, args ...any) finding {
	return finding{level, code, fmt.Sprintf(format, args...), remedy}
}
