package app

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"fyne.io/fyne/v2"

	"longhand/app/look"
	"longhand/library"
)

// session is what the window remembers from one start to the next. Sizes are in
// Fyne's pixels.
type session struct {
	Width       float32            `json:"width"`
	Height      float32            `json:"height"`
	LibraryPane float32            `json:"library_pane"` // its width
	EditorShare float32            `json:"editor_share"` // of what editor and preview share, 0 to 1
	HideLibrary bool               `json:"hide_library"`
	Layout      layout             `json:"layout"`
	HidePreview bool               `json:"hide_preview,omitempty"` // what was written before there was a layout
	Appearance  look.Appearance    `json:"appearance"`
	Zoom        float32            `json:"zoom"` // of the text, 1 for none
	Typewriter  bool               `json:"typewriter"`
	Focus       bool               `json:"focus"`
	Open        map[string]openDoc `json:"open"` // by library folder
	// Recent are the articles opened last, by library folder, newest first.
	Recent   map[string][]string `json:"recent,omitempty"`
	Commands []string            `json:"commands,omitempty"` // run last from the palette
	// Lists are how the list is arranged, by library folder.
	Lists map[string]arrangement `json:"lists,omitempty"`
	// Library is the folder of the one switched to last, which the next start
	// opens; empty for the default one.
	Library string `json:"library,omitempty"`
	// Sites are how libraries went out as websites last, by library folder.
	Sites map[string]sitePlan `json:"sites,omitempty"`
	// Libraries are those opened last, newest first.
	Libraries []knownLibrary `json:"libraries,omitempty"`
}

// openDoc is the article open last.
type openDoc struct {
	File  string `json:"file"`
	Caret int    `json:"caret"` // byte offset
}

const sessionFile = "session"

// loadSession reads the session. Without one, or with a damaged one, the window
// starts as new.
func loadSession(dir string) session {
	s := session{}
	data, err := os.ReadFile(filepath.Join(dir, sessionFile))
	if err == nil && json.Unmarshal(data, &s) != nil {
		s = session{}
	}
	s.clamp()
	return s
}

func (s *session) clamp() {
	within := func(v *float32, low, high, otherwise float32) {
		if !(*v >= low && *v <= high) {
			*v = otherwise
		}
	}
	within(&s.Width, 400, 16000, 1360)
	within(&s.Height, 300, 16000, 860)
	within(&s.LibraryPane, minPane, 2000, 288)
	within(&s.EditorShare, 0.1, 0.9, 0.5)
	within(&s.Zoom, 0.5, 4, 1)
	if s.Layout != sideBySide && s.Layout != previewOnly && s.Layout != editorOnly {
		s.Layout = sideBySide
		if s.HidePreview {
			s.Layout = editorOnly
		}
	}
	s.HidePreview = false
	if s.Appearance == "" {
		s.Appearance = look.System
	}
	if s.Open == nil {
		s.Open = map[string]openDoc{}
	}
	if s.Recent == nil {
		s.Recent = map[string][]string{}
	}
	if s.Sites == nil {
		s.Sites = map[string]sitePlan{}
	}
	if s.Lists == nil {
		s.Lists = map[string]arrangement{}
	}
	for library, a := range s.Lists {
		if a.By != byTitle && a.By != byEdit {
			a.By = byDate
		}
		if a.Status != onlyDrafts && a.Status != onlyPublished {
			a.Status = ""
		}
		s.Lists[library] = a
	}
	for library, paths := range s.Recent {
		s.Recent[library] = paths[:min(len(paths), recentArticles)]
	}
	s.Libraries = s.Libraries[:min(len(s.Libraries), recentLibraries)]
	s.Commands = s.Commands[:min(len(s.Commands), recentCommands)]
}

func (s session) clone() session {
	s.Open, s.Recent, s.Lists = maps.Clone(s.Open), maps.Clone(s.Recent), maps.Clone(s.Lists) // lists are replaced, not changed
	s.Sites = maps.Clone(s.Sites)
	return s
}

func (s session) save(dir string) error {
	data, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	_, err = library.Save(filepath.Join(dir, sessionFile), append(data, '\n'), nil)
	return err
}

// keeper writes sessions one after the other, and none over a newer one.
type keeper struct {
	turn atomic.Int64
	mu   sync.Mutex
}

func (k *keeper) write(turn int64, s session, dir string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.turn.Load() != turn {
		return
	}
	if err := s.save(dir); err != nil {
		fyne.LogError("the session could not be kept", err)
	}
}

// now writes the last session.
func (k *keeper) now(s session, dir string) { k.write(k.turn.Add(1), s, dir) }
