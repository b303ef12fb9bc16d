package html

import (
	"strings"
	"testing"

	"longhand/editor/markdown"
)

func TestFrames(t *testing.T) {
	theme := loadTheme(t)
	for src, want := range map[string]string{ // the address on the page, and in the policy
		"https://www.youtube.com/embed/a-b_c?start=3&rel=0":        "https://www.youtube.com/embed/a-b_c?start=3&amp;rel=0 https://www.youtube.com",
		"http://youtube.com/embed/x":                               "https://www.youtube.com/embed/x https://www.youtube.com",
		"//player.vimeo.com/video/1#t=2":                           "https://player.vimeo.com/video/1#t=2 https://player.vimeo.com",
		"https://bandcamp.com/EmbeddedPlayer/album=1/size=large/":  "https://bandcamp.com/EmbeddedPlayer/album=1/size=large/ https://bandcamp.com",
		"https://www.openstreetmap.org/export/embed.html?bbox=1,2": "https://www.openstreetmap.org/export/embed.html?bbox=1,2 https://www.openstreetmap.org",
		"https://example.org/":                                     "", "https://youtube.com.example.org/embed/x": "", "https://www.youtube.com@example.org/embed/x": "",
		"javascript:alert(1)//www.youtube.com/embed/": "", "https://www.youtube.com/redirect?q=https://example.org": "", "https://codepen.io:81/x": "",
		"https://example.org/?//player.vimeo.com/video/1": "", "": "",
	} {
		page, warnings := render(t, theme, Page{Lang: "en", Body: markdown.Parse([]byte("<iframe src=\"" + src + "\"></iframe>\n"))})
		if want == "" {
			if strings.Contains(page, "<iframe") || strings.Contains(page, "frame-src") {
				t.Errorf("%q stands in a frame", src)
			}
			if src != "" && len(warnings) != 1 {
				t.Errorf("%q: %v", src, warnings)
			}
			continue
		}
		address, host, _ := strings.Cut(want, " ")
		if !strings.Contains(page, `<iframe src="`+address+`" loading="lazy" title="`+strings.TrimPrefix(host, "https://")+`"></iframe>`) ||
			!strings.Contains(page, "frame-src "+host+`">`) || len(warnings) > 0 {
			t.Errorf("%q: %s\n%v", src, page[strings.Index(page, `<div class="body">`):], warnings)
		}
		checkSafe(t, page)
	}
}
