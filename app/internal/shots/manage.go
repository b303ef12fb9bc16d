package main

import (
	"os"
	"path/filepath"
	"time"

	"longhand/app/selection"
)

// manageScenes show the panels and messages of renaming, deleting and pictures.
func manageScenes() []scene {
	var all []scene
	for _, appearance := range []string{"day", "night"} {
		add := func(name string, do func(*stage) error) {
			all = append(all, scene{name: "manage-" + name + "-" + appearance, appearance: appearance, args: []string{"what-the-river-took"}, do: do})
		}
		add("rename", then(keys("f2"), letters("essays/what-the-water-took")))
		add("rename-taken", then(keys("f2"), letters("rain")))
		add("rename-now", then(keys("f2")))
		add("renamed", then(keys("f2"), letters("the-river"), keys("return")))
		add("trashed", then(command("move to the trash")))
		add("picture", then(pasted))
		add("picture-unsaid", then(pasted, keys("return")))
		add("pictured", then(keys("ctrl+end"), pasted, letters("The weir at first light"), keys("return")))
		add("row-menu", func(st *stage) error { return st.Click(120, 260, 3) })
		add("file-menu", then(click(25, 12)))
	}
	small := scene{name: "manage-rename-small", width: 520, height: 400, args: []string{"what-the-river-took"}, do: then(keys("f2"), letters("a-name-that-goes-on-and-on-and-is-longer-than-anybody-would-want-to-read"))}
	tiny := scene{name: "manage-picture-small", width: 420, height: 400, args: []string{"what-the-river-took"}, do: then(pasted)}
	return append(all, small, tiny)
}

// letters types into what has the keyboard.
func letters(s string) func(*stage) error {
	return func(st *stage) error { return st.Type(s) }
}

// pasted puts a picture on the clipboard and pastes it.
func pasted(st *stage) error {
	file := filepath.Join(st.home, "dawn.png")
	if err := picture(file); err != nil {
		return err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	clipboard, err := selection.Open(st.Name())
	if err != nil {
		return err
	}
	defer clipboard.Close()
	clipboard.SetClipboard(map[string][]byte{"image/png": data})
	time.Sleep(300 * time.Millisecond)
	err = keys("ctrl+v")(st)
	time.Sleep(1500 * time.Millisecond)
	return err
}
