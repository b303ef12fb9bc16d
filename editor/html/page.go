package html

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/yuin/goldmark/ast"

	"longhand/editor/markdown"
)

// DescriptionLength is the length in characters of a description that is made of the first
// words; search engines show about as many.
const DescriptionLength = 160

// view is what a theme's template sees; LoadTheme documents it.
type view struct {
	Title, Subtitle, Kicker, Description, Canonical string
	Lang, Dir, Minutes, Byline, Policy              string
	Date, Updated                                   *day
	Draft                                           bool
	Style                                           template.CSS
	Body                                            template.HTML
	Authors                                         []author
	Words                                           *Words

	Contents        *toc
	Tags            []tag
	Home            *link
	Nav             []link
	Previous, Next  *link
	Feeds           []Feed
	StyleURL, Class string
	Image           string
	Data            *data

	text  string // of the article
	words int    // how many the article has
}

type day struct{ ISO, Text, Label string }

func (t *Theme) view(p Page) (*view, []Warning, error) {
	texts := p.Body.Texts()
	text := texts.All()
	lang := p.Language(text)
	words := WordsFor(lang)
	title, skip := pageTitle(p, words)
	count := markdown.Words(text)
	v := &view{
		Title: title, Subtitle: oneLine(p.Subtitle), Kicker: Kicker(p.Tags), Draft: p.Draft, Words: words,
		Lang: lang, Dir: Direction(lang, text), Minutes: words.Minutes(markdown.ReadingMinutes(count)),
		Date: words.day(p.Date), Updated: words.updated(p), Description: description(p), text: text, words: count,
	}
	if home := linkTo(p.Canonical); isRemote(home) {
		v.Canonical = home
	}
	d := &drawing{tree: p.Body, texts: texts, page: true, skip: skip, base: v.Dir, mixed: mixed(text), language: lang, trusted: p.Trusted, codes: p.Codes}
	v.Contents = d.contents(p, count)
	out := buffers.Get().(*bytes.Buffer)
	defer free(out)
	if err := d.render(out); err != nil {
		return nil, nil, err
	}
	rendered := out.Bytes()
	f := newFinisher(newAlbum(p.Files, p.PictureURL, words.NoPicture), d)
	f.link = p.LinkURL
	if p.Trusted {
		f.finish(rendered)
	} else {
		f.clean(d, rendered)
	}
	body := f.done()
	warnings := f.warnings
	if !p.Trusted {
		warnings = append(warnings, linkWarnings(p.Body)...)
	}
	v.Body = template.HTML(body)
	var more []Warning
	v.Authors, more = authors(p, words, v.Dir, f.ids)
	v.Byline = byline(v.Authors)
	f.found.linkedPictures = f.found.linkedPictures || slices.ContainsFunc(p.Authors, func(a Author) bool { return a.AvatarURL != "" })
	v.surround(p)
	if v.StyleURL == "" {
		v.Style = template.CSS(t.style + "\n" + codeCSS(body))
	}
	f.found.linkedStyle = v.StyleURL != ""
	var err error
	if v.Data, err = v.data(p); err != nil {
		return nil, nil, err
	}
	f.found.data = string(v.Data.Script)
	v.Policy = f.found.policy()
	slices.SortStableFunc(warnings, func(a, b Warning) int { return a.Offset - b.Offset })
	return v, append(warnings, more...), nil
}

var langTag = regexp.MustCompile(`^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$`)

// Language is the language tag of a page with the given text: what the article says, else
// what its script tells; "" if that tells nothing.
func Language(lang, text string) string {
	lang = strings.ReplaceAll(strings.TrimSpace(lang), "_", "-")
	if langTag.MatchString(lang) {
		return lang
	}
	return guessLang(text)
}

// Language is the language tag of the page with the given text, or its beginning.
func (p Page) Language(text string) string {
	lang, usual := Language(p.Lang, text), Language(p.DefaultLang, "")
	if usual != "" && Language(p.Lang, "") == "" && (lang == "" || sameLanguage(lang, usual)) {
		return usual
	}
	return lang
}

// Direction is the direction of a page in a language, "ltr" or "rtl"; without a language that
// of most of its text.
func Direction(lang, text string) string {
	if lang != "" {
		return direction(lang)
	}
	if c := countScripts(text); c.rtl > c.ltr {
		return "rtl"
	}
	return "ltr"
}

