package pdf

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
)

var be = binary.BigEndian

// Tables of a TrueType font that reading and embedding it need, with the least
// length of each.
var needed = map[string]int{
	"OS/2": 96, "cvt ": 0, "fpgm": 0, "glyf": 0, "head": 54, "hhea": 36,
	"hmtx": 4, "loca": 8, "maxp": 6, "post": 32, "prep": 0,
}

// readTables finds the tables of a font. It fails on a font that lacks one, or
// whose glyph tables are not of the kind that cut expects.
func readTables(ttf []byte) (map[string][]byte, error) {
	if len(ttf) < 12 || be.Uint32(ttf) != 0x00010000 {
		return nil, errors.New("not a TrueType font")
	}
	tables := map[string][]byte{}
	for i := range int(be.Uint16(ttf[4:])) {
		at := 12 + 16*i
		if at+16 > len(ttf) {
			return nil, errors.New("table directory is cut off")
		}
		from, size := int(be.Uint32(ttf[at+8:])), int(be.Uint32(ttf[at+12:]))
		if from+size > len(ttf) {
			return nil, errors.New("table is cut off")
		}
		tables[string(ttf[at:at+4])] = ttf[from : from+size]
	}
	for name, least := range needed {
		if t, ok := tables[name]; !ok || len(t) < least {
			return nil, fmt.Errorf("table %q is missing or too short", name)
		}
	}
	glyphs := int(be.Uint16(tables["maxp"][4:]))
	long, measured := be.Uint16(tables["head"][50:]) == 1, int(be.Uint16(tables["hhea"][34:]))
	if !long || measured != glyphs || len(tables["hmtx"]) < 4*glyphs || len(tables["loca"]) < 4*glyphs+4 {
		return nil, errors.New("glyph tables are of another form")
	}
	return tables, nil
}

// cut is the font with the glyphs of some characters alone. Glyphs keep their
// numbers, so that composed glyphs stay as they are.
func (f *face) cut(used []rune) []byte {
	keep := map[int]bool{}
	f.keep(keep, 0)
	for _, r := range used {
		f.keep(keep, int(f.glyphs[r]))
	}
	count := slices.Max(slices.Collect(maps.Keys(keep))) + 1

	var glyf, loca []byte
	for g := range count {
		loca = be.AppendUint32(loca, uint32(len(glyf)))
		if keep[g] {
			glyf = append(glyf, f.outline(g)...)
			glyf = append(glyf, make([]byte, -len(glyf)&3)...)
		}
	}
	loca = be.AppendUint32(loca, uint32(len(glyf)))

	hhea, maxp := bytes.Clone(f.tables["hhea"]), bytes.Clone(f.tables["maxp"])
	be.PutUint16(hhea[34:], uint16(count))
	be.PutUint16(maxp[4:], uint16(count))
	return assemble(map[string][]byte{
		"cvt ": f.tables["cvt "], "fpgm": f.tables["fpgm"], "glyf": glyf, "head": bytes.Clone(f.tables["head"]),
		"hhea": hhea, "hmtx": f.tables["hmtx"][:4*count], "loca": loca, "maxp": maxp, "prep": f.tables["prep"],
	})
}

// outline is the drawing of a glyph; empty for a space.
func (f *face) outline(glyph int) []byte {
	loca := f.tables["loca"][4*glyph:]
	return f.tables["glyf"][be.Uint32(loca):be.Uint32(loca[4:])]
}

// Flags of a part of a composed glyph.
const (
	wideArguments = 1 << 0
	oneScale      = 1 << 3
	moreParts     = 1 << 5
	twoScales     = 1 << 6
	matrix        = 1 << 7
)

// keep notes a glyph and those it is composed of.
func (f *face) keep(kept map[int]bool, glyph int) {
	if kept[glyph] {
		return
	}
	kept[glyph] = true
	outline := f.outline(glyph)
	if len(outline) < 10 || int16(be.Uint16(outline)) >= 0 {
		return
	}
	for parts := outline[10:]; ; {
		flags := be.Uint16(parts)
		f.keep(kept, int(be.Uint16(parts[2:])))
		if flags&moreParts == 0 {
			return
		}
		parts = parts[partSize(flags):]
	}
}

func partSize(flags uint16) int {
	size := 6
	if flags&wideArguments != 0 {
		size += 2
	}
	switch {
	case flags&oneScale != 0:
		size += 2
	case flags&twoScales != 0:
		size += 4
	case flags&matrix != 0:
		size += 8
	}
	return size
}

// assemble puts tables together as a font file.
func assemble(tables map[string][]byte) []byte {
	names := slices.Sorted(maps.Keys(tables))
	n, steps := len(names), 0
	for 2<<steps <= n {
		steps++
	}
	out := be.AppendUint32(nil, 0x00010000)
	for _, v := range []int{n, 16 << steps, steps, 16*n - 16<<steps} {
		out = be.AppendUint16(out, uint16(v))
	}
	clear(tables["head"][8:12]) // its sum over the whole file is filled in last
	at, head := len(out)+16*n, 0
	for _, name := range names {
		if name == "head" {
			head = at
		}
		out = append(out, name...)
		for _, v := range []uint32{sum(tables[name]), uint32(at), uint32(len(tables[name]))} {
			out = be.AppendUint32(out, v)
		}
		at += (len(tables[name]) + 3) &^ 3
	}
	for _, name := range names {
		out = append(out, tables[name]...)
		out = append(out, make([]byte, -len(out)&3)...)
	}
	be.PutUint32(out[head+8:], 0xB1B0AFBA-sum(out))
	return out
}

// sum is the check sum of a table.
func sum(table []byte) (total uint32) {
	for ; len(table) >= 4; table = table[4:] {
		total += be.Uint32(table)
	}
	var rest [4]byte
	copy(rest[:], table)
	return total + be.Uint32(rest[:])
}
