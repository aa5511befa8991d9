package office

import (
	"context"

	"padome/council"
	"padome/internal/auth"
	"padome/internal/problem"
)

// EndLogins ends every login of an account; its owner logs in again.
func (l *Logins) EndLogins(ctx context.Context, by By, account string, revision uint64) (auth.Account, error) {
	if err := council.MayChangePeople(by.Actor); err != nil {
		return auth.Account{}, err
	}
	return l.UpdateAccount(ctx, by.change("history.logins-ended", ""), account, revision, func(a *auth.Account) error {
		a.EndLogins()
		return nil
	})
}

// ForgetSecond takes every second factor from an account whose owner has lost the
// device, passkeys too. Nobody does so for themselves: they need no keeper for it.
func (l *Logins) ForgetSecond(ctx context.Context, by By, account string, revision uint64) (auth.Account, error) {
	if err := council.MayChangePeople(by.Actor); err != nil {
		return auth.Account{}, err
	}
	return l.UpdateAccount(ctx, by.change("history.second", ""), account, revision, func(a *auth.Account) error {
		if by.Actor.Person != "" && a.Person == by.Actor.Person {
			return problem.New(problem.Forbidden, "problem.office.own-second")
		}
		a.ForgetSecond()
		return nil
	})
}
