package locale

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// filled is what a text that is not in the catalogue would read.
func filled(t *testing.T, lang Lang, text string, args Args) string {
	t.Helper()
	m, err := parse(lang, text)
	if err != nil {
		t.Fatal(err)
	}
	return m.fill(lang, args)
}

func TestPlaceholders(t *testing.T) {
	args := Args{"d": "2024-01-31", "c": "09:05", "n": "21", "one": "1", "zero": "0", "big": "1234567.5", "who": "A\nB\nC", "text": "{n} un {d:on}", "kind": "regular", "empty": ""}
	for _, tt := range []struct{ text, lv, en string }{
		{"", "", ""},
		{"Bez vietturiem.", "Bez vietturiem.", "Bez vietturiem."},
		{"{text}", "{n} un {d:on}", "{n} un {d:on}"},
		{"[{empty}]", "[]", "[]"},
		{"{d:date}", "2024. gada 31. janvāris", "31 January 2024"},
		{"{d:of}", "2024. gada 31. janvāra", "31 January 2024"},
		{"{d:until}", "2024. gada 31. janvārim", "31 January 2024"},
		{"{d:on}", "2024. gada 31. janvārī", "on 31 January 2024"},
		{"{d:weekday}", "trešdien", "on Wednesday"},
		{"{d:short}", "31.01.2024.", "31 Jan 2024"},
		{"{d:month-year}", "2024. gada janvāris", "January 2024"},
		{"{c:time}", "plkst. 9.05", "09:05"},
		{"{c:clock}", "9.05", "09:05"},
		{"{big:number}", "1\u00a0234\u00a0567,5", "1,234,567.5"},
		{"{who:list}", "A, B un C", "A, B and C"},
		{"{kind:@session.kind}", "kārtējā sēde", "regular session"},
		{"{n} {n|a|b}, {n:a|b}{n}", "21 a, a21", "21 b, b21"},
		{"{n||a|b} {one||a|b} {zero||a|b}", "b a a", "b a a"},
		{"{none||a|b} {d||a|b}", "⟦none⟧ ⟦d⟧", "⟦none⟧ ⟦d⟧"},
		{"{none} {none:on} {none|a|b}", "⟦none⟧ ⟦none⟧ ⟦none⟧", "⟦none⟧ ⟦none⟧ ⟦none⟧"},
		{"{text:on} {n:short} {d:time} {d:number} {d|a|b}", "⟦text⟧ ⟦n⟧ ⟦d⟧ ⟦d⟧ ⟦d⟧", "⟦text⟧ ⟦n⟧ ⟦d⟧ ⟦d⟧ ⟦d⟧"},
		{"{text:@session.kind}", "⟦session.kind.{n} un {d:on}⟧", "⟦session.kind.{n} un {d:on}⟧"},
	} {
		t.Run(tt.text, func(t *testing.T) {
			if got := filled(t, LV, tt.text, args); got != tt.lv {
				t.Errorf("Latvian: %q, want %q", got, tt.lv)
			}
			if got := filled(t, EN, tt.text, args); got != tt.en {
				t.Errorf("English: %q, want %q", got, tt.en)
			}
		})
	}
}

func TestLatvianZeroForm(t *testing.T) {
	for n, want := range map[string]string{"0": "jautājumu", "1": "jautājums", "2": "jautājumi", "10": "jautājumu", "11": "jautājumu", "21": "jautājums", "-1": "jautājums"} {
		if got := filled(t, LV, "{n|jautājums|jautājumi|jautājumu}", Args{"n": n}); got != want {
			t.Errorf("%s %s, want %s", n, got, want)
		}
	}
	if got, want := filled(t, LV, "{n|jautājumam|jautājumiem}", Args{"n": "10"}), "jautājumiem"; got != want {
		t.Errorf("two forms: %s, want %s", got, want)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, tt := range []struct {
		lang Lang
		text string
	}{
		{LV, "{"}, {LV, "}"}, {LV, "a {b"}, {LV, "a b}"}, {LV, "{a{b}}"}, {LV, "{}"}, {LV, "{:on}"}, {LV, "{a b}"}, {LV, "{ā}"},
		{LV, "{a:}"}, {LV, "{a:ON}"}, {LV, "{a:plural}"}, {LV, "{a:named}"}, {LV, "{a:@}"}, {LV, "{a|b}"}, {LV, "{a|b|c|d|e}"}, {LV, "{a||b}"}, {LV, "{a||b|c|d}"}, {EN, "{a|b|c|d}"},
	} {
		if m, err := parse(tt.lang, tt.text); err == nil {
			t.Errorf("%s %q is read as %+v", tt.lang, tt.text, m)
		}
	}
}

func TestTextOfAKey(t *testing.T) {
	args := Args{"from": "2024-01-31", "until": "2024-01-30"}
	for lang, want := range map[Lang]string{
		LV: "Beigu datums 30.01.2024. nevar būt agrāks par sākuma datumu (31.01.2024.).",
		EN: "The end date, 30 Jan 2024, is before the start date, 31 Jan 2024.",
		"": "Beigu datums 30.01.2024. nevar",
	} {
		if got := Text(lang, "problem.mandate.order", args); !strings.HasPrefix(got, want) {
			t.Errorf("%q: %q, want it to begin with %q", lang, got, want)
		}
	}
	if got, want := Text(LV, "no.such.key", nil), "⟦no.such.key⟧"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if Has("no.such.key") || !Has("problem.invalid") {
		t.Error("Has does not know what is there")
	}
}

// Whatever a text and its values hold, filling it neither fails nor looks into
// the values.
func FuzzFill(f *testing.F) {
	f.Add("{a} {b:on} {a|x|y|z} {b:list}", "1", "2024-01-31")
	f.Add("{a:number}{b:time}", "{b}", "12:00")
	f.Add("{{a}", "", "")
	f.Fuzz(func(t *testing.T, text, a, b string) {
		for _, lang := range Langs {
			m, err := parse(lang, text)
			if err != nil {
				continue
			}
			got := m.fill(lang, Args{"a": a, "b": b})
			if utf8.ValidString(text+a+b) && !utf8.ValidString(got) {
				t.Errorf("%q is no longer UTF-8", got)
			}
			if !strings.ContainsAny(text, "{}") && got != text {
				t.Errorf("%q, want it as it is: %q", got, text)
			}
		}
	})
}

func BenchmarkText(b *testing.B) {
	args := Args{"date": "2024-01-31", "n": "21", "name": "Jānis Ozoliņš"}
	m, err := parse(LV, "{date:on} {name} iesniedza {n} {n|jautājumu|jautājumus|jautājumu}, un padome tos izskatīs kārtējā sēdē.")
	if err != nil {
		b.Fatal(err)
	}
	b.Run("three arguments", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			m.fill(LV, args)
		}
	})
	b.Run("by key", func(b *testing.B) {
		args := Args{"name": "Anna Zāle", "role": "chair.f", "from": "2024-01-31"}
		b.ReportAllocs()
		for b.Loop() {
			Text(LV, "problem.mandate.office", args)
		}
	})
}
