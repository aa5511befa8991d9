package agenda

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"padome/internal/locale"
)

// Reason says in one sentence why an item is on an agenda, or why a candidate
// is not, and the facts the sentence rests on.
type Reason struct {
	Rule  string      `json:"rule,omitempty"` // "P8"; empty where no rule speaks
	Key   string      `json:"key"`            // message of internal/locale
	Facts locale.Args `json:"facts,omitempty"`

	said map[locale.Lang]string // as it was worded when the version was frozen
}

// Text is the reason's sentence in a language.
func (r Reason) Text(lang locale.Lang) string {
	if s, ok := r.said[lang]; ok {
		return s
	}
	return locale.Text(lang, r.Key, r.Facts)
}

// sentence ends what somebody entered as a sentence ends, so that it can stand
// last in one of ours.
func sentence(s string) string {
	if s == "" || strings.ContainsRune(".!?…:;", lastRune(strings.TrimRight(s, "”“\"»)"))) {
		return s
	}
	return s + "."
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

type reasonJSON struct {
	Rule  string                 `json:"rule,omitempty"`
	Key   string                 `json:"key"`
	Facts locale.Args            `json:"facts,omitempty"`
	Text  map[locale.Lang]string `json:"text"`
}

// MarshalJSON writes the reason with its sentence in every language, so that
// what was frozen and approved stays readable as it was worded.
func (r Reason) MarshalJSON() ([]byte, error) {
	said := r.said
	if said == nil {
		said = make(map[locale.Lang]string, len(locale.Langs))
		for _, lang := range locale.Langs {
			said[lang] = r.Text(lang)
		}
	}
	return json.Marshal(reasonJSON{r.Rule, r.Key, r.Facts, said})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (r *Reason) UnmarshalJSON(raw []byte) error {
	var j reasonJSON
	if err := json.Unmarshal(raw, &j); err != nil {
		return err
	}
	*r = Reason{Rule: j.Rule, Key: j.Key, Facts: j.Facts, said: j.Text}
	return nil
}
