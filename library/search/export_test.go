package search

import "context"

// New returns an index of the entries, in memory.
func New(entries ...Entry) *Index {
	bodies := make(map[string]string, len(entries))
	x, err := InMemory(func(path string) (string, error) { return bodies[path], nil })
	if err != nil {
		panic(err)
	}
	var batch []*prepared
	for _, e := range entries {
		bodies[e.Path] = e.Body
		batch = append(batch, prepare(e))
	}
	if len(batch) > 0 {
		if err := x.write(context.Background(), batch, nil, false); err != nil {
			panic(err)
		}
	}
	return x
}

// Sync is [Index.Follow] for files that lie nowhere.
func (x *Index) Sync(ctx context.Context, files []File, load func(path string) (Entry, bool), progress func(done, total int)) error {
	return x.run(ctx, task{files: files, whole: true, load: load, progress: progress})
}

// Remove forgets the article of the path.
func (x *Index) Remove(ctx context.Context, path string) error {
	return x.write(ctx, nil, []string{path}, false)
}
