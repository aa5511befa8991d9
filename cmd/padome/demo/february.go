package demo

import (
	"padome/agenda"
	"padome/council"
	"padome/minutes"
)

// february is the first session under the whole catalogue of principles. The
// deputy presides and has the agenda changed; one decision is postponed.
var february = sitting{
	date: "2024-02-28",
	mode: council.Hybrid,
	proposals: []proposal{
		{
			key: "benefit", at: "2024-02-08 11:15", who: deputy,
			c: agenda.Candidate{Matter: agenda.Matter{
				Kind:      agenda.Decision,
				Title:     "Par priekšlikumiem sabiedriskā labuma organizāciju regulējuma pilnveidošanai",
				Initiator: council.NGO, InitiatedBy: "biedrība „Līdzdalības tīkls”",
				Presenters:    []string{"biedrības „Līdzdalības tīkls” direktore – I.\u00a0Ābolkalne"},
				Invited:       []string{"Finanšu ministrijas pārstāvis"},
				Minutes:       25,
				DraftDecision: "Atbalstīt priekšlikumus sabiedriskā labuma organizāciju regulējuma pilnveidošanai.",
				Addressees:    []string{"Finanšu ministrija"},
			}},
			tasks: []string{"2.1."},
			paper: []paper{{
				name:  "Priekšlikumi sabiedriskā labuma regulējumam.pdf",
				title: "Priekšlikumi sabiedriskā labuma organizāciju regulējuma pilnveidošanai",
				text: []string{
					"1. Vienkāršot sabiedriskā labuma organizāciju gada pārskatu saturu, saglabājot sabiedrībai būtisko informāciju.",
					"2. Noteikt vienotus kritērijus, pēc kuriem izvērtē organizācijas darbības atbilstību sabiedriskā labuma jomai.",
					"3. Paredzēt pārejas periodu, lai organizācijas varētu pielāgot savu grāmatvedību jaunajām prasībām.",
				},
			}},
		},
		{
			key: "donors", at: "2024-02-12 16:30", who: "dzērvītis",
			c: agenda.Candidate{Matter: agenda.Matter{
				Kind:      agenda.Decision,
				Title:     "Par ziedotājiem piemērojamo nodokļu atvieglojumu izvērtējumu",
				Initiator: council.State, InitiatedBy: "Finanšu ministrija",
				Presenters:    []string{"Finanšu ministrijas Nodokļu politikas departamenta direktors – K.\u00a0Dzērvītis"},
				Minutes:       15,
				DraftDecision: "Pieņemt zināšanai Finanšu ministrijas izvērtējumu.",
			}},
			tasks: []string{"2.1."},
		},
		{
			key: "elections", at: "2024-02-13 12:00", who: "žukovs",
			c: agenda.Candidate{Matter: agenda.Matter{
				Kind:        agenda.Information,
				Title:       "Par biedrību un nodibinājumu iesaisti Eiropas Parlamenta vēlēšanu informatīvajā kampaņā",
				OutsidePlan: "vēlēšanas notiek 2024. gada 8. jūnijā, un darba plāna uzdevumi tās neaptver",
				Initiator:   council.NGO, InitiatedBy: "biedrība „Jauniešu balss”",
				Presenters: []string{"biedrības „Jauniešu balss” valdes loceklis – A.\u00a0Žukovs"},
				Minutes:    10,
			}},
		},
		{
			key: "disputes", at: "2024-02-19 08:55", who: chair, // after the 14th: too late
			c: agenda.Candidate{Matter: agenda.Matter{
				Kind:      agenda.Decision,
				Title:     "Par darba grupas izveidi strīdu jautājumu risināšanai līdzdalības ievērošanā",
				Initiator: council.State, InitiatedBy: "Valsts kanceleja",
				Presenters:    []string{"Valsts kancelejas direktors – M.\u00a0Ķirsons"},
				Minutes:       15,
				DraftDecision: "Izveidot darba grupu, kas risina strīdu jautājumus līdzdalības ievērošanā.",
			}},
			tasks: []string{"7.3."},
			paper: []paper{{
				name:  "Darba grupas izveides pamatojums.pdf",
				title: "Darba grupas strīdu jautājumu risināšanai izveides pamatojums",
				text: []string{
					"Darba plāna 7. pasākums paredz izveidot Memoranda padomes darba grupu, kas risina strīdu jautājumus līdzdalības ievērošanā.",
					"Darba grupā paredzēti trīs valsts pārvaldes un trīs NVO puses pārstāvji; tās lēmumiem ir ieteikuma raksturs.",
				},
			}},
		},
	},
	opinions: []opinion{
		{"2024-02-13 09:40", "dzērvītis", "benefit", agenda.Opinion{Group: "finance", On: "2024-02-12",
			Text: "Darba grupa priekšlikumus atbalsta un lūdz izvērtēt to ietekmi uz valsts budžetu."}},
	},
	reports: []report{
		{"2024-02-09 15:20", "2024-01-31", "3.2.", "Visas trīs darba grupas 2024. gada 8. februārī vienojušās par sēžu darba kārtību veidošanas principiem.", minutes.Done, nil},
		{"2024-02-16 10:00", "2024-01-31", "2.2.", "Darba plāns nodots publicēšanai; publicēšana kavējas tīmekļvietnes pārveides dēļ.", minutes.PartlyDone, nil},
	},
	built:     "2024-02-19 09:30",
	submitted: "2024-02-19 14:00",
	returned: &returned{
		at: "2024-02-20 09:10", who: deputy,
		comment: "Lūdzu datu prezentāciju skatīt pirms priekšlikumiem par sabiedriskā labuma regulējumu, jo lēmums balstāms datos.",
		order:   []string{agenda.OpeningID, agenda.ExecutionID, "1.1.", "benefit", "donors", "elections", agenda.AnyOtherID},
		reason:  "Vadītāja vietniece lūdz datu prezentāciju skatīt pirms lēmuma, kas balstāms šajos datos.",
		again:   "2024-02-20 13:40",
	},
	approvals: []act{{"2024-02-20 15:05", deputy}, {"2024-02-21 08:45", chair}},

	observers: []signUp{{"2024-02-26 14:10", council.Observer{Name: "Elīna Krasta", Organisation: "biedrība „Ziemeļu krasts”",
		Topic: "biedrību un nodibinājumu monitoringa rezultāti"}}},

	presides: deputy, takes: taker,
	opened: "11:00", closed: "12:37",
	presence: []presence{
		{who: "ūdre", instead: "vīksne"},
		{who: "mežule", remote: true, until: 4},
		{who: "rūtiņa", from: 3},
		{who: "ģērmanis", absent: true},
	},
	guests: []minutes.Entry{{Name: "Latvijas Universitātes pētniece – S.\u00a0Liepkalne", Capacity: minutes.Invited, From: 3, Until: 3}},
	items: []treatment{
		{
			item: agenda.OpeningID, started: "11:00", ended: "11:05",
			course: []minutes.Speech{reports("I.\u00a0Ābolkalne", "Par iepriekšējās sēdes protokolu iebildumi nav saņemti.")},
			vote:   consensus,
			clauses: []clause{
				{wording: "Apstiprināt 2024. gada 31. janvāra sēdes protokolu Nr. 1."},
				{wording: "Apstiprināt sēdes darba kārtību."},
			},
			outcome: minutes.Decided,
		},
		{
			item: agenda.ExecutionID, started: "11:05", ended: "11:17",
			course: []minutes.Speech{
				reports("A.\u00a0Bērzkalne", "Darba plāna publicēšana kavējas. Divas no trim darba grupām iesniegušas priekšlikumus par uzdevumu atbildīgajiem un termiņiem."),
				speaks("M.\u00a0Ķirsons", "Darba plāns tiks publicēts līdz 2024. gada 1. martam."),
			},
			found: []found{
				{"2024-01-31", "3.2.", minutes.Done},
				{"2024-01-31", "2.2.", minutes.PartlyDone},
			},
			outcome: minutes.Noted,
		},
		{
			item: "1.1.", started: "11:17", ended: "11:41",
			course: []minutes.Speech{
				reports("S.\u00a0Liepkalne", "Iepazīstina ar biedrību un nodibinājumu monitoringa rezultātiem: pieaug organizāciju skaits, bet sarūk to organizāciju īpatsvars, kurām ir algots darbinieks."),
				speaks("E.\u00a0Lielkalns", "Monitoringa datu kopai jābūt pieejamai atkalizmantojamā veidā."),
				speaks("I.\u00a0Žagariņa", "Secinājumi izmantojami pamatnostādņu īstenošanas plāna pārskatīšanā."),
			},
			vote: votes(15, 0, 0),
			clauses: []clause{
				{wording: "Pieņemt zināšanai biedrību un nodibinājumu monitoringa rezultātus."},
				{wording: "Kultūras ministrijai līdz 2024. gada 30. aprīlim iesniegt priekšlikumus, kā monitoringa secinājumus ieviest Saliedētas un pilsoniski aktīvas sabiedrības attīstības pamatnostādņu 2021.–2027. gadam īstenošanā.",
					addressee: "Kultūras ministrija", deadline: "2024-04-30", tasks: []string{"1.1.", "6.2."}},
				{wording: "Sabiedrības integrācijas fondam līdz nākamajai sēdei publicēt monitoringa datu kopu Latvijas Atvērto datu portālā.",
					addressee: "Sabiedrības integrācijas fonds", untilNext: true, tasks: []string{"1.1."}},
			},
			outcome: minutes.Decided,
		},
		{
			item: "benefit", started: "11:41", ended: "12:02",
			course: []minutes.Speech{
				reports("I.\u00a0Ābolkalne", ""),
				speaks("K.\u00a0Dzērvītis", "Ministrija vēl nav izvērtējusi priekšlikumu ietekmi uz valsts budžetu; atzinums būs gatavs līdz marta sēdei."),
				speaks("A.\u00a0Vīksne", ""), speaks("K.\u00a0Čivle", ""),
			},
			outcome: minutes.Postponed,
			why:     "nav saņemts Finanšu ministrijas atzinums par priekšlikumu ietekmi uz valsts budžetu.",
		},
		{
			item: "donors", started: "12:02", ended: "12:16",
			course:  []minutes.Speech{reports("K.\u00a0Dzērvītis", "Izvērtējums par 2023. gadu tiks pabeigts pēc gada ienākumu deklarāciju iesniegšanas.")},
			outcome: minutes.Noted,
		},
		{
			item: "elections", started: "12:16", ended: "12:26",
			course:  []minutes.Speech{reports("A.\u00a0Žukovs", ""), speaks("G.\u00a0Eņģelis", ""), speaks("V.\u00a0Šmite", "")},
			outcome: minutes.Noted,
		},
		{
			item: agenda.AnyOtherID, started: "12:26", ended: "12:37",
			course:  []minutes.Speech{reports("A.\u00a0Bērzkalne", "Nākamajā sēdē paredzēts skatīt šajā sēdē atlikto jautājumu un jautājumu par darba grupu strīdu risināšanai.")},
			outcome: minutes.Noted,
		},
	},
	drafted:    "2024-03-05 11:00",
	circulated: "2024-03-05 11:30",
	comments: []comment{{
		at: "2024-03-07 09:25", who: "žagariņa", item: "1.1.",
		text:     "Lūdzu precizēt, ka runa ir par pamatnostādņu īstenošanas plānu 2024.–2027. gadam.",
		answered: "2024-03-08 10:10", accepted: true, answer: "Precizēts.",
		was: "īstenošanas plāna pārskatīšanā", is: "īstenošanas plāna 2024.–2027. gadam pārskatīšanā",
	}},
	finalised:  "2024-03-13 08:30",
	signatures: []act{{"2024-03-13 09:00", taker}, {"2024-03-13 11:35", deputy}},
}
