//go:build unix

package manage

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"longhand/library"
)

var today = time.Date(2026, 11, 12, 13, 14, 15, 0, time.UTC)

func TestDuplicate(t *testing.T) {
	files := tree{
		"old.md":                  "\ufeff---\r\ntitle: 'Old' # mine\r\nurl: /o/\r\nx: 1\r\n---\r\n![p](pics/a.png)\r\n",
		"old-2.md":                "taken",
		"plain.md":                "# A heading\n\nText\n",
		"bundle/index.md":         "+++\ntitle = \"B\"\ndate = 2024-01-02T03:04:05Z\nslug = \"bee\"\n[extra]\nx = 1\n+++\n![b](img/b.png)\n",
		"bundle/img/b.png":        "PNG",
		"_posts/2024-01-02-po.md": "---\ntitle: Po\ndate: 2024-01-02\ndraft: false\n---\n",
		"broken.md":               "---\ntitle: a: b\n---\n",
	}
	for _, c := range []struct {
		rel, to string
		want    tree
	}{
		{"old.md", "old-3.md", tree{"old-3.md": "\ufeff---\r\ntitle: 'Old (copy)' # mine\r\ndate: 2026-11-12\r\ndraft: true\r\nx: 1\r\n---\r\n![p](pics/a.png)\r\n"}},
		{"plain.md", "plain-2.md", tree{"plain-2.md": "---\ntitle: A heading (copy)\ndate: 2026-11-12\ndraft: true\n---\n\n# A heading\n\nText\n"}},
		{"bundle/index.md", "bundle-2/index.md", tree{
			"bundle-2/index.md":  "+++\ntitle = \"B (copy)\"\ndate = 2026-11-12T13:14:15Z\ndraft = true\nslug = \"bundle-2\"\n[extra]\nx = 1\n+++\n![b](img/b.png)\n",
			"bundle-2/img/b.png": "PNG",
		}},
		{"_posts/2024-01-02-po.md", "_posts/2026-11-12-po-2.md", tree{"_posts/2026-11-12-po-2.md": "---\ntitle: Po (copy)\ndate: 2026-11-12\ndraft: true\n---\n"}},
	} {
		lib := lay(t, files)
		to, err := Duplicate(t.Context(), lib, c.rel, today)
		if err != nil || to != c.to {
			t.Errorf("%s: %s, %v, want %s", c.rel, to, err, c.to)
		}
		same(t, c.rel, read(t, lib), files.with(c.want))
	}
	lib := lay(t, files)
	for _, rel := range []string{"broken.md", "gone.md"} {
		var bad *library.Problem
		if _, err := Duplicate(t.Context(), lib, rel, today); !errors.As(err, &bad) || bad.Path != lib.File(rel) {
			t.Errorf("%s: %v", rel, err)
		}
	}
	if err := syscall.Mkfifo(lib.File("bundle/pipe"), 0o644); err != nil {
		t.Fatal(err)
	}
	var bad *library.Problem
	if _, err := Duplicate(t.Context(), lib, "bundle/index.md", today); !errors.As(err, &bad) || bad.Path != lib.File("bundle/pipe") {
		t.Errorf("a pipe: %v", err)
	}
	if left, _ := os.ReadDir(lib.Dir()); len(left) != 6 {
		t.Errorf("left: %v", left)
	}
}

