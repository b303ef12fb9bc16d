package manage

import (
	"bytes"
	"context"
	"html"
	"path"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/text/unicode/norm"

	"longhand/editor/text"
	"longhand/library"
	"longhand/library/links"
)

// candidate is an article that may be changed by a plan.
type candidate struct {
	path string
	data []byte
	slug string // that its front matter gives
}

// reading is what a plan needs to know of a library.
type reading struct {
	places     []*links.Place
	candidates []candidate
}

// scan reads all articles, and looks closer at those in which a part of a name stands
// that moves, and at those that move.
func scan(ctx context.Context, lib *library.Library, from string, moves []Step, host string) (*reading, error) {
	files, _, err := lib.Files(ctx)
	if err != nil {
		return nil, err
	}
	paths := make([]string, len(files))
	for i, f := range files {
		paths[i] = f.Path
	}
	if !slices.Contains(paths, from) {
		paths = append(paths, from) // one that is open but not listed, such as an author
	}
	slices.Sort(paths)
	data, err := library.ReadBytes(lib.File(from))
	if err != nil {
		return nil, err
	}
	needles := needlesOf(from, frontMatter(data), moves)
	out := &reading{places: make([]*links.Place, len(paths))}
	found := make([]*candidate, len(paths))
	err = parallel(ctx, len(paths), func(i int) {
		rel := paths[i]
		_, slug := library.NameSlug(rel)
		out.places[i] = &links.Place{Path: rel, Slug: slug}
		data, err := library.ReadBytes(lib.File(rel))
		if err != nil {
			return // it has no links that could be read
		}
		moving := slices.ContainsFunc(moves, func(m Step) bool { return rel == m.From || strings.HasPrefix(rel, m.From+"/") })
		met := inHead | inAddress
		if !moving {
			met = mentions(data, needles, host)
		}
		if met == 0 {
			return
		}
		fm := frontMatter(data)
		a := &library.Article{Path: rel, Slug: slug}
		values := map[string]any{}
		for k, v := range fm.Values {
			values[strings.ToLower(k)] = v
		}
		c := &candidate{path: rel, data: data}
		if s, ok := values["slug"].(string); ok && strings.TrimSpace(s) != "" {
			c.slug = strings.TrimSpace(s)
			a.Slug = c.slug
		}
		out.places[i] = links.NewPlace(a, values)
		if met&inAddress != 0 {
			found[i] = c
		}
	})
	if err != nil {
		return nil, err
	}
	for _, c := range found {
		if c != nil {
			out.candidates = append(out.candidates, *c)
		}
	}
	return out, nil
}

func frontMatter(data []byte) library.FrontMatter {
	d, err := text.Decode(data)
	if err != nil {
		return library.FrontMatter{}
	}
	fm, _ := library.ParseFrontMatter(d.String())
	return fm
}

// needlesOf are byte strings in lower case of which one stands in every article that
// links to what moves, or could be taken for it.
func needlesOf(from string, fm library.FrontMatter, moves []Step) [][]byte {
	names := map[string]bool{}
	for _, m := range moves {
		names[strings.TrimSuffix(path.Base(m.From), path.Ext(m.From))] = true
	}
	_, slug := library.NameSlug(from)
	names[slug] = true
	for k, v := range fm.Values {
		if s, ok := v.(string); ok && strings.EqualFold(k, "slug") && strings.TrimSpace(s) != "" {
			names[strings.TrimSpace(s)] = true
		}
	}
	var out [][]byte
	for name := range names {
		out = append(out, needles(name)...)
	}
	return out
}

// needles are the longest part of a name that is written alike in all notations, else
// all the ways in which it is written.
func needles(name string) [][]byte {
	longest := ""
	name = norm.NFC.String(name) // a letter that another form takes apart is in no part
	for _, part := range strings.FieldsFunc(string(lower([]byte(name))), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '.'
	}) {
		if len(part) > len(longest) {
			longest = part
		}
	}
	if len(longest) >= 3 || longest == string(lower([]byte(name))) {
		return [][]byte{[]byte(longest)}
	}
	var out [][]byte
	for _, form := range []string{name, norm.NFD.String(name)} {
		for _, written := range []string{form, links.Link{}.Write(form, ""), links.Link{}.Write(form, "%C3"), html.EscapeString(form), marks.ReplaceAllString(form, `\$0`)} {
			out = append(out, lower([]byte(written)))
		}
	}
	return out
}

// marks are those before which Markdown allows a backslash.
var marks = regexp.MustCompile("[!-/:-@\\[-`{-~]")

// lower makes the letters from A to Z small, byte by byte.
func lower(b []byte) []byte {
	out := make([]byte, len(b))
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		out[i] = c
	}
	return out
}

// mention is what an article has to do with names.
type mention uint8

const (
	inHead    mention = 1 << iota // its front matter may give it such a slug or address
	inAddress                     // it may link to what has the name
)

// headSize is how much of a text is taken for front matter.
const headSize = 2 << 10

// mentions looks for the needles. Host, in lower case, is that of the library's site,
// or "".
func mentions(data []byte, needles [][]byte, host string) (found mention) {
	data = lower(data)
	for _, needle := range needles {
		for at := 0; len(needle) > 0 && found != inHead|inAddress; at++ {
			i := bytes.Index(data[at:], needle)
			if i < 0 {
				break
			}
			at += i
			if at < headSize {
				found |= inHead
			}
			if found&inAddress == 0 && mayBeAddress(data, at, host) {
				found |= inAddress
			}
		}
	}
	return found
}

// mayBeAddress reports whether a byte may stand in an address that leads to an article,
// by what stands around it. It is wrong in one direction alone.
func mayBeAddress(data []byte, at int, host string) bool {
	start := at
	for start > 0 && strings.IndexByte(" \t\r\n()<>\"'=`[]{}|", data[start-1]) < 0 {
		start--
	}
	if i := bytes.Index(data[start:at], []byte("://")); i >= 0 && (host == "" || !bytes.Contains(data[start+i:at], []byte(host))) {
		return false
	}
	if start == 0 {
		return false
	}
	switch data[start-1] {
	case '(', ')': // of a link, or within a name
		return start > 1 && data[start-2] > ' '
	case '[', ']', '{', '}', '|':
		return false
	}
	line := bytes.LastIndexByte(data[:start], '\n') + 1
	if line > 0 { // an address may stand in the line below
		line = bytes.LastIndexByte(data[:line-1], '\n') + 1
	}
	for _, sign := range []string{"](", "]:", "href", "src", "poster", "{%", "{{"} {
		if bytes.Contains(data[line:start], []byte(sign)) {
			return true
		}
	}
	return false
}

// parallel calls do for each number below n. The error is the context's.
func parallel(ctx context.Context, n int, do func(i int)) error {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.NumCPU(), 8, n) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				do(i)
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}
