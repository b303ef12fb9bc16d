package library

import "path/filepath"

// OpenAway returns the library of a folder that cannot be opened now, as when its disk
// was taken out. Until it is there, [Library.Scan] and [Library.Present] say why not.
func OpenAway(dir string) (*Library, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	return &Library{dir: abs}, nil
}
