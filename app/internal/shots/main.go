// Shots starts the real program on a screen of its own, leads it through its
// main states with real keys and clicks, and writes a picture of each.
package main

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"longhand/app/internal/xdrive"
	"longhand/library/lock"
)

//go:embed library
var sample embed.FS

func main() {
	bin := flag.String("bin", "build/longhand", "the program")
	out := flag.String("out", "build/shots", "folder for the pictures")
	only := flag.String("only", "", "only the scenes whose name contains this")
	data := flag.String("data", os.Getenv("LONGHAND_DATA"), "folder with real articles, for one more scene")
	flag.Parse()
	if err := run(*bin, *out, *only, *data); err != nil {
		fmt.Fprintln(os.Stderr, "shots:", err)
		os.Exit(1)
	}
}

// scene is a start of the program and what is done before it and before the picture is
// taken.
type scene struct {
	name          string
	width, height int
	appearance    string // as the session has it
	args          []string
	welcome       bool   // a first start, without the sample library
	noLibrary     bool   // a file lies where the library should
	libraries     bool   // others are known besides the one named
	scale         string // of the window; empty for 1
	soon          bool   // the picture is taken at once: something moves
	before, do    func(*stage) error
}

// stage is the running program of a scene.
type stage struct {
	*xdrive.Display
	window  *xdrive.Window
	home    string
	library string
	lock    *lock.Lock // that another program holds
}

