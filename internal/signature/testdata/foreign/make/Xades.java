// Makes XAdES signatures of a document, and ASiC-E containers, with the XML
// signatures of the JDK (Apache Santuario, on which DSS and digidoc4j stand) and
// java.util.zip. Usage: Xades.java CA-DIR DOCUMENT OUT-DIR
import com.sun.org.apache.xml.internal.security.Init;
import com.sun.org.apache.xml.internal.security.c14n.Canonicalizer;
import java.io.*;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.security.*;
import java.security.cert.*;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.*;
import java.util.zip.*;
import javax.xml.crypto.*;
import javax.xml.crypto.dom.DOMStructure;
import javax.xml.crypto.dsig.*;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.*;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.*;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.*;

public class Xades {
	static final String DS = XMLSignature.XMLNS, XADES = "http://uri.etsi.org/01903/v1.3.2#", X141 = "http://uri.etsi.org/01903/v1.4.1#",
		ASIC = "http://uri.etsi.org/02918/v1.2.1#", SHA256 = DigestMethod.SHA256, SHA384 = "http://www.w3.org/2001/04/xmldsig-more#sha384",
		SHA512 = DigestMethod.SHA512, MORE = "http://www.w3.org/2001/04/xmldsig-more#", NEWER = "http://www.w3.org/2007/05/xmldsig-more#",
		C10 = CanonicalizationMethod.INCLUSIVE, C11 = "http://www.w3.org/2006/12/xml-c14n11", EXC = CanonicalizationMethod.EXCLUSIVE;
	static Path ca, out;
	static byte[] document;

	// What one signature is like.
	static class Kind implements Cloneable {
		String who = "ilze", id = "S0", method = MORE + "rsa-sha256", c14n = C11, name = "protokols.pdf";
		String ofDocument = SHA256, ofProperties = SHA256, ofCertificate = SHA256;
		boolean v2 = true, apart = false, list = false, chain = false, keyInfo = false, manifest = false, stampMethod = true;
		int level = 3; // 1 B-B, 2 B-T, 3 B-LT, 4 B-LTA
		Kind with(java.util.function.Consumer<Kind> c) { try { Kind k = (Kind) clone(); c.accept(k); return k; } catch (CloneNotSupportedException e) { throw new Error(e); } }
	}

	public static void main(String[] args) throws Exception {
		ca = Path.of(args[0]); document = Files.readAllBytes(Path.of(args[1])); out = Path.of(args[2]);
		Init.init();
		Kind k = new Kind();
		write("jdk-c14n10-b.xml", k.with(x -> { x.c14n = C10; x.level = 1; }));
		write("jdk-c14n11-t.xml", k.with(x -> x.level = 2));
		write("jdk-exclusive-lt-sha512.xml", k.with(x -> { x.who = "janis"; x.c14n = EXC; x.method = MORE + "rsa-sha512"; x.ofDocument = SHA512; x.ofCertificate = SHA384; x.chain = true; }));
		write("jdk-archive.xml", k.with(x -> { x.who = "maris"; x.method = MORE + "ecdsa-sha384"; x.ofProperties = SHA384; x.level = 4; x.keyInfo = true; }));
		write("jdk-archive-c14n10.xml", k.with(x -> { x.who = "anna"; x.method = MORE + "ecdsa-sha256"; x.c14n = C10; x.level = 4; x.chain = true; }));
		write("jdk-pss.xml", k.with(x -> { x.who = "zane"; x.method = NEWER + "sha256-rsa-MGF1"; x.v2 = false; }));
		write("jdk-pss-key.xml", k.with(x -> { x.who = "liga"; x.method = NEWER + "sha256-rsa-MGF1"; }));
		write("jdk-stamp-by-default.xml", k.with(x -> { x.stampMethod = false; x.level = 2; }));
		write("jdk-two-in-one.xml", k, k.with(x -> { x.who = "anna"; x.id = "S1"; x.method = MORE + "ecdsa-sha256"; }));
		write("jdk-responder-apart.xml", k.with(x -> { x.who = "anna"; x.method = MORE + "ecdsa-sha256"; x.apart = true; }));
		write("jdk-revocation-list.xml", k.with(x -> { x.who = "anna"; x.method = MORE + "ecdsa-sha512"; x.list = true; }));
		write("jdk-revoked.xml", k.with(x -> { x.who = "uldis"; x.method = MORE + "ecdsa-sha256"; }));
		write("jdk-revoked-by-list.xml", k.with(x -> { x.who = "uldis"; x.method = MORE + "ecdsa-sha256"; x.list = true; }));
		write("jdk-login.xml", k.with(x -> { x.who = "login"; x.level = 2; }));
		write("jdk-stranger.xml", k.with(x -> { x.who = "cits"; x.method = MORE + "ecdsa-sha256"; x.level = 2; }));
		write("jdk-sha1.xml", k.with(x -> { x.method = SignatureMethod.RSA_SHA1; x.level = 1; }));
		String odd = "Sēdes protokols Nr. 1 (25.11.2026.).pdf";
		byte[] one = xml(k.with(x -> { x.name = odd; x.manifest = true; })), two = xml(k.with(x -> { x.name = odd; x.who = "maris"; x.method = MORE + "ecdsa-sha384"; }));
		zip("jdk-two-files-utf8-comment.asice", odd, true, "Parauga rīks", one, two);
		zip("jdk-manifest-lists-all.edoc", "protokols.pdf", false, null, xml(k.with(x -> x.level = 2)));
	}

