package manage

import (
	"context"
	"path"
	"slices"

	"longhand/library"
)

// Back plans to take back what the plan did: what it moved moves back, and the links
// follow as they are by then, also those of articles that were written on since. The
// error is a [*library.Problem] or the context's.
func (p *Plan) Back(ctx context.Context) (*Plan, error) {
	o := p.options
	o.KeepSlug = p.slug == "" // else it has followed
	moves := make([]Step, 0, len(p.Moves))
	for _, m := range slices.Backward(p.Moves) {
		back := Step{m.To, m.From}
		if err := free(p.lib, back); err != nil {
			return nil, err
		}
		moves = append(moves, back)
	}
	return newPlan(ctx, p.lib, p.To, p.From, moves, o)
}

// LinksTo counts the links that lead to an article, or to what lies in its folder (see
// [Extent]), from elsewhere in the library, and the articles with them. The error is a
// [*library.Problem] or the context's.
func LinksTo(ctx context.Context, lib *library.Library, rel string, o Options) (links, articles int, err error) {
	from, to := rel, rel+".gone.md"
	if inFolder(rel) {
		from = path.Dir(rel)
		to = from + ".gone"
	}
	o.KeepSlug = true
	p, err := newPlan(ctx, lib, rel, to, []Step{{from, to}}, o)
	if err != nil {
		return 0, 0, err
	}
	links, articles = p.Links()
	return links, articles, nil
}
