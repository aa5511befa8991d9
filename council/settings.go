package council

import (
	"cmp"
	"time"

	"padome/internal/problem"
	"padome/internal/text"
)

// Quorum is the rule by which the council is quorate.
type Quorum string

const (
	MoreThanHalf          Quorum = "more-than-half"            // of the members
	MoreThanHalfBothSides Quorum = "more-than-half-both-sides" // and at least one of each side
)

// Majority is the rule by which a vote is carried.
type Majority string

const (
	OfPresent Majority = "of-present" // more than half of those present and entitled to vote are for
	OfCast    Majority = "of-cast"    // more are for than against
)

// Tie is what happens when as many are for as against.
type Tie string

const (
	PresidingDecides Tie = "presiding-decides"
	TieRejects       Tie = "rejected"
)

// Signers are who must sign the minutes.
type Signers string

const (
	PresidingAndMinuteTaker Signers = "presiding-and-minute-taker"
	ChairAndDeputy          Signers = "chair-and-deputy"
)

// Settings are what one council may arrange for itself. Its names stand in
// documents, so Latvian has them in the genitive too.
type Settings struct {
	Name         string       `json:"name"`   // the full official name
	NameOf       string       `json:"nameOf"` // genitive, as before „sēdes protokols”
	NameEN       string       `json:"nameEn"`
	Short        string       `json:"short"`   // Memoranda padome
	ShortOf      string       `json:"shortOf"` // Memoranda padomes
	ShortEN      string       `json:"shortEn"`
	Place        string       `json:"place"` // as documents have it: Rīgā
	PlaceEN      string       `json:"placeEn"`
	SeatsPerSide int          `json:"seatsPerSide"`
	Quorum       Quorum       `json:"quorum"`
	Majority     Majority     `json:"majority"`
	Tie          Tie          `json:"tie"`
	Signers      Signers      `json:"signers"`
	Weekday      time.Weekday `json:"weekday"` // of regular sessions, the last one of the month; 0 is Sunday
	Starts       Clock        `json:"starts"`
	Minutes      int          `json:"minutes"`                // planned length
	Reminders    *Reminders   `json:"reminders,omitempty"`    // of decisions; nil: the usual ones
	CommentDays  int          `json:"commentDays,omitempty"`  // working days for comments on draft minutes; 0: the usual 5
	DissentDays  int          `json:"dissentDays,omitempty"`  // days for dissenting opinions; 0: the usual 7
	ObserverDays int          `json:"observerDays,omitempty"` // days after a session that observers' data is kept; 0: the usual 30
	Keeping                   // how long personal data is kept that may be erased
	// Address is where the council's pages are, for the codes on papers that lead
	// to their verification; "" for no codes.
	Address string `json:"address,omitempty"`
	// Contact is how the public reaches the secretariat, as pages print it.
	Contact string  `json:"contact,omitempty"`
	Signing Signing `json:"signing,omitempty"` // of the minutes; "": the usual way, in this program
	Accent  Accent  `json:"accent,omitempty"`  // of its pages
	Arms    *Arms   `json:"arms,omitempty"`
	// SecondRequired holds back the powers of the secretariat, the leads and
	// administrators from logins without a second factor.
	SecondRequired bool   `json:"secondRequired,omitempty"`
	Revision       uint64 `json:"revision"`
}

// DefaultSettings are those of the Memorandum Council.
func DefaultSettings() Settings {
	return Settings{
		Name:         "Nevalstisko organizāciju un Ministru kabineta sadarbības memoranda īstenošanas padome",
		NameOf:       "Nevalstisko organizāciju un Ministru kabineta sadarbības memoranda īstenošanas padomes",
		NameEN:       "Council for the Implementation of the Memorandum of Cooperation between Non-governmental Organisations and the Cabinet of Ministers",
		Short:        "Memoranda padome",
		ShortOf:      "Memoranda padomes",
		ShortEN:      "Memorandum Council",
		Place:        "Rīgā",
		PlaceEN:      "Riga",
		SeatsPerSide: 8,
		Quorum:       MoreThanHalf,
		Majority:     OfPresent,
		Tie:          PresidingDecides,
		Signers:      PresidingAndMinuteTaker,
		Weekday:      time.Wednesday,
		Starts:       "11:00",
		Minutes:      120,
	}
}

// Validate tidies the texts of the settings and says what is wrong with them.
func (s *Settings) Validate() error {
	var l problem.List
	text.Line(&l, "name", &s.Name, 1, 200)
	text.Line(&l, "nameOf", &s.NameOf, 1, 200)
	text.Line(&l, "nameEn", &s.NameEN, 1, 200)
	text.Line(&l, "short", &s.Short, 1, 60)
	text.Line(&l, "shortOf", &s.ShortOf, 1, 60)
	text.Line(&l, "shortEn", &s.ShortEN, 1, 60)
	text.Line(&l, "place", &s.Place, 1, 60)
	text.Line(&l, "placeEn", &s.PlaceEN, 1, 60)
	within(&l, "seatsPerSide", s.SeatsPerSide, 1, 100)
	choice(&l, "quorum", s.Quorum, MoreThanHalf, MoreThanHalfBothSides)
	choice(&l, "majority", s.Majority, OfPresent, OfCast)
	choice(&l, "tie", s.Tie, PresidingDecides, TieRejects)
	choice(&l, "signers", s.Signers, PresidingAndMinuteTaker, ChairAndDeputy)
	within(&l, "weekday", int(s.Weekday), int(time.Monday), int(time.Friday))
	if !s.Starts.Valid() {
		l.Add("starts", "problem.clock", "value", string(s.Starts))
	}
	within(&l, "minutes", s.Minutes, 15, 600)
	if s.Signing != "" {
		choice(&l, "signing", s.Signing, SignedHere, SignedElectronically)
	}
	checkAddress(&l, "address", &s.Address)
	text.Line(&l, "contact", &s.Contact, 0, 200)
	s.Accent.check(&l, "accent")
	within(&l, "commentDays", s.CommentDays, 0, 60)
	within(&l, "dissentDays", s.DissentDays, 0, 60)
	within(&l, "observerDays", s.ObserverDays, 0, 366)
	within(&l, "keepComments", s.Comments, 0, maxKept)
	within(&l, "keepProposals", s.Proposals, 0, maxKept)
	within(&l, "keepDrafts", s.Drafts, 0, maxKept)
	within(&l, "keepFormer", s.Former, 0, maxKept)
	if r := s.Reminders; r != nil {
		within(&l, "reminders.before", r.Before, 0, 90)
		within(&l, "reminders.every", r.Every, 0, 365)
	}
	return l.Err()
}

// CommentPeriod is for how many working days draft minutes circulate.
func (s Settings) CommentPeriod() int { return cmp.Or(s.CommentDays, 5) }

// DissentPeriod is within how many days of a session members may file a dissenting
// opinion.
func (s Settings) DissentPeriod() int { return cmp.Or(s.DissentDays, 7) }

// ObserverPeriod is how many days after a session the data of those who signed up
// for it as observers is kept.
func (s Settings) ObserverPeriod() int { return cmp.Or(s.ObserverDays, 30) }

// Quorate reports whether the council can decide: seats is how many members it
// has that day (Roster.Seats), state and ngo how many of each side are present
// with a vote.
func (s Settings) Quorate(seats, state, ngo int) bool {
	if s.Quorum == MoreThanHalfBothSides && (state == 0 || ngo == 0) {
		return false
	}
	return 2*(state+ngo) > seats
}
