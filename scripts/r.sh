#!/usr/bin/env bash
# Sees to it that the tests of scoring keys find R with psych and lavaan: installs them where that can be done, else says what to
# install. That is some 40 MB to fetch, and 70 MB on disk.
set -euo pipefail

# Where internal/interchange looks for it.
rscript=/usr/bin/Rscript
packages=(r-base-core r-cran-psych r-cran-lavaan)

complete() {
	[ -x "$rscript" ] && "$rscript" --vanilla -e 'for (p in c("psych", "lavaan")) if (!nzchar(system.file(package = p))) quit(status = 1)' >/dev/null 2>&1
}

if complete; then
	exit 0
fi

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
	cat >&2 <<-MESSAGE
		missing: R with the packages psych and lavaan, which the tests of surveyd keys run
		  on Debian, as root: apt-get install --no-install-recommends ${packages[*]}
		  elsewhere: install R so that $rscript runs it, then install.packages(c("psych", "lavaan"))
	MESSAGE
	exit 1
fi

echo 'installing R for the tests of scoring keys'
export DEBIAN_FRONTEND=noninteractive
log="$(mktemp)"
trap 'rm -f "$log"' EXIT
apt() {
	if ! apt-get -q -o Acquire::Retries=3 -o DPkg::Lock::Timeout=120 "$@" </dev/null >"$log" 2>&1; then
		cat "$log" >&2
		printf 'apt-get %s failed; the tests of scoring keys need R\n' "$*" >&2
		exit 1
	fi
}
apt update
apt install -y --no-install-recommends "${packages[@]}"
if ! complete; then
	printf 'the packages %s were installed, but %s does not find psych and lavaan\n' "${packages[*]}" "$rscript" >&2
	exit 1
fi
