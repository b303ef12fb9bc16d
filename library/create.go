package library

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/unicode/norm"
)

// maxSlug is the length in bytes to which names made from titles are cut, well
// under the 255 that file systems allow.
const maxSlug = 80

// Slug makes a file and URL name of a title: lower case, words joined by
// hyphens, accents dropped from Latin letters, other scripts kept. It is never
// empty, hidden, or a path.
func Slug(title string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(title, " ")) {
		switch {
		case unicode.Is(unicode.Latin, r) || unicode.IsDigit(r), unicode.IsLetter(r), unicode.Is(unicode.Mc, r):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteString(latin(unicode.ToLower(r)))
		case unicode.Is(unicode.Mn, r) && b.Len() > 0:
			if s := b.String(); s[len(s)-1] >= 0x80 {
				b.WriteRune(r) // a vowel sign or voicing mark of another script
			}
		case r == '\'' || r == '’':
		default:
			gap = true
		}
	}
	s := norm.NFC.String(b.String())
	if len(s) > maxSlug {
		cut := maxSlug
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		if i := strings.LastIndexByte(s[:cut+1], '-'); i > maxSlug/2 {
			cut = i
		}
		s = strings.TrimRight(s[:cut], "-")
	}
	if s == "" || reserved.MatchString(s) {
		return strings.TrimPrefix(s+"-article", "-")
	}
	return s
}

// reserved are names that mean something else in a library, and the devices of
// Windows, where libraries are carried to as well.
var reserved = regexp.MustCompile(`^(?:index|authors|con|prn|aux|nul|com\d|lpt\d)$`)

// latin spells out the Latin letters that have no accent to drop.
func latin(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'þ':
		return "th"
	case 'ı':
		return "i"
	}
	return string(r)
}

// Draft is what a new article begins with.
type Draft struct {
	Title   string
	Date    time.Time // the day
	Authors []string  // their IDs; with none, the library's author if it has just one
	Tags    []string
	Slug    string // of the file; made of the title when it is empty
}

// New creates a draft with the title, dated now, credited to the authors.
func (l *Library) New(title string, authors []string, now time.Time) (string, error) {
	return l.NewDraft(Draft{Title: title, Date: now, Authors: authors})
}

// NewDraft creates an article and returns its path. A name that is taken gets a
// number. While the folder is not there, the error is ErrAway.
func (l *Library) NewDraft(d Draft) (string, error) {
	title, authors := d.Title, d.Authors
	if title = oneLine(strings.ToValidUTF8(title, "\ufffd")); title == "" {
		return "", errors.New("an article needs a title")
	}
	if err := l.Present(); err != nil { // or the file would lie where the disk is not
		return "", err
	}
	known, _ := l.Authors()
	if len(authors) == 0 && len(known) == 1 {
		authors = []string{known[0].ID}
	}
	var ids []string
	for _, id := range authors {
		a := FindAuthor(known, id)
		if a == nil {
			return "", &Problem{Path: l.File("authors"), Message: fmt.Sprintf("there is no author %q", id), Remedy: knownAuthors(known, id)}
		}
		if !slices.Contains(ids, a.ID) {
			ids = append(ids, a.ID)
		}
	}
	var tags []string
	for _, t := range d.Tags {
		if t = oneLine(strings.ToValidUTF8(t, "\ufffd")); t != "" && !slices.Contains(tags, t) {
			tags = append(tags, t)
		}
	}
	head, err := yaml.Marshal(struct {
		Title   string
		Date    yaml.Node
		Draft   bool
		Tags    []string `yaml:",omitempty,flow"`
		Authors []string `yaml:",omitempty,flow"`
	}{title, yaml.Node{Kind: yaml.ScalarNode, Value: d.Date.Format(time.DateOnly)}, true, tags, ids})
	if err != nil {
		return "", err
	}
	data := []byte("---\n" + readable(string(head), title) + "---\n\n")
	slug := Slug(cmp.Or(d.Slug, title))
	for n := 1; ; n++ {
		name := slug
		if n > 1 {
			name = fmt.Sprintf("%s-%d", slug, n)
		}
		if l.taken(name) {
			continue
		}
		err := Create(l.File(name+".md"), data)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		return name + ".md", nil
	}
}

func knownAuthors(known []*Author, id string) string {
	if len(known) == 0 {
		return fmt.Sprintf("create authors/%s.md", Slug(id))
	}
	ids := make([]string, len(known))
	for i, a := range known {
		ids[i] = a.ID
	}
	return fmt.Sprintf("use one of %s, or create authors/%s.md", strings.Join(ids, ", "), Slug(id))
}

// readable gives a title back its emoji, which the YAML encoder writes by their
// numbers: a JSON string is a YAML one, and keeps them.
func readable(head, title string) string {
	first, rest, _ := strings.Cut(head, "\n")
	if !strings.Contains(first, `\U`) || strings.Contains(title, `\U`) {
		return head
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(title) != nil {
		return head
	}
	return "title: " + b.String() + rest
}
