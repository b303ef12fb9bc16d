package html

import (
	"html/template"
	"sync"
)

// Bios keeps authors' bios as HTML for pages of which many have the same authors.
// The zero value is ready; it may be used by many goroutines. The pages must have
// the same AuthorFiles.
type Bios struct {
	mu   sync.Mutex
	made map[bioKey]madeBio
}

// bioKey is all that a bio's HTML depends on, besides its links.
type bioKey struct {
	name, text, base string
	above            int
	words            *Words
}

type madeBio struct {
	html     template.HTML
	warnings []string
}

// get is bio, from what is kept if it can be. What has relative links differs
// from page to page.
func (b *Bios) get(a Author, p Page, base string, above int, words *Words, warn func(string)) template.HTML {
	if b == nil {
		return bio(a, p, base, above, words, warn)
	}
	key := bioKey{a.Name, string(a.Bio), base, above, words}
	b.mu.Lock()
	kept, ok := b.made[key]
	b.mu.Unlock()
	if !ok {
		differs := false
		if link := p.LinkURL; link != nil {
			p.LinkURL = func(destination string) string {
				differs = true
				return link(destination)
			}
		}
		kept.html = bio(a, p, base, above, words, func(message string) { kept.warnings = append(kept.warnings, message) })
		if !differs {
			b.mu.Lock()
			if b.made == nil {
				b.made = map[bioKey]madeBio{}
			}
			b.made[key] = kept
			b.mu.Unlock()
		}
	}
	for _, message := range kept.warnings {
		warn(message)
	}
	return kept.html
}