	static void write(String name, Kind... kinds) throws Exception { Files.write(out.resolve(name), xml(kinds)); }

	static byte[] xml(Kind... kinds) throws Exception {
		DocumentBuilderFactory f = DocumentBuilderFactory.newInstance();
		f.setNamespaceAware(true);
		Document doc = f.newDocumentBuilder().newDocument();
		Element root = doc.createElementNS(ASIC, "asic:XAdESSignatures");
		for (String[] n : new String[][] {{"asic", ASIC}, {"ds", DS}, {"xades", XADES}})
			root.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:" + n[0], n[1]);
		doc.appendChild(root);
		for (Kind k : kinds) sign(doc, root, k);
		Transformer t = TransformerFactory.newInstance().newTransformer();
		ByteArrayOutputStream b = new ByteArrayOutputStream();
		t.transform(new DOMSource(doc), new StreamResult(b));
		return b.toByteArray();
	}

	static void sign(Document doc, Element root, Kind k) throws Exception {
		XMLSignatureFactory f = XMLSignatureFactory.getInstance("DOM");
		X509Certificate own = certificate(k.who);
		Element q = el(doc, XADES, "xades:QualifyingProperties");
		q.setAttribute("Target", "#" + k.id);
		Element properties = properties(doc, k, own);
		q.appendChild(properties);
		List<Reference> refs = new ArrayList<>();
		refs.add(f.newReference(URLEncoder.encode(k.name, StandardCharsets.UTF_8).replace("+", "%20"), f.newDigestMethod(k.ofDocument, null), null, null, k.id + "-doc"));
		if (k.manifest)
			refs.add(f.newReference("META-INF/manifest.xml", f.newDigestMethod(k.ofDocument, null)));
		Transform way = f.newTransform(k.c14n, (TransformParameterSpec) null);
		if (k.keyInfo)
			refs.add(f.newReference("#" + k.id + "-key", f.newDigestMethod(k.ofProperties, null), List.of(way), null, null));
		refs.add(f.newReference("#" + k.id + "-props", f.newDigestMethod(k.ofProperties, null), List.of(way), "http://uri.etsi.org/01903#SignedProperties", null));
		SignedInfo info = f.newSignedInfo(f.newCanonicalizationMethod(k.c14n, (C14NMethodParameterSpec) null), f.newSignatureMethod(k.method, null), refs);
		KeyInfoFactory kf = f.getKeyInfoFactory();
		KeyInfo key = kf.newKeyInfo(List.of(kf.newX509Data(k.chain ? List.of(own, certificate(issuer(k.who))) : List.of(own))), k.id + "-key");
		XMLSignature s = f.newXMLSignature(info, key, List.of(f.newXMLObject(List.of(new DOMStructure(q)), null, null, null)), k.id, k.id + "-value");
		DOMSignContext c = new DOMSignContext(key(k.who), root);
		c.setDefaultNamespacePrefix("ds");
		c.setIdAttributeNS(properties, null, "Id");
		URIDereferencer standard = f.getURIDereferencer();
		c.setURIDereferencer((r, x) -> r.getURI().startsWith("#") ? standard.dereference(r, x)
			: new OctetStreamData(new ByteArrayInputStream(r.getURI().startsWith("META") ? manifest(k.name, false) : document)));
		s.sign(c);
		Element made = (Element) root.getLastChild();
		if (k.level > 1) unsigned(doc, made, k);
	}

