package templates

import "padome/internal/search"

func init() {
	title := search.Marked("Par <b>biedrību</b> priekšlikumiem", search.Terms("biedrība"))
	samples["search"] = SearchPage{Query: "biedrība <b>", Asked: true, Pager: Pager{Newer: "/search?q=x", Older: "/search?q=x&after=y"}, Results: []SearchHit{
		{Kind: Tag{"lēmums", "grey"}, Number: "1.2.", Title: title, Href: "/decisions/1", Text: title, Date: "2024-01-31"},
		{Kind: Tag{"darba plāna uzdevums", "grey"}, Number: "8.2.", Title: title, Href: "/plan"}}}
	samples["search that found nothing"] = SearchPage{Query: "xyz", Asked: true}
	samples["search before it"] = SearchPage{}
	samples["search for small words"] = SearchPage{Query: "un"}
	samples["search with too much"] = SearchPage{Query: "xyz", Fault: "Par garu."}
}
