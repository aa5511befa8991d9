// Command padome-verify checks offline that papers of a council are those that
// stand in its evidence ledger. It needs the file and the published key, and
// shares no code with the program that writes the ledger.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"padome/verify"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

const usage = `padome-verify [--key KEY] BUNDLE.zip
padome-verify [--key KEY] --since CHECKPOINT --proof PROOF.json [BUNDLE.zip]

BUNDLE.zip   the papers of a session, as the council's pages give them
--key        the verifier key that the council publishes at /ledger
--since      a checkpoint kept from before; PROOF.json is what the server answers at
             /api/v1/ledger/consistency?older=SIZE, with &newer=SIZE of the
             bundle's checkpoint where there is a bundle
Exit code: 0 all is as the ledger says, 1 it is not, 2 the call is wrong.
`

// run does one check and returns the exit code.
func run(args []string, out, errs io.Writer) int {
	fs := flag.NewFlagSet("padome-verify", flag.ContinueOnError)
	fs.SetOutput(errs)
	fs.Usage = func() { fmt.Fprint(errs, usage) }
	key := fs.String("key", "", "")
	since := fs.String("since", "", "")
	proof := fs.String("proof", "", "")
	if err := fs.Parse(args); err != nil {
		return 2
	}
	if fs.NArg() > 1 || fs.NArg() == 0 && *since == "" || (*since == "") != (*proof == "") {
		fs.Usage()
		return 2
	}
	var papers verify.Report
	if fs.NArg() == 1 {
		var err error
		if papers, err = bundle(fs.Arg(0), *key, out); err != nil {
			return fail(errs, fs.Arg(0), err)
		}
	}
	if *since != "" {
		if err := history(*since, *proof, &papers, *key, out); err != nil {
			return fail(errs, *since, err)
		}
	}
	return 0
}

func fail(errs io.Writer, what string, err error) int {
	fmt.Fprintf(errs, "padome-verify: %s: %v\n", what, err)
	if errors.Is(err, os.ErrNotExist) {
		return 2
	}
	return 1
}

// bundle checks one bundle and tells what was found.
func bundle(name, key string, out io.Writer) (r verify.Report, err error) {
	f, err := os.Open(name)
	if err != nil {
		return r, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return r, err
	}
	if r, err = verify.Bundle(f, info.Size(), key); err == nil {
		verify.Tell(out, r)
	}
	return r, err
}

// history checks that the ledger went on from an older checkpoint, to that of the
// papers where there are some.
func history(since, proof string, papers *verify.Report, key string, out io.Writer) error {
	older, err := os.ReadFile(since)
	if err != nil {
		return err
	}
	answer, err := os.ReadFile(proof)
	if err != nil {
		return err
	}
	was, is, err := papers.Continues(older, answer, key)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "the ledger went on from %d entries to %d, and none of the first %d was changed\n", was.Size, is.Size, was.Size)
	return nil
}
