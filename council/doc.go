// Package council says who and when: people, the mandates they hold on a day,
// working groups, sessions, and the calendar of working days.
package council

import (
	"time"
	_ "time/tzdata" // the program runs on machines without a zone database
)

// Riga is the time zone of the council; every deadline runs in it.
var Riga = func() *time.Location {
	z, err := time.LoadLocation("Europe/Riga")
	if err != nil {
		panic("council: " + err.Error())
	}
	return z
}()
