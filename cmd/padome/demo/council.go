package demo

import (
	"padome/council"
)

// somebody is a person of the made-up council. The key is how the script calls
// them.
type somebody struct {
	key      string
	person   council.Person
	side     council.Side // of a member
	login    string       // of those who get an account
	password string
}

// The leads and officers of the script.
const (
	chair     = "ķirsons"
	deputy    = "ābolkalne"
	secretary = "bērzkalne"
	taker     = "priedīte"
	admin     = "grīnvalds"
)

// People and NGOs are made up; the ministries are those there are.
var people = []somebody{
	state(chair, "Mārtiņš", "Ķirsons", "m", "Valsts kancelejas direktors", "Valsts kanceleja").with("vaditajs", "dzintars-krasts-41"),
	state("ūdre", "Sanita", "Ūdre", "f", "Tieslietu ministrijas Civiltiesību departamenta direktore", "Tieslietu ministrija").with("locekle", "purva-bridejs-83"),
	state("žagariņa", "Ilze", "Žagariņa", "f", "Kultūras ministrijas valsts sekretāra vietniece", "Kultūras ministrija"),
	state("dzērvītis", "Kaspars", "Dzērvītis", "m", "Finanšu ministrijas Nodokļu politikas departamenta direktors", "Finanšu ministrija"),
	state("čakstiņš", "Raitis", "Čakstiņš", "m", "Vides aizsardzības un reģionālās attīstības ministrijas valsts sekretāra vietnieks", "Vides aizsardzības un reģionālās attīstības ministrija"),
	state("šķērsone", "Līga", "Šķērsone", "f", "Labklājības ministrijas Sociālās politikas departamenta direktore", "Labklājības ministrija"),
	state("eņģelis", "Guntis", "Eņģelis", "m", "Izglītības un zinātnes ministrijas Jaunatnes politikas nodaļas vadītājs", "Izglītības un zinātnes ministrija"),
	state("rūtiņa", "Dace", "Rūtiņa", "f", "Sabiedrības integrācijas fonda sekretariāta direktora vietniece", "Sabiedrības integrācijas fonds"),

	ngo(deputy, "Inga", "Ābolkalne", "f", "biedrības „Līdzdalības tīkls” direktore", "Biedrība „Līdzdalības tīkls”").with("vietniece", "ozolu-gatve-1907"),
	ngo("lielkalns", "Edgars", "Lielkalns", "m", "nodibinājuma „Atvērto datu darbnīca” vadītājs", "Nodibinājums „Atvērto datu darbnīca”"),
	ngo("mežule", "Zane", "Mežule", "f", "biedrības „Kurzemes kopienu centrs” valdes priekšsēdētāja", "Biedrība „Kurzemes kopienu centrs”").outside(),
	ngo("ošiņš", "Jānis", "Ošiņš", "m", "biedrības „Latgales apvienība” valdes priekšsēdētājs", "Biedrība „Latgales apvienība”").outside(),
	ngo("čivle", "Kristīne", "Čivle", "f", "biedrības „Brīvprātīgie kopā” projektu vadītāja", "Biedrība „Brīvprātīgie kopā”"),
	ngo("žukovs", "Aleksejs", "Žukovs", "m", "biedrības „Jauniešu balss” valdes loceklis", "Biedrība „Jauniešu balss”"),
	ngo("šmite", "Velga", "Šmite", "f", "biedrības „Vienlīdzīgas iespējas” priekšsēdētāja", "Biedrība „Vienlīdzīgas iespējas”"),
	ngo("ģērmanis", "Toms", "Ģērmanis", "m", "biedrības „Zaļais loks” jurists", "Biedrība „Zaļais loks”"),

	other("vīksne", "Artūrs", "Vīksne", "m", "Tieslietu ministrijas Civiltiesību departamenta jurists", "Tieslietu ministrija"),
	other("rudzāte", "Ieva", "Rudzāte", "f", "biedrības „Latgales apvienība” koordinatore", "Biedrība „Latgales apvienība”").outside(),
	other(secretary, "Agnese", "Bērzkalne", "f", "Valsts kancelejas konsultante", "Valsts kanceleja").with("sekretare", "vasaras-rasa-552"),
	other(taker, "Elīna", "Priedīte", "f", "Valsts kancelejas vecākā referente", "Valsts kanceleja").with("protokoliste", "klusais-ezers-38"),
	other(admin, "Rūdolfs", "Grīnvalds", "m", "Valsts kancelejas sistēmu administrators", "Valsts kanceleja").with("administrators", "granita-tilts-664"),
}

// alternates stand in for members who are away.
var alternates = map[string]string{"vīksne": "ūdre", "rudzāte": "ošiņš"}

// officers hold a role of the secretariat or the installation.
var officers = map[string]council.Role{
	secretary: council.Secretariat, taker: council.Secretariat, admin: council.Administrator,
}

// inOffice is from when everybody holds what they hold.
const inOffice council.Date = "2023-10-02"

// groups are the three working groups with the measures they answer for.
var groups = []council.WorkingGroup{
	{
		ID:       "finance",
		Name:     "NVO, kā arī pilsoniskajai iesaistei un aktivitātēm paredzēto finanšu (budžeta) un nodokļu darba grupa",
		NameEN:   "Working group on finance (budget) and taxes for NGOs, civic engagement and activities",
		Measures: []int{2, 3}, Lead: "dzērvītis",
		Members: []string{"dzērvītis", "ūdre", "rūtiņa", deputy, "čivle", "ošiņš"},
	},
	{
		ID:       "engagement",
		Name:     "Sabiedrības iesaistes un atvērtās pārvaldības partnerības darba grupa",
		NameEN:   "Working group on public engagement and the open government partnership",
		Measures: []int{6, 7, 8}, Lead: "lielkalns",
		Members: []string{"lielkalns", "mežule", "žukovs", "žagariņa", "čakstiņš", "eņģelis"},
	},
	{
		ID:       "content",
		Name:     "Satura plānošanas darba grupa",
		NameEN:   "Content planning working group",
		Measures: []int{1, 4, 5}, Lead: chair,
		Members: []string{chair, deputy, "šķērsone", "šmite", "ģērmanis"},
	},
}

func state(key, given, surname, gender, position, organisation string) somebody {
	p := other(key, given, surname, gender, position, organisation)
	p.side = council.State
	return p
}

func ngo(key, given, surname, gender, position, organisation string) somebody {
	p := other(key, given, surname, gender, position, organisation)
	p.side = council.NGO
	return p
}

func other(key, given, surname, gender, position, organisation string) somebody {
	return somebody{key: key, person: council.Person{Given: given, Surname: surname, Gender: council.Gender(gender),
		Position: position, Organisation: organisation}}
}

func (s somebody) with(login, password string) somebody {
	s.login, s.password = login, password
	return s
}

func (s somebody) outside() somebody {
	s.person.OutsideRiga = true
	return s
}
