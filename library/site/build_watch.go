package site

import (
	"io/fs"
	"maps"
	"slices"
)

// watched is the folder of an article while its page is made. What the page asks for
// and does not find is noted as well: it may come later.
type watched struct {
	fs.FS
	r *rendering
}

// Open implements fs.FS.
func (w watched) Open(name string) (fs.File, error) {
	w.r.looked[name] = true
	return w.FS.Open(name)
}

// lookedFor are the files that the page asked for and that are not part of the site.
func (r *rendering) lookedFor() []assetRecord {
	var all []assetRecord
	for _, name := range slices.Sorted(maps.Keys(r.looked)) {
		if r.assets[name] == nil {
			all = append(all, assetRecord{From: name})
		}
	}
	return all
}
