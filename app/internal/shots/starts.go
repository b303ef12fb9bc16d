package main

import (
	"os"
	"path/filepath"
	"time"

	"longhand/library/lock"
)

// startScenes are what is told of other starts of the program: one that crashed, one
// that has an article open too.
func startScenes() []scene {
	var all []scene
	for _, appearance := range []string{"day", "night"} {
		all = append(all,
			scene{name: "crashed-" + appearance, appearance: appearance, args: []string{"what-the-river-took"}, before: crashed, do: calm},
			scene{name: "open-twice-" + appearance, appearance: appearance, args: []string{"what-the-river-took"}, do: openTwice},
		)
	}
	more := then(openTwice, func(st *stage) error { return settled(st, moreOfIt) })
	return append(all,
		scene{name: "open-twice-more", args: []string{"what-the-river-took"}, do: more},
		scene{name: "crashed-small", width: 640, height: 400, args: []string{"what-the-river-took"}, before: crashed, do: calm},
		scene{name: "open-twice-small", width: 640, height: 400, args: []string{"what-the-river-took"}, do: openTwice})
}

func (st *stage) state() string { return filepath.Join(st.home, ".local/state/longhand") }

// crashed leaves what a crash leaves.
func crashed(st *stage) error {
	raw := "Longhand dev\nstarted 2026-11-25T09:00:00Z\n\nfatal error: all goroutines are asleep - deadlock!\n"
	return os.WriteFile(filepath.Join(st.state(), ".crash-1"), []byte(raw), 0o600)
}

// calm waits until all that a start has to say has been said.
func calm(*stage) error {
	time.Sleep(6 * time.Second)
	return nil
}

// openTwice opens an article that another program, this one, has open.
func openTwice(st *stage) error {
	var err error
	if st.lock, err = lock.Take(filepath.Join(st.state(), "locks"), filepath.Join(st.library, "rain.md")); err != nil {
		return err
	}
	return openArticle("considered as a guest")(st)
}

// moreOfIt clicks on what can be done about the message in the bar at the bottom.
func moreOfIt(st *stage) error { return st.Click(422, 846, 1) }

func settled(st *stage, do func(*stage) error) error {
	if err := st.settle(); err != nil {
		return err
	}
	return do(st)
}
