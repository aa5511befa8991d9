#!/bin/bash
# Makes up a trust scheme with openssl: a root, two authorities below it that
# issue people's certificates (RSA and ECDSA), a responder of each, a time-stamp
# authority, and people. All names are invented. Usage: authority.sh DIR
set -eu
mkdir -p "$1" && cd "$1"

UNTIL="-days 18000"

extensions() { # NAME: its section of extensions
	case $1 in
	ca) echo 'basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid' ;;
	tsa) echo 'basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid' ;;
	ocsp) echo 'basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=OCSPSigning
noCheck=ignored
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid' ;;
	person) echo 'keyUsage=critical,nonRepudiation
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
certificatePolicies=0.4.0.194112.1.2
authorityInfoAccess=OCSP;URI:http://ocsp.paraugs.test,caIssuers;URI:http://paraugs.test/ica.cer
qcStatements=DER:30:1f:30:08:06:06:04:00:8e:46:01:01:30:08:06:06:04:00:8e:46:01:04:30:09:06:07:04:00:8e:46:01:06:01' |
		sed 's/^qcStatements/1.3.6.1.5.5.7.1.3/' ;;
	login) echo 'keyUsage=critical,digitalSignature
extendedKeyUsage=clientAuth
authorityKeyIdentifier=keyid' ;;
	esac
}

key() { # NAME KIND
	case $2 in
	rsa*) openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:"${2#rsa}" -out "$1.key" ;;
	pss*) openssl genpkey -quiet -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:"${2#pss}" -out "$1.key" ;;
	*) openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:"$2" -out "$1.key" ;;
	esac
}

issue() { # NAME KIND SUBJECT EXTENSIONS ISSUER [openssl options]
	name=$1 kind=$2 subject=$3 what=$4 by=$5
	shift 5
	key "$name" "$kind"
	extensions "$what" >"$name.ext"
	openssl req -new -utf8 -key "$name.key" -subj "$subject" -out "$name.csr"
	serial=0x5a$(openssl rand -hex 15)
	if [ "$by" = self ]; then
		openssl x509 -req -in "$name.csr" -signkey "$name.key" -extfile "$name.ext" -set_serial "$serial" $UNTIL -sha384 "$@" -out "$name.pem" 2>/dev/null
	else
		openssl x509 -req -in "$name.csr" -CA "$by.pem" -CAkey "$by.key" -extfile "$name.ext" -set_serial "$serial" $UNTIL "$@" -out "$name.pem" 2>/dev/null
		end=$(openssl x509 -in "$name.pem" -noout -enddate | sed 's/notAfter=//')
		printf 'V\t%s\t\t%s\tunknown\t/CN=%s\n' "$(date -u -d "$end" +%Y%m%d%H%M%SZ)" "$(openssl x509 -in "$name.pem" -noout -serial | cut -d= -f2)" "$name" >>"$by.index"
	fi
	openssl x509 -in "$name.pem" -outform DER -out "$name.der"
	openssl pkcs8 -topk8 -nocrypt -in "$name.key" -outform DER -out "$name.pk8"
	rm -f "$name.csr" "$name.ext"
}

person() { # NAME KIND GIVEN SURNAME CODE ISSUER [options]
	issue "$1" "$2" "/C=LV/serialNumber=PNOLV-$5/GN=$3/SN=$4/CN=$3 $4" person "$6" "${@:7}"
}

rm -f ./*.index
issue root rsa4096 "/C=LV/O=Paraugs/CN=Parauga sakne" ca self
issue ica rsa3072 "/C=LV/O=Paraugs/CN=Parauga izdevējs RSA" ca root -sha384
issue eica P-384 "/C=LV/O=Paraugs/CN=Parauga izdevējs EC" ca root -sha384
issue tsa rsa3072 "/C=LV/O=Paraugs/CN=Parauga laika zīmogs" tsa root -sha256
issue ocsp-ica rsa2048 "/C=LV/O=Paraugs/CN=Parauga atbildētājs RSA" ocsp ica -sha256
issue ocsp-eica P-256 "/C=LV/O=Paraugs/CN=Parauga atbildētājs EC" ocsp eica -sha256

person ilze rsa2048 ILZE "BĒRZIŅA" 010190-10001 ica -sha256
person janis rsa3072 "JĀNIS" "ĶĒNIŅŠ" 020280-10002 ica -sha256
person zane rsa4096 ZANE "ŠĶĒLE" 030370-10003 ica -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:-1
person anna P-256 ANNA "GAIĻA" 040460-10004 eica -sha384
person maris P-384 "MĀRIS" "ŽĪGURS" 050550-10005 eica -sha384
person liga pss2048 "LĪGA" "ČAKSTE" 060640-10006 ica -sha256
person uldis P-256 ULDIS "LŪSIS" 070770-10007 eica -sha256
sed -i '$s/^V\t\([^\t]*\)\t/R\t\1\t261101120000Z/' eica.index # revoked on 1 November 2026
issue login rsa2048 "/C=LV/serialNumber=PNOLV-010190-10001/GN=ILZE/SN=BĒRZIŅA/CN=ILZE BĒRZIŅA" login ica -sha256
issue stranger P-256 "/C=LV/O=Cits/CN=Cita sakne" ca self
person cits P-256 ILZE "BĒRZIŅA" 010190-10001 stranger -sha256

cat root.pem ica.pem eica.pem tsa.pem >anchors.pem
for by in ica eica; do # a revocation list of each
	printf '[ca]\ndefault_ca = own\n[own]\ndatabase = %s.index\ndefault_md = sha256\ndefault_crl_days = 30\ncrlnumber = crl.number\ncrl_extensions = more\n[more]\nauthorityKeyIdentifier = keyid\n' $by >$by.conf
	echo 01 >crl.number
	openssl ca -gencrl -config $by.conf -cert $by.pem -keyfile $by.key -batch 2>/dev/null | openssl crl -outform DER -out $by.crl
done
cat >tsa.conf <<'C'
[tsa]
default_tsa = own
[own]
serial = tsa.serial
crypto_device = builtin
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256, sha384, sha512
signer_digest = sha256
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_alg = sha256
C
echo 01 >tsa.serial
