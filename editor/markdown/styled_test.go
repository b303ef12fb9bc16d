package markdown

import (
	"fmt"
	"strings"
)

// styled are sources, and of each line the block, the hang, and the pieces with their styles.
var styled = []struct {
	source string
	lines  []string
}{
	{"*a* **b** ***c*** _d_ __e__ ~~f~~ ~g~", []string{
		"1 0 *·Markup+Emphasis ¦ a·Emphasis ¦ *·Markup+Emphasis ¦  · ¦ **·Markup+Strong ¦ b·Strong ¦ **·Markup+Strong ¦  · ¦ *·Markup+Emphasis ¦ **·Markup+Emphasis+Strong ¦ c·Emphasis+Strong ¦ **·Markup+Emphasis+Strong ¦ *·Markup+Emphasis ¦  · ¦ _·Markup+Emphasis ¦ d·Emphasis ¦ _·Markup+Emphasis ¦  · ¦ __·Markup+Strong ¦ e·Strong ¦ __·Markup+Strong ¦  · ¦ ~~·Markup+Strike ¦ f·Strike ¦ ~~·Markup+Strike ¦  · ¦ ~·Markup+Strike ¦ g·Strike ¦ ~·Markup+Strike",
	}},
	{"***a** b*", []string{
		"1 0 *·Markup+Emphasis ¦ **·Markup+Emphasis+Strong ¦ a·Emphasis+Strong ¦ **·Markup+Emphasis+Strong ¦  b·Emphasis ¦ *·Markup+Emphasis",
	}},
	{"`` a`b `` `c`", []string{
		"1 0 `` ·Markup+Code ¦ a`b·Code ¦  ``·Markup+Code ¦  · ¦ `·Markup+Code ¦ c·Code ¦ `·Markup+Code",
	}},
	{"[a *b*](/x \"t\") ![c](<d e>) <http://f.g> https://h.io/ i@j.kl", []string{
		"1 0 [·Markup+Link ¦ a ·Link ¦ *·Markup+Emphasis+Link ¦ b·Emphasis+Link ¦ *·Markup+Emphasis+Link ¦ ]·Markup+Link ¦ (/x \"t\")·Markup+Link+Target ¦  · ¦ ![·Markup+Image ¦ c·Image ¦ ]·Markup+Image ¦ (<d e>)·Markup+Image+Target ¦  · ¦ <·Markup+Link ¦ http://f.g·Link ¦ >·Markup+Link ¦  · ¦ https://h.io/·Link ¦  · ¦ i@j.kl·Link",
	}},
	{"[a][b] [b][] [b] [c]\n\n[b]: /x\n  'y'", []string{
		"1 0 [·Markup+Link ¦ a·Link ¦ ]·Markup+Link ¦ [b]·Markup+Link+Target ¦  · ¦ [·Markup+Link ¦ b·Link ¦ ]·Markup+Link ¦ []·Markup+Link+Target ¦  · ¦ [·Markup+Link ¦ b·Link ¦ ]·Markup+Link ¦  [c]·",
		"0 0 ",
		"8 0 [b]:·Markup+Definition ¦  /x·Markup+Target+Definition",
		"8 0   'y'·Markup+Target+Definition",
	}},
	{"# A #\n\nB *c*\n===\n\n###### D {#id}", []string{
		"2 0 # ·Markup+H1 ¦ A·H1 ¦  #·Markup+H1",
		"0 0 ",
		"2 0 B ·H1 ¦ *·Markup+Emphasis+H1 ¦ c·Emphasis+H1 ¦ *·Markup+Emphasis+H1",
		"2 0 ===·Markup+H1",
		"0 0 ",
		"2 0 ###### ·Markup+H6 ¦ D·H6 ¦  {#id}·Markup+H6",
	}},
	{"> ```go\n> x\n> ```\n> # H\n> <b>\n> ---", []string{
		"3 2 > ·Markup+Quote ¦ ```·Markup+CodeBlock+Quote ¦ go·Markup+CodeBlock+Quote+T2",
		"3 2 > ·Markup+Quote ¦ x·CodeBlock+Quote",
		"3 2 > ·Markup+Quote ¦ ```·Markup+CodeBlock+Quote",
		"2 2 > ·Markup+Quote ¦ # ·Markup+Quote+H1 ¦ H·Quote+H1",
		"5 2 > ·Markup+Quote ¦ <b>·Quote+HTML",
		"5 2 > ·Markup+Quote ¦ ---·Quote+HTML",
	}},
	{"[a](\n/b\n'c'\n) ![d]\n[e]\n\n[e]: f", []string{
		"1 0 [·Markup+Link ¦ a·Link ¦ ]·Markup+Link ¦ (·Markup+Link+Target",
		"1 0 /b·Markup+Link+Target",
		"1 0 'c'·Markup+Link+Target",
		"1 0 )·Markup+Link+Target ¦  ![d]·",
		"1 0 [·Markup+Link ¦ e·Link ¦ ]·Markup+Link",
		"0 0 ",
		"8 0 [e]:·Markup+Definition ¦  f·Markup+Target+Definition",
	}},
	{"1) [ ] a\n   1. b\n      > c", []string{
		"1 7 1)·Markup+ListMarker ¦  ·Markup ¦ [ ]·Markup+TaskBox ¦  ·Markup ¦ a·",
		"1 6    ·Markup ¦ 1.·Markup+ListMarker ¦  ·Markup ¦ b·",
		"1 8       ·Markup ¦ > ·Markup+Quote ¦ c·Quote",
	}},
	{"## \n#\n", []string{
		"2 0 ## ·Markup+H2",
		"2 0 #·Markup+H1",
		"0 0 ",
	}},
	{"*a `b* c`* **d\ne**", []string{
		"1 0 *·Markup+Emphasis ¦ a ·Emphasis ¦ `·Markup+Emphasis+Code ¦ b* c·Emphasis+Code ¦ `·Markup+Emphasis+Code ¦ *·Markup+Emphasis ¦  · ¦ **·Markup+Strong ¦ d·Strong",
		"1 0 e·Strong ¦ **·Markup+Strong",
	}},
	{"[^n]: x\n[^n]\n[^m]", []string{
		"1 6 [^n]:·Markup+Footnote ¦  ·Markup ¦ x·",
		"1 0 [^n]·Markup+Footnote",
		"1 0 [^m]·",
	}},
	{"~~a *b*~~ ~~~c", []string{
		"1 0 ~~·Markup+Strike ¦ a ·Strike ¦ *·Markup+Emphasis+Strike ¦ b·Emphasis+Strike ¦ *·Markup+Emphasis+Strike ¦ ~~·Markup+Strike ¦  ~~~c·",
	}},
	{"\ta\n\n-\tb\n\n\t\tc", []string{
		"4 0 \t·Markup+CodeBlock ¦ a·CodeBlock",
		"0 0 ",
		"1 2 -·Markup+ListMarker ¦ \t·Markup ¦ b·",
		"0 0 ",
		"4 1 \t·Markup ¦ \t·Markup+CodeBlock ¦ c·CodeBlock",
	}},
	{"> - [x] a\n>   b\n> c\nd", []string{
		"1 8 > ·Markup+Quote ¦ -·Markup+Quote+ListMarker ¦  ·Markup+Quote ¦ [x]·Markup+Quote+TaskBox ¦  ·Markup+Quote ¦ a·Quote",
		"1 4 >   ·Markup+Quote ¦ b·Quote",
		"1 2 > ·Markup+Quote ¦ c·Quote",
		"1 0 d·Quote",
	}},
	{"1. a\n\n   b\n10) c\n-", []string{
		"1 3 1.·Markup+ListMarker ¦  ·Markup ¦ a·",
		"0 0 ",
		"1 3    ·Markup ¦ b·",
		"1 4 10)·Markup+ListMarker ¦  ·Markup ¦ c·",
		"10 1 -·Markup+ListMarker",
	}},
	{"```go info\nfunc\n```\n\n    code\n\n~~~\nopen", []string{
		"3 0 ```·Markup+CodeBlock ¦ go info·Markup+CodeBlock+T2",
		"3 0 func·CodeBlock",
		"3 0 ```·Markup+CodeBlock",
		"0 0 ",
		"4 0     ·Markup+CodeBlock ¦ code·CodeBlock",
		"0 0 ",
		"3 0 ~~~·Markup+CodeBlock",
		"3 0 open·CodeBlock",
	}},
	{"<div>\n<!-- c -->\n</div>\n\na <b>c</b> <!-- d -->", []string{
		"5 0 <div>·HTML",
		"5 0 <!-- c -->·HTML+Comment",
		"5 0 </div>·HTML",
		"0 0 ",
		"1 0 a · ¦ <b>·HTML ¦ c· ¦ </b>·HTML ¦  · ¦ <!-- d -->·HTML+Comment",
	}},
	{"| a | *b* |\n|---|:-:|\n| `c` | d \\| e |", []string{
		"6 0 | ·Markup+Strong+Table ¦ a·Strong+Table ¦  | ·Markup+Strong+Table ¦ *·Markup+Emphasis+Strong+Table ¦ b·Emphasis+Strong+Table ¦ *·Markup+Emphasis+Strong+Table ¦  |·Markup+Strong+Table",
		"6 0 |---|:-:|·Markup+Table",
		"6 0 | ·Markup+Table ¦ `·Markup+Code+Table ¦ c·Code+Table ¦ `·Markup+Code+Table ¦  | ·Markup+Table ¦ d ·Table ¦ \\·Markup+Table+Escape ¦ | e·Table ¦  |·Markup+Table",
	}},
	{"---\n\n* * *\n", []string{
		"7 0 ---·Markup",
		"0 0 ",
		"7 0 * * *·Markup",
		"0 0 ",
	}},
	{"a[^1]\n\n[^1]: b\n\n    c", []string{
		"1 0 a· ¦ [^1]·Markup+Footnote",
		"0 0 ",
		"1 6 [^1]:·Markup+Footnote ¦  ·Markup ¦ b·",
		"0 0 ",
		"1 4     ·Markup ¦ c·",
	}},
	{"Term\n: meaning *x*\n  more\n", []string{
		"9 0 Term·Term",
		"1 2 :·Markup+ListMarker ¦  ·Markup ¦ meaning · ¦ *·Markup+Emphasis ¦ x·Emphasis ¦ *·Markup+Emphasis",
		"1 2   ·Markup ¦ more·",
		"0 0 ",
	}},
	{"a  \nb\\\nc \\* &amp; \\d \"q\" -- x", []string{
		"1 0 a· ¦   ·Markup",
		"1 0 b· ¦ \\·Markup",
		"1 0 c · ¦ \\·Markup+Escape ¦ * · ¦ &amp;·Escape ¦  \\d \"q\" -- x·",
	}},
	{"- a\n\n      code\n\n  > q\n\tz", []string{
		"1 2 -·Markup+ListMarker ¦  ·Markup ¦ a·",
		"0 0 ",
		"4 2   ·Markup ¦     ·Markup+CodeBlock ¦ code·CodeBlock",
		"0 0 ",
		"1 4   ·Markup ¦ > ·Markup+Quote ¦ q·Quote",
		"1 1 \t·Markup ¦ z·Quote",
	}},
	{"[a]: <b c>\n(d)\n\n> [e]: f", []string{
		"8 0 [a]:·Markup+Definition ¦  <b c>·Markup+Target+Definition",
		"8 0 (d)·Markup+Target+Definition",
		"0 0 ",
		"8 2 > ·Markup+Quote ¦ [e]:·Markup+Quote+Definition ¦  f·Markup+Target+Quote+Definition",
	}},
}

// describeLine writes a line as the table has it.
func describeLine(text string, l LineStyle) string {
	var pieces []string
	at := 0
	for _, s := range l.Spans {
		if s.Start > at {
			pieces = append(pieces, text[at:s.Start]+"·")
		}
		pieces = append(pieces, text[s.Start:s.End]+"·"+styleNames(s.Style))
		at = s.End
	}
	if at < len(text) {
		pieces = append(pieces, text[at:]+"·")
	}
	return fmt.Sprintf("%d %d ", l.Block, l.Hang) + strings.Join(pieces, " ¦ ")
}
