package council

// Reminders say when the addressee of a decision is reminded of its deadline.
type Reminders struct {
	Before int  `json:"before"` // days before the deadline; 0: never before it
	OnDay  bool `json:"onDay"`  // on the deadline itself
	Every  int  `json:"every"`  // days after it, again and again; 0: never after it
}

// UsualReminders hold while the council has arranged nothing else: a week
// before, on the day, and every other week after.
var UsualReminders = Reminders{Before: 7, OnDay: true, Every: 14}

// RemindersInForce are the settings' reminders, the usual ones where it has none.
func (s Settings) RemindersInForce() Reminders {
	if s.Reminders == nil {
		return UsualReminders
	}
	return *s.Reminders
}
