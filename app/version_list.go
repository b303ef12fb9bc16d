package app

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
	"longhand/library/versions"
)

// reasons says why a version was kept.
var reasons = map[versions.Why]string{
	versions.Saved:         "Saved",
	versions.Opened:        "As it was opened",
	versions.BeforeReload:  "Before another program’s text",
	versions.Ours:          "Yours, when both had changed it",
	versions.Theirs:        "By another program",
	versions.BeforeRestore: "Before going back",
	versions.Recovered:     "Recovered",
	versions.Discarded:     "Given up",
}

// reason says why a version was kept, also where a later program kept it.
func reason(why versions.Why) string {
	if s, ok := reasons[why]; ok {
		return s
	}
	return sentence(string(why))
}

// comparedWords says how many words a version has beside those of now; "" if that is
// not known.
func comparedWords(then, now int) string {
	switch {
	case then < 0 || now < 0:
		return ""
	case then > now:
		return count(then-now, "word") + " more"
	case then < now:
		return count(now-then, "word") + " fewer"
	}
	return "as many words"
}

// moment says when something was, as seen from now.
func moment(at, now time.Time) string {
	at = at.In(now.Location())
	day := func(t time.Time) time.Time {
		return time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, t.Location())
	}
	switch days := int(day(now).Sub(day(at)).Round(24*time.Hour) / (24 * time.Hour)); {
	case days == 0:
		return "Today, " + at.Format("15:04")
	case days == 1:
		return "Yesterday, " + at.Format("15:04")
	case days > 1 && days < 7:
		return at.Format("Monday, 15:04")
	}
	return at.Format("2 Jan 2006, 15:04")
}

// momentsApart is how long apart saves are that are listed one by one, unless all are.
const momentsApart = 10 * time.Minute

// moments leaves out saves that another one follows soon: while one writes, a text is
// saved every few seconds. The last stays, and so does whatever was kept for another
// reason. The list begins with the one kept last.
func moments(list []versions.Version) []versions.Version {
	var out []versions.Version
	for i, v := range list {
		if i > 0 && v.Why == versions.Saved && list[i-1].Why == versions.Saved &&
			v.At.Truncate(momentsApart).Equal(list[i-1].At.Truncate(momentsApart)) {
			continue
		}
		out = append(out, v)
	}
	return out
}

const versionRowHeight = 52 // pixels

// versionRow shows when a version was kept, and below it why.
type versionRow struct {
	pictured
	when, about string
}

func newVersionRow(l *letters, colours func() look.Palette) *versionRow {
	r := &versionRow{pictured: pictured{letters: l, colours: colours, height: versionRowHeight}}
	r.begin()
	r.paint = r.draw
	r.ExtendBaseWidget(r)
	return r
}

func (r *versionRow) set(when, about string, chosen bool) {
	r.stale = r.stale || when != r.when || about != r.about
	r.when, r.about, r.chosen = when, about, chosen
	r.Refresh()
}

func (r *versionRow) draw(s *sheet, width float32, p look.Palette) {
	inner := max(width-2*rowMargin, 0)
	put := func(l line, y float32) {
		s.draw(s.set(l, inner, 1, s.scale), 0, rowMargin*s.scale, y*s.scale, p)
	}
	put(line{text: r.when, size: titleSize, bold: true, ink: p.Ink}, 18)
	put(line{text: r.about, size: wordsSize, ink: p.Muted}, 36)
}

// newVersionList makes the list of a panel.
func newVersionList(f *versionsForm, p *panel) *panelList {
	l := &panelList{key: p.key}
	l.Length = func() int { return len(f.shown) }
	l.CreateItem = func() fyne.CanvasObject { return newVersionRow(f.letters, f.colours) }
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		if i < len(f.shown) {
			when, about := f.row(i)
			o.(*versionRow).set(when, about, i == f.at)
		}
	}
	l.HideSeparators = true
	l.ExtendBaseWidget(l)
	return l
}