func picture(t *testing.T, shade uint8, asJPEG bool) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 2, 2))
	img.SetGray(0, 0, color.Gray{shade})
	var b bytes.Buffer
	err := png.Encode(&b, img)
	if asJPEG {
		b.Reset()
		err = jpeg.Encode(&b, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAttach(t *testing.T) {
	png1, png2, jpg := string(picture(t, 1, false)), string(picture(t, 2, false)), string(picture(t, 3, true))
	from := tree{"My Été.PNG": png1, "wrong.gif": jpg, "other/My Été.png": png2, "x.JPEG": jpg}
	files := small.with(tree{
		"sect.md": "s", "sect/one.md": "1", "shots.md": "![a](shots/a.png)", "shots/a.png": "A", "fr.fr.md": "f", "many.md": "m", "many.de.md": "m",
		"bundle/my-ete.png": "PNG3", "authors/ana.md": "a",
	})
	for _, c := range []struct {
		title, rel, source, article, link string
		want                              tree
	}{
		{"a lone file becomes a folder", "old.md", "My Été.PNG", "old/index.md", "my-ete.png", tree{
			"old.md":          "-",
			"old/index.md":    "---\ntitle: Old\n---\n![p](../pics/a.png) [n](../sub/note.md) [me](index.md#x)\n",
			"old/my-ete.png":  png1,
			"sub/note.md":     "\ufeffSee [old](../old/index.md#x \"t\") and [b](../bundle/).\r\n`[old](../old.md)`\r\n\xff\r\n",
			"bundle/index.md": "![b](b.png) [old](../old/index.md)\n",
		}},
		{"a name that is taken", "bundle/index.md", "My Été.PNG", "bundle/index.md", "my-ete-2.png", tree{"bundle/my-ete-2.png": png1}},
		{"a wrong extension", "bundle/index.md", "wrong.gif", "bundle/index.md", "wrong.jpg", tree{"bundle/wrong.jpg": jpg}},
		{"a long extension", "bundle/index.md", "x.JPEG", "bundle/index.md", "x.jpeg", tree{"bundle/x.jpeg": jpg}},
		{"a folder with pictures", "shots.md", "wrong.gif", "shots/index.md", "wrong.jpg", tree{"shots.md": "-", "shots/index.md": "![a](a.png)", "shots/wrong.jpg": jpg}},
		{"a folder with articles", "sect.md", "wrong.gif", "sect.md", "wrong.jpg", tree{"wrong.jpg": jpg}},
		{"one of several languages", "many.md", "wrong.gif", "many.md", "wrong.jpg", tree{"wrong.jpg": jpg}},
		{"another of them", "fr.fr.md", "wrong.gif", "fr.fr.md", "wrong.jpg", tree{"wrong.jpg": jpg}},
		{"a post", "_posts/2024-01-02-a-post.md", "wrong.gif", "_posts/2024-01-02-a-post.md", "/assets/a-post/wrong.jpg", tree{"assets/a-post/wrong.jpg": jpg}},
		{"an author", "authors/ana.md", "wrong.gif", "authors/ana.md", "wrong.jpg", tree{"authors/wrong.jpg": jpg}},
	} {
		t.Run(c.title, func(t *testing.T) {
			lib, sources := lay(t, files), lay(t, from)
			a, err := Attach(t.Context(), lib, c.rel, sources.File(c.source), Options{})
			if err != nil {
				t.Fatal(err)
			}
			same(t, "planned", read(t, lib), files)
			d, err := a.Apply(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			if a.Article != c.article || a.Link != c.link {
				t.Errorf("%s with %s, want %s with %s", a.Article, a.Link, c.article, c.link)
			}
			same(t, "after", read(t, lib), files.with(c.want))
			// The same bytes again are not copied again.
			b, err := Attach(t.Context(), lib, a.Article, sources.File(c.source), Options{})
			if err != nil || b.Link != a.Link || b.Article != a.Article || b.Bundle != nil {
				t.Errorf("again: %+v, %v", b, err)
			} else if _, err := b.Apply(t.Context(), nil); err != nil {
				t.Error(err)
			}
			same(t, "again", read(t, lib), files.with(c.want))
			if err := d.undo(); err != nil {
				t.Fatal(err)
			}
			same(t, "undone", read(t, lib), files)
		})
	}
}

func TestAttachRefused(t *testing.T) {
	lib := lay(t, small)
	dir := t.TempDir()
	file := func(name, s string) string {
		f := filepath.Join(dir, name)
		if err := os.WriteFile(f, []byte(s), 0o644); err != nil {
			t.Fatal(err)
		}
		return f
	}
	pipe := filepath.Join(dir, "pipe.png")
	if err := syscall.Mkfifo(pipe, 0o644); err != nil {
		t.Fatal(err)
	}
	huge := file("huge.png", string(picture(t, 1, false)))
	if err := os.Truncate(huge, MaxPicture+1); err != nil {
		t.Fatal(err)
	}
	for source, message := range map[string]string{
		file("a.heic", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"): "HEIC",
		file("a.png", "no picture"):                                        "no picture",
		file("b.png", "\x89PNG\r\n\x1a\nbroken"):                           "damaged",
		file("c.png", ""):                                                  "empty",
		pipe:                                                               "pipe",
		dir:                                                                "folder",
		huge:                                                               "larger",
		filepath.Join(dir, "gone.png"):                                     "no such",
	} {
		var bad *library.Problem
		if _, err := Attach(t.Context(), lib, "old.md", source, Options{}); !errors.As(err, &bad) || !strings.Contains(bad.Message, message) || bad.Remedy == "" || bad.Path != source {
			t.Errorf("%s: %v, want %q", source, err, message)
		}
	}
	same(t, "left", read(t, lib), small)
	good := file("good.png", string(picture(t, 1, false)))
	link := filepath.Join(dir, "link.bin")
	if err := os.Symlink(good, link); err != nil {
		t.Fatal(err)
	}
	if a, err := Attach(t.Context(), lib, "bundle/index.md", link, Options{}); err != nil || a.Link != "link.png" {
		t.Errorf("through a link: %+v, %v", a, err)
	}
	loose := file("loose.md", "x")
	for range 2 {
		if link, err := AttachLoose(loose, good); err != nil || link != "good.png" {
			t.Errorf("loose: %s, %v", link, err)
		}
	}
	if link, err := AttachLoose(loose, file("d.png", string(picture(t, 9, false)))); err != nil || link != "d.png" {
		t.Errorf("loose: %s, %v", link, err)
	}
}

// What takes the picture's name meanwhile is not replaced, and the article stays.
func TestAttachMeanwhile(t *testing.T) {
	lib, sources := lay(t, small), lay(t, tree{"a.png": string(picture(t, 1, false))})
	a, err := Attach(t.Context(), lib, "old.md", sources.File("a.png"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(lib.File("old"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(lib.File("old/a.png"), []byte("other"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Apply(t.Context(), nil); !errors.Is(err, os.ErrExist) {
		t.Error(err)
	}
	same(t, "left", read(t, lib), small.with(tree{"old/a.png": "other"}))
}
