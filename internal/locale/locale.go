// Package locale holds every text a person sees, in Latvian and English, and
// what putting it into words needs: dates in their cases, plurals, numbers,
// sorting.
package locale

// Lang is a language of the program.
type Lang string

const (
	LV Lang = "lv" // the default
	EN Lang = "en"
)

// Langs are all languages, the default first.
var Langs = []Lang{LV, EN}

// Args are the named values of a message: dates as 2024-01-31, times of day as
// 11:00, numbers as decimal digits with a point; the message says in which form
// to show them.
type Args = map[string]string

// Has reports whether a message is in the catalogue.
func Has(key string) bool { _, ok := catalogue()[key]; return ok }

// Text is the message of a key in a language, its placeholders filled. A key
// that is not in the catalogue, an argument that is missing and a date, time or
// number that is none come back in marks, ⟦name⟧, so that they are seen.
//
// Placeholders, with what they make of 2024-01-31, 11:00 or a number:
//
//	{name}             the value as it is
//	{name:date}        2024. gada 31. janvāris   31 January 2024
//	{name:of}          2024. gada 31. janvāra    31 January 2024
//	{name:until}       2024. gada 31. janvārim   31 January 2024
//	{name:on}          2024. gada 31. janvārī    on 31 January 2024
//	{name:weekday}     trešdien                  on Wednesday
//	{name:short}       31.01.2024.               31 Jan 2024
//	{name:month-year}  2024. gada janvāris       January 2024
//	{name:time}        plkst. 11.00              11:00
//	{name:clock}       11.00                     11:00
//	{name:number}      1 234 567,5               1,234,567.5
//	{name:list}        values parted by line ends: a, b un c; a, b and c
//	{name|one|other|zero}  only the words that go with a whole number:
//	                   jautājums|jautājumi|jautājumu; English has two forms.
//	                   {name:one|other|zero} is the same.
//	{name:@area}       the message area.value, for values that have names
//
// The words before a case, such as „līdz” and “by” before {name:until}, belong
// to the message; only the English of :on and :weekday brings its “on”.
func Text(lang Lang, key string, args Args) string {
	m, ok := catalogue()[key]
	if !ok {
		return mark(key)
	}
	if lang == EN {
		return m.en.fill(EN, args)
	}
	return m.lv.fill(LV, args)
}

// mark makes a gap in a text visible.
func mark(name string) string { return "⟦" + name + "⟧" }
