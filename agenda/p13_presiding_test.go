package agenda_test

import (
	"testing"

	"padome/agenda"
	"padome/council"
)

func TestP13ChairAndDeputyPresideInTurn(t *testing.T) {
	presided := func(in agenda.Input, day council.Date, as council.Role) agenda.Input {
		in = meets(in, day)
		in.Past[len(in.Past)-1].AsRole = as
		return in
	}
	t.Run("while nobody is named the opening says whose turn it is", func(t *testing.T) {
		d := build(t, only(t, "P13"))
		wantOn(t, d, agenda.OpeningID, "reason.p13.begins",
			"Sēdi vada vadītājs: iepriekš vadītu sēžu nav (P13).",
			"The chair presides: no session has been presided over yet (P13).")
		in := presided(presided(only(t, "P13"), "2024-01-31", council.Chair), "2023-12-27", council.Deputy)
		d = build(t, in)
		wantOn(t, d, agenda.OpeningID, "reason.p13.turn",
			"Sēdi pēc kārtas vada vadītāja vietnieks: 2024. gada 31. janvāra sēdi vadīja vadītājs (P13).",
			"The deputy chair presides in turn: the chair presided on 31 January 2024 (P13).")
		wantKept(t, d.Unmet, "P13")
	})
	t.Run("the same office twice running needs a reason", func(t *testing.T) {
		in := presided(presided(only(t, "P13"), "2024-01-31", council.Chair), "2023-12-27", council.Deputy)
		in.PresidesAs = council.Chair
		wantBreach(t, build(t, in).Unmet, "reason.p13.twice", false,
			"Sēdi otrreiz pēc kārtas vadītu vadītājs, kas vadīja arī 2024. gada 31. janvārī (P13). Sēdes vadīšanai norādiet, ka to vada vadītāja vietnieks, vai pamatojiet izņēmumu.",
			"The chair, who presided on 31 January 2024, would preside twice running (P13). Name the deputy chair to preside, or give the reason.")
		in.PresidesAs = council.Deputy
		wantKept(t, build(t, in).Unmet, "P13")
	})
	t.Run("only sessions before this one count, and only those a lead presided over", func(t *testing.T) {
		in := presided(presided(presided(only(t, "P13"), "2024-01-31", council.Chair), "2024-02-14", ""), "2024-03-27", council.Deputy)
		in.PresidesAs = council.Deputy
		wantKept(t, build(t, in).Unmet, "P13")
	})
}
