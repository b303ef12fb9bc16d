package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/pelletier/go-toml/v2"

	"longhand/editor"
	"longhand/library"
)

// settings are what the writer has chosen to last: settings.toml in the folder
// for configuration. Only what differs from the default needs to stand there.
type settings struct {
	Text textSettings `toml:"text" comment:"How the text is set in the editor."`
}

type textSettings struct {
	Font    string  `toml:"font" comment:"\"literata\" or \"plex-mono\"."`
	Size    float32 `toml:"size" comment:"In pixels, 8 to 72."`
	Measure int     `toml:"measure" comment:"Width of the column in characters; 0 for all there is."`
}

// The fonts a text can be set in.
const (
	fontSerif = "literata"
	fontMono  = "plex-mono"
)

// Mono reports whether the font is the monospaced one.
func (t textSettings) Mono() bool { return t.Font == fontMono }

const settingsFile = "settings.toml"

func defaultSettings() settings {
	d := editor.DefaultSetting()
	return settings{Text: textSettings{Font: fontSerif, Size: d.Size, Measure: d.Measure}}
}

// loadSettings reads the settings. The error names what in the file is wrong;
// the default then takes its place.
func loadSettings(dir string) (settings, error) {
	s := defaultSettings()
	name := filepath.Join(dir, settingsFile)
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err == nil {
		err = toml.Unmarshal(data, &s)
	}
	problem := &library.Problem{Path: name, Message: "the settings cannot be read", Remedy: "correct the file, or delete it to have the defaults", Err: err}
	switch bad := (*toml.DecodeError)(nil); {
	case errors.As(err, &bad):
		problem.Line, _ = bad.Position()
		problem.Message = "the settings are not well-formed: " + bad.Error()
		return defaultSettings(), problem
	case err != nil:
		return defaultSettings(), problem
	case !(s.Text.Size >= 8 && s.Text.Size <= 72):
		problem.Message = fmt.Sprintf("the text cannot be %v pixels large", s.Text.Size)
		problem.Remedy = "write a size from 8 to 72"
		s.Text.Size = defaultSettings().Text.Size
		return s, problem
	case s.Text.Measure < 0 || s.Text.Measure > 400:
		problem.Message = fmt.Sprintf("the column cannot be %d characters wide", s.Text.Measure)
		problem.Remedy = "write up to 400, or 0 for all the room there is"
		s.Text.Measure = defaultSettings().Text.Measure
		return s, problem
	case s.Text.Font != fontSerif && s.Text.Font != fontMono:
		problem.Message = fmt.Sprintf("there is no font %q for the text", s.Text.Font)
		problem.Remedy = fmt.Sprintf("write %q or %q", fontSerif, fontMono)
		s.Text.Font = fontSerif
		return s, problem
	}
	return s, nil
}

// save writes the settings. What the file held is kept beside it, for it may
// have comments, or keys of a newer version.
func (s settings) save(dir string) error {
	data, err := toml.Marshal(s)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	name := filepath.Join(dir, settingsFile)
	if was, err := os.ReadFile(name); err == nil {
		if _, err := library.Save(name+"~", was, nil); err != nil {
			return err
		}
	}
	_, err = library.Save(name, data, nil)
	return err
}
