package check

import (
	"context"
	"net/url"
	"path"
	"slices"
	"strings"

	"longhand/editor/html"
	"longhand/library/links"
)

func (c *checker) pictures(r *reporter, f *facts) {
	for _, p := range f.pictures {
		if !p.alt {
			r.at(p.at, saying(Warning, "empty-alt", "say in a few words what it shows", "the picture %s has no alternative text", quoted(p.to)))
		}
		to := links.Squeezed(p.to)
		switch {
		case links.IsTemplate(to) || links.IsRemote(to):
		case to == "":
			r.at(p.at, saying(Error, "missing-picture", "write where it is, or remove it", "the picture has no address"))
		default:
			c.picture(r, p, to)
		}
	}
}

// picture looks for a picture as the page does: in the article's folder.
func (c *checker) picture(r *reporter, p picture, to string) {
	dir := path.Dir(r.article.Path)
	names, err := html.LocalNames(to)
	if err != nil {
		c.outside(r, p, to)
		return
	}
	alike := ""
	for _, name := range names {
		mode, found, other := c.disk.Find(path.Join(dir, name))
		if !found {
			alike += other
			continue
		}
		if !mode.IsRegular() {
			r.at(p.at, saying(Error, "bad-picture", "name a file", "the picture %s is no file", quoted(p.to)))
			return
		}
		if f, bad := c.noPicture(dir, name, p.to); bad {
			r.at(p.at, f)
		}
		return
	}
	if alike != "" {
		r.at(p.at, misspelt("the picture", p.to, alike))
		return
	}
	r.at(p.at, saying(Error, "missing-picture", "bring the file back, or correct the address", "the picture %s is not here", quoted(p.to)))
}

// outside tells a picture that lies elsewhere from one that lies nowhere.
func (c *checker) outside(r *reporter, p picture, to string) {
	name, _ := parts(to)
	name = links.Unescaped(name)
	if !strings.HasPrefix(name, "/") {
		if _, found, _ := c.disk.Find(path.Join(path.Dir(r.article.Path), name)); !found {
			r.at(p.at, saying(Error, "missing-picture", "bring the file back, or correct the address", "the picture %s is not here", quoted(p.to)))
			return
		}
	}
	r.at(p.at, pictureOutside(p.to))
}

// noPicture reports a file in a folder that no page can show.
func (c *checker) noPicture(dir, name, written string) (finding, bool) {
	switch c.disk.picture(dir, name) {
	case isPicture:
		return finding{}, false
	case isOutside:
		return pictureOutside(written), true
	case isForbidden:
		return saying(Error, "bad-picture", "check its permissions", "the picture %s cannot be read", quoted(written)), true
	}
	return saying(Error, "bad-picture", "put a PNG, JPEG, GIF, WebP, AVIF or SVG file in its place", "the picture %s is damaged or no picture", quoted(written)), true
}

func pictureOutside(written string) finding {
	return saying(Error, "picture-outside", "copy it beside the article", "the picture %s is outside the article’s folder and will not be on its page", quoted(written))
}

// unused reports pictures beside articles that none of them names. Only folders of the
// form slug/index.md are looked at, for only there a picture belongs to an article.
func (c *checker) unused(ctx context.Context, checked []*article) {
	bundles := map[string]bool{}
	for _, a := range checked {
		if links.IsBundle(a.Path) {
			bundles[path.Dir(a.Path)] = true
		}
	}
	inside := map[string][]*article{} // the articles of each folder and those below
	for _, a := range c.shelf.articles {
		for dir := path.Dir(a.Path); dir != "."; dir = path.Dir(dir) {
			if bundles[dir] {
				inside[dir] = append(inside[dir], a)
			}
		}
	}
	for dir := range bundles {
		if ctx.Err() == nil && isLeaf(dir, inside[dir]) {
			c.unusedIn(dir, newBundle(inside[dir]), 0)
		}
	}
}

// isLeaf reports whether all articles in a folder are one, perhaps in several languages.
func isLeaf(dir string, articles []*article) bool {
	return !slices.ContainsFunc(articles, func(a *article) bool {
		return path.Dir(a.Path) != dir || !strings.HasPrefix(path.Base(a.Path), "index.") || a.Unreadable
	})
}

// bundle is a folder of one article, perhaps in several languages.
type bundle struct {
	articles []*article
	shown    map[string]bool // names of pictures, folded
}

func newBundle(articles []*article) *bundle {
	b := &bundle{articles, map[string]bool{}}
	for _, a := range articles {
		for _, p := range a.facts().pictures {
			b.shown[links.Folded(path.Base(links.Unescaped(p.to)))] = true
		}
	}
	return b
}

func (c *checker) unusedIn(dir string, b *bundle, depth int) {
	for name, mode := range c.disk.Names(dir) {
		p := path.Join(dir, name)
		switch {
		case strings.HasPrefix(name, "."):
		case mode.IsDir() && depth < 4:
			c.unusedIn(p, b, depth+1)
		case mode.IsRegular() && isPictureName(name) && !b.names(name) && !c.linked()[p]:
			c.add(Finding{Path: p, Level: Warning, Code: "unused-picture",
				Message: "no article here shows the picture", Remedy: "show it in " + b.articles[0].Path + ", or remove the file"})
		}
	}
}

// themePictures are those that themes of Hugo take by their names alone.
var themePictures = []string{"featur", "cover", "thumb"}

func isPictureName(name string) bool {
	lower := strings.ToLower(name)
	switch path.Ext(lower) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif":
		return !slices.ContainsFunc(themePictures, func(p string) bool { return strings.HasPrefix(lower, p) })
	}
	return false
}

// linked are the files to which any article leads, by path. They are gathered when a
// picture is found that its own article does not name.
func (c *checker) linked() map[string]bool {
	if c.files == nil {
		c.files = map[string]bool{}
		for _, a := range c.shelf.articles {
			f := a.facts()
			for _, l := range f.links {
				c.files[fileOf(a, l)] = true
			}
			for _, p := range f.pictures {
				c.files[fileOf(a, p.address)] = true
			}
		}
	}
	return c.files
}

func fileOf(a *article, to address) string {
	p, _ := parts(links.Squeezed(to.to))
	return path.Join(path.Dir(a.Path), links.Unescaped(p))
}

// names reports whether an article says a file's name in any way: front matter, HTML
// and shortcodes name pictures, too.
func (b *bundle) names(name string) bool {
	if b.shown[links.Folded(name)] {
		return true
	}
	for _, s := range []string{name, (&url.URL{Path: name}).EscapedPath(), url.PathEscape(name)} {
		if slices.ContainsFunc(b.articles, func(a *article) bool { return strings.Contains(a.Body, s) || strings.Contains(a.Head, s) }) {
			return true
		}
	}
	return false
}

// avatar reports the picture of an author that is not there.
func (c *checker) avatar(file, avatar string) (finding, bool) {
	to := links.Squeezed(avatar)
	if to == "" || links.IsRemote(to) {
		return finding{}, false
	}
	lost := saying(Warning, "missing-avatar", "put the picture beside the author’s file, or correct its name", "the picture %s is not here", quoted(avatar))
	names, err := html.LocalNames(to)
	if err != nil {
		return lost, true
	}
	for _, name := range names {
		mode, found, alike := c.disk.Find(path.Join(path.Dir(file), name))
		if alike != "" {
			return misspelt("the picture", avatar, alike), true
		}
		if found && mode.IsRegular() {
			return c.noPicture(path.Dir(file), name, avatar)
		}
	}
	return lost, true
}
