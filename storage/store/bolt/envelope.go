package bolt

import (
	"fmt"

	"padome/storage/store"
)

func damaged(t store.Tenant, b *shelf, key []byte, why any) error {
	return fmt.Errorf("%w: tenant %d, %s, key %q: %v", store.ErrDamaged, t, b.label(), key, why)
}
