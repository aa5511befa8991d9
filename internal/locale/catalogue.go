package locale

import (
	"embed"
	"encoding/json"
	"path"
	"sync"
)

// catalogue/*.json: one file per area, {"key": {"lv": "...", "en": "..."}}.
//
//go:embed catalogue/*.json
var files embed.FS

type entry struct {
	LV string `json:"lv"`
	EN string `json:"en"`
}

type message struct{ lv, en template }

// catalogue reads and parses every message once, at the first use. The files
// are part of the program, so a fault in one stops it; a template that cannot
// be parsed shows as it is written, and a test finds it.
var catalogue = sync.OnceValue(func() map[string]message {
	all := map[string]message{}
	names, err := files.ReadDir("catalogue")
	if err != nil {
		panic("locale: " + err.Error())
	}
	for _, n := range names {
		part, err := readFile(n.Name())
		if err != nil {
			panic("locale: " + n.Name() + ": " + err.Error())
		}
		for k, e := range part {
			if _, twice := all[k]; twice {
				panic("locale: key in two files: " + k)
			}
			all[k] = message{lv: parsed(LV, e.LV), en: parsed(EN, e.EN)}
		}
	}
	return all
})

func readFile(name string) (map[string]entry, error) {
	raw, err := files.ReadFile(path.Join("catalogue", name))
	if err != nil {
		return nil, err
	}
	var part map[string]entry
	return part, json.Unmarshal(raw, &part)
}

// parsed is the template of a text, or the text itself where it has a fault.
func parsed(lang Lang, s string) template {
	t, err := parse(lang, s)
	if err != nil {
		return template{{literal: s}}
	}
	return t
}
