package manage

import (
	"context"
	"path"
	"strings"

	"longhand/library"
)

// Extent is what belongs to an article on the disk: its file, or its folder for
// slug/index.md, with the paths of the other articles in that, such as its
// translations. It is what goes to the trash with the article.
func Extent(ctx context.Context, lib *library.Library, rel string) (extent string, others []string, err error) {
	if !inFolder(rel) {
		return rel, nil, nil
	}
	dir := path.Dir(rel)
	files, _, err := lib.Files(ctx)
	if err != nil {
		return "", nil, err
	}
	for _, f := range files {
		if f.Path != rel && strings.HasPrefix(f.Path, dir+"/") {
			others = append(others, f.Path)
		}
	}
	return dir, others, nil
}
