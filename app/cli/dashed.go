package cli

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
)

// dashed sorts the arguments of a search: words that begin with a dash and are no
// options, to be left out of what is found, would be taken for some. What is asked
// for comes behind --, in its order.
func dashed(root *cobra.Command, args []string) []string {
	verb, _, err := root.Find(args)
	if err != nil || verb.Name() != "search" {
		return args
	}
	verb.InheritedFlags() // which adds them to those of its own
	var options, words []string
	named := false // the verb
	for i := 0; i < len(args); i++ {
		arg := args[i]
		switch {
		case arg == "--":
			words = append(words, args[i+1:]...)
			i = len(args)
		case strings.HasPrefix(arg, "--"):
			options = append(options, arg)
			if f := verb.Flags().Lookup(arg[2:]); f != nil && f.NoOptDefVal == "" && i+1 < len(args) {
				i++
				options = append(options, args[i])
			}
		case len(arg) > 1 && arg[0] == '-' && shorthands(verb, arg[1:]):
			options = append(options, arg)
		case !named && arg == verb.Name():
			named = true
		default:
			words = append(words, arg)
		}
	}
	return slices.Concat([]string{verb.Name()}, options, []string{"--"}, words)
}

// shorthands reports whether all letters are options of the verb.
func shorthands(verb *cobra.Command, letters string) bool {
	for _, r := range letters {
		if r >= utf8.RuneSelf || r != 'h' && verb.Flags().ShorthandLookup(string(r)) == nil {
			return false
		}
	}
	return true
}
