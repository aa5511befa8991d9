package demo

import (
	"padome/agenda"
	"padome/council"
	"padome/minutes"
)

// january approves the plan, under the transitional principles.
var january = sitting{
	date:  "2024-01-31",
	mode:  council.Hybrid,
	steps: []step{{"2024-01-15 16:30", deputy, "plan", confirms, ""}},
	proposals: []proposal{
		{
			key: "plan", at: "2024-01-15 10:20", who: chair,
			c: agenda.Candidate{Matter: agenda.Matter{
				Kind:      agenda.Decision,
				Title:     "Par Memoranda padomes darba plāna 2024.–2026. gadam apstiprināšanu",
				Initiator: council.Joint, InitiatedBy: "Valsts kanceleja un biedrība „Līdzdalības tīkls”",
				Presenters:    []string{"Valsts kancelejas direktors – M.\u00a0Ķirsons", "biedrības „Līdzdalības tīkls” direktore – I.\u00a0Ābolkalne"},
				Minutes:       30,
				DraftDecision: "Apstiprināt Memoranda padomes darba plānu 2024.–2026. gadam.",
			}},
			paper: []paper{{name: "Darba plāna projekts 2024.–2026. gadam.pdf"}}, // the plan itself
		},
		{
			key: "groups", at: "2024-01-16 14:05", who: deputy,
			c: agenda.Candidate{Matter: agenda.Matter{
				Kind:      agenda.Decision,
				Title:     "Par Memoranda padomes darba grupu izveidi",
				Initiator: council.NGO, InitiatedBy: "biedrība „Līdzdalības tīkls”",
				Presenters:    []string{"biedrības „Līdzdalības tīkls” direktore – I.\u00a0Ābolkalne"},
				Minutes:       20,
				DraftDecision: "Izveidot trīs Memoranda padomes darba grupas un noteikt to uzdevumus.",
			}},
			paper: []paper{{
				name:  "Darba grupu uzdevumi.pdf",
				title: "Memoranda padomes darba grupu uzdevumi",
				text: []string{
					"NVO, kā arī pilsoniskajai iesaistei un aktivitātēm paredzēto finanšu (budžeta) un nodokļu darba grupa sagatavo priekšlikumus darba plāna 2. un 3. pasākuma īstenošanai.",
					"Sabiedrības iesaistes un atvērtās pārvaldības partnerības darba grupa sagatavo priekšlikumus darba plāna 6., 7. un 8. pasākuma īstenošanai.",
					"Satura plānošanas darba grupa sagatavo priekšlikumus darba plāna 1., 4. un 5. pasākuma īstenošanai un virza vienošanos par sēžu darba kārtību veidošanas principiem.",
				},
			}},
		},
		{
			key: "fund", at: "2024-01-17 09:40", who: "rūtiņa",
			c: agenda.Candidate{Matter: agenda.Matter{
				Kind:      agenda.Information,
				Title:     "Par valsts budžeta finansētās programmas „NVO fonds” 2024. gada projektu konkursu",
				Initiator: council.State, InitiatedBy: "Sabiedrības integrācijas fonds",
				Presenters: []string{"Sabiedrības integrācijas fonda sekretariāta direktora vietniece – D.\u00a0Rūtiņa"},
				Minutes:    20,
			}},
			tasks: []string{"3.2."},
		},
	},
	built:     "2024-01-22 09:30",
	submitted: "2024-01-22 15:10",
	approvals: []act{{"2024-01-23 09:15", chair}, {"2024-01-23 16:40", deputy}},

	presides: chair, takes: taker,
	opened: "11:00", closed: "12:24",
	presence: []presence{{who: "žukovs", absent: true}, {who: "ošiņš", remote: true}},
	items: []treatment{
		{
			item: agenda.OpeningID, started: "11:00", ended: "11:04",
			course:  []minutes.Speech{reports("M.\u00a0Ķirsons", "Sēdes darba kārtībā ir pieci jautājumi. Citu priekšlikumu par darba kārtību nav.")},
			vote:    consensus,
			clauses: []clause{{wording: "Apstiprināt sēdes darba kārtību."}},
			outcome: minutes.Decided,
		},
		{
			item: "plan", started: "11:04", ended: "11:38",
			course: []minutes.Speech{
				reports("M.\u00a0Ķirsons, I.\u00a0Ābolkalne", "Darba plāna projektam ir divi prioritārie mērķi, astoņi pasākumi un 24 uzdevumi. Atbildīgos un termiņus noteiks darba grupas."),
				speaks("K.\u00a0Dzērvītis", "Uzdevumu termiņi jāsaskaņo ar valsts budžeta sagatavošanas grafiku."),
				speaks("Z.\u00a0Mežule", "Plāns ir regulāri jāpārskata, un tā izpildei jābūt publiski izsekojamai."),
			},
			vote: votes(13, 0, 2),
			clauses: []clause{
				{wording: "Apstiprināt Memoranda padomes darba plānu 2024.–2026. gadam."},
				{wording: "Valsts kancelejai līdz 2024. gada 14. februārim publicēt apstiprināto darba plānu savā tīmekļvietnē.",
					addressee: "Valsts kanceleja", deadline: "2024-02-14", tasks: []string{"8.3."}},
				{wording: "Memoranda padomes darba grupām līdz nākamajai sēdei iesniegt sekretariātam priekšlikumus par darba plāna uzdevumu atbildīgajiem un izpildes termiņiem.",
					addressee: "Memoranda padomes darba grupas", untilNext: true},
			},
			outcome: minutes.Decided,
		},
		{
			item: "groups", started: "11:38", ended: "11:57",
			course: []minutes.Speech{
				reports("I.\u00a0Ābolkalne", "Darba grupās vienlīdzīgi pārstāvēta valsts pārvaldes un NVO puse."),
				speaks("R.\u00a0Čakstiņš", ""), speaks("V.\u00a0Šmite", ""),
			},
			vote: consensus,
			clauses: []clause{
				{wording: "Izveidot NVO, kā arī pilsoniskajai iesaistei un aktivitātēm paredzēto finanšu (budžeta) un nodokļu darba grupu, Sabiedrības iesaistes un atvērtās pārvaldības partnerības darba grupu un Satura plānošanas darba grupu."},
				{wording: "Satura plānošanas darba grupai līdz 2024. gada 9. februārim panākt darba grupu vienošanos par Memoranda padomes sēžu darba kārtību veidošanas principiem.",
					addressee: "Satura plānošanas darba grupa", deadline: "2024-02-09"},
			},
			outcome: minutes.Decided,
		},
		{
			item: "fund", started: "11:57", ended: "12:15",
			course: []minutes.Speech{
				reports("D.\u00a0Rūtiņa", "Projektu konkursā saņemti 214 projektu pieteikumi, no tiem 61 par ārpus Rīgas īstenojamām darbībām."),
				speaks("J.\u00a0Ošiņš", "Reģionos strādājošām organizācijām vajadzīgas konsultācijas pirms pieteikumu iesniegšanas."),
			},
			outcome: minutes.Noted,
		},
		{
			item: agenda.AnyOtherID, started: "12:15", ended: "12:24",
			course:  []minutes.Speech{reports("A.\u00a0Bērzkalne", "Priekšlikumi nākamās sēdes darba kārtībai iesniedzami līdz 2024. gada 14. februārim.")},
			outcome: minutes.Noted,
		},
	},
	drafted:    "2024-02-05 13:30",
	finalised:  "2024-02-13 10:00",
	signatures: []act{{"2024-02-13 14:20", chair}, {"2024-02-14 08:50", taker}},
	extracted:  "fund",
}
