package links

import (
	"net/url"
	"path"
	"strings"

	"longhand/editor/text"
)

// Move tells how files of a library come to lie elsewhere.
type Move struct {
	// Path returns where a file or folder lies afterwards.
	Path func(old string) string
	// Slug returns the slug of an article afterwards.
	Slug func(p *Place) string
	// Base is the address of the site; nil where there is none.
	Base *url.URL
}

// Follow returns the changes by which the links in a text, that of the article from,
// lead after a move to what they led to before. Only the paths in addresses change.
// The text has "\n" line breaks.
func (s *Shelf) Follow(m Move, from, txt string) text.Changes {
	var out text.Changes
	for _, l := range Find(txt) {
		written := txt[l.Start:l.End]
		if IsTemplate(written) || written == "" {
			continue
		}
		prefix := ""
		if p, rest, ok := OnSite(m.Base, l.Address); ok && strings.HasPrefix(written, p) {
			prefix, l.Address = p, rest
		} else if l.Notation <= Figure && IsRemote(Squeezed(l.Address)) {
			continue
		}
		t := s.ResolveLink(from, l)
		now, ok := s.follow(m, from, l, t)
		if !ok {
			continue
		}
		old, _ := l.parts(strings.TrimPrefix(written, prefix))
		start := l.Start + len(prefix)
		if now = l.Write(now, old) + l.hidden(old); now != old {
			out = append(out, text.Change{Start: start, End: start + len(old), Insert: now})
		}
	}
	return out
}

// follow returns the path that leads to the target after the move; ok is false where
// what is written stays right.
func (s *Shelf) follow(m Move, from string, l Link, t Target) (now string, ok bool) {
	if t.Way == Nowhere {
		return "", false
	}
	name := strings.ReplaceAll(l.Path(), `\`, "/")
	target, home := m.Path(t.Path), m.Path(from)
	switch t.Way {
	case ByFile, Misspelt:
		if target == t.Path && home == from {
			return "", false
		}
		return relative(name, home, shortened(target, t))
	case ByContent:
		if target == t.Path {
			return "", false
		}
		return rooted(s.name, name, shortened(target, t), t.Root)
	case ByAddress:
		if !strings.HasPrefix(name, "/") || Trimmed(name) != Folded(t.Place.Home()) || Trimmed(name) == t.Place.Address {
			return "", false // its front matter says so
		}
		after := &Place{Path: target, Slug: m.Slug(t.Place)}
		if after.Home() == t.Place.Home() {
			return "", false
		}
		return "/" + after.Home() + addressEnd(name), true
	}
	if !t.Sure {
		return "", false
	}
	if l.Notation == JekyllPost {
		if Stem(target) == Stem(t.Path) && path.Dir(target) == path.Dir(t.Path) {
			return "", false
		}
		return postName(name, target), true
	}
	return lastPart(m, name, t, target)
}

// shortened leaves out of a path what the address left out.
func shortened(target string, t Target) string {
	switch {
	case t.Added == "":
		return target
	case IsBundle(target) && (!IsBundle(t.Path) || strings.HasPrefix(t.Added, "/")): // else "slug/index" is written
		return path.Dir(target)
	}
	return strings.TrimSuffix(target, path.Ext(target))
}

func relative(name, home, target string) (string, bool) {
	if path.Join(path.Dir(home), name) == target {
		return "", false
	}
	now := Relative(home, target)
	first, _, _ := strings.Cut(now, "/")
	if strings.HasPrefix(name, "./") && !strings.HasPrefix(now, "../") && now != "." && now != ".." || strings.Contains(first, ":") {
		now = "./" + now
	}
	if strings.HasSuffix(name, "/") {
		now += "/"
	}
	return now, true
}

// rooted is a path from the root from which the address began.
func rooted(library, name, target, root string) (string, bool) {
	begin := ""
	switch {
	case strings.HasPrefix(name, "@/"):
		begin = "@/"
	case strings.HasPrefix(name, "/"):
		begin = "/"
	}
	switch root {
	case "", ".":
	case "../":
		begin += library + "/"
	default:
		rest, ok := strings.CutPrefix(target, root+"/")
		if !ok {
			return "", false // no such address leads there
		}
		target = rest
	}
	if strings.HasSuffix(name, "/") {
		target += "/"
	}
	return begin + target, true
}

// addressEnd is what an address on a site has behind the slug.
func addressEnd(name string) string {
	for _, end := range []string{"/index.html", ".html", "/"} {
		if strings.HasSuffix(name, end) {
			return end
		}
	}
	return ""
}

// postName is the name by which Jekyll finds a post, with its folder where the old
// one had it.
func postName(name, target string) string {
	dir := path.Dir(target)
	if _, below, ok := strings.Cut("/"+dir+"/", "/_posts/"); ok {
		dir = strings.Trim(below, "/")
	}
	if !strings.Contains(name, "/") || dir == "" || dir == "." {
		return Stem(target)
	}
	return dir + "/" + Stem(target)
}

// lastPart replaces the last part of an address, which is the slug or the file's name.
func lastPart(m Move, name string, t Target, target string) (string, bool) {
	bare := strings.TrimSuffix(name, "/")
	at := strings.LastIndexByte(bare, '/') + 1
	part := bare[at:]
	ext := ""
	if Folded(part) != Folded(t.Place.Slug) && Folded(part) != Folded(Stem(t.Path)) {
		ext = path.Ext(part)
	}
	before, after := t.Place.Slug, m.Slug(t.Place)
	if Folded(strings.TrimSuffix(part, ext)) != Folded(before) {
		before, after = Stem(t.Path), Stem(target)
	}
	if before == after {
		return "", false
	}
	return bare[:at] + after + ext + name[len(bare):], true
}
