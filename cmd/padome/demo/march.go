package demo

import (
	"padome/agenda"
	"padome/council"
	"padome/minutes"
)

// march takes up what February postponed, before anything new; its minutes are
// signed electronically.
var march = sitting{
	date: "2024-03-27",
	mode: council.Hybrid,
	proposals: []proposal{
		{
			key: "advisory", at: "2024-03-11 10:45", who: "lielkalns",
			c: agenda.Candidate{
				Matter: agenda.Matter{
					Kind:      agenda.Discussion,
					Title:     "Par konsultatīvo padomju darbību nozaru ministrijās",
					Initiator: council.NGO, InitiatedBy: "nodibinājums „Atvērto datu darbnīca”",
					Presenters: []string{"nodibinājuma „Atvērto datu darbnīca” vadītājs – E.\u00a0Lielkalns"},
					Minutes:    20,
				},
				Wish: "2024-04-24",
			},
			tasks: []string{"8.4."},
		},
	},
	steps: []step{
		{"2024-03-12 09:40", secretary, "advisory", asks, "Kuru ministriju konsultatīvās padomes vērtēsiet, un kas vēl jāuzaicina?"},
		{"2024-03-13 15:20", "lielkalns", "advisory", answers, "Vērtēsim Labklājības un Izglītības un zinātnes ministrijas padomes; lūdzam uzaicināt abu ministriju pārstāvjus."},
		{"2024-03-14 10:05", secretary, "advisory", checks, ""},
	},
	opinions: []opinion{
		{"2024-03-07 14:20", "lielkalns", "disputes", agenda.Opinion{Group: "engagement", On: "2024-03-06",
			Text: "Darba grupa atbalsta strīdu jautājumu darba grupas izveidi."}},
	},
	reports: []report{
		{"2024-03-01 16:10", "2024-01-31", "2.2.", "Darba plāns publicēts Valsts kancelejas tīmekļvietnē 2024. gada 1. martā.", minutes.Done, &paper{
			name:  "Publicēšanas apliecinājums.pdf",
			title: "Apliecinājums par darba plāna publicēšanu",
			text:  []string{"Memoranda padomes darba plāns 2024.–2026. gadam publicēts Valsts kancelejas tīmekļvietnē 2024. gada 1. martā plkst. 15.20."},
		}},
		{"2024-03-15 09:25", "2024-01-31", "2.3.", "Priekšlikumus iesniegušas divas no trim darba grupām.", minutes.PartlyDone, nil},
	},
	built:     "2024-03-18 09:30",
	submitted: "2024-03-18 13:15",
	approvals: []act{{"2024-03-19 10:00", deputy}, {"2024-03-19 15:30", chair}},

	presides: chair, takes: taker,
	opened: "11:01", closed: "12:38",
	presence: []presence{
		{who: "ošiņš", instead: "rudzāte"},
		{who: "čakstiņš", remote: true},
		{who: "eņģelis", absent: true},
		{who: "mežule", remote: true, from: 3},
	},
	items: []treatment{
		{
			item: agenda.OpeningID, started: "11:01", ended: "11:06",
			course: []minutes.Speech{reports("M.\u00a0Ķirsons", "Par iepriekšējās sēdes protokolu iebildumi nav saņemti.")},
			vote:   consensus,
			clauses: []clause{
				{wording: "Apstiprināt 2024. gada 28. februāra sēdes protokolu Nr. 2."},
				{wording: "Apstiprināt sēdes darba kārtību."},
			},
			outcome: minutes.Decided,
		},
		{
			item: agenda.ExecutionID, started: "11:06", ended: "11:16",
			course: []minutes.Speech{
				reports("A.\u00a0Bērzkalne", "Izpildē ir trīs lēmumi; viena lēmuma termiņš ir nokavēts."),
				speaks("K.\u00a0Dzērvītis", "Finanšu un nodokļu darba grupa savus priekšlikumus iesniegs līdz aprīļa sēdei."),
				speaks("D.\u00a0Rūtiņa", "Monitoringa datu kopa ir publicēta 2024. gada 26. martā."),
			},
			found: []found{
				{"2024-01-31", "2.2.", minutes.Done},
				{"2024-01-31", "2.3.", minutes.PartlyDone},
			},
			outcome: minutes.Noted,
		},
		{
			item: "benefit", started: "11:16", ended: "11:46",
			course: []minutes.Speech{
				reports("I.\u00a0Ābolkalne", ""),
				speaks("K.\u00a0Dzērvītis", "Ministrijas atzinums ir saņemts; atsevišķu priekšlikumu īstenošanai papildu valsts budžeta līdzekļi nav vajadzīgi."),
				speaks("S.\u00a0Ūdre", "Grozījumu projektā jāizvērtē pārejas perioda ilgums."),
				speaks("T.\u00a0Ģērmanis", "Trešais priekšlikums jāprecizē, tāpēc to neatbalsta."),
			},
			vote: votes(12, 1, 2),
			clauses: []clause{
				{wording: "Atbalstīt priekšlikumus sabiedriskā labuma organizāciju regulējuma pilnveidošanai.", tasks: []string{"2.1."}},
				{wording: "Finanšu ministrijai sadarbībā ar Tieslietu ministriju līdz 2024. gada 28. jūnijam sagatavot un iesniegt Memoranda padomē grozījumu projektu Sabiedriskā labuma organizāciju likumā.",
					addressee: "Finanšu ministrija", deadline: "2024-06-28", tasks: []string{"2.1."}},
				{wording: "Tieslietu ministrijai līdz nākamajai sēdei sniegt atzinumu par pārejas perioda ilgumu.",
					addressee: "Tieslietu ministrija", untilNext: true, tasks: []string{"2.1."}},
			},
			outcome: minutes.Decided,
		},
		{
			item: "disputes", started: "11:46", ended: "12:01",
			course: []minutes.Speech{reports("M.\u00a0Ķirsons", ""), speaks("Z.\u00a0Mežule", "Darba grupā jābūt arī ārpus Rīgas strādājošas organizācijas pārstāvim.")},
			vote:   consensus,
			clauses: []clause{
				{wording: "Izveidot darba grupu, kas risina strīdu jautājumus līdzdalības ievērošanā.", tasks: []string{"7.3."}},
				{wording: "Valsts kancelejai līdz 2024. gada 17. aprīlim sagatavot darba grupas nolikuma projektu un izsūtīt to Memoranda padomes locekļiem.",
					addressee: "Valsts kanceleja", deadline: "2024-04-17", tasks: []string{"7.3."}},
			},
			outcome: minutes.Decided,
		},
		{
			item: "3.1.", started: "12:01", ended: "12:21",
			course: []minutes.Speech{
				reports("D.\u00a0Rūtiņa", "Publiskā finansējuma prioritātes patlaban nosaka nozaru ministrijas; biedrību un nodibinājumu priekšlikumus apkopo dažādos termiņos."),
				speaks("K.\u00a0Čivle", ""), speaks("I.\u00a0Žagariņa", ""), speaks("V.\u00a0Šmite", ""),
			},
			vote: votes(14, 0, 1),
			clauses: []clause{
				{wording: "Konceptuāli atbalstīt vienotu kārtību, kādā biedrības un nodibinājumi sniedz priekšlikumus publiskā finansējuma prioritātēm.", tasks: []string{"3.1."}},
				{wording: "NVO, kā arī pilsoniskajai iesaistei un aktivitātēm paredzēto finanšu (budžeta) un nodokļu darba grupai līdz 2024. gada 31. maijam iesniegt līdzdalības mehānisma aprakstu.",
					addressee: "Finanšu (budžeta) un nodokļu darba grupa", deadline: "2024-05-31", tasks: []string{"3.1."}},
			},
			outcome: minutes.Decided,
		},
		{
			item: agenda.AnyOtherID, started: "12:21", ended: "12:31",
			course:  []minutes.Speech{reports("A.\u00a0Bērzkalne", "Aprīļa sēdē paredzēts skatīt jautājumu par konsultatīvo padomju darbību.")},
			outcome: minutes.Noted,
		},
	},
	added: &addition{
		m: agenda.Matter{
			Kind:      agenda.Information,
			Title:     "Par Finanšu ministrijas aptauju par sabiedriskā labuma organizāciju gada pārskatiem",
			Initiator: council.State, InitiatedBy: "Finanšu ministrija",
			Presenters: []string{"Finanšu ministrijas Nodokļu politikas departamenta direktors – K.\u00a0Dzērvītis"},
			Minutes:    7,
		},
		tasks: []string{"2.1."}, vote: minutes.Vote{For: 13, Abstain: 1}, during: 1,
		treatment: treatment{
			started: "12:31", ended: "12:38",
			course: []minutes.Speech{reports("K.\u00a0Dzērvītis", "Aptauja sākta 2024. gada 25. martā, tāpēc jautājumu laikus iesniegt nevarēja; atbildes gaida līdz 2024. gada 19. aprīlim."),
				speaks("I.\u00a0Ābolkalne", "Aicina aptauju nosūtīt arī reģionālajiem NVO resursu centriem.")},
			outcome: minutes.Noted,
		},
	},
	drafted:    "2024-04-04 10:20",
	finalised:  "2024-04-11 14:00",
	outside:    true,
	signatures: []act{{"2024-04-11 16:15", chair}, {"2024-04-12 09:05", taker}},
	corrects: &correcting{date: "2024-02-28", was: "Sēdi slēdz plkst. 12.37", text: "Sēdi slēdz plkst. 12.39",
		ground: "Sēdes ierakstā slēgšana dzirdama divas minūtes vēlāk."},
}
