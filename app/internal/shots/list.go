package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"
)

// listScenes show the list of a large library of real articles.
func listScenes(data string) []scene {
	args := []string{"--library", filepath.Join(data, "library", "rust-blog"), "4-Years-Of-Rust"}
	var all []scene
	for _, appearance := range []string{"day", "night"} {
		add := func(name string, do func(*stage) error) {
			all = append(all, scene{name: name + "-" + appearance, appearance: appearance, args: args, libraries: strings.HasPrefix(name, "list-switch"), do: do})
		}
		add("list-menu", then(click(100, 97)))
		add("list-filtered", then(command("sort by title"), picked("filter by author", ""), picked("filter by year", "2019")))
		add("list-filtered-search", then(picked("filter by author", "niko"), search("async")))
		add("list-tags", then(command("filter by author")))
		add("list-row-menu", func(st *stage) error { return st.Click(120, 260, 3) })
		add("list-switch", keys("ctrl+alt+p"))
		add("list-switched", then(keys("ctrl+alt+p", "return")))
		add("list-switched-back", then(keys("ctrl+alt+p", "return", "ctrl+alt+p", "return")))
		add("list-keys", then(keys("ctrl+shift+f", "tab", "down", "down", "pagedown")))
	}
	return all
}

// known is the part of a session that knows two libraries: the sample and the
// real one.
func (st *stage) known() string {
	return fmt.Sprintf(`, "libraries": [{"dir": %q}, {"dir": %q}]`, st.library, filepath.Join(st.home, "notes"))
}

// then does one after the other.
func then(steps ...func(*stage) error) func(*stage) error {
	return func(st *stage) error {
		for _, do := range steps {
			if err := do(st); err != nil {
				return err
			}
			time.Sleep(500 * time.Millisecond)
		}
		return nil
	}
}

// command runs one from the palette.
func command(letters string) func(*stage) error {
	return then(asked("ctrl+shift+p", letters), keys("return"))
}

// picked sets a filter by a command and the letters of its value.
func picked(name, letters string) func(*stage) error {
	return then(command(name), func(st *stage) error { return st.Type(letters) }, keys("return"))
}
