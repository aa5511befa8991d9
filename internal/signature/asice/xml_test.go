package asice

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"padome/internal/tooltest"
)

func TestXMLThatASignatureDoesNotNeedIsRefused(t *testing.T) {
	deep := strings.Repeat("<a>", mostDepth+1) + strings.Repeat("</a>", mostDepth+1)
	attrs := "<a"
	for i := range mostAttrs + 1 {
		attrs += fmt.Sprintf(` a%d="1"`, i)
	}
	for _, c := range []struct{ what, key, xml string }{
		{"document type", "problem.container.doctype", `<!DOCTYPE a><a/>`},
		{"entities that grow", "problem.container.doctype", `<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>`},
		{"entity from a file", "problem.container.doctype", `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`},
		{"undeclared entity", "problem.container.xml", `<a>&nbsp;</a>`},
		{"processing instruction", "problem.container.instruction", `<?xml-stylesheet href="x"?><a/>`},
		{"second declaration", "problem.container.instruction", `<a><?xml version="1.0"?></a>`},
		{"other encoding", "problem.container.xml", `<?xml version="1.0" encoding="UTF-7"?><a/>`},
		{"not UTF-8", "problem.container.xml", "<a>\xff</a>"},
		{"two roots", "problem.container.xml", `<a/><b/>`},
		{"no root", "problem.container.xml", ` `},
		{"text outside", "problem.container.xml", `<a/>x`},
		{"not closed", "problem.container.xml", `<a><b></b>`},
		{"crossed", "problem.container.xml", `<a><b></a></b>`},
		{"closed by another prefix", "problem.container.xml", `<p:a xmlns:p="u" xmlns:q="u"></q:a>`},
		{"undeclared prefix", "problem.container.xml", `<p:a/>`},
		{"undeclared prefix of an attribute", "problem.container.xml", `<a p:b="1"/>`},
		{"prefix taken back", "problem.container.xml", `<p:a xmlns:p="u"><b xmlns:p=""/></p:a>`},
		{"xml as another namespace", "problem.container.xml", `<a xmlns:xml="u"/>`},
		{"two colons", "problem.container.xml", `<a:b:c xmlns:a="u"/>`},
		{"attribute twice", "problem.container.xml", `<a b="1" b="2"/>`},
		{"attribute twice by two prefixes", "problem.container.xml", `<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>`},
		{"declaration twice", "problem.container.xml", `<a xmlns:p="u" xmlns:p="v"/>`},
		{"line break in a value", "problem.container.xml", "<a b=\"1\n2\"/>"},
		{"an Id twice", "problem.container.id", `<a><b Id="x"/><c Id="x"/></a>`},
		{"an Id in two spellings", "problem.container.id", `<a><b Id="x"/><c ID="x"/></a>`},
		{"an Id and an xml:id", "problem.container.id", `<a><b Id="x"/><c xml:id="x"/></a>`},
		{"an empty Id", "problem.container.id", `<a Id=""/>`},
		{"too deep", "problem.container.complex", deep},
		{"too many attributes", "problem.container.complex", attrs + "/>"},
		{"too many elements", "problem.container.complex", "<a>" + strings.Repeat("<b/>", mostParts/2) + "</a>"},
		{"too many comments", "problem.container.complex", "<a>" + strings.Repeat("x<!---->", mostParts/2) + "</a>"},
	} {
		t.Run(c.what, func(t *testing.T) {
			_, err := readXML("META-INF/signatures0.xml", []byte(c.xml))
			wantReason(t, err, c.key)
		})
	}
	for _, good := range []string{"\ufeff<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<a/>\n", "<a\n b='1'\t/>", "<a b=\"1&#10;2\"/>", "<a>&lt;<![CDATA[<]]></a>", "<!-- x --><a/>"} {
		if _, err := readXML("x", []byte(good)); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
}

func TestTextIsWholeAroundComments(t *testing.T) {
	root, err := readXML("x", []byte("<a>QU<!-- -->JD<![CDATA[REU=]]></a>"))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(root.bytes()); got != "ABCDE" {
		t.Errorf("got %q", got)
	}
}

func TestCanonicalFormOfASubtree(t *testing.T) {
	const doc = `<r:r xmlns:r="urn:r" xmlns="urn:d" xmlns:z="urn:z" xml:lang="lv" xml:space="preserve" xml:id="top">` +
		`<r:a z:k="2" b='1' a="&lt;&#9;&#10;&#13;&quot;&gt;" xmlns:z="urn:zz"><!-- gone --><b xmlns="" xmlns:r="urn:r"/><z:c>&amp;&lt;&gt;&#13;"</z:c></r:a></r:r>`
	root, err := readXML("x", []byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	a := root.children()[0]
	const inside = ` a="&lt;&#x9;&#xA;&#xD;&quot;>" b="1"`
	for _, c := range []struct {
		way  string
		kept []string
		want string
	}{
		{inclusive10, nil, `<r:a xmlns="urn:d" xmlns:r="urn:r" xmlns:z="urn:zz"` + inside + ` xml:id="top" xml:lang="lv" xml:space="preserve" z:k="2"><b xmlns=""></b><z:c>&amp;&lt;&gt;&#xD;"</z:c></r:a>`},
		{inclusive11, nil, `<r:a xmlns="urn:d" xmlns:r="urn:r" xmlns:z="urn:zz"` + inside + ` xml:lang="lv" xml:space="preserve" z:k="2"><b xmlns=""></b><z:c>&amp;&lt;&gt;&#xD;"</z:c></r:a>`},
		{exclusive10, nil, `<r:a xmlns:r="urn:r" xmlns:z="urn:zz"` + inside + ` z:k="2"><b></b><z:c>&amp;&lt;&gt;&#xD;"</z:c></r:a>`},
		{exclusive10, []string{"#default"}, `<r:a xmlns="urn:d" xmlns:r="urn:r" xmlns:z="urn:zz"` + inside + ` z:k="2"><b xmlns=""></b><z:c>&amp;&lt;&gt;&#xD;"</z:c></r:a>`},
	} {
		got, err := canonical(a, c.way, c.kept)
		if err != nil || string(got) != c.want {
			t.Errorf("%s %v: %v\n got %s\nwant %s", c.way, c.kept, err, got, c.want)
		}
	}
	_, err = canonical(a, inclusive10+"#WithComments", nil)
	wantReason(t, err, "problem.xades.transform")
}

// someXML draws a document with prefixes declared, shadowed and taken back.
func someXML(t *rapid.T) string {
	prefix := rapid.SampledFrom([]string{"", "a", "b"})
	uri := rapid.SampledFrom([]string{"urn:1", "urn:2"})
	text := rapid.SampledFrom([]string{"", "x", "&lt;", "&#13;", "ā\n", "<!-- c -->", "<![CDATA[<&>]]>", "&quot;\t"})
	var one func(depth int, known []string) string
	one = func(depth int, known []string) string {
		declared, values := map[string]bool{}, ""
		for range rapid.IntRange(0, 2).Draw(t, "declarations") {
			p := prefix.Draw(t, "prefix")
			if declared[p] {
				continue
			}
			declared[p] = true
			values += " " + declaration(p) + `="` + uri.Draw(t, "uri") + `"`
			known = append(known[:len(known):len(known)], p)
		}
		if !declared[""] && rapid.Bool().Draw(t, "none") {
			values += ` xmlns=""`
		}
		name := qualified(rapid.SampledFrom(append(known[:len(known):len(known)], "")).Draw(t, "of"), "n")
		values += fmt.Sprintf(` k%d="%s"`, rapid.IntRange(0, 9).Draw(t, "k"), rapid.SampledFrom([]string{"", "v", "&#9;&#10;", "&quot;&lt;>"}).Draw(t, "v"))
		if p := rapid.SampledFrom(append(known[:len(known):len(known)], "xml")).Draw(t, "attribute"); p != "" {
			values += ` ` + p + `:lang="lv"`
		}
		out := "<" + name + values + ">" + text.Draw(t, "text")
		for range rapid.IntRange(0, 2).Draw(t, "children") {
			if depth < 4 {
				out += one(depth+1, known) + text.Draw(t, "text")
			}
		}
		return out + "</" + name + ">"
	}
	return one(0, nil)
}

// xmllint of libxml2 canonicalizes whole documents; what comments it keeps are
// taken out of the input for it.
func TestCanonicalFormIsThatOfLibxml2(t *testing.T) {
	tool := tooltest.Find(t, "xmllint")
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		doc := someXML(t)
		root, err := readXML("x", []byte(doc))
		if err != nil {
			t.Fatalf("%s: %v", doc, err)
		}
		in := filepath.Join(dir, "in.xml")
		if err := os.WriteFile(in, []byte(strings.ReplaceAll(doc, "<!-- c -->", "")), 0o600); err != nil {
			t.Fatal(err)
		}
		for way, option := range map[string]string{inclusive10: "--c14n", inclusive11: "--c14n11", exclusive10: "--exc-c14n"} {
			want, err := exec.Command(tool, option, in).Output()
			if err != nil {
				t.Fatalf("%s %s: %v", option, doc, err)
			}
			got, err := canonical(root, way, nil)
			if err != nil || string(got) != strings.TrimSuffix(string(want), "\n") {
				t.Fatalf("%s of %s: %v\n got %s\nwant %s", option, doc, err, got, want)
			}
		}
	})
}
