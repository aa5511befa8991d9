package office

import (
	"sync"

	"padome/agenda"
	"padome/council"
)

// keptRoster is the roster as it was read last. Every request asks who somebody
// is, and the register seldom changes.
type keptRoster struct {
	mu     sync.Mutex
	seq    uint64 // the council's changes before it was read: those since may have changed it
	roster *council.Roster
}

func (k *keptRoster) at(seq uint64, read func() (*council.Roster, error)) (*council.Roster, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.roster != nil && k.seq == seq {
		return k.roster, nil
	}
	r, err := read()
	if err == nil {
		k.seq, k.roster = seq, r
	}
	return r, err
}

// keptVersions are the frozen agendas that were read last, by their digest: what
// has a digest never changes. Who gets one only reads it.
type keptVersions struct {
	mu   sync.Mutex
	all  map[string]agenda.Content
	read []string // digests, the longest kept first
}

// mostKept is how many frozen agendas are kept, each some tens of kilobytes.
const mostKept = 32

func (k *keptVersions) of(digest string, read func() (agenda.Content, error)) (agenda.Content, error) {
	k.mu.Lock()
	c, ok := k.all[digest]
	k.mu.Unlock()
	if ok {
		return c, nil
	}
	c, err := read()
	if err != nil {
		return c, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.all == nil {
		k.all = map[string]agenda.Content{}
	}
	if _, ok := k.all[digest]; !ok {
		if len(k.read) == mostKept {
			delete(k.all, k.read[0])
			k.read = k.read[1:]
		}
		k.all[digest], k.read = c, append(k.read, digest)
	}
	return c, nil
}
