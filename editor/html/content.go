package html

import (
	"bytes"
	"errors"
	"path"
	"strings"

	"longhand/editor/markdown"
)

// Rendered is a page with what a site wants to know of it.
type Rendered struct {
	Page     []byte
	Warnings []Warning
	// BodyAt is the byte offset in Page at which the article's body stands, BodyLen
	// its length; a theme that changes the body leaves them 0.
	BodyAt, BodyLen int
	// Lang is the language tag of the page, "" if it is not known.
	Lang string
	// Description is what the page says, or its first words.
	Description string
	// Words is how many words the article has.
	Words int
	// Text is what a reader reads of the article: see markdown.Tree.PlainText.
	Text string
}

// Render is [Theme.Page] for a page that becomes part of a site: it is appended to the buffer,
// whose bytes Rendered.Page are.
func (t *Theme) Render(b *bytes.Buffer, p Page) (*Rendered, error) {
	if p.Body == nil {
		p.Body = markdown.Parse(nil)
	}
	v, warnings, err := t.view(p)
	if err != nil {
		return nil, err
	}
	begin := b.Len()
	b.Grow(len(v.Body) + 8<<10)
	if err := t.page.Execute(b, v); err != nil {
		return nil, templateError(err)
	}
	r := &Rendered{Page: b.Bytes()[begin:], Warnings: warnings, Lang: v.Lang, Description: v.Description, Words: v.words, Text: v.text}
	if at := indexOf(r.Page, string(v.Body)); at >= 0 && len(v.Body) > 0 {
		r.BodyAt, r.BodyLen = at, len(v.Body)
	}
	return r, nil
}

// indexOf is bytes.Index for a long text, without a copy of it.
func indexOf(page []byte, text string) int {
	begin := []byte(text[:min(len(text), 64)])
	for from := 0; ; {
		at := bytes.Index(page[from:], begin)
		if at < 0 {
			return -1
		}
		at += from
		if len(page)-at >= len(text) && string(page[at:at+len(text)]) == text {
			return at
		}
		from = at + 1
	}
}

// PublishPicture makes the file of a picture fit to lie beside a page: scaled down to the
// width, if that is not 0, and without what cameras write into it about places and people.
// Its kind may change, and then the ending of the name, which is returned. Data that is no
// picture is an error.
func PublishPicture(name string, data []byte, widest int) (newName string, out []byte, err error) {
	if widest == 0 {
		widest = widestPicture
	}
	r, err := prepare(data, widest)
	if err != nil {
		return "", nil, err
	}
	ending := endings[r.mime]
	if ending == "" {
		return "", nil, errors.New("is of a kind that cannot be published")
	}
	old := strings.ToLower(path.Ext(name))
	if old == ending || old == ".jpeg" && ending == ".jpg" {
		return name, r.data, nil
	}
	return strings.TrimSuffix(name, path.Ext(name)) + ending, r.data, nil
}

// WidestAvatar is the width in pixels to which authors' pictures are scaled.
const WidestAvatar = widestAvatar

var endings = map[string]string{
	"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp", "image/avif": ".avif", "image/svg+xml": ".svg",
}

// Style is a further style of a theme as pages link it, without comments and indents. Errors
// name the file and the line.
func Style(name, source string) (string, error) {
	if err := checkStyle(name, source); err != nil {
		return "", err
	}
	return compact(source) + "\n", nil
}
