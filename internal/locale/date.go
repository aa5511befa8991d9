package locale

import (
	"strconv"
	"time"
)

// Form is the grammatical form of a date in a sentence.
type Form string

const (
	Nominative Form = "date"       // 2024. gada 31. janvāris / 31 January 2024
	Of         Form = "of"         // genitive: 2024. gada 31. janvāra / 31 January 2024
	Until      Form = "until"      // dative, after līdz: 2024. gada 31. janvārim / 31 January 2024
	On         Form = "on"         // locative: 2024. gada 31. janvārī / on 31 January 2024
	Weekday    Form = "weekday"    // trešdien / on Wednesday
	Short      Form = "short"      // 31.01.2024. / 31 Jan 2024
	MonthYear  Form = "month-year" // 2024. gada janvāris / January 2024
)

// Latvian months in the cases that dates take.
var monthsLV = map[Form]*[12]string{
	Nominative: {"janvāris", "februāris", "marts", "aprīlis", "maijs", "jūnijs",
		"jūlijs", "augusts", "septembris", "oktobris", "novembris", "decembris"},
	Of: {"janvāra", "februāra", "marta", "aprīļa", "maija", "jūnija",
		"jūlija", "augusta", "septembra", "oktobra", "novembra", "decembra"},
	Until: {"janvārim", "februārim", "martam", "aprīlim", "maijam", "jūnijam",
		"jūlijam", "augustam", "septembrim", "oktobrim", "novembrim", "decembrim"},
	On: {"janvārī", "februārī", "martā", "aprīlī", "maijā", "jūnijā",
		"jūlijā", "augustā", "septembrī", "oktobrī", "novembrī", "decembrī"},
}

var weekdaysLV = [7]string{"svētdien", "pirmdien", "otrdien", "trešdien", "ceturtdien", "piektdien", "sestdien"}

// Date puts a day written 2024-01-31 into words; anything else comes back in
// marks.
func Date(lang Lang, iso string, form Form) string {
	b, ok := appendDate(nil, lang, iso, form)
	if !ok {
		return mark(iso)
	}
	return string(b)
}

// Time is a time of day written 11:00 as a sentence has it: plkst. 11.00, in
// English 11:00; anything else comes back in marks.
func Time(lang Lang, clock string) string {
	b, ok := appendTime(nil, lang, clock, true)
	if !ok {
		return mark(clock)
	}
	return string(b)
}

// Years is a range of years as texts have it: 2024.–2026., in English
// 2024–2026; a single year where both are the same.
func Years(lang Lang, from, until int) string {
	dot := "."
	if lang == EN {
		dot = ""
	}
	s := strconv.Itoa(from) + dot
	if from != until {
		s += "–" + strconv.Itoa(until) + dot
	}
	return s
}

func appendDate(b []byte, lang Lang, iso string, form Form) ([]byte, bool) {
	t, err := time.Parse(time.DateOnly, iso)
	switch {
	case err != nil:
		return b, false
	case lang == EN:
		return appendDateEN(b, t, form)
	}
	switch form {
	case Weekday:
		return append(b, weekdaysLV[t.Weekday()]...), true
	case Short:
		return t.AppendFormat(b, "02.01.2006."), true
	}
	bare := form == MonthYear
	if bare {
		form = Nominative
	}
	months := monthsLV[form]
	if months == nil {
		return b, false
	}
	b = strconv.AppendInt(b, int64(t.Year()), 10)
	b = append(b, ". gada "...)
	if !bare {
		b = strconv.AppendInt(b, int64(t.Day()), 10)
		b = append(b, ". "...)
	}
	return append(b, months[t.Month()-1]...), true
}

func appendDateEN(b []byte, t time.Time, form Form) ([]byte, bool) {
	switch form {
	case Nominative, Of, Until:
		return t.AppendFormat(b, "2 January 2006"), true
	case On:
		return t.AppendFormat(b, "on 2 January 2006"), true
	case Weekday:
		return t.AppendFormat(b, "on Monday"), true
	case Short:
		return t.AppendFormat(b, "2 Jan 2006"), true
	case MonthYear:
		return t.AppendFormat(b, "January 2006"), true
	}
	return b, false
}

func appendTime(b []byte, lang Lang, clock string, inSentence bool) ([]byte, bool) {
	if len(clock) != 5 || clock[2] != ':' {
		return b, false
	}
	h, okH := digits(clock[:2])
	m, okM := digits(clock[3:])
	if !okH || !okM || h > 23 || m > 59 {
		return b, false
	}
	if lang == EN {
		return append(b, clock...), true
	}
	if inSentence {
		b = append(b, "plkst. "...)
	}
	b = strconv.AppendInt(b, int64(h), 10)
	b = append(b, '.')
	return append(b, clock[3:]...), true
}

func digits(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}
