package agenda_test

import (
	"testing"
	"time"

	"padome/council"
)

func TestP24RegularSessionsHaveTheirDay(t *testing.T) {
	in := only(t, "P24")
	for day, kept := range map[council.Date]bool{"2024-02-28": true, "2024-02-21": false, "2024-12-18": true, "2024-12-25": false,
		"2025-12-31": false, "2025-12-24": false, "2025-12-17": true, "2026-06-17": true} {
		bs := build(t, on(in, day)).Unmet
		if (len(bs) == 0) != kept {
			t.Errorf("%s: %v", day, bs)
		}
	}
	wantBreach(t, build(t, on(in, "2024-12-25")).Unmet, "reason.p24.day", false,
		"Kārtējā sēde plānota 2024. gada 25. decembrī, bet šā mēneša kārtējās sēdes diena ir 18.12.2024. (P24). Mainiet sēdes dienu vai norādiet iemeslu.",
		"The regular session is planned on 25 December 2024, but the month’s regular day is 18 Dec 2024 (P24). Change the day, or give the reason.")
	in.Session.Starts = "10:30"
	wantBreach(t, build(t, in).Unmet, "reason.p24.time", false,
		"Kārtējā sēde sākas plkst. 10.30, bet padomes noteiktais laiks ir plkst. 11.00 (P24). Mainiet sākuma laiku vai norādiet iemeslu.",
		"The regular session starts at 10:30, but the council’s time is 11:00 (P24). Change the time, or give the reason.")
	in.Session.Kind = council.Extraordinary
	wantKept(t, build(t, on(in, "2024-02-13")).Unmet, "P24")
	in = only(t, "P24")
	in.Settings.Weekday, in.Settings.Starts = time.Thursday, "09:00"
	in.Session.Starts = "09:00"
	wantKept(t, build(t, on(in, "2024-02-29")).Unmet, "P24")
}