var scenes = []scene{
	{name: "first-start", welcome: true},
	{name: "no-library", noLibrary: true},
	{name: "day", args: []string{"what-the-river-took"}},
	{name: "night", appearance: "night", args: []string{"what-the-river-took"}},
	{name: "sepia", appearance: "sepia", args: []string{"what-the-river-took"}},
	{name: "night-search", appearance: "night", args: []string{"what-the-river-took"}, do: search("river")},
	{name: "search-nothing", do: search("zebra crossing")},
	{name: "search-no-date", args: []string{"what-the-river-took"}, do: search("river before:nonsense")},
	{name: "small", width: 800, height: 560, args: []string{"what-the-river-took"}},
	{name: "tiny", width: 520, height: 400, args: []string{"what-the-river-took"}},
	{name: "large", width: 1900, height: 1160, args: []string{"what-the-river-took"}},
	{name: "long-title-pictures", args: []string{"night-train"}},
	{name: "japanese-chinese", args: []string{"kawa"}},
	{name: "arabic", args: []string{"nahr"}},
	{name: "arabic-night-end", appearance: "night", args: []string{"nahr"}, do: scrollPreview(40)},
	{name: "preview-end", args: []string{"what-the-river-took"}, do: scrollPreview(40)},
	{name: "not-utf8", args: []string{"latin"}, do: openArticle("latin")},
	{name: "broken-front-matter", args: []string{"broken"}},
	{name: "two-texts", args: []string{"rain"}, do: clash},
	{name: "new-article", args: []string{"what-the-river-took"}, do: keys("ctrl+n")},
	{name: "open-file", args: []string{"what-the-river-took"}, do: keys("ctrl+o")},
	{name: "exported", args: []string{"what-the-river-took"}, do: keys("ctrl+shift+e")},
	{name: "edit-menu", args: []string{"what-the-river-took"}, do: click(75, 12)},
	{name: "palette-copy", args: []string{"what-the-river-took"}, do: asked("ctrl+shift+p", "copy")},
	{name: "copied", args: []string{"everything"}, do: chosen("ctrl+shift+p", "copy for medium")},
	{name: "menu", args: []string{"what-the-river-took"}, do: click(25, 12)},
	{name: "editor-only", args: []string{"what-the-river-took"}, do: keys("ctrl+e", "ctrl+e", "ctrl+shift+l")},
	{name: "preview-only", args: []string{"what-the-river-took"}, do: keys("ctrl+e", "ctrl+shift+l")},
	{name: "everything", height: 1400, args: []string{"everything"}},
	{name: "everything-night", height: 1400, appearance: "night", args: []string{"everything"}, do: scrollPreview(16)},
	{name: "page-selection", args: []string{"what-the-river-took"}, do: selectOnPage},
	{name: "page-link", args: []string{"what-the-river-took"}, do: func(st *stage) error { return st.Move(1280, 314) }},
	{name: "text-end", args: []string{"what-the-river-took"}, do: keys("ctrl+end")},
	{name: "replace", args: []string{"what-the-river-took"}, do: replace("the")},
	{name: "focus", args: []string{"what-the-river-took"}, do: keys("down", "down", "down", "f8")},
	{name: "selection-night", appearance: "night", args: []string{"what-the-river-took"}, do: keys("down", "shift+down", "shift+down", "shift+down", "shift+right")},
	{name: "details-open", args: []string{"what-the-river-took"}, do: keys("ctrl+shift+y")},
	{name: "context-menu", args: []string{"what-the-river-took"}, do: func(st *stage) error { return st.Click(500, 220, 3) }},
	{name: "library-menu", args: []string{"what-the-river-took"}, do: click(235, 12)},
	{name: "format-menu", args: []string{"what-the-river-took"}, do: click(122, 12)},
	{name: "headings", args: []string{"what-the-river-took"}, do: keys("ctrl+shift+1")},
	{name: "palette-day", args: []string{"what-the-river-took"}, do: asked("ctrl+shift+p", "exp")},
	{name: "palette-night", appearance: "night", args: []string{"what-the-river-took"}, do: asked("ctrl+shift+p", "")},
	{name: "palette-sepia", appearance: "sepia", args: []string{"what-the-river-took"}, do: asked("ctrl+shift+p", "text")},
	{name: "palette-small", width: 520, height: 400, args: []string{"what-the-river-took"}, do: asked("ctrl+shift+p", "file")},
	{name: "palette-nothing", args: []string{"what-the-river-took"}, do: asked("ctrl+shift+p", "zebra crossing")},
	{name: "quick-open", args: []string{"what-the-river-took"}, do: asked("ctrl+p", "")},
	{name: "quick-open-typed", args: []string{"what-the-river-took"}, do: asked("ctrl+p", "es ri")},
	{name: "quick-open-small", width: 520, height: 400, appearance: "night", args: []string{"what-the-river-took"}, do: asked("ctrl+p", "")},
	{name: "authors-day", args: []string{"what-the-river-took"}, do: authors},
	{name: "authors-night", appearance: "night", args: []string{"what-the-river-took"}, do: authors},
	{name: "authors-small", width: 560, height: 420, args: []string{"what-the-river-took"}, do: authors},
	{name: "authors-unsaved", appearance: "sepia", args: []string{"what-the-river-took"}, do: func(st *stage) error {
		if err := authors(st); err != nil {
			return err
		}
		return keys("tab", "tab", "tab", "tab", "end", "x", "escape")(st)
	}},
	{name: "authors-broken", args: []string{"what-the-river-took"}, do: func(st *stage) error {
		if err := os.WriteFile(filepath.Join(st.library, "authors", "ben.md"), []byte("---\nname: [Ben\n---\n"), 0o644); err != nil {
			return err
		}
		if err := authors(st); err != nil {
			return err
		}
		return keys("down")(st)
	}},
	{name: "article-day", args: []string{"what-the-river-took"}, do: command("article details")},
	{name: "article-night", appearance: "night", args: []string{"what-the-river-took"}, do: command("article details")},
	{name: "article-small", width: 520, height: 400, args: []string{"what-the-river-took"}, do: command("article details")},
	{name: "double-scale", width: 1600, height: 1000, scale: "2", args: []string{"what-the-river-took"}},
	{name: "typed", args: []string{"rain"}, do: typed},
}

func run(bin, out, only, data string) error {
	bin, err := filepath.Abs(bin)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	all := slices.Concat(scenes, manageScenes(), startScenes(), versionScenes(), websiteScenes(data))
	if data != "" {
		real := filepath.Join(data, "library")
		all = append(all,
			scene{name: "real-rust", args: []string{"--library", filepath.Join(real, "rust-blog"), "4-Years-Of-Rust"}},
			scene{name: "real-chinese-search", args: []string{"--library", filepath.Join(real, "optech"), "zh/2025-05-30-newsletter.md"}, do: search("闪电网络")},
			scene{name: "found-day", args: []string{"--library", filepath.Join(real, "rust-blog"), "4-Years-Of-Rust"}, do: stepTo("borow chekcer nll", 1)},
			scene{name: "found-night", appearance: "night", args: []string{"--library", filepath.Join(real, "rust-blog"), "4-Years-Of-Rust"}, do: stepTo("incremental compilation", 2)},
			scene{name: "found-chinese", args: []string{"--library", filepath.Join(real, "optech")}, do: openArticle("闪电网络 通道")})
		all = append(all, listScenes(data)...)
	}
	for _, s := range all {
		if !strings.Contains(s.name, only) {
			continue
		}
		if err := s.play(bin, filepath.Join(out, s.name+".png")); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		fmt.Println(filepath.Join(out, s.name+".png"))
	}
	return nil
}

