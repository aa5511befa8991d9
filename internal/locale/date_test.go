package locale

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestEveryMonthInEveryCase(t *testing.T) {
	want := [][4]string{ // nominative, genitive, dative, locative
		{"janvāris", "janvāra", "janvārim", "janvārī"}, {"februāris", "februāra", "februārim", "februārī"},
		{"marts", "marta", "martam", "martā"}, {"aprīlis", "aprīļa", "aprīlim", "aprīlī"},
		{"maijs", "maija", "maijam", "maijā"}, {"jūnijs", "jūnija", "jūnijam", "jūnijā"},
		{"jūlijs", "jūlija", "jūlijam", "jūlijā"}, {"augusts", "augusta", "augustam", "augustā"},
		{"septembris", "septembra", "septembrim", "septembrī"}, {"oktobris", "oktobra", "oktobrim", "oktobrī"},
		{"novembris", "novembra", "novembrim", "novembrī"}, {"decembris", "decembra", "decembrim", "decembrī"},
	}
	for month := range 12 {
		iso := time.Date(2024, time.Month(month+1), 5, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		for i, form := range []Form{Nominative, Of, Until, On} {
			if got, want := Date(LV, iso, form), "2024. gada 5. "+want[month][i]; got != want {
				t.Errorf("%s %s: %q, want %q", iso, form, got, want)
			}
		}
	}
}

func TestEveryWeekday(t *testing.T) {
	var lv, en []string
	for day := 1; day <= 7; day++ { // 1 January 2024 was a Monday
		iso := time.Date(2024, 1, day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		lv, en = append(lv, Date(LV, iso, Weekday)), append(en, Date(EN, iso, Weekday))
	}
	if diff := cmp.Diff([]string{"pirmdien", "otrdien", "trešdien", "ceturtdien", "piektdien", "sestdien", "svētdien"}, lv); diff != "" {
		t.Errorf("Latvian (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"on Monday", "on Tuesday", "on Wednesday", "on Thursday", "on Friday", "on Saturday", "on Sunday"}, en); diff != "" {
		t.Errorf("English (-want +got):\n%s", diff)
	}
}

func TestNoDateShowsInMarks(t *testing.T) {
	for _, iso := range []string{"", "2024-02-30", "2023-02-29", "2024-00-10", "2024-1-31", "31.01.2024", "2024-01-3x", "2024-01-31 ", "2024/01/31"} {
		for _, lang := range Langs {
			if got, want := Date(lang, iso, On), "⟦"+iso+"⟧"; got != want {
				t.Errorf("%q: %q, want %q", iso, got, want)
			}
		}
	}
	for _, lang := range Langs {
		if got, want := Date(lang, "2024-01-31", "vocative"), "⟦2024-01-31⟧"; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestTime(t *testing.T) {
	for _, tt := range []struct{ clock, lv, en string }{
		{"11:00", "plkst. 11.00", "11:00"}, {"00:00", "plkst. 0.00", "00:00"}, {"23:59", "plkst. 23.59", "23:59"},
		{"24:00", "⟦24:00⟧", "⟦24:00⟧"}, {"9:00", "⟦9:00⟧", "⟦9:00⟧"}, {"11:60", "⟦11:60⟧", "⟦11:60⟧"}, {"", "⟦⟧", "⟦⟧"}, {"1x:00", "⟦1x:00⟧", "⟦1x:00⟧"},
	} {
		if got := Time(LV, tt.clock); got != tt.lv {
			t.Errorf("%q, want %q", got, tt.lv)
		}
		if got := Time(EN, tt.clock); got != tt.en {
			t.Errorf("%q, want %q", got, tt.en)
		}
	}
}

func TestYears(t *testing.T) {
	for _, tt := range []struct {
		lang        Lang
		from, until int
		want        string
	}{{LV, 2024, 2026, "2024.–2026."}, {EN, 2024, 2026, "2024–2026"}, {LV, 2024, 2024, "2024."}, {EN, 2024, 2024, "2024"}} {
		if got := Years(tt.lang, tt.from, tt.until); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}
