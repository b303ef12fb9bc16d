package text_test

import (
	"fmt"

	"longhand/editor/text"
)

func ExampleDoc_ApplyAll() {
	d, _ := text.Decode([]byte("One\r\ntwo\r\n"))
	d, inverse, _ := d.ApplyAll(text.Changes{
		{Start: 3, End: 3, Insert: "\none and a half"},
		{Start: 4, End: 7, Insert: "Two"},
	})
	fmt.Printf("%q\n", d.Bytes())
	d, _, _ = d.ApplyAll(inverse)
	fmt.Printf("%q\n", d.Bytes())
	// Output:
	// "One\r\none and a half\r\nTwo\r\n"
	// "One\r\ntwo\r\n"
}

func ExampleState() {
	s := text.NewState(text.New("a text"), text.Caret(2))
	for i, key := range []string{"l", "o", "n", "g", " "} {
		s, _ = s.Apply(text.Transaction{
			Changes: text.Changes{{Start: 2 + i, End: 2 + i, Insert: key}},
			Kind:    text.Typing,
		})
	}
	fmt.Println(s.Doc(), s.Selection().Main().Head)
	s, _, _ = s.Undo()
	fmt.Println(s.Doc(), s.Selection().Main().Head)
	// Output:
	// a long text 7
	// a text 2
}
