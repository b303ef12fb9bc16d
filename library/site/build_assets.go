package site

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"longhand/editor/html"
	"longhand/library/site/target"
)

// file makes a file beside the article, to which it links, part of the site.
func (r *rendering) file(destination string) string {
	if !isLocal(destination) || strings.HasPrefix(destination, "/") {
		return ""
	}
	names, err := html.LocalNames(destination)
	if err != nil {
		return ""
	}
	for _, name := range names {
		if to := r.publish(name, 1<<20); to != "" {
			return to
		}
	}
	return ""
}

// picture gives a picture that the article shows its place in the site; "" puts
// it into the page.
func (r *rendering) picture(name string) string { return r.publish(name, 0) }

// picture1 is the picture that shows the article in lists.
func (r *rendering) picture1(address string) string {
	names, err := html.LocalNames(address)
	if err != nil {
		return ""
	}
	for _, name := range names {
		if to := r.publish(name, 0); to != "" && isPictureName(to) {
			r.shown = r.assets[name].File
			return to
		}
	}
	return ""
}

func isPictureName(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg":
		return true
	}
	return false
}

const largestFile = 64 << 20 // bytes; larger ones are not taken along

// publish puts a file beside the article into the site, pictures no wider than
// given, and returns its address from the page. Articles themselves and hidden
// files are not published.
func (r *rendering) publish(name string, widest int) string {
	if a := r.assets[name]; a != nil {
		if a.File == "" {
			return ""
		}
		return relative(r.at.file, a.File)
	}
	a := &assetRecord{From: name}
	r.assets[name], r.names = a, append(r.names, name)
	ext := strings.ToLower(path.Ext(name))
	if strings.HasPrefix(name, ".") || strings.Contains(name, "/.") || ext == ".md" || ext == ".markdown" || name == "site.toml" {
		return ""
	}
	info, err := fs.Stat(r.dir, name)
	if err != nil || !info.Mode().IsRegular() || info.Size() > largestFile {
		return ""
	}
	data, err := fs.ReadFile(r.dir, name)
	if err != nil {
		return ""
	}
	a.Size, a.ModTime = info.Size(), info.ModTime().UnixNano()
	to := name
	if html.IsPicture(data) {
		if to, data, err = html.PublishPicture(name, data, widest); err != nil || needsCare(to, data) {
			return ""
		}
	} else if isPictureName(name) {
		return "" // it only says that it is one
	}
	file := assetFolder(r.at.file) + assetName(to)
	if !r.b.own(file, r.at.Path+" "+name) {
		r.faults = append(r.faults, fault{Message: fmt.Sprintf("the file ‘%s’ has no place in the site: another has its name", name), Remedy: "rename it"})
		return ""
	}
	sum := target.SumOf(data)
	if err := r.b.put(file, data, sum); err != nil {
		r.err = err
		return ""
	}
	a.File, a.Sum = file, sum
	return relative(r.at.file, file)
}

// own takes a file in the site for one of the library's.
func (b *builder) own(file, from string) bool {
	key := strings.ToLower(file)
	if _, taken := b.plan.claims[key]; taken {
		return false
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if holder, taken := b.assets[key]; taken {
		return holder == from
	}
	b.assets[key] = from
	return true
}

// assetName is a path beside an article as one in the site.
func assetName(name string) string {
	var parts []string
	for part := range strings.SplitSeq(name, "/") {
		if part = cleanPart(part); part == "" {
			part = "file"
		}
		parts = append(parts, part)
	}
	return path.Join(parts...)
}

// needsCare tells SVG pictures that would run a script when they are opened by
// themselves: they go into the page, where they cannot.
var careful = regexp.MustCompile(`(?i)<script|<foreignobject|javascript:|\son[a-z]+\s*=|<!entity|<iframe`)

func needsCare(name string, data []byte) bool {
	return strings.EqualFold(path.Ext(name), ".svg") && careful.Match(data)
}
