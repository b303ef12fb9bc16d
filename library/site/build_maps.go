package site

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"time"

	"longhand/library/site/target"
)

// mapLength is how many addresses a sitemap may hold.
const mapLength = 50_000

// maps are the files for search engines.
func (b *builder) maps() []job {
	robots := "User-agent: *\nAllow: /\n"
	if b.site.BaseURL == "" {
		return []job{b.fixed(robotsFile, []byte(robots))}
	}
	jobs := []job{b.fixed(robotsFile, []byte(robots+"\nSitemap: "+absolute(b.site.BaseURL, sitemapFile)+"\n"))}
	all := make([]mapped, 0, 1+len(b.plan.posts)+len(b.plan.pages)+len(b.plan.authors)+len(b.plan.tags))
	add := func(file string, last time.Time) { all = append(all, mapped{file, last}) }
	p := b.plan
	add(homeFile, lastDate(p.posts[:min(len(p.posts), 1)]))
	for _, at := range p.pages {
		add(at.file, lastDate([]*post{at}))
	}
	for _, at := range p.posts {
		if !at.Draft {
			add(at.file, lastDate([]*post{at}))
		}
	}
	for _, c := range p.authors {
		add(c.file, lastDate(c.posts))
	}
	for _, t := range p.tags {
		add(t.file, lastDate(t.posts))
	}
	one := func(file string, part []mapped) job {
		return job{
			file: file,
			key: func() target.Sum {
				h := b.hash("sitemap")
				for _, a := range part {
					year, month, day := a.last.Date()
					h.text(a.file)
					h.number(int64(year), int64(month), int64(day))
				}
				return h.done()
			},
			make: func() ([]byte, error) { return b.sitemap(part), nil },
		}
	}
	if len(all) <= mapLength {
		return append(jobs, one(sitemapFile, all))
	}
	var parts []string
	for i := 0; i*mapLength < len(all); i++ {
		file := fmt.Sprintf("sitemap-%d.xml", i+1)
		b.plan.claims.take(file, "a sitemap")
		parts = append(parts, file)
		jobs = append(jobs, one(file, all[i*mapLength:min((i+1)*mapLength, len(all))]))
	}
	return append(jobs, b.fixed(sitemapFile, b.sitemapIndex(parts)))
}

// mapped is an address with the day it was last changed.
type mapped struct {
	file string
	last time.Time
}

func (p mapped) day() string {
	if p.last.IsZero() {
		return ""
	}
	return p.last.Format(time.DateOnly)
}

const sitemapSpace = `xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"`

func (b *builder) sitemap(part []mapped) []byte {
	var out bytes.Buffer
	out.WriteString("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset " + sitemapSpace + ">\n")
	for _, a := range part {
		out.WriteString("<url><loc>")
		_ = xml.EscapeText(&out, []byte(absolute(b.site.BaseURL, a.file)))
		out.WriteString("</loc>")
		if day := a.day(); day != "" {
			out.WriteString("<lastmod>" + day + "</lastmod>")
		}
		out.WriteString("</url>\n")
	}
	out.WriteString("</urlset>\n")
	return out.Bytes()
}

func (b *builder) sitemapIndex(parts []string) []byte {
	var out bytes.Buffer
	out.WriteString("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex " + sitemapSpace + ">\n")
	for _, file := range parts {
		out.WriteString("<sitemap><loc>")
		_ = xml.EscapeText(&out, []byte(absolute(b.site.BaseURL, file)))
		out.WriteString("</loc></sitemap>\n")
	}
	out.WriteString("</sitemapindex>\n")
	return out.Bytes()
}
