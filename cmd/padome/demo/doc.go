// Package demo holds three sessions of a made-up council on the real work plan,
// from proposals to signed minutes, and tells what happens.
package demo
