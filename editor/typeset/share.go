package typeset

import (
	"reflect"

	"github.com/go-text/typesetting/font"
)

// shareTables gives a font, which nobody uses yet, those tables of another that are
// equal to its own. The fonts of a collection (.ttc), as of Chinese characters in their
// regional forms, have nearly all in common, but each is read for itself: some 30 MB.
// Fonts are not changed once they are read, so that nobody sees it. The tables are
// private: all fields are compared, whatever they are called.
func shareTables(to, from *font.Font) {
	a, b := reflect.ValueOf(to).Elem(), reflect.ValueOf(from).Elem()
	for i := range a.NumField() {
		own, other := reachable(a.Field(i)), reachable(b.Field(i))
		if reflect.DeepEqual(own.Interface(), other.Interface()) {
			own.Set(other)
		}
	}
}

// reachable is a field of a struct in memory as one that is not private.
func reachable(v reflect.Value) reflect.Value {
	return reflect.NewAt(v.Type(), v.Addr().UnsafePointer()).Elem()
}
