package site

import (
	"io/fs"
	"slices"

	"longhand/library/site/target"
)

// Style is the style of the theme's lists, as a site has it.
func (t *Theme) Style() []byte { return t.style }

// ThemeNames lists the themes there are: the built-in ones, then those that only
// the user's folder has.
func ThemeNames(builtin fs.FS, user fs.FS) []string {
	names := folders(builtin)
	if user == nil {
		return names
	}
	for _, name := range folders(user) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// ErrNotOurs is within the error of a build into a folder that holds other files and
// no site: Options.Force goes beside them.
var ErrNotOurs = target.ErrNotOurs

// ErrOther is within the error of a build into a folder with the site of another library, which
// Options.Force would replace.
var ErrOther = target.ErrOther
