#!/usr/bin/env bash
# Sees to it that the browser tests find Chromium: installs it where that can be done, else says what to install.
set -euo pipefail

# Where internal/browsertest looks for it.
chromium=/usr/bin/chromium

if [ -x "$chromium" ]; then
	exit 0
fi

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
	cat >&2 <<-'MESSAGE'
		missing: Chromium, which the browser tests drive
		  on Debian, as root: apt-get install chromium fonts-liberation
		  elsewhere: install Chromium so that /usr/bin/chromium runs it
	MESSAGE
	exit 1
fi

echo 'installing Chromium for the browser tests'
export DEBIAN_FRONTEND=noninteractive
log="$(mktemp)"
trap 'rm -f "$log"' EXIT
apt() {
	if ! apt-get -q -o Acquire::Retries=3 -o DPkg::Lock::Timeout=120 "$@" </dev/null >"$log" 2>&1; then
		cat "$log" >&2
		printf 'apt-get %s failed; the browser tests need Chromium\n' "$*" >&2
		exit 1
	fi
}
apt update
# Without a font the pages have no text to look at; Liberation has every letter of English and Spanish.
apt install -y --no-install-recommends chromium fonts-liberation
if ! [ -x "$chromium" ]; then
	printf 'the package chromium was installed, but there is no %s\n' "$chromium" >&2
	exit 1
fi
