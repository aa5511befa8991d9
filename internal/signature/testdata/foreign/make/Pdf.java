// Signs a PDF with iText 5 and with PDFBox 2 over Bouncy Castle, as Debian has
// them. Usage: Pdf.java CA-DIR DOCUMENT OUT-DIR
import com.itextpdf.text.Rectangle;
import com.itextpdf.text.pdf.*;
import com.itextpdf.text.pdf.security.*;
import java.io.*;
import java.nio.file.*;
import java.security.*;
import java.security.cert.Certificate;
import java.security.cert.*;
import java.util.*;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.*;
import org.bouncycastle.asn1.*;
import org.bouncycastle.asn1.cms.*;
import org.bouncycastle.asn1.ess.*;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.jcajce.*;
import org.bouncycastle.cms.*;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.*;

public class Pdf {
	static Path ca, out;
	static String document;

	public static void main(String[] args) throws Exception {
		ca = Path.of(args[0]); document = args[1]; out = Path.of(args[2]);
		Security.addProvider(new org.bouncycastle.jce.provider.BouncyCastleProvider());
		itext(document, "itext-t.pdf", "ilze", "SHA-256", true, false, false);
		itext(document, "itext-lt.pdf", "janis", "SHA-512", true, true, false);
		itext(document, "itext-adbe.pdf", "ilze", "SHA-256", false, false, false);
		itext(document, "itext-visible.pdf", "ilze", "SHA-256", true, false, true);
		itext(out + "/itext-t.pdf", "itext-two.pdf", "anna", "SHA-256", true, false, false);
		store(out + "/itext-t.pdf", "itext-dss.pdf");
		prepared("itext-prepared.pdf");
		documentStamp(out + "/itext-dss.pdf", "itext-dss-stamp.pdf");
		certified("itext-certified.pdf");
		pdfbox(document, "pdfbox-etsi.pdf", "zane", "SHA256withRSAandMGF1", true, true);
		pdfbox(document, "pdfbox-ec.pdf", "maris", "SHA384withECDSA", true, true);
		pdfbox(document, "pdfbox-unnamed.pdf", "ilze", "SHA256withRSA", false, true);
		pdfbox(out + "/pdfbox-ec.pdf", "pdfbox-two.pdf", "zane", "SHA256withRSAandMGF1", true, true);
	}

	static void itext(String in, String file, String who, String digest, boolean etsi, boolean answer, boolean visible) throws Exception {
		PdfReader r = new PdfReader(in);
		PdfStamper s = PdfStamper.createSignature(r, new FileOutputStream(out.resolve(file).toFile()), '\0', null, true);
		PdfSignatureAppearance a = s.getSignatureAppearance();
		a.setReason("Protokola parakstīšana");
		a.setLocation("Rīga");
		if (visible) a.setVisibleSignature(new Rectangle(100, 100, 300, 160), 1, "Paraksts-" + who);
		List<byte[]> answers = answer ? List.of(answer(who)) : List.of();
		MakeSignature.signDetached(a, new BouncyCastleDigest(), new PrivateKeySignature(key(who), digest, "BC"), chain(who), null,
			answer ? (c, i, u) -> single(answers.get(0)) : null, new Tsa(), answer ? 12000 : 7500, etsi ? MakeSignature.CryptoStandard.CADES : MakeSignature.CryptoStandard.CMS);
	}

	// A basic response, as iText wants it.
	static byte[] single(byte[] b) {
		try { return ((org.bouncycastle.cert.ocsp.BasicOCSPResp) new org.bouncycastle.cert.ocsp.OCSPResp(b).getResponseObject()).getEncoded(); } catch (Exception e) { throw new Error(e); }
	}

	static void certified(String file) throws Exception {
		PdfReader r = new PdfReader(document);
		PdfStamper s = PdfStamper.createSignature(r, new FileOutputStream(out.resolve(file).toFile()), '\0', null, true);
		PdfSignatureAppearance a = s.getSignatureAppearance();
		a.setCertificationLevel(PdfSignatureAppearance.CERTIFIED_NO_CHANGES_ALLOWED);
		MakeSignature.signDetached(a, new BouncyCastleDigest(), new PrivateKeySignature(key("anna"), "SHA-256", "BC"), chain("anna"), null, null, new Tsa(), 7000, MakeSignature.CryptoStandard.CADES);
	}

	// The document security store with an answer and certificates, in an update of its own.
	static void store(String in, String file) throws Exception {
		PdfReader r = new PdfReader(in);
		PdfStamper s = new PdfStamper(r, new FileOutputStream(out.resolve(file).toFile()), '\0', true);
		LtvVerification v = s.getLtvVerification();
		AcroFields f = s.getAcroFields();
		byte[] answer = answer("ilze");
		for (String name : f.getSignatureNames())
			v.addVerification(name, List.of(single(answer)), List.of(), List.of(certificate("ica").getEncoded(), certificate("root").getEncoded()));
		v.merge();
		s.close();
	}

	// An empty field for a signature, to be signed by another program.
	static void prepared(String file) throws Exception {
		PdfReader r = new PdfReader(document);
		PdfStamper s = new PdfStamper(r, new FileOutputStream(out.resolve(file).toFile()), '\0', true);
		PdfFormField f = PdfFormField.createSignature(s.getWriter());
		f.setFieldName("Paraksts");
		f.setFlags(PdfAnnotation.FLAGS_PRINT | PdfAnnotation.FLAGS_HIDDEN);
		f.setWidget(new Rectangle(0, 0, 0, 0), PdfAnnotation.HIGHLIGHT_NONE);
		s.addAnnotation(f, 1);
		s.close();
	}

