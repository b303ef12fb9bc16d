package main

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

// websiteScenes show the export of the library as a website.
func websiteScenes(data string) []scene {
	river := []string{"what-the-river-took"}
	open := command("export the website")
	all := []scene{
		{name: "website-day", args: river, do: open},
		{name: "website-night", appearance: "night", args: river, do: open},
		{name: "website-small", width: 520, height: 400, args: river, do: open},
		{name: "website-themes", args: river, do: then(ownThemes, open, themesDrawn, keys("tab", "tab", "right", "right", "right"))},
		{name: "website-done", args: river, do: then(open, themesDrawn, keys("return"))},
		{name: "website-warnings", args: river, do: then(faults, open, themesDrawn, keys("return"))},
		{name: "website-warnings-night", appearance: "night", args: river, do: then(faults, open, themesDrawn, keys("return"))},
		{name: "website-not-empty", args: river, do: then(otherFiles, open, themesDrawn, keys("return"))},
		{name: "website-inside", args: river, do: then(open, themesDrawn, keys("ctrl+a"), letters("~/.local/share/longhand/library/site"), keys("return"))},
	}
	if data != "" {
		rust := []string{"--library", filepath.Join(data, "library", "rust-blog"), "4-Years-Of-Rust"}
		all = append(all,
			scene{name: "website-real", args: rust, do: open},
			scene{name: "website-building", args: rust, do: then(open, themesDrawn, keys("return"), pause(1200*time.Millisecond)), soon: true},
			scene{name: "website-real-done", args: rust, do: then(open, themesDrawn, keys("return"), pause(20*time.Second))})
	}
	return all
}

// themesDrawn waits until the themes have been drawn.
func themesDrawn(st *stage) error { return st.settle() }

func pause(d time.Duration) func(*stage) error {
	return func(*stage) error {
		time.Sleep(d)
		return nil
	}
}

// ownThemes makes a theme of the writer's own, and one that is broken.
func ownThemes(st *stage) error {
	for name, text := range map[string]string{
		"forest/theme.css": ":root { --paper: #eef3ea; --ink: #1f2d1f; --muted: #58705a; --accent: #b0521e; --hairline: #cfdccb; --serif: \"IBM Plex Mono\", monospace; }\n",
		"broken/list.html": "<p>\n{{.Nothing}}\n",
	} {
		file := filepath.Join(st.home, ".config/longhand/themes", name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// faults puts into the library what a site warns of.
func faults(st *stage) error {
	text := "---\ntitle: A walk with faults\ndate: 2026-11-01\n---\n\nA [link](gone.md) and ![a heron](missing.jpg).\n" +
		strings.Repeat("\nMore [of it](nowhere.md).\n", 6)
	return os.WriteFile(filepath.Join(st.library, "faults.md"), []byte(text), 0o644)
}

// otherFiles puts a file where the site would go.
func otherFiles(st *stage) error {
	dir := filepath.Join(st.home, "Documents/Longhand/library-website")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "letter.txt"), []byte("Dear\n"), 0o644)
}
