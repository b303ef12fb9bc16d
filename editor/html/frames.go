package html

import (
	"net/url"
	"regexp"
	"strings"
)

// frameSites are what may stand in a frame: films, sound, maps and code that sites offer
// to be put into pages, by host and the beginning of the path.
var frameSites = []string{
	"www.youtube.com/embed/", "youtube.com/embed/", "www.youtube-nocookie.com/embed/", "youtube-nocookie.com/embed/",
	"player.vimeo.com/video/", "www.dailymotion.com/embed/", "geo.dailymotion.com/player", "player.twitch.tv/", "clips.twitch.tv/embed",
	"embed.ted.com/", "archive.org/embed/", "fast.wistia.net/embed/", "framatube.org/videos/embed/", "media.ccc.de/v/",
	"open.spotify.com/embed/", "w.soundcloud.com/player/", "bandcamp.com/EmbeddedPlayer/", "embed.podcasts.apple.com/", "www.mixcloud.com/widget/",
	"www.openstreetmap.org/export/embed.html", "www.google.com/maps/embed",
	"codepen.io/", "jsfiddle.net/", "codesandbox.io/embed/", "stackblitz.com/edit/", "observablehq.com/embed/", "www.desmos.com/calculator/",
	"datawrapper.dwcdn.net/", "flo.uri.sh/",
}

// frames matches the addresses of what may stand in a frame.
var frames = func() *regexp.Regexp {
	quoted := make([]string, len(frameSites))
	for i, s := range frameSites {
		quoted[i] = regexp.QuoteMeta(s)
	}
	return regexp.MustCompile(`^(?:https?:)?//(?:` + strings.Join(quoted, "|") + `)[\w?&=%;./:,#+~!*|-]*$`)
}()

// frameHost is the host of a frame, as a content security policy names it.
func frameHost(src string) string {
	u, err := url.Parse(src)
	if err != nil || u.Host == "" {
		return ""
	}
	return "https://" + strings.ToLower(u.Host)
}