	static Element properties(Document doc, Kind k, X509Certificate own) throws Exception {
		Element p = el(doc, XADES, "xades:SignedProperties"), s = add(p, "xades:SignedSignatureProperties");
		p.setAttribute("Id", k.id + "-props");
		add(s, "xades:SigningTime").setTextContent(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
		Element cert = add(add(s, k.v2 ? "xades:SigningCertificateV2" : "xades:SigningCertificate"), "xades:Cert"), d = add(cert, "xades:CertDigest");
		ds(d, "ds:DigestMethod").setAttribute("Algorithm", k.ofCertificate);
		String name = k.ofCertificate.endsWith("384") ? "SHA-384" : "SHA-256";
		ds(d, "ds:DigestValue").setTextContent(b64(MessageDigest.getInstance(name).digest(own.getEncoded())));
		if (!k.v2) {
			Element is = add(cert, "xades:IssuerSerial");
			ds(is, "ds:X509IssuerName").setTextContent(own.getIssuerX500Principal().getName());
			ds(is, "ds:X509SerialNumber").setTextContent(own.getSerialNumber().toString());
		}
		Element format = add(add(p, "xades:SignedDataObjectProperties"), "xades:DataObjectFormat");
		format.setAttribute("ObjectReference", "#" + k.id + "-doc");
		add(format, "xades:MimeType").setTextContent("application/pdf");
		return p;
	}

	static void unsigned(Document doc, Element sig, Kind k) throws Exception {
		Element q = (Element) sig.getElementsByTagNameNS(XADES, "QualifyingProperties").item(0);
		Element u = add(add(q, "xades:UnsignedProperties"), "xades:UnsignedSignatureProperties");
		stamp(u, XADES, "xades:SignatureTimeStamp", k, canonical(k.stampMethod ? k.c14n : C10, child(sig, "SignatureValue")));
		if (k.level < 3) return;
		Element cv = add(u, "xades:CertificateValues");
		for (String n : List.of(issuer(k.who), "ocsp-" + issuer(k.who)))
			add(cv, "xades:EncapsulatedX509Certificate").setTextContent(b64(certificate(n).getEncoded()));
		Element values = add(u, "xades:RevocationValues");
		if (k.list) add(add(values, "xades:CRLValues"), "xades:EncapsulatedCRLValue").setTextContent(b64(Files.readAllBytes(ca.resolve(issuer(k.who) + ".crl"))));
		else add(add(values, "xades:OCSPValues"), "xades:EncapsulatedOCSPValue").setTextContent(b64(answer(k.who, k.apart)));
		if (k.level < 4) return;
		ByteArrayOutputStream over = new ByteArrayOutputStream(); // EN 319 132-1, 5.5.2.2
		NodeList refs = sig.getElementsByTagNameNS(DS, "Reference");
		for (int i = 0; i < refs.getLength(); i++) {
			String to = ((Element) refs.item(i)).getAttribute("URI");
			if (!to.startsWith("#")) over.write(document);
			else over.write(canonical(k.c14n, to.endsWith("-key") ? child(sig, "KeyInfo") : (Element) sig.getElementsByTagNameNS(XADES, "SignedProperties").item(0)));
		}
		for (String n : List.of("SignedInfo", "SignatureValue", "KeyInfo")) over.write(canonical(k.c14n, child(sig, n)));
		for (Node n = u.getFirstChild(); n != null; n = n.getNextSibling()) over.write(canonical(k.c14n, (Element) n));
		stamp(u, X141, "xades141:ArchiveTimeStamp", k, over.toByteArray());
	}

	static void stamp(Element u, String ns, String name, Kind k, byte[] over) throws Exception {
		Element t = el(u.getOwnerDocument(), ns, name);
		if (ns == X141) t.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:xades141", X141);
		u.appendChild(t);
		if (k.stampMethod) ds(t, "ds:CanonicalizationMethod").setAttribute("Algorithm", k.c14n);
		add(t, "xades:EncapsulatedTimeStamp").setTextContent(b64(token(over)));
	}

	static Element el(Document d, String ns, String name) { return d.createElementNS(ns, name); }
	static Element add(Element to, String name) { return (Element) to.appendChild(el(to.getOwnerDocument(), XADES, name)); }
	static Element ds(Element to, String name) { return (Element) to.appendChild(el(to.getOwnerDocument(), DS, name)); }
	static Element child(Element e, String local) {
		for (Node n = e.getFirstChild(); n != null; n = n.getNextSibling()) if (local.equals(n.getLocalName())) return (Element) n;
		throw new Error(local);
	}
	static byte[] canonical(String way, Element e) throws Exception {
		ByteArrayOutputStream b = new ByteArrayOutputStream();
		Canonicalizer.getInstance(way).canonicalizeSubtree(e, b);
		return b.toByteArray();
	}
	static String b64(byte[] b) { return Base64.getEncoder().encodeToString(b); }
	static String issuer(String who) { return List.of("anna", "maris", "uldis").contains(who) ? "eica" : who.equals("cits") ? "stranger" : "ica"; }
	static X509Certificate certificate(String who) throws Exception {
		return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(Files.newInputStream(ca.resolve(who + ".der")));
	}
	static PrivateKey key(String who) throws Exception {
		PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(Files.readAllBytes(ca.resolve(who + ".pk8")));
		String kind = certificate(who).getPublicKey().getAlgorithm();
		return KeyFactory.getInstance(kind).generatePrivate(spec);
	}

	static byte[] token(byte[] over) throws Exception {
		Path dir = Files.createTempDirectory("stamp");
		Files.write(dir.resolve("data"), over);
		run("openssl", "ts", "-query", "-data", dir + "/data", "-sha256", "-cert", "-out", dir + "/query");
		run("openssl", "ts", "-reply", "-config", "tsa.conf", "-queryfile", dir + "/query", "-signer", "tsa.pem", "-inkey", "tsa.key", "-token_out", "-out", dir + "/token");
		return Files.readAllBytes(dir.resolve("token"));
	}
	static byte[] answer(String who, boolean apart) throws Exception {
		Path dir = Files.createTempDirectory("answer");
		String by = issuer(who);
		run("openssl", "ocsp", "-issuer", by + ".pem", "-cert", who + ".pem", "-reqout", dir + "/query");
		run("openssl", "ocsp", "-index", by + ".index", "-CA", by + ".pem", "-rsigner", "ocsp-" + by + ".pem", "-rkey", "ocsp-" + by + ".key", "-reqin", dir + "/query", "-respout", dir + "/answer", "-ndays", "7", apart ? "-resp_no_certs" : "-resp_key_id");
		return Files.readAllBytes(dir.resolve("answer"));
	}
	static void run(String... command) throws Exception {
		Process p = new ProcessBuilder(command).directory(ca.toFile()).redirectErrorStream(true).start();
		String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (p.waitFor() != 0) throw new Error(String.join(" ", command) + "\n" + said);
	}

	static byte[] manifest(String name, boolean all) {
		String m = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.2\">"
			+ "<manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"application/vnd.etsi.asic-e+zip\"/>"
			+ "<manifest:file-entry manifest:full-path=\"" + name + "\" manifest:media-type=\"application/pdf\"/>";
		if (all) m += "<manifest:file-entry manifest:full-path=\"META-INF/edoc-signatures-S1.xml\" manifest:media-type=\"text/xml\"/>";
		return (m + "</manifest:manifest>").getBytes(StandardCharsets.UTF_8);
	}

	static void zip(String file, String name, boolean signaturesLast, String comment, byte[]... signatures) throws Exception {
		try (ZipOutputStream z = new ZipOutputStream(Files.newOutputStream(out.resolve(file)))) {
			byte[] type = "application/vnd.etsi.asic-e+zip".getBytes();
			ZipEntry first = new ZipEntry("mimetype");
			CRC32 sum = new CRC32();
			sum.update(type);
			first.setMethod(ZipEntry.STORED); first.setSize(type.length); first.setCrc(sum.getValue());
			z.putNextEntry(first); z.write(type); z.closeEntry();
			Map<String, byte[]> parts = new LinkedHashMap<>();
			if (signaturesLast) parts.put(name, document);
			parts.put("META-INF/manifest.xml", manifest(name, !signaturesLast));
			for (int i = 0; i < signatures.length; i++) parts.put(signaturesLast ? "META-INF/signatures" + i + ".xml" : "META-INF/edoc-signatures-S" + (i + 1) + ".xml", signatures[i]);
			if (!signaturesLast) parts.put(name, document);
			for (Map.Entry<String, byte[]> p : parts.entrySet()) {
				ZipEntry e = new ZipEntry(p.getKey());
				if (comment != null) e.setComment(comment);
				z.putNextEntry(e); z.write(p.getValue()); z.closeEntry();
			}
			if (comment != null) z.setComment(comment);
		}
	}
}