// pageTitle finds the title, and the heading at the top of the body that would
// repeat it.
func pageTitle(p Page, words *Words) (string, ast.Node) {
	title := oneLine(p.Title)
	first := firstBlock(p.Body)
	heading, ok := first.(*ast.Heading)
	opening := ""
	if ok && heading.Level == 1 {
		opening = oneLine(p.Body.NodeText(heading))
	}
	if title == "" {
		title = opening
	}
	if opening != "" && SameTitle(title, opening) {
		return title, first
	}
	if title == "" {
		for _, h := range p.Body.Outline() {
			if h.Text != "" {
				return oneLine(h.Text), nil
			}
		}
		title = markdown.Excerpt(p.Body.Source, 60)
	}
	if title == "" {
		title = words.Untitled
	}
	return title, nil
}

func firstBlock(tree *markdown.Tree) ast.Node {
	n := tree.Root.FirstChild()
	for n != nil && n.Kind() == ast.KindLinkReferenceDefinition {
		n = n.NextSibling()
	}
	return n
}

// SameTitle compares titles by their letters and digits: typographic punctuation is
// put into headings but not into front matter. A heading that opens an article and says
// its title is not shown below it.
func SameTitle(a, b string) bool {
	bare := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, s)
	}
	x, y := bare(a), bare(b)
	return x == y && (x != "" || a == b)
}

func oneLine(s string) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "\ufffd")), " ")
}

// Kicker is the first tag, as it stands above the title. One in small letters gets a
// capital; "iOS" does not.
func Kicker(tags []string) string {
	for _, tag := range tags {
		tag = oneLine(tag)
		if tag == "" {
			continue
		}
		if tag == strings.ToLower(tag) {
			r := []rune(tag)
			r[0] = unicode.ToUpper(r[0])
			tag = string(r)
		}
		return tag
	}
	return ""
}

func description(p Page) string {
	if d := oneLine(p.Description); d != "" {
		return d
	}
	return p.Body.Excerpt(DescriptionLength)
}

func (w *Words) day(t time.Time) *day {
	if t.IsZero() {
		return nil
	}
	text := w.Date(t)
	return &day{ISO: t.Format(time.DateOnly), Text: text, Label: w.named(w.Updated, text)}
}

// updated is nil when the article was not changed after the day of its date.
func (w *Words) updated(p Page) *day {
	d := w.day(p.Updated)
	if d == nil || !p.Date.IsZero() && d.ISO <= p.Date.Format(time.DateOnly) {
		return nil
	}
	return d
}

// UpdatedOn says when the page was updated, such as "Updated 12 November 2026"; "" if not
// after its date.
func (w *Words) UpdatedOn(p Page) string {
	if d := w.updated(p); d != nil {
		return d.Label
	}
	return ""
}

func linkWarnings(tree *markdown.Tree) []Warning {
	var warnings []Warning
	tree.Destinations(func(destination string, offset int) {
		if !safeLink(destination) {
			warnings = append(warnings, Warning{offset, "link ‘" + shorten(destination) + "’ is left out: a page may not lead there"})
		}
	})
	return warnings
}

// policy lets a page do what it holds and nothing more.
func (c contents) policy() string {
	if c.active { // the author's scripts may do what they like
		return "default-src * data: blob: 'unsafe-inline' 'unsafe-eval'; base-uri 'none'"
	}
	style := "style-src 'unsafe-inline'"
	if c.linkedStyle {
		style += " 'self' file:" // a page read from a disk is not of one origin with its style everywhere
	}
	hash := sha256.Sum256([]byte(c.data)) // data runs nothing, but some that read a page take it for a script
	script := "script-src 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'"
	parts := []string{"default-src 'none'", style, script, "base-uri 'none'", "form-action 'none'"}
	pictures := "img-src data:"
	if c.linkedPictures {
		pictures += " 'self' file:"
	}
	if c.remotePictures || c.linkedPictures {
		pictures += " https: http:"
	}
	parts = append(parts, pictures)
	switch {
	case c.linkedMedia:
		parts = append(parts, "media-src 'self' file: https: http:")
	case c.media:
		parts = append(parts, "media-src https: http:")
	}
	switch {
	case c.otherFrames:
		parts = append(parts, "frame-src https: http:")
	case len(c.frames) > 0:
		parts = append(parts, "frame-src "+strings.Join(c.frames, " "))
	}
	return strings.Join(parts, "; ")
}
