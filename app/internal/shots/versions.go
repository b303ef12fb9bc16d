package main

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

// versionScenes show the panel of versions, of an article that was written on.
func versionScenes() []scene {
	var all []scene
	for _, appearance := range []string{"day", "night", "sepia"} {
		add := func(name string, do func(*stage) error) {
			all = append(all, scene{name: "versions-" + name + "-" + appearance, appearance: appearance, args: []string{"what-the-river-took"}, do: do})
		}
		add("panel", then(written, command("versions of this")))
		add("passage", then(written, command("versions of this"), keys("down", "down", "tab", "tab", "down")))
		add("restored", then(written, command("versions of this"), keys("down", "return")))
	}
	small := scene{name: "versions-small", width: 520, height: 400, args: []string{"what-the-river-took"}, do: then(written, command("versions of this"))}
	script := scene{name: "versions-chinese", args: []string{"kawa"}, do: then(keys("ctrl+end", "x"), keys("ctrl+s", "BackSpace", "BackSpace", "BackSpace", "ctrl+s"), command("versions of this"))}
	none := scene{name: "versions-none", args: []string{"what-the-river-took"}, do: then(command("versions of this"))}
	return append(all, small, script, none)
}

// written writes on in several sittings, and lets another program write too.
func written(st *stage) error {
	save := func() error {
		if err := st.Key("ctrl+s"); err != nil {
			return err
		}
		time.Sleep(700 * time.Millisecond)
		return nil
	}
	for _, do := range []func(*stage) error{keys("ctrl+end"), letters("\nA last look at the weir."), keys("ctrl+s"), letters(" And the boats."), keys("ctrl+s")} {
		if err := do(st); err != nil {
			return err
		}
		time.Sleep(300 * time.Millisecond)
	}
	if err := save(); err != nil {
		return err
	}
	file := filepath.Join(st.library, "what-the-river-took.md")
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	text := strings.Replace(string(data), "the ", "that very ", 3)
	lines := strings.SplitAfter(text, "\n")
	lines = append(lines[:12], lines[14:]...)
	if err := os.WriteFile(file, []byte(strings.Join(lines, "")), 0o644); err != nil {
		return err
	}
	time.Sleep(2500 * time.Millisecond)
	return nil
}
