package content

import "strings"

// Plain returns what the parts say, a line for each; made text (labels, captions made of
// titles) only if asked for.
func Plain(parts []*Part, made bool) string {
	var b strings.Builder
	for _, p := range parts {
		p.plain(&b, made)
	}
	return b.String()
}

func (p *Part) plain(b *strings.Builder, made bool) {
	if p.Made && !made {
		return
	}
	for _, c := range p.Cells {
		for _, q := range c.Parts {
			q.plain(b, made)
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
