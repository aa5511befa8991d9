#!/bin/bash
# Makes the files of this folder anew: new keys, new certificates, the same cases.
# It needs what README.md lists and is run by hand, not by the tests.
# Usage: make/make.sh, with NODE_PATH at the modules that npm installed.
set -eu
cd "$(dirname "$0")"
here=$PWD to=$(realpath ..) work=$(mktemp -d)
out=$work/out document=$to/protokols.pdf
mkdir "$out"
trap 'rm -rf "$work"' EXIT

./authority.sh "$work/ca"
for who in ilze zane; do # -legacy: node-forge and NSS read no newer one
	openssl pkcs12 -export -legacy -inkey "$work/ca/$who.key" -in "$work/ca/$who.pem" -certfile "$work/ca/ica.pem" -name $who -passout pass:x -out "$work/ca/$who.p12"
done

xmlsec=java.xml.crypto/com.sun.org.apache.xml.internal.security
java --add-exports $xmlsec=ALL-UNNAMED --add-exports $xmlsec.c14n=ALL-UNNAMED Xades.java "$work/ca" "$document" "$out"
jars=$(printf '/usr/share/java/%s.jar:' itext5 pdfbox2 fontbox2 commons-logging bcprov bcpkix bcutil)
java -cp "$jars" Pdf.java "$work/ca" "$document" "$out"
./xmlsec.sh "$work/ca" "$document" "$out"
node undersign.js "$work/ca" "$document" "$out"
node pdf.js "$work/ca" "$document" "$out"
cp xadesjs.mjs "${NODE_PATH%/*}/xadesjs-run.mjs" # modules are found beside the file
node "${NODE_PATH%/*}/xadesjs-run.mjs" "$work/ca" "$document" "$out"
rm "${NODE_PATH%/*}/xadesjs-run.mjs"

mkdir "$work/nss"
certutil -N -d "sql:$work/nss" --empty-password
for who in root ica; do certutil -A -d "sql:$work/nss" -n $who -t CT,CT,CT -i "$work/ca/$who.pem"; done
pk12util -i "$work/ca/ilze.p12" -d "sql:$work/nss" -W x -K ""
pdfsig -nssdir "sql:$work/nss" -sign Paraksts -etsi -nick ilze "$out/itext-prepared.pdf" "$out/pdfsig-etsi-b.pdf" || true # complains of NSS at its end
test -s "$out/pdfsig-etsi-b.pdf"

cp "$work/ca/anchors.pem" "$to"
for f in "$to"/*; do
	name=$(basename "$f")
	if [ -f "$f" ] && [ "$name" != README.md ] && [ "$name" != protokols.pdf ] && [ "$name" != anchors.pem ]; then cp "$out/$name" "$f"; fi
done
