package pdf

import (
	"bytes"
	"fmt"
	"strconv"
)

// tree writes the structure of the document as objects of the file: the
// elements, and from the text of each page the way back to them (ISO 32000-1,
// 14.7). It returns the number of its root.
func (f *finisher) tree(document *element) int {
	root := f.next()
	f.count(document)
	parents := make([][]int, len(f.pages))
	f.element(document, root, parents)
	back := f.add(parentTree(parents))
	f.object(root, fmt.Appendf(nil, "<</Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R /ParentTreeNextKey %d>>",
		document.number, back, len(f.pages)))
	return root
}

// count gives every element its object, in reading order.
func (f *finisher) count(e *element) {
	e.number = f.next()
	for _, p := range e.parts {
		f.count(p)
	}
}

// element writes an element and all below it, and notes which marks of each
// page are its text. Marks are given out in the order of drawing, so that each
// list grows by one.
func (f *finisher) element(e *element, parent int, parents [][]int) {
	out := fmt.Appendf(nil, "<</Type /StructElem /S /%s /P %d 0 R", e.tag, parent)
	if e.attr != "" {
		out = append(out, " /A "+e.attr...)
	}
	if e.alt != "" {
		out = fmt.Appendf(out, " /Alt <%X>", utf16Text(e.alt))
	}
	if len(e.marks) > 0 {
		out = fmt.Appendf(out, " /Pg %d 0 R", f.pages[e.marks[0].page-1])
	}
	out = append(out, " /K ["...)
	for _, p := range e.parts {
		out = append(strconv.AppendInt(out, int64(p.number), 10), " 0 R "...)
	}
	for _, m := range e.marks {
		if m.page == e.marks[0].page {
			out = append(strconv.AppendInt(out, int64(m.id), 10), ' ')
		} else {
			out = fmt.Appendf(out, "<</Type /MCR /Pg %d 0 R /MCID %d>> ", f.pages[m.page-1], m.id)
		}
		at := &parents[m.page-1]
		for len(*at) <= m.id {
			*at = append(*at, 0)
		}
		(*at)[m.id] = e.number
	}
	f.object(e.number, append(bytes.TrimSuffix(out, []byte(" ")), "]>>"...))
	for _, p := range e.parts {
		f.element(p, e.number, parents)
	}
}

// parentTree leads from the marks of each page to their elements.
func parentTree(parents [][]int) []byte {
	out := []byte("<</Nums [")
	for page, elements := range parents {
		out = fmt.Appendf(out, "%d [", page)
		for _, n := range elements {
			out = append(strconv.AppendInt(out, int64(n), 10), " 0 R "...)
		}
		out = append(bytes.TrimSuffix(out, []byte(" ")), "] "...)
	}
	return append(bytes.TrimSuffix(out, []byte(" ")), "]>>"...)
}
