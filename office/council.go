package office

import (
	"context"

	"padome/council"
	"padome/storage"
)

// Roster is the council's people with their mandates, as they stand now.
func (o *Office) Roster(ctx context.Context) (*council.Roster, error) {
	seq, err := o.council.Seq(ctx)
	if err != nil {
		return nil, err
	}
	return o.roster.at(seq, func() (*council.Roster, error) { return storage.Read(ctx, o.council, roster) })
}

func roster(v *storage.View) (*council.Roster, error) {
	s, err := v.Settings()
	if err != nil {
		return nil, err
	}
	people, err := v.People()
	if err != nil {
		return nil, err
	}
	mandates, err := v.Mandates()
	if err != nil {
		return nil, err
	}
	return council.NewRoster(s, people, mandates), nil
}

// Actor is a person with the mandates they hold on a day.
func (o *Office) Actor(ctx context.Context, person string, on council.Date) (council.Actor, error) {
	r, err := o.Roster(ctx)
	if err != nil {
		return council.Actor{}, err
	}
	return r.Actor(person, on), nil
}

// People are the register of people, for those who hold a mandate.
func (o *Office) People(ctx context.Context, a council.Actor) ([]council.Person, error) {
	if err := council.MaySeePeople(a); err != nil {
		return nil, err
	}
	return storage.Read(ctx, o.council, (*storage.View).People)
}

// Person is one of the register of people, for those who hold a mandate.
func (o *Office) Person(ctx context.Context, a council.Actor, id string) (council.Person, error) {
	if err := council.MaySeePeople(a); err != nil {
		return council.Person{}, err
	}
	return storage.Read(ctx, o.council, func(v *storage.View) (council.Person, error) { return v.Person(id) })
}

// Mandates are all mandates there ever were, for those who hold one.
func (o *Office) Mandates(ctx context.Context, a council.Actor) ([]council.Mandate, error) {
	if err := council.MaySeePeople(a); err != nil {
		return nil, err
	}
	return storage.Read(ctx, o.council, (*storage.View).Mandates)
}

// Groups are the working groups.
func (o *Office) Groups(ctx context.Context) ([]council.WorkingGroup, error) {
	return storage.Read(ctx, o.council, (*storage.View).Groups)
}

// Settings are the council's settings.
func (o *Office) Settings(ctx context.Context) (council.Settings, error) {
	return storage.Read(ctx, o.council, (*storage.View).Settings)
}

// Calendar is the calendar with the council's own days.
func (o *Office) Calendar(ctx context.Context) (council.Calendar, error) {
	return storage.Read(ctx, o.council, (*storage.View).Calendar)
}

// SavePerson adds a person for revision 0, under a new id when none is given,
// or changes one.
func (o *Office) SavePerson(ctx context.Context, by By, revision uint64, p council.Person) (council.Person, error) {
	if err := council.MayChangePeople(by.Actor); err != nil {
		return council.Person{}, err
	}
	id := o.idOr(p.ID, revision)
	return o.council.UpdatePerson(ctx, by.change("history.person", ""), id, revision, func(was *council.Person) error {
		p.ID, p.Revision = was.ID, was.Revision
		*was = p
		return nil
	})
}

// idOr is the id given, or a new one for a new record without.
func (o *Office) idOr(id string, revision uint64) string {
	if id == "" && revision == 0 {
		return o.db.NewID()
	}
	return id
}

// SaveMandate gives a mandate for revision 0, or changes one. It fails when the
// council's rules do not admit it beside the others: two chairs on one day, more
// members than seats, an alternate without a member.
func (o *Office) SaveMandate(ctx context.Context, by By, revision uint64, m council.Mandate) (council.Mandate, error) {
	id := o.idOr(m.ID, revision)
	return storage.Do(ctx, o.council, by.change("history.mandate", m.Basis), func(tx *storage.Tx) (council.Mandate, error) {
		if err := council.MayGrant(by.Actor, m); err != nil {
			return council.Mandate{}, err
		}
		if _, err := tx.Person(m.Person); err != nil {
			return council.Mandate{}, err
		}
		r, err := roster(&tx.View)
		if err != nil {
			return council.Mandate{}, err
		}
		return tx.UpdateMandate(id, revision, func(was *council.Mandate) error {
			m.ID, m.Revision = was.ID, was.Revision
			if err := m.Validate(); err != nil {
				return err
			}
			*was = m
			return r.MayAdd(m)
		})
	})
}

// SaveGroup adds a working group for revision 0, or changes one.
func (o *Office) SaveGroup(ctx context.Context, by By, revision uint64, g council.WorkingGroup) (council.WorkingGroup, error) {
	if err := council.MayChangeGroups(by.Actor); err != nil {
		return council.WorkingGroup{}, err
	}
	return o.council.UpdateGroup(ctx, by.change("history.group", ""), g.ID, revision, func(was *council.WorkingGroup) error {
		g.Revision = was.Revision
		*was = g
		return nil
	})
}

// SaveSettings changes the council's settings, but for its arms.
func (o *Office) SaveSettings(ctx context.Context, by By, revision uint64, s council.Settings) (council.Settings, error) {
	if err := council.MayChangeSettings(by.Actor); err != nil {
		return council.Settings{}, err
	}
	return o.council.UpdateSettings(ctx, by.change("history.settings", ""), revision, func(was *council.Settings) error {
		s.Revision, s.Arms = was.Revision, was.Arms
		*was = s
		return nil
	})
}

// SaveCalendar changes the moved working days and the council's own days.
func (o *Office) SaveCalendar(ctx context.Context, by By, revision uint64, c council.Calendar) (council.Calendar, error) {
	if err := council.MayChangeCalendar(by.Actor); err != nil {
		return council.Calendar{}, err
	}
	return o.council.UpdateCalendar(ctx, by.change("history.calendar", ""), revision, func(was *council.Calendar) error {
		c.Revision = was.Revision
		*was = c
		return nil
	})
}
