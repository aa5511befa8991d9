package office

import (
	"context"

	"padome/council"
)

// SaveArms puts the picture of the council's arms, or takes it away with nil.
func (o *Office) SaveArms(ctx context.Context, by By, revision uint64, arms *council.Arms) (council.Settings, error) {
	if err := council.MayChangeSettings(by.Actor); err != nil {
		return council.Settings{}, err
	}
	return o.council.UpdateSettings(ctx, by.change("history.arms", ""), revision, func(was *council.Settings) error {
		was.Arms = arms
		return nil
	})
}
