package column

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"longhand/editor/markdown"
	"longhand/editor/preview/content"
	"longhand/editor/text"
	"longhand/editor/typeset"
	"longhand/resources"
)

func fonts(t testing.TB) *typeset.Fonts {
	t.Helper()
	cuts := func(name string) typeset.Cuts {
		return typeset.Cuts{Regular: resources.Font(name + "-Regular.ttf"), Bold: resources.Font(name + "-SemiBold.ttf"), Italic: resources.Font(name + "-Italic.ttf")}
	}
	f, err := typeset.NewFonts(typeset.Config{Families: []typeset.Cuts{cuts("SourceSerif4"), cuts("IBMPlexMono"), cuts("Inter")}})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var testLook = Look{
	Paper: color.NRGBA{251, 250, 247, 255}, Ink: color.NRGBA{36, 34, 31, 255}, Muted: color.NRGBA{107, 102, 93, 255}, Faint: color.NRGBA{115, 110, 100, 255},
	Accent: color.NRGBA{168, 67, 42, 255}, Hairline: color.NRGBA{230, 226, 218, 255}, Selected: color.NRGBA{240, 220, 211, 255}, Found: color.NRGBA{245, 230, 168, 255},
	Code: color.NRGBA{240, 238, 231, 255}, Highlight: color.NRGBA{243, 226, 169, 255},
}

var testType = Type{Reading: 0, Mono: 1, Interface: 2, Size: 18, Scale: 1}

func indexOf(t testing.TB, source string) *markdown.Index {
	t.Helper()
	x, err := markdown.NewIndex(text.New(source)).Finish(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func newView(t testing.TB, source string) *View {
	t.Helper()
	v := New(fonts(t), testType, testLook, nil)
	v.Resize(448, 800, 40, 400)
	v.Show(indexOf(t, source), content.Frame{Title: "A title", Byline: "12 November 2026 · 3 minutes"}, Files{})
	return v
}

// picture composes a frame, to be looked at.
func (v *View) pictureOf(f Frame) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, int(v.width)+80, v.height))
	fill(img, img.Rect, v.look.Paper)
	for _, b := range f.Bands {
		draw.Draw(img, b.Image.Rect.Add(image.Pt(40+b.X, b.Y)), b.Image, image.Point{}, draw.Over)
	}
	return img
}

func savePNG(t testing.TB, name string, img image.Image) {
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}

// TestRealDataScroll scrolls through articles, and back.
func TestRealDataScroll(t *testing.T) {
	dir := os.Getenv("LONGHAND_DATA")
	if dir == "" {
		t.Skip("skipped: LONGHAND_DATA is not set")
	}
	v := newView(t, "")
	n := 0
	_ = filepath.WalkDir(filepath.Join(dir, "library"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".md" {
			return err
		}
		if n++; n%5 != 0 {
			return nil
		}
		data, _ := os.ReadFile(name)
		begin := time.Now()
		v.Show(indexOf(t, string(data)), content.Frame{Title: "T"}, Files{})
		for i := 0; ; i++ {
			f := v.Frame()
			at := v.Position()
			v.ScrollBy(700)
			if v.Position() == at || f.Position >= f.Most {
				break
			}
			if i > 2000 {
				t.Fatalf("%s never ends", name)
			}
		}
		for i := 0; v.Position() > -v.marginTop; i++ {
			v.ScrollBy(-700)
			v.Frame()
			if i > 2000 {
				t.Fatalf("%s never begins", name)
			}
		}
		if d := time.Since(begin); d > 3*time.Second {
			t.Errorf("%s took %v", name, d)
		}
		return nil
	})
	t.Logf("%d articles", n)
}

func TestPicture(t *testing.T) {
	name := os.Getenv("PICTURE_OF")
	if name == "" {
		t.Skip("skipped: for eyes only")
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	v := newView(t, string(data))
	for i := range 4 {
		savePNG(t, fmt.Sprintf("/tmp/column-%d.png", i), v.pictureOf(v.Frame()))
		v.ScrollBy(760)
	}
	_ = strings.TrimSpace
}
