package main

import (
	"cmp"
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// asOwner lets a command of root go on as the user whom the data folder belongs
// to, once and for all: what it writes there stays the service's, and a link that
// somebody laid there leads to nothing that this user may not reach. It is told,
// since files elsewhere are then reached as that user too.
func (m *Main) asOwner(dir string) error {
	info, err := os.Stat(dir)
	if err != nil || os.Geteuid() != 0 {
		return nil // a folder that is not there is told by whoever opens it
	}
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok || s.Uid == 0 {
		return nil
	}
	name := "uid " + strconv.Itoa(int(s.Uid))
	groups := []int{}
	if u, err := user.LookupId(strconv.Itoa(int(s.Uid))); err == nil {
		name = cmp.Or(u.Username, name)
		ids, _ := u.GroupIds() // who is in no list of groups has none
		for _, id := range ids {
			if n, err := strconv.Atoi(id); err == nil {
				groups = append(groups, n)
			}
		}
	}
	for _, become := range []error{syscall.Setgroups(groups), syscall.Setgid(int(s.Gid)), syscall.Setuid(int(s.Uid))} {
		if become != nil {
			return fail(become, "cmd.owner.refused", "user", name, "dir", dir, "error", become.Error())
		}
	}
	m.note("cmd.owner.as", "user", name, "dir", dir)
	return nil
}
