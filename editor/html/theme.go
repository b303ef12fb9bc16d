package html

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"regexp"
	"strings"
	"time"

	"longhand/editor/html/compiled"
	"longhand/editor/markdown"
)

// Theme is how pages look. It is not changed after LoadTheme and may be used by
// many goroutines.
type Theme struct {
	page  *compiled.Template
	style string
}

// LoadTheme reads a theme from its folder: page.html, a template of html/template
// that is executed with the fields below, and style.css, which is put into every page,
// followed by theme.css where there is one: what a theme changes in the style of another.
//
//	Title, Subtitle, Kicker, Description, Canonical, Byline, Policy   string
//	Lang (may be empty), Dir ("ltr" or "rtl"), Minutes ("6 minutes")   string
//	Date, Updated     nil, or .ISO, .Text ("12 November 2026") and .Label ("Updated …")
//	Draft             bool
//	Style             the CSS; belongs into <style>
//	Body              the article as HTML
//	Authors           each with .Name, .Initials, .Avatar, .Bio, .Links (.Label,
//	                  .URL), .PostsURL, .ViewAll, .PostsID, .PostsTitle and
//	                  .Posts (.Title, .URL, .Date as above)
//	Words             fixed words in the article's language, see Words
//	Contents          nil, or the table of contents: .Open, if it is short, and .Entries, each
//	                  with .Text, .ID, .Dir (may be empty) and .Entries
//	Tags              each with .Name and .URL, which may be empty
//	Data              .Published and .Modified (ISO 8601 or empty), and .Script, which belongs
//	                  into <script type="application/ld+json"> with nothing around it
//
// These are set where the page is part of a site:
//
//	Home, Previous, Next   nil, or .Label and .URL
//	Nav               each with .Label and .URL
//	Feeds             each with .Title, .Type and .URL
//	StyleURL          the style, to be linked; Style is then empty
//	Class, Image      classes of the body, and the absolute address of a picture
//
// Policy is the content security policy that fits what the page holds. The colours of
// code are the CSS variables --code-keyword, -type, -function, -string,
// -number, -comment, -inserted and -deleted. A theme may load nothing from the
// network. Errors name the file, and the line where there is one.
func LoadTheme(fsys fs.FS) (*Theme, error) {
	source, err := fs.ReadFile(fsys, "page.html")
	if err != nil {
		return nil, fmt.Errorf("theme: %w", err)
	}
	style, err := fs.ReadFile(fsys, "style.css")
	if err != nil {
		return nil, fmt.Errorf("theme: %w", err)
	}
	if err := checkStyle("style.css", string(style)); err != nil {
		return nil, err
	}
	page, err := template.New("page.html").Parse(string(source))
	if err != nil {
		return nil, templateError(err)
	}
	t := &Theme{style: compact(string(style))}
	more, err := fs.ReadFile(fsys, "theme.css")
	switch {
	case err == nil:
		if err := checkStyle("theme.css", string(more)); err != nil {
			return nil, err
		}
		t.style += "\n" + compact(string(more))
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("theme: %w", err)
	}
	if err := t.compile(page); err != nil {
		return nil, err
	}
	return t, nil
}

// compile makes a page with everything in it, so that a theme that asks for
// what is not there fails at once and not with the first article that has it.
func (t *Theme) compile(page *template.Template) error {
	day := time.Date(2026, 11, 12, 0, 0, 0, 0, time.UTC)
	author := Author{Name: "A", Bio: []byte("b"), Links: []Link{{"l", "https://example.org/"}}, Posts: []Post{{"t", day, "u"}}}
	example, _, err := t.view(Page{
		Title: "t", Subtitle: "s", Lang: "en", Description: "d", Canonical: "https://example.org/", Draft: true,
		Date: day, Updated: day.AddDate(0, 0, 1), Tags: []string{"k"}, Authors: []Author{author, author},
		Body: markdown.Parse([]byte("# a\n## b\n")), Contents: new(true),
		Site: Surroundings{
			Home: Link{"h", "h"}, Nav: []Link{{"n", "n"}}, Previous: Link{"p", "p"}, Next: Link{"n", "n"}, Feeds: []Feed{{"f", "f", "f"}},
			TagURL: func(string) string { return "t" }, StyleURL: "s", Image: "https://example.org/i", Classes: []string{"c"},
		},
	})
	if err != nil {
		return err
	}
	if t.page, err = compiled.New(page, example); err != nil {
		return templateError(err)
	}
	return nil
}

func templateError(err error) error {
	return errors.New("theme: " + strings.TrimPrefix(strings.TrimPrefix(err.Error(), "html/template:"), "template: "))
}

var forbiddenStyle = regexp.MustCompile(`(?i)</|@import|(?:url|image-set|src)\(\s*["']?(?:https?:|//)`)

func checkStyle(name, style string) error {
	at := forbiddenStyle.FindStringIndex(style)
	if at == nil {
		return nil
	}
	line := 1 + strings.Count(style[:at[0]], "\n")
	return fmt.Errorf("theme: %s:%d: %q may not stand in a style: pages load nothing from the network",
		name, line, style[at[0]:at[1]])
}

var (
	cssComments = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssIndents  = regexp.MustCompile(`\s*\n\s*`)
)

// compact removes comments and indents, which every page would carry along.
func compact(style string) string {
	return strings.TrimSpace(cssIndents.ReplaceAllString(cssComments.ReplaceAllString(style, ""), "\n"))
}

// Stylesheet is the style of all pages, as a file for them to link.
func (t *Theme) Stylesheet() []byte { return []byte(t.style + "\n" + allCodeCSS()) }

// Page writes the page of an article. Warnings tell what is missing on it;
// they come in the order of the body. An error comes from the theme or from w;
// in the first case nothing has been written.
func (t *Theme) Page(w io.Writer, p Page) ([]Warning, error) {
	if p.Body == nil {
		p.Body = markdown.Parse(nil)
	}
	v, warnings, err := t.view(p)
	if err != nil {
		return warnings, err
	}
	var b bytes.Buffer
	if err := t.page.Execute(&b, v); err != nil {
		return warnings, templateError(err)
	}
	_, err = w.Write(b.Bytes())
	return warnings, err
}

// Compiled reports whether the theme's pages are made without html/template, which is
// faster; see the package compiled for what a template may hold.
func (t *Theme) Compiled() bool { return t.page.Compiled() }
