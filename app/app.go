// Package app is Longhand's window: its panes, menus, commands and session.
//
// All state of the window belongs to the main thread. Goroutines work on
// snapshots and hand what they found to [window.do], the one way back.
package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"longhand/app/crash"
	_ "longhand/app/internal/quiet" // before Fyne speaks
	"longhand/app/internal/xim"
	"longhand/app/look"
	"longhand/app/selection"
	"longhand/library"
	"longhand/library/search"
	"longhand/resources"
)

// ID names the program to the desktop.
const ID = "app.longhand.Longhand"

// Config is what the window gets from outside. Folders are absolute.
type Config struct {
	Version string
	Library string // the folder of the library
	// Chosen is set when the user named the library himself: then it must be
	// there. Otherwise it is created at the first start.
	Chosen   bool
	Open     string // file or slug to open; empty for the last article
	State    string // folder of the session, the log, crash reports and locks
	Runtime  string // the user's folder for sockets; need not be there
	Cache    string // folder of what can be made again
	Settings string // folder of the settings
	Language string // the user's, as a locale name; may be empty
	Exports  string // folder for exported pages
	Trash    string // the desktop's, see trash.New

	selections *selection.Selections // nil where the desktop has none
	meeting    *meeting              // nil for a window that other starts do not find
}

// Run opens the window and returns when it is closed or the program is told to
// end. It must be called from the main goroutine.
func Run(ctx context.Context, cfg Config) error {
	if err := display(); err != nil {
		return err
	}
	session := loadSession(cfg.State)
	lib, first, away, err := openLibrary(&cfg, session.Library)
	if err != nil && cfg.Chosen {
		return err
	}
	file, ferr := startFile(ctx, lib, cfg.Open)
	if ferr != nil {
		return ferr
	}
	closeLog := openLog(cfg.State)
	defer closeLog()
	cfg.meeting = newMeeting(cfg)
	defer cfg.meeting.close()
	handed, alone := cfg.meeting.meet(ctx, lib, file)
	if handed {
		return nil
	}
	if os.Getenv("WAYLAND_DISPLAY") == "" && os.Getenv("FYNE_PLATFORM") == "" {
		os.Setenv("FYNE_PLATFORM", "x11") // or the toolkit tries Wayland, noisily
	}
	// The toolkit keeps its index of the system's fonts beside ours, and makes
	// only its own folder.
	if err := os.MkdirAll(cfg.Cache, 0o700); err != nil {
		fyne.LogError("no cache", err)
	}
	xim.UseUTF8()
	a := app.NewWithID(ID)
	a.SetIcon(fyne.NewStaticResource("icon.png", resources.Icon()))
	th := look.New(session.Appearance)
	a.Settings().SetTheme(th)
	cfg.selections = openSelections(os.Getenv("DISPLAY"))
	defer cfg.selections.Close()
	endWatch := watchCrashes(cfg)
	w, werr := newWindow(ctx, a, th, cfg, session, lib, fyne.Do)
	if werr != nil {
		endWatch()
		return werr
	}
	if err != nil {
		w.notice(err)
	}
	w.tellCrash()
	if away != nil {
		w.status.tell(short(session.Library)+" cannot be opened; the default library is shown", "Why", func() { w.fail(away) })
	}
	w.recover(func(latest *document) {
		last := w.session.Open[w.key()].File
		switch {
		case file != "":
			w.open(file)
		case first:
			w.open(lib.File("welcome.md"))
		case latest != nil && w.docs[last] == nil:
			w.open(latest.file)
		default:
			w.openLast()
		}
		cfg.meeting.serve(w.shell.asked) // not before: what they ask for is to stay open
	})
	w.tellMet(alone)
	crash.Guard(w.win.ShowAndRun, w.shell.lastWords) // until it is closed, or SIGINT or SIGTERM, which the toolkit takes itself
	w.shell.now.Load().stop()
	w.shell.holding.close()
	endWatch()
	return nil
}

// openLibrary opens the library: the one the user named, else the one switched to
// last, else the default one, which is created when it is not there. One switched to
// that is not there is opened all the same if there is an index that knows its
// articles: its disk may come back. Otherwise away tells why it could not be had. cfg
// then names the one opened.
func openLibrary(cfg *Config, last string) (lib *library.Library, first bool, away, err error) {
	if last != "" && !cfg.Chosen {
		if lib, away = library.Open(last); away == nil {
			cfg.Library = last
			return lib, false, nil, nil
		}
		if search.Known(cfg.Cache, last) {
			if lib, err = library.OpenAway(last); err == nil {
				cfg.Library = last
				return lib, false, nil, nil
			}
		}
	}
	lib, err = library.Open(cfg.Library)
	if err == nil || cfg.Chosen || !errors.Is(err, fs.ErrNotExist) {
		return lib, false, away, err
	}
	lib, err = library.Init(cfg.Library, resources.Welcome(time.Now()))
	return lib, err == nil, away, err
}

// startFile finds what the command line names.
func startFile(ctx context.Context, lib *library.Library, ref string) (string, error) {
	if ref == "" {
		return "", nil
	}
	if lib == nil {
		lib = &library.Library{}
	}
	file, err := lib.Resolve(ref, nil)
	if err == nil {
		return file, nil
	}
	for _, guess := range []string{ref + ".md", filepath.Join(ref, "index.md")} {
		if file := lib.File(guess); lib.Dir() != "" && filepath.IsLocal(guess) && exists(file) {
			return file, nil
		}
	}
	// Only a slug that is no file's name needs the articles, which take a while.
	articles, _, lerr := lib.Load(ctx)
	if lerr != nil {
		return "", lerr
	}
	return lib.Resolve(ref, articles)
}

func exists(file string) bool {
	info, err := os.Stat(file)
	return err == nil && info.Mode().IsRegular()
}
