package manage

import (
	"bytes"
	"context"
	"path"
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
func scan(ctx context.Context, lib *library.Library, from string, moves []Step) (*reading, error) {
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
		if !moving && !mentions(data, needles) {
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
		found[i] = c
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
	for _, part := range strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-'
	}) {
		if len(part) > len(longest) {
			longest = part
		}
	}
	if len(longest) >= 3 || longest == strings.ToLower(name) {
		return [][]byte{[]byte(longest)}
	}
	var out [][]byte
	for _, form := range []string{norm.NFC.String(name), norm.NFD.String(name)} {
		out = append(out, lower([]byte(form)), lower([]byte(links.Link{}.Write(form, ""))), lower([]byte(links.Link{}.Write(form, "%C3"))))
	}
	return out
}

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

// mentions reports whether a needle stands where an address or front matter may be:
// in a line with brackets, a tag, a short form or a colon, or in the line behind one.
func mentions(data []byte, needles [][]byte) bool {
	data = lower(data)
	for _, needle := range needles {
		if len(needle) == 0 {
			continue
		}
		for at := 0; ; {
			i := bytes.Index(data[at:], needle)
			if i < 0 {
				break
			}
			i += at
			start := lineStart(data, i)
			if start > 0 {
				start = lineStart(data, start-1)
			}
			end := len(data)
			if n := bytes.IndexByte(data[i:], '\n'); n >= 0 {
				end = i + n
			}
			if telling(data[start:end]) || i < headSize {
				return true
			}
			at = end
		}
	}
	return false
}

// headSize is how much of a text is taken for front matter, which may give an article
// a slug or an address that others have, too.
const headSize = 2 << 10

func telling(line []byte) bool {
	for _, sign := range []string{"](", "]:", "href", "src", "poster", "{%", "{{"} {
		if bytes.Contains(line, []byte(sign)) {
			return true
		}
	}
	return false
}

func lineStart(data []byte, at int) int { return bytes.LastIndexByte(data[:at], '\n') + 1 }

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