	static void documentStamp(String in, String file) throws Exception {
		PdfReader r = new PdfReader(in);
		PdfStamper s = PdfStamper.createSignature(r, new FileOutputStream(out.resolve(file).toFile()), '\0', null, true);
		LtvTimestamp.timestamp(s.getSignatureAppearance(), new Tsa(), "Zimogs1");
	}

	static class Tsa implements TSAClient {
		public int getTokenSizeEstimate() { return 5000; }
		public MessageDigest getMessageDigest() throws GeneralSecurityException { return MessageDigest.getInstance("SHA-256"); }
		public byte[] getTimeStampToken(byte[] imprint) throws Exception { return token(imprint); }
	}

	static void pdfbox(String in, String file, String who, String algorithm, boolean named, boolean stamped) throws Exception {
		try (PDDocument d = PDDocument.load(new File(in)); OutputStream o = new FileOutputStream(out.resolve(file).toFile())) {
			PDSignature s = new PDSignature();
			s.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
			s.setSubFilter(named ? COSNames.CADES : PDSignature.SUBFILTER_ADBE_PKCS7_DETACHED);
			s.setName(certificate(who).getSubjectX500Principal().getName());
			s.setReason("Protokola parakstīšana");
			s.setSignDate(Calendar.getInstance());
			SignatureOptions o1 = new SignatureOptions();
			o1.setPreferredSignatureSize(8000);
			d.addSignature(s, c -> { try { return cms(c.readAllBytes(), who, algorithm, named, stamped); } catch (Exception e) { throw new IOException(e); } }, o1);
			d.saveIncremental(o);
		}
	}
	static class COSNames { static final org.apache.pdfbox.cos.COSName CADES = PDSignature.SUBFILTER_ETSI_CADES_DETACHED; }

	static byte[] cms(byte[] content, String who, String algorithm, boolean named, boolean stamped) throws Exception {
		X509Certificate own = certificate(who);
		CMSSignedDataGenerator g = new CMSSignedDataGenerator();
		ASN1EncodableVector v = new ASN1EncodableVector();
		if (named) v.add(new Attribute(PKCSObjectIdentifiers.id_aa_signingCertificateV2, new DERSet(new SigningCertificateV2(new ESSCertIDv2[] {
			new ESSCertIDv2(MessageDigest.getInstance("SHA-256").digest(own.getEncoded()))}))));
		else v.add(new Attribute(CMSAttributes.signingTime, new DERSet(new Time(new Date()))));
		g.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
			.setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(new AttributeTable(v))).build(
				new JcaContentSignerBuilder(algorithm).build(key(who)), own));
		g.addCertificates(new JcaCertStore(Arrays.asList(chain(who))));
		CMSSignedData s = g.generate(new CMSProcessableByteArray(content), false);
		if (!stamped) return s.getEncoded();
		SignerInformation i = s.getSignerInfos().iterator().next();
		byte[] token = token(MessageDigest.getInstance("SHA-256").digest(i.getSignature()));
		Attribute t = new Attribute(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken, new DERSet(ASN1Primitive.fromByteArray(token)));
		i = SignerInformation.replaceUnsignedAttributes(i, new AttributeTable(t));
		return CMSSignedData.replaceSigners(s, new SignerInformationStore(i)).getEncoded();
	}

	static String issuer(String who) { return who.equals("anna") || who.equals("maris") ? "eica" : "ica"; }
	static X509Certificate certificate(String who) throws Exception {
		return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(Files.newInputStream(ca.resolve(who + ".der")));
	}
	static Certificate[] chain(String who) throws Exception { return new Certificate[] {certificate(who), certificate(issuer(who)), certificate("root")}; }
	static PrivateKey key(String who) throws Exception {
		return KeyFactory.getInstance(certificate(who).getPublicKey().getAlgorithm()).generatePrivate(new java.security.spec.PKCS8EncodedKeySpec(Files.readAllBytes(ca.resolve(who + ".pk8"))));
	}
	static byte[] token(byte[] imprint) throws Exception {
		Path dir = Files.createTempDirectory("stamp");
		run("openssl", "ts", "-query", "-digest", HexFormat.of().formatHex(imprint), "-sha256", "-cert", "-out", dir + "/query");
		run("openssl", "ts", "-reply", "-config", "tsa.conf", "-queryfile", dir + "/query", "-signer", "tsa.pem", "-inkey", "tsa.key", "-token_out", "-out", dir + "/token");
		return Files.readAllBytes(dir.resolve("token"));
	}
	static byte[] answer(String who) throws Exception {
		Path dir = Files.createTempDirectory("answer");
		String by = issuer(who);
		run("openssl", "ocsp", "-issuer", by + ".pem", "-cert", who + ".pem", "-reqout", dir + "/query");
		run("openssl", "ocsp", "-index", by + ".index", "-CA", by + ".pem", "-rsigner", "ocsp-" + by + ".pem", "-rkey", "ocsp-" + by + ".key", "-reqin", dir + "/query", "-respout", dir + "/answer", "-ndays", "7");
		return Files.readAllBytes(dir.resolve("answer"));
	}
	static void run(String... command) throws Exception {
		Process p = new ProcessBuilder(command).directory(ca.toFile()).redirectErrorStream(true).start();
		String said = new String(p.getInputStream().readAllBytes());
		if (p.waitFor() != 0) throw new Error(String.join(" ", command) + "\n" + said);
	}
}
