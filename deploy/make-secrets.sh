#!/usr/bin/env bash
# Makes what mongod and surveyd must keep secret, in the volumes that compose.yaml hands over. What is there already
# stays, so that every later start finds the same.
set -euo pipefail
umask 077

mongodb=999:999   # the user of the mongo image
surveyd=65532:65532 # the user of surveyd's image

# keep FILE OWNER: standard input becomes FILE, in one step, readable by OWNER alone.
keep() {
	cat >"$1.new"
	chown "$2" "$1.new"
	chmod 0400 "$1.new"
	mv "$1.new" "$1"
}

random() {
	head -c "$1" /dev/urandom
}

chown "$mongodb" /secrets
chown "$surveyd" /surveyd-secrets

[ -s /secrets/keyfile ] || random 512 | base64 | keep /secrets/keyfile "$mongodb"
# Letters and digits only, so that a password can stand in a URI as it is.
for name in root-password surveyd-password; do
	[ -s "/secrets/$name" ] || random 24 | od -An -v -tx1 | tr -d ' \n' | keep "/secrets/$name" "$mongodb"
done

password="$(cat /secrets/surveyd-password)"
printf 'mongodb://surveyd:%s@mongo:27017/surveyd?replicaSet=rs0&authSource=surveyd\n' "$password" |
	keep /surveyd-secrets/mongodb-uri "$surveyd"
