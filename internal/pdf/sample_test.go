package pdf

import (
	"fmt"
	"time"

	. "padome/internal/document"
)

// nb joins an initial and a surname, a number and its unit.
const nb = "\u00a0"

var people = []string{
	"A." + nb + "Paraugs", "Ģ." + nb + "Čiekure", "Ē." + nb + "Ķērpe", "I." + nb + "Ūdre", "Ņ." + nb + "Žubīte",
	"Ļ." + nb + "Šķēle", "M." + nb + "Āboltiņš", "Z." + nb + "Īvāne", "K." + nb + "Vārpiņa", "O." + nb + "Ezeriņš",
	"J." + nb + "Liepkalns", "D." + nb + "Bērztāle", "R." + nb + "Kļaviņa", "S." + nb + "Ozolzīle", "V." + nb + "Grāvīte", "T." + nb + "Priedājs",
}

var bodies = []string{
	"Finanšu ministrija", "Tieslietu ministrija", "Labklājības ministrija", "Izglītības un zinātnes ministrija",
	"Kultūras ministrija", "Iekšlietu ministrija", "Viedās administrācijas un reģionālās attīstības ministrija", "Valsts kanceleja",
	"biedrība „Pilsoniskās iniciatīvas centrs”", "nodibinājums „Rīts”", "biedrība „Lauku ļaudis”", "biedrība „Zaļā josta”",
	"biedrība „Jauniešu padome”", "nodibinājums „Žēlastības tilts”", "biedrība „Senioru kopa”", "biedrība „Ģimenes balsts”",
}

// Numbers of items that fill so many pages.
const (
	fivePages       = 5
	twoHundredPages = 285
)

// minutes is a session's minutes as the council writes them, with a number of
// items.
func minutes(items int) Document {
	d := Document{
		Lang: "lv", Title: "Memoranda padomes sēdes protokols Nr. 1, 2024. gada 31. janvāris",
		Author:  "Nevalstisko organizāciju un Ministru kabineta sadarbības memoranda īstenošanas padome",
		Subject: "Sēdes protokols", Reference: "MP protokols Nr. 1, 31.01.2024.",
		Created: time.Date(2024, 2, 5, 14, 30, 0, 0, time.FixedZone("EET", 2*3600)),
		Draft:   true, DraftMark: "PROJEKTS",
	}
	d.Blocks = append(d.Blocks,
		Masthead{Author: "NEVALSTISKO ORGANIZĀCIJU UN MINISTRU KABINETA SADARBĪBAS MEMORANDA ĪSTENOŠANAS PADOMES SĒDES", Name: "PROTOKOLS"},
		Dateline{Place: "Rīgā", Number: "Nr." + nb + "1", Date: "2024." + nb + "gada 31." + nb + "janvārī"},
		attendance(), agenda(items))
	for i := range items {
		d.Blocks = append(d.Blocks, item(i+1)...)
	}
	return closing(d)
}

func attendance() Fields {
	var state, ngo []Text
	for i, p := range people {
		who := p + " (" + bodies[i] + ")"
		if i%5 == 3 {
			who += " (attālināti)"
		}
		if i < 8 {
			state = append(state, Plain(who))
		} else {
			ngo = append(ngo, Plain(who))
		}
	}
	voting := append([]Text{{{Text: "Valsts pārvaldes puse", Italic: true}}}, state...)
	voting = append(append(voting, Text{{Text: "NVO puse", Italic: true}}), ngo...)
	return Fields{Rows: []Field{
		{Label: "Sēdi vada", Values: Texts("Memoranda padomes vadītājs, Valsts kancelejas direktors – " + people[0])},
		{Label: "Ar balsstiesībām piedalās", Values: voting},
		{Label: "Ar padomdevēja tiesībām piedalās", Values: Texts("E."+nb+"Novērotāja (Rīgas dome)", "P."+nb+"Klausītājs (biedrība „Ēnas”)")},
		{Label: "Nepiedalās", Values: Texts("nav")},
		{Label: "Protokolē", Values: Texts("V." + nb + "Rakstītāja (Valsts kanceleja)")},
		{Label: "Sēdi sāk", Values: Texts("plkst." + nb + "11.00")},
	}}
}

var subjects = []string{
	"Par iepriekšējās sēdes protokola un šīs sēdes darba kārtības apstiprināšanu",
	"Par Memoranda padomes darba plānu 2024.–2026." + nb + "gadam un darba grupu izveidi",
	"Par nevalstisko organizāciju finansējuma (budžeta) pieejamību un nodokļu politikas izmaiņām, kas ietekmē sabiedriskā labuma organizācijas",
}

func subject(n int) string { return subjects[(n-1)%len(subjects)] }

func agenda(items int) List {
	l := List{Ordered: true}
	for n := range items {
		l.Items = append(l.Items, Item{Label: fmt.Sprintf("%d.", n+1), Text: Plain(subject(n + 1))})
	}
	return l
}

