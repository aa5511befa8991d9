//go:build !linux

package pgtest

import "errors"

// Server is a PostgreSQL server, which is started on Linux alone.
type Server struct{}

func start(...string) (*Server, error) { return nil, errMissing }

// DSN is the address of the server.
func (s *Server) DSN() string { return "" }

// Port is where the server listens.
func (s *Server) Port() int { return 0 }

// Begin starts the server.
func (s *Server) Begin() error { return errors.ErrUnsupported }

// Stop ends the server.
func (s *Server) Stop() error { return nil }

// Kill kills the server.
func (s *Server) Kill() error { return errors.ErrUnsupported }
