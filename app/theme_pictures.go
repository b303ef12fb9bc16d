package app

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"longhand/editor/html"
	"longhand/editor/markdown"
	"longhand/editor/preview/pictures"
	"longhand/editor/typeset"
	"longhand/library"
	"longhand/library/site"
	"longhand/library/site/sketch"
	"longhand/resources"
)

// shownTheme is a theme as it is now.
type shownTheme struct {
	name    string
	picture image.Image // nil where the theme cannot be used
	err     error       // why it cannot
}

// themeWatch draws the themes there are, and again when the files of the user's own
// change, on a goroutine of its own.
type themeWatch struct {
	ctx      context.Context
	themes   string // the user's folder
	lib      *library.Library
	articles []*library.Article // newest first
	title    string
	scale    float32
	fonts    *typeset.Fonts
	show     func([]shownTheme)

	night chan bool     // what is to be drawn, of which the newest counts
	wake  chan struct{} // a picture of an article, or a font, has come
}

const (
	themeWidth  = 160 // pixels of a picture
	themeHeight = 120
	sampled     = 4 // posts on it
)

// themePause is how often the user's themes are looked at.
const themePause = time.Second

// appear asks for pictures by day or by night.
func (t *themeWatch) appear(night bool) {
	select {
	case <-t.night: // an older wish
	default:
	}
	t.night <- night
}

func (t *themeWatch) again() {
	select {
	case t.wake <- struct{}{}:
	default:
	}
}

// run draws until the context ends.
func (t *themeWatch) run() {
	cache := pictures.New(t.again)
	defer cache.Stop()
	p := &themePainter{shaper: typeset.NewShaper(t.fonts), painter: typeset.NewPainter(t.fonts)}
	tick := time.NewTicker(themePause)
	defer tick.Stop()
	night, seen := false, ""
	var known []themeSketch
	posts := t.samples()
	for {
		select {
		case <-t.ctx.Done():
			return
		case night = <-t.night:
		case <-t.wake:
		case <-tick.C:
			if fingerprint(t.themes) == seen {
				continue
			}
		}
		if now := fingerprint(t.themes); known == nil || now != seen {
			seen, known = now, sketches(t.themes)
		}
		t.illustrate(posts, cache)
		out := make([]shownTheme, len(known))
		for i, k := range known {
			out[i] = shownTheme{name: k.name, err: k.err}
			if k.err == nil {
				out[i].picture = p.draw(k.sketch, night, t.title, posts.shown, themeWidth, themeHeight, t.scale)
			}
		}
		t.show(out)
	}
}

// themeSketch is what is known of a theme, or why it cannot be used.
type themeSketch struct {
	name   string
	sketch sketch.Sketch
	err    error
}

// sketches reads all themes.
func sketches(themes string) []themeSketch {
	var out []themeSketch
	for _, name := range site.ThemeNames(resources.Themes(), os.DirFS(themes)) {
		k := themeSketch{name: name}
		th, err := loadTheme(themes, name)
		if err != nil {
			k.err = err
		} else {
			k.sketch = sketch.Read(th.Style())
		}
		out = append(out, k)
	}
	return out
}

// loadTheme reads a theme by its name. Its errors name the file and the line.
func loadTheme(themes, name string) (*site.Theme, error) {
	files, err := site.ThemeFiles(resources.Themes(), themes, name, resources.DefaultTheme)
	if err != nil {
		return nil, err
	}
	th, err := site.LoadTheme(files)
	if err != nil {
		return nil, themeProblem(filepath.Join(themes, name), err)
	}
	return th, nil
}

var themePlace = regexp.MustCompile(`^theme: (?:template: )?([\w.-]+\.(?:html|css)):(\d+)(?::\d+)?: ((?s).*)$`)

// themeProblem is what is wrong with a theme, with its place.
func themeProblem(dir string, err error) *library.Problem {
	p := &library.Problem{Path: dir, Message: err.Error(), Remedy: "mend it, or choose another theme", Err: err}
	var system *fs.PathError
	if at := themePlace.FindStringSubmatch(err.Error()); at != nil {
		p.Path = filepath.Join(dir, at[1])
		p.Line, _ = strconv.Atoi(at[2])
		p.Message = "the theme cannot be used: " + at[3]
	} else if errors.As(err, &system) {
		p.Path = filepath.Join(dir, system.Path)
		p.Message = "the theme cannot be read: " + system.Err.Error()
	} else {
		p.Message = "the theme cannot be used: " + strings.TrimPrefix(p.Message, "theme: ")
	}
	return p
}

// fingerprint changes when a file of the user's themes does.
func fingerprint(themes string) string {
	var b strings.Builder
	dirs, _ := os.ReadDir(themes)
	for _, d := range dirs {
		files, err := os.ReadDir(filepath.Join(themes, d.Name())) // also where a link leads
		if err != nil {
			continue
		}
		fmt.Fprintln(&b, d.Name())
		for _, f := range files {
			if info, err := os.Stat(filepath.Join(themes, d.Name(), f.Name())); err == nil {
				fmt.Fprintln(&b, f.Name(), info.Size(), info.ModTime().UnixNano())
			}
		}
	}
	return b.String()
}

// samples are the posts that pictures show.
type samples struct {
	shown []samplePost
	at    []placedPicture
}

// placedPicture is where a post's picture lies.
type placedPicture struct {
	files   fs.FS
	address string // "" for none
}

// samples are the newest published posts that have a date, as they are in their files.
func (t *themeWatch) samples() *samples {
	out := &samples{}
	for _, a := range t.articles {
		if a.Draft || a.Unreadable || a.DateSource == library.DateFromFile || a.Date.After(time.Now()) {
			continue
		}
		full, doc := library.Read(t.lib.File(a.Path), a.Path)
		if full.Unreadable {
			continue
		}
		words := html.WordsFor(html.Language(full.Lang, full.Excerpt))
		post := samplePost{title: full.Title, words: full.Excerpt}
		if !full.Date.IsZero() {
			post.date = words.Date(full.Date)
		}
		var at placedPicture
		for _, p := range markdown.Parse([]byte(doc.String()[full.Body:])).Pictures() {
			if !strings.Contains(p.Destination, ":") {
				at = placedPicture{os.DirFS(filepath.Dir(t.lib.File(a.Path))), p.Destination}
				break
			}
		}
		out.shown, out.at = append(out.shown, post), append(out.at, at)
		if len(out.shown) == sampled || t.ctx.Err() != nil {
			break
		}
	}
	if len(out.shown) == 0 {
		out.shown, out.at = []samplePost{{title: "Your first post", words: "Published articles will stand here, the newest first."}}, make([]placedPicture, 1)
	}
	return out
}

// illustrate puts the pictures in that have come, as large as covers their place.
func (t *themeWatch) illustrate(s *samples, cache *pictures.Cache) {
	const width, height = 66, 34
	for i, at := range s.at {
		if at.address == "" || s.shown[i].picture != nil {
			continue
		}
		w, h, ready, err := cache.Size(at.files, at.address)
		if err != nil || !ready || w < 1 || h < 1 {
			continue
		}
		scale := max(width*float64(t.scale)/float64(w), height*float64(t.scale)/float64(h))
		if img := cache.Picture(at.files, at.address, max(int(float64(w)*scale+0.5), 1), max(int(float64(h)*scale+0.5), 1)); img != nil {
			s.shown[i].picture = img
		}
	}
}