func item(n int) []Block {
	label := fmt.Sprintf("%d.", n)
	clause := func(i int, s string) Item { return Item{Label: fmt.Sprintf("%d.%d.", n, i), Text: Plain(s)} }
	blocks := []Block{
		Heading{Level: 1, Label: label, Text: subject(n)},
		Note{Text: Plain(fmt.Sprintf("Plāna %d."+nb+"pasākums, uzdevums %d.2.", n%8+1, n%8+1)), Keep: Keep{WithNext: true}},
		Paragraph{Text: Text{{Text: "Ziņo: ", Bold: true}, {Text: people[n%16] + " (" + bodies[n%16] + ")"}}},
		Paragraph{Text: Text{{Text: "Izsakās: ", Bold: true}, {Text: people[(n+3)%16] + ", " + people[(n+7)%16] + ", " + people[(n+9)%16]}}},
		Paragraph{Text: Plain("Sanāksmes dalībnieki uzklausa ziņojumu un pārrunā, kā memoranda īstenošanas gaitā nodrošināt agrīnu un jēgpilnu sabiedrības iesaisti politikas plānošanas dokumentu izstrādē. Tiek uzsvērts, ka nevalstiskajām organizācijām nepieciešams laikus saņemt informāciju par plānotajām izmaiņām, lai tās varētu sniegt pamatotus priekšlikumus, un ka atbildīgajām ministrijām jāskaidro, kuri priekšlikumi ir ņemti vērā un kuri – ne.")},
		Paragraph{Text: Plain("Diskusijā norādīts, ka valsts–nevalstiskā sektora sadarbība pēdējos gados (2022.–2025." + nb + "gadā) ir kļuvusi ciešāka, tomēr reģionos tā joprojām ir nevienmērīga; ieteikts vadītājiem/vadītājām regulāri tikties ar biedrībām arī ārpus Rīgas.")},
	}
	if n%3 == 0 {
		blocks = append(blocks, Table{
			Caption: "Finansējums pa gadiem", RowHeaders: true,
			Columns: []Column{{Head: "Programma", Width: 4}, {Head: "2024. gads, EUR", Width: 2}, {Head: "2025. gads, EUR", Width: 2}, {Head: "Piezīmes", Width: 4}},
			Rows: [][]Text{
				Texts("NVO fonds", "2"+nb+"000"+nb+"000", "2"+nb+"250"+nb+"000", "Administrē Sabiedrības integrācijas fonds"),
				Texts("Mediju atbalsts", "450"+nb+"000", "450"+nb+"000", "Bez izmaiņām"),
				Texts("Reģionālie NVO atbalsta centri", "75"+nb+"500", "98"+nb+"300", "Pieci plānošanas reģioni; finansējums piešķirts konkursa kārtībā"),
			},
		})
	}
	return append(blocks,
		Paragraph{Text: Text{{Text: "Balsojums: ", Bold: true}, {Text: "par – 12, pret – nav, atturas – 1"}}, Keep: Keep{WithNext: true}},
		Paragraph{Text: Text{{Text: "Nolemj:", Bold: true}}, Keep: Keep{WithNext: true}},
		List{Ordered: true, Items: []Item{
			clause(1, "Apstiprināt "+subject(n)[len("Par "):]+" saskaņā ar sēdē iesniegtajiem dokumentiem."),
			clause(2, "Finanšu ministrijai līdz 2024."+nb+"gada 28."+nb+"februārim sagatavot un iesniegt Memoranda padomei informāciju par plānotajiem pasākumiem un tiem nepieciešamo finansējumu."),
			{Label: fmt.Sprintf("%d.3.", n), Text: Plain("Lūgt darba grupas sniegt atzinumu:"), Items: []Item{
				{Label: "–", Text: Plain("par izmaiņām nodokļu politikā;")}, {Label: "–", Text: Plain("par sabiedrības iesaistes kārtību.")},
			}},
		}})
}

func closing(d Document) Document {
	d.Blocks = append(d.Blocks,
		Fields{Keep: Keep{WithNext: true, Together: true}, Rows: []Field{
			{Label: "Nākamā sēde", Values: Texts("2024." + nb + "gada 28." + nb + "februārī plkst." + nb + "11.00")},
			{Label: "Sēdi slēdz", Values: Texts("plkst." + nb + "12.45")},
			{Label: "Pielikumā", Values: Texts("1. Memoranda padomes darba plāns uz 3"+nb+"lp.", "2. Informatīvais ziņojums uz 12"+nb+"lp.")},
		}},
		Signatures{
			Signers:  []Signer{{Role: "Sēdes vadītājs", Mark: "(paraksts*)", Name: people[0]}, {Role: "Protokoliste", Mark: "(paraksts*)", Name: "V." + nb + "Rakstītāja"}},
			Footnote: "* Dokuments ir parakstīts ar drošu elektronisko parakstu un satur laika zīmogu",
		})
	return d
}
