package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"

	"padome/cmd/padome/tell"
	"padome/internal/locale"
	"padome/internal/problem"
	"padome/internal/signature"
	"padome/internal/signature/asice"
	"padome/internal/signature/pades"
	"padome/minutes"
)

// verifySigned checks a signed file as the program does when one comes back, without
// network or data: against the frozen document where it is given, else against
// what the file itself holds. The anchors are those to be used unless the command
// names others.
func (m *Main) verifySigned(o *options, anchors *signature.Anchors) error {
	file, err := readFile(o.args[0])
	if err != nil {
		return err
	}
	check, err := m.offlineCheck(o, anchors)
	if err != nil {
		return err
	}
	var frozen []byte
	if o.frozen != "" {
		if frozen, err = readFile(o.frozen); err != nil {
			return err
		}
	}
	v := verified(check, file, frozen)
	if err := m.tellVerdict(o, v); err != nil {
		return err
	}
	if err := v.Err(); err != nil {
		return fail(nil, "cmd.signature.bad", "path", o.args[0], "faults", m.faultLines(err))
	}
	return nil
}

// offlineCheck is what the signatures are held to: the anchors, or those of a file.
func (m *Main) offlineCheck(o *options, anchors *signature.Anchors) (signature.Check, error) {
	c := signature.Check{Anchors: anchors, Now: m.Now()}
	if o.anchors == "" {
		return c, nil
	}
	raw, err := readFile(o.anchors)
	if err != nil {
		return c, err
	}
	c.Anchors, err = signature.ParseAnchors(raw)
	return c, err
}

// verified checks a file by what it looks like.
func verified(c signature.Check, file, frozen []byte) signature.Verdict {
	if bytes.HasPrefix(file, []byte("%PDF")) {
		return pades.Verify(c, frozen, file)
	}
	return asice.Verify(file, frozen, c)
}

// tellVerdict tells who signed, what is proven and what is not.
func (m *Main) tellVerdict(o *options, v signature.Verdict) error {
	if o.json {
		return m.writeJSON(v)
	}
	t := m.tell()
	if v.Valid() {
		t.Line(0, "cmd.signature.good", "path", o.args[0])
	}
	if o.frozen == "" && v.Document != "" {
		t.Line(0, "cmd.signature.original", "digest", v.Document)
	}
	for _, r := range v.Proven {
		if v.Valid() && (o.frozen != "" || r.Key != "signature.proven.document") { // which the file itself cannot say
			t.Line(1, "cmd.signature.proven", "text", locale.Text(m.lang, r.Key, r.Args))
		}
	}
	for _, s := range v.Signers {
		if s.Good() {
			m.tellSigner(t, s)
		}
	}
	return t.Err()
}

// tellSigner tells of one good signature whose it is, when, and what is proven.
func (m *Main) tellSigner(t *tell.Teller, s signature.Signer) {
	level := locale.Text(m.lang, "signature.level."+string(s.Level), nil)
	at := s.When().UTC()
	if at.IsZero() {
		t.Line(1, "cmd.signature.signer.timeless", "name", s.Name, "serial", s.Serial, "level", level)
	} else {
		t.Line(1, "cmd.signature.signer", "name", s.Name, "serial", s.Serial, "level", level, "date", at.Format("2006-01-02"), "time", at.Format("15:04"))
	}
	for _, r := range s.Proven {
		t.Line(2, "cmd.signature.proven", "text", locale.Text(m.lang, r.Key, r.Args))
	}
	for _, r := range s.Unproven {
		t.Line(2, "cmd.signature.unproven", "text", locale.Text(m.lang, r.Key, r.Args))
	}
}

func (m *Main) writeJSON(v any) error {
	out, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	_, err = m.Out.Write(append(out, '\n'))
	return err
}

// faultLines are the faults of a refusal, each on a line of its own.
func (m *Main) faultLines(err error) string {
	e, ok := errors.AsType[*problem.Error](err)
	if !ok {
		return err.Error()
	}
	lines := make([]string, len(e.Fields))
	for i, f := range e.Fields {
		lines[i] = "– " + locale.Text(m.lang, f.Key, f.Args)
	}
	return strings.Join(lines, "\n")
}

// trustShow tells the certificates that signatures are checked against.
func (m *Main) trustShow(ctx context.Context, o *options) error {
	return m.with(ctx, o.dir, func(d *data) error {
		t, err := d.office.Trust(ctx, m.operator().Actor)
		if err != nil {
			return err
		}
		return m.tellTrust(o, t)
	})
}

func (m *Main) tellTrust(o *options, t minutes.Trust) error {
	a, err := t.Anchors()
	if err != nil {
		return err
	}
	if o.json {
		return m.writeJSON(a.List())
	}
	out, key := m.tell(), "cmd.trust.own"
	if len(t.Certificates) == 0 {
		key = "cmd.trust.national"
	}
	out.Line(0, key)
	for _, x := range a.List() {
		out.Line(1, "cmd.trust.line", "name", x.Name, "kind", x.Kind, "from", x.From.Format("2006-01-02"), "until", x.Until.Format("2006-01-02"))
	}
	return out.Err()
}

// trustReplace replaces them by those of a file; the word "national" brings back
// those that come with the program.
func (m *Main) trustReplace(ctx context.Context, o *options) error {
	var file []byte
	if o.args[0] != "national" {
		var err error
		if file, err = readFile(o.args[0]); err != nil {
			return err
		}
	}
	return m.with(ctx, o.dir, func(d *data) error {
		now, err := d.office.Trust(ctx, m.operator().Actor)
		if err != nil {
			return err
		}
		t, err := d.office.SaveTrust(ctx, m.operator(), now.Revision, file)
		if err != nil {
			return err
		}
		return m.tellTrust(o, t)
	})
}
