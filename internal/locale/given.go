package locale

import (
	"slices"
	"strings"
)

// Template is the text of a key as the catalogue has it, with its placeholders;
// "" for none.
func Template(lang Lang, key string) string {
	m, ok := catalogue()[key]
	if !ok {
		return ""
	}
	if lang == EN {
		return m.en.String()
	}
	return m.lv.String()
}

// String is the text that the template was cut from.
func (t template) String() string {
	var b strings.Builder
	for _, p := range t {
		b.WriteString(p.literal)
		if p.name == "" {
			continue
		}
		b.WriteString("{" + p.name)
		switch p.form {
		case "":
		case "plural":
			b.WriteString("|" + strings.Join(p.words, "|"))
		case "several":
			b.WriteString("||" + strings.Join(p.words, "|"))
		case "named":
			b.WriteString(":@" + p.words[0])
		default:
			b.WriteString(":" + p.form)
		}
		b.WriteString("}")
	}
	return b.String()
}

// Placeholders are the names of the placeholders of a text that people wrote,
// each once. It fails on a text that cannot be filled.
func Placeholders(lang Lang, s string) ([]string, error) {
	t, err := parse(lang, s)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, p := range t {
		if p.name != "" && !slices.Contains(names, p.name) {
			names = append(names, p.name)
		}
	}
	return names, nil
}

// Fill is a text that people wrote with its placeholders filled, as Text fills
// those of the catalogue.
func Fill(lang Lang, s string, args Args) string { return parsed(lang, s).fill(lang, args) }
