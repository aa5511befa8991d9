package agenda_test

import (
	"testing"

	"padome/agenda"
)

func TestP22WhoGetsATaskIsThere(t *testing.T) {
	c := proposal("p1", "Par ziedojumiem", agenda.Decision, ref(2, 1))
	c.Addressees = []string{"Finanšu ministrija", "Sabiedrības integrācijas fonds"}
	check := func(change func(*agenda.Candidate, *agenda.Input)) []agenda.Breach {
		c, in := c, only(t, "P22")
		change(&c, &in)
		return build(t, with(in, c)).Unmet
	}
	wantBreach(t, check(func(*agenda.Candidate, *agenda.Input) {}), "reason.p22.absent", false,
		"Jautājuma „Par ziedojumiem” lēmuma projekts uzdevumu dod institūcijai, kas nav padomes loceklis un nav uzaicināta: Finanšu ministrija un Sabiedrības integrācijas fonds (P22). Uzaiciniet to vai norādiet iemeslu.",
		"The draft decision of “Par ziedojumiem” gives a task to an institution that is neither a member nor invited: Finanšu ministrija and Sabiedrības integrācijas fonds (P22). Invite it, or give the reason.")
	for name, change := range map[string]func(*agenda.Candidate, *agenda.Input){
		"both are members": func(_ *agenda.Candidate, in *agenda.Input) {
			in.Members = []string{" FINANŠU  ministrija", "sabiedrības integrācijas\u00a0fonds"}
		},
		"both are invited": func(c *agenda.Candidate, _ *agenda.Input) {
			c.Invited = []string{"Finanšu ministrijas pārstāvis – A. Bērzs", "Sabiedrības integrācijas fonda direktore"}
		},
		"one presents": func(c *agenda.Candidate, in *agenda.Input) {
			c.Presenters, in.Members = []string{"finanšu ministrijas direktors – A. Bērzs"}, []string{"Sabiedrības integrācijas fonds"}
		},
		"nobody gets a task": func(c *agenda.Candidate, _ *agenda.Input) { c.Addressees = nil },
	} {
		t.Run(name, func(t *testing.T) { wantKept(t, check(change), "P22") })
	}
	for name, guest := range map[string]string{
		"another ministry": "Tieslietu ministrijas pārstāvis", "a part of the name": "Finanšu nozares pārstāvis", "nobody": "–",
	} {
		t.Run(name+" is not there for it", func(t *testing.T) {
			bs := check(func(c *agenda.Candidate, _ *agenda.Input) {
				c.Invited, c.Addressees = []string{guest}, c.Addressees[:1]
			})
			if len(bs) != 1 || bs[0].Reason.Facts["institution"] != "Finanšu ministrija" {
				t.Errorf("unmet = %v", bs)
			}
		})
	}
}