const patience = 30 * time.Second

func (s scene) play(bin, picture string) error {
	if s.width == 0 {
		s.width = 1360
	}
	if s.height == 0 {
		s.height = 860
	}
	if s.scale == "" {
		s.scale = "1"
	}
	home, err := os.MkdirTemp("", "longhand-shots-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(home)
	st := &stage{home: home, library: filepath.Join(home, ".local/share/longhand/library")}
	if err := st.prepare(s); err != nil {
		return err
	}
	if s.before != nil {
		if err := s.before(st); err != nil {
			return err
		}
	}
	st.Display, err = xdrive.Start(xdrive.Options{Width: s.width, Height: s.height, Env: append(st.env(), "FYNE_SCALE="+s.scale)})
	if err != nil {
		return err
	}
	defer st.Close()
	args, err := st.copied(s.args)
	if err != nil {
		return err
	}
	cmd := exec.Command(bin, args...)
	if _, err := st.Run(context.Background(), cmd); err != nil {
		return err
	}
	if st.window, err = st.WaitWindow("Longhand", patience); err != nil {
		return err
	}
	if err := st.settle(); err != nil {
		return err
	}
	if s.do != nil {
		if err := s.do(st); err != nil {
			return err
		}
		if s.soon {
			return st.SavePNG(picture)
		}
		if err := st.settle(); err != nil {
			return errors.Join(err, st.SavePNG(picture))
		}
	}
	return st.SavePNG(picture)
}

// settle waits until the window has been drawn and nothing has changed for a
// while. Fonts of other scripts are looked up at first use, which takes its time.
func (st *stage) settle() error {
	deadline := time.Now().Add(patience)
	var last *image.RGBA
	for time.Now().Before(deadline) {
		if err := st.Sync(patience); err != nil {
			return err
		}
		frame, err := st.WaitStill(patience)
		if err != nil {
			return err
		}
		if drawn(frame) && last != nil && bytes.Equal(frame.Pix, last.Pix) {
			return nil
		}
		last = frame
		time.Sleep(700 * time.Millisecond)
	}
	return errors.New("the window does not come to rest")
}

// drawn reports whether the screen is more than one colour.
func drawn(img *image.RGBA) bool {
	for i := 4; i < len(img.Pix); i += 4 {
		if !bytes.Equal(img.Pix[i:i+3], img.Pix[:3]) {
			return true
		}
	}
	return false
}

func (st *stage) env() []string {
	vars := []string{"HOME=" + st.home}
	for name, dir := range map[string]string{"DATA": ".local/share", "STATE": ".local/state", "CONFIG": ".config", "CACHE": ".cache"} {
		vars = append(vars, "XDG_"+name+"_HOME="+filepath.Join(st.home, dir))
	}
	return vars
}

// prepare makes the home folder: the sample library, unless it is a first start,
// and a session of the scene's size.
func (st *stage) prepare(s scene) error {
	state := filepath.Join(st.home, ".local/state/longhand")
	if err := os.MkdirAll(state, 0o755); err != nil {
		return err
	}
	known := ""
	if s.libraries {
		known = st.known()
	}
	session := fmt.Sprintf(`{"width": %d, "height": %d, "appearance": %q%s}`, s.width, s.height, s.appearance, known)
	if err := os.WriteFile(filepath.Join(state, "session"), []byte(session), 0o644); err != nil {
		return err
	}
	if s.welcome {
		return nil
	}
	if s.noLibrary {
		if err := os.MkdirAll(filepath.Dir(st.library), 0o755); err != nil {
			return err
		}
		return os.WriteFile(st.library, nil, 0o644)
	}
	lib, err := fs.Sub(sample, "library")
	if err != nil {
		return err
	}
	if err := os.CopyFS(st.library, lib); err != nil {
		return err
	}
	return picture(filepath.Join(st.library, "night-train", "window.png"))
}

// copied replaces a real library by a copy: a window saves what is typed into it.
func (st *stage) copied(args []string) ([]string, error) {
	if len(args) < 2 || args[0] != "--library" {
		return args, nil
	}
	lib := filepath.Join(st.home, "real")
	if err := os.CopyFS(lib, os.DirFS(args[1])); err != nil {
		return nil, err
	}
	return append([]string{"--library", lib}, args[2:]...), nil
}

// picture paints a night landscape.
func picture(name string) error {
	img := image.NewRGBA(image.Rect(0, 0, 1200, 500))
	for y := range 500 {
		for x := range 1200 {
			c := color.RGBA{uint8(20 + y/8), uint8(24 + y/10), uint8(48 + y/6), 255}
			if y > 380+(x*x/4000)%40 {
				c = color.RGBA{18, 18, 22, 255}
			}
			if (x-900)*(x-900)+(y-120)*(y-120) < 2500 {
				c = color.RGBA{240, 230, 200, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := png.Encode(f, img); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func keys(names ...string) func(*stage) error {
	return func(st *stage) error {
		for _, k := range names {
			if err := st.Key(k); err != nil {
				return err
			}
			time.Sleep(300 * time.Millisecond)
		}
		return nil
	}
}

func search(query string) func(*stage) error {
	return func(st *stage) error {
		if err := keys("ctrl+shift+f")(st); err != nil {
			return err
		}
		return st.Type(query)
	}
}

// stepTo looks at the nth of the articles found.
func stepTo(query string, n int) func(*stage) error {
	return func(st *stage) error {
		if err := search(query)(st); err != nil {
			return err
		}
		time.Sleep(time.Second)
		return keys(slices.Repeat([]string{"down"}, n)...)(st)
	}
}

// chosen opens a palette, types into it and takes what comes first.
func chosen(key, query string) func(*stage) error {
	return func(st *stage) error {
		if err := asked(key, query)(st); err != nil {
			return err
		}
		return keys("return")(st)
	}
}

// asked opens a palette and types into it.
func asked(key, query string) func(*stage) error {
	return func(st *stage) error {
		if err := keys(key)(st); err != nil {
			return err
		}
		return st.Type(query)
	}
}

// authors gives an author a face and shows all.
func authors(st *stage) error {
	dir := filepath.Join(st.library, "authors")
	if err := picture(filepath.Join(dir, "ana.png")); err != nil {
		return err
	}
	name := filepath.Join(dir, "ana.md")
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	with := strings.Replace(string(text), "name: Ana Whitlock\n", "name: Ana Whitlock\navatar: ana.png\n", 1)
	if err := os.WriteFile(name, []byte(with), 0o644); err != nil {
		return err
	}
	return command("authors")(st)
}

func replace(word string) func(*stage) error {
	return func(st *stage) error {
		if err := keys("ctrl+h")(st); err != nil {
			return err
		}
		return st.Type(word)
	}
}

func openArticle(query string) func(*stage) error {
	return func(st *stage) error {
		if err := search(query)(st); err != nil {
			return err
		}
		time.Sleep(500 * time.Millisecond)
		return st.Key("return")
	}
}

func click(x, y int) func(*stage) error {
	return func(st *stage) error { return st.Click(x, y, 1) }
}

func scrollPreview(steps int) func(*stage) error {
	return func(st *stage) error { return st.Scroll(1100, 500, 0, steps) }
}

// selectOnPage drags over some rows of the page.
func selectOnPage(st *stage) error { return st.Drag(940, 216, 1100, 460) }

// clash writes into an article that another program changes meanwhile.
func clash(st *stage) error {
	if err := keys("pagedown", "end", "x")(st); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(st.library, "rain.md"), []byte("# Theirs\n"), 0o644); err != nil {
		return err
	}
	return keys("ctrl+s")(st)
}

func typed(st *stage) error {
	if err := keys("pagedown", "end")(st); err != nil {
		return err
	}
	return st.Type("\n## Then\n\nIt *left* — without a word. 漢字 naïve\n")
}
