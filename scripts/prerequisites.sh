#!/usr/bin/env bash
# Checks what must be there before anything can be built or tested: Go 1.26 or later and, with --race, a C compiler.
# Says everything that is missing at once, with what to install.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

missing=0
need() {
	printf 'missing: %s\n  %s\n' "$1" "$2" >&2
	missing=1
}

have_go=1
if ! command -v go >/dev/null; then
	have_go=0
	need 'Go 1.26 or later' 'see https://go.dev/doc/install, then put its bin folder on PATH'
elif ! version="$(go env GOVERSION 2>&1)"; then
	# An older go that may not fetch the toolchain which go.mod asks for says so itself.
	have_go=0
	need 'Go 1.26 or later' "go says: $version"
fi

if [ "${1:-}" = --race ]; then
	compiler=cc
	if [ "$have_go" = 1 ]; then
		compiler="$(go env CC)"
	fi
	# A compiler without the C library's headers is common (packages that are only recommended), so compile something.
	# $compiler may hold flags as well, so it is split into words on purpose.
	# shellcheck disable=SC2086
	if ! printf '#include <stdlib.h>\nint main(void) { return EXIT_SUCCESS; }\n' | $compiler -x c -o /dev/null - 2>/dev/null; then
		need "a C compiler with the C library's headers, for go test -race (tried: $compiler)" \
			'on Debian: apt-get install gcc libc6-dev'
	fi
fi

exit "$missing"
