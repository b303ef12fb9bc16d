package content

import "strings"

// plain returns what the parts say, a line for each, without made text (labels, captions
// made of titles).
func plain(parts []*Part) string {
	var b strings.Builder
	for _, p := range parts {
		p.plain(&b)
	}
	return b.String()
}

func (p *Part) plain(b *strings.Builder) {
	if p.Made {
		return
	}
	for _, c := range p.Cells {
		for _, q := range c.Parts {
			q.plain(b)
		}
	}
	for i := range p.Text.Runs {
		start := 0
		if i > 0 {
			start = p.Text.Runs[i-1].End
		}
		if run := p.Text.Runs[i]; run.Object == 0 && run.Style&Pad == 0 {
			b.WriteString(p.Text.S[start:run.End])
		}
	}
	b.WriteByte('\n')
}
