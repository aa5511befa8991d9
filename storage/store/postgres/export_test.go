package postgres

import "context"

// OpenTrusting opens a server that may lose what it acknowledged.
func OpenTrusting(ctx context.Context, cfg Config) (*Store, error) {
	cfg.trusting = true
	return Open(ctx, cfg)
}

// OpenBlindly opens a store that repeats what may have been done.
func OpenBlindly(ctx context.Context, cfg Config) (*Store, error) {
	cfg.blindly = true
	return Open(ctx, cfg)
}
