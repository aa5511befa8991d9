package minutes

import (
	"strconv"
	"strings"

	"padome/council"
	"padome/internal/document"
	"padome/internal/locale"
	"padome/internal/problem"
)

// Paper is the reminder as it can be sent on a day, in a language. number is
// that of the minutes that have the decision, 0 while they have none. What the
// council decided stays in the words it was decided in.
func (r Reminder) Paper(lang locale.Lang, s council.Settings, on council.Date, number int) document.Document {
	w := reminding{lang, r, s}
	taken := "reminder.decided"
	if number > 0 {
		taken = "reminder.decided-by"
	}
	d := r.Decision
	facts := []string{"taken", string(d.Taken), "clause", strings.TrimSuffix(d.Number(), "."), "number", strconv.Itoa(number),
		"deadline", string(r.Deadline), "days", strconv.Itoa(r.Days), "council", w.either(s.Short, s.ShortEN),
		"councilOf", w.either(s.ShortOf, s.ShortEN)}
	blocks := document.Blocks{
		document.Masthead{Author: strings.ToUpper(w.either(s.Name, s.NameEN)), Name: w.say("reminder.name")},
		document.Dateline{Place: w.either(s.Place, s.PlaceEN), Date: locale.Date(lang, string(on), locale.On)},
	}
	if lang == locale.EN {
		blocks[1] = document.Dateline{Place: s.PlaceEN, Date: locale.Date(lang, string(on), locale.Nominative)}
	}
	to := r.To
	if to == "" {
		to = w.say("reminder.secretariat", facts...)
	}
	blocks = append(blocks,
		document.Fields{Rows: []document.Field{{Label: w.say("reminder.to"), Values: document.Texts(to)}}},
		document.Paragraph{Keep: document.Keep{WithNext: true}, Text: document.Plain(w.say(taken, facts...))},
		document.List{Items: []document.Item{{Label: d.Number(), Text: document.Plain(d.Wording)}}},
		document.Paragraph{Text: document.Text{{Text: w.say("reminder."+string(r.Stage), facts...), Bold: true}}},
	)
	if p, ok := d.Told(); ok {
		blocks = append(blocks, document.Paragraph{Text: document.Plain(w.say("reminder.told",
			"reported", string(council.DateOf(p.At)), "status", string(p.Status)))})
	}
	blocks = append(blocks,
		document.Paragraph{Text: document.Plain(w.say("reminder.ask", facts...))},
		document.Paragraph{Text: document.Plain(w.say("reminder.from", facts...))},
	)
	return document.Document{Lang: string(lang), Title: w.say("reminder.title", facts...), Author: w.either(s.Name, s.NameEN),
		Subject: w.say("reminder.subject"), Created: on.At("09:00"), Blocks: blocks}
}

// reminding puts one reminder into words.
type reminding struct {
	lang locale.Lang
	r    Reminder
	s    council.Settings
}

func (w reminding) say(key string, args ...string) string {
	return locale.Text(w.lang, key, problem.Pairs(args...))
}

func (w reminding) either(lv, en string) string {
	if w.lang == locale.EN {
		return en
	}
	return lv
}
