package main

import (
	"context"
	"net"
	"net/http"
	"time"

	"padome/web"
)

// measureTimeout is how long a scrape may take, from its first byte to its last.
const measureTimeout = 10 * time.Second

// measured serves what the server counts at an address of its own, which need
// not be where people come from, until the function that it returns is called.
// No address is no listener.
func (m *Main) measured(ctx context.Context, s *web.Server, address string) (stop func() error, err error) {
	if address == "" {
		return func() error { return nil }, nil
	}
	if err := checkAddress("metrics", address); err != nil {
		return nil, err
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fail(err, "cmd.listen.taken", "name", "metrics", "address", address, "error", err.Error())
	}
	scraped := &http.Server{
		Handler:           s.Metrics(),
		ReadHeaderTimeout: measureTimeout, ReadTimeout: measureTimeout, WriteTimeout: measureTimeout, IdleTimeout: time.Minute,
	}
	go scraped.Serve(l) // until Close, which is all that ends it
	m.tell().Line(0, "cmd.serve.metrics", "address", "http://"+reachable(l.Addr())+"/metrics")
	return scraped.Close, nil
}
