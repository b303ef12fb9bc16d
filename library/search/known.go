package search

import "os"

// Known reports whether the cache folder has an index of the library in a folder,
// which need not be there. Both are absolute.
func Known(cache, library string) bool {
	info, err := os.Stat(indexFile(cache, library))
	return cache != "" && err == nil && info.Mode().IsRegular()
}
