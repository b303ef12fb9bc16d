// Package html makes HTML of articles: a clean fragment to paste somewhere, or
// a page with a theme that stands alone in one file.
//
// A page holds its pictures, its style and nothing of the machine it was made
// on. It loads only what the article itself links to. What the article says in
// raw HTML is cleaned, unless it is trusted: no scripts, event handlers, style sheets, forms or
// frames other than videos of a few known sites. The same input gives the same bytes.
package html

import (
	"io/fs"
	"time"

	"longhand/editor/markdown"
)

// Page is an article and what surrounds it. Only Body is needed.
type Page struct {
	// Title falls back to the first heading of the body, then to its first words.
	// A level 1 heading that opens the body and says the same is not shown twice.
	Title    string
	Subtitle string
	// Lang is a BCP 47 tag; if empty it is told from the script where that is
	// possible. It sets the direction, the date and the fixed words.
	Lang string
	// DefaultLang is the language of most articles here: it is taken where Lang is empty and
	// the text does not tell of another.
	DefaultLang string
	// Description is for search engines; if empty the first words are taken.
	Description string
	// Date and Updated are shown as days in their own time zone, if not zero.
	Date, Updated time.Time
	// Tags: the first stands above the title.
	Tags    []string
	Authors []Author
	Body    *markdown.Tree
	// Files is the folder of the article. Pictures are read from it, and their
	// names never lead out of it. What symbolic links in it do is up to Files:
	// os.Root.FS does not follow them outside.
	Files fs.FS
	// Trusted lets all that the article says in raw HTML into the page, scripts too.
	Trusted bool
	// AuthorFiles is the folder that the authors' pictures are in.
	AuthorFiles fs.FS
	// Canonical is the address at which the page is at home, if it has one.
	Canonical string
	Draft     bool
	// Contents says whether a table of contents stands above the text; if nil, that of a
	// long article with several headings has one.
	Contents *bool

	// PictureURL, if not nil, is asked for each local picture that exists, by its
	// path in Files; the picture is then linked, not embedded. "" embeds it.
	PictureURL func(path string) string
	// LinkURL, if not nil, may replace the destination of a relative link, such
	// as that of another article. "" leaves it, [NoLink] leaves only the link's text.
	LinkURL func(destination string) string

	// Bios, if not nil, keeps what the bios of the authors become for other pages.
	Bios *Bios
	// Codes, if not nil, keeps what code in the body becomes for other pages.
	Codes *Codes

	// Site is what surrounds the page where it is one of many; the zero value is a
	// page that stands alone.
	Site Surroundings
}

// Surroundings are what a website adds to a page. Addresses are relative to the page or
// absolute; what has none is not shown.
type Surroundings struct {
	// Home is the front page, labelled with the site's title.
	Home Link
	// Nav leads to the site's other fixed pages.
	Nav []Link
	// Previous and Next are the article's older and newer neighbours, labelled with their titles.
	Previous, Next Link
	// TagURL, if not nil, tells where the articles with a tag are listed; "" for a tag that
	// has no such page.
	TagURL func(tag string) string
	// Feeds are offered to feed readers.
	Feeds []Feed
	// Image is the address of the picture that shows the page elsewhere. It counts only if
	// it is absolute: others cannot follow one within the page's site or folder, nor see a
	// picture that is in the page itself.
	Image string
	// StyleURL is where [Theme.Stylesheet] lies; the style is then linked, not put into the page.
	StyleURL string
	// Classes are further classes of the body element.
	Classes []string
}

// Feed is a feed of a site; Type is its media type, such as application/atom+xml.
type Feed struct{ Title, Type, URL string }

// Author is someone who wrote the article.
type Author struct {
	ID, Name string
	// Avatar is a path in Page.AuthorFiles; without one initials are shown.
	Avatar string
	// AvatarURL is where the picture lies when it is to be linked, not put into the page.
	AvatarURL string
	// Bio is Markdown.
	Bio []byte
	// LinkURL, if not nil, is for the bio what Page.LinkURL is for the body.
	LinkURL func(destination string) string
	Links   []Link
	// PostsURL is where all posts by the author are listed. If it is empty and
	// there are Posts, they are listed on the page itself.
	PostsURL string
	Posts    []Post
}

// NoLink is what LinkURL returns for a link that shall not stand on the page: one to what is
// not public would give its name away.
const NoLink = "-"

// Link is a labelled address. Addresses other than http, https, mailto and the like are
// left out, those of an author with a warning.
type Link struct{ Label, URL string }

// Post is an article of an author, linked if it has a URL.
type Post struct {
	Title string
	Date  time.Time
	URL   string
}

// Warning is something that a page had to go without.
type Warning struct {
	Offset  int // byte offset in the body, -1 if it is not about a place there
	Message string
}
