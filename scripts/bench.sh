#!/usr/bin/env bash
# Runs every benchmark, one package at a time so that they do not take each other's cores. Arguments go to go test.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scripts/prerequisites.sh
# shellcheck source=scripts/environment.sh
source scripts/environment.sh

mapfile -t packages < <(grep -rlE '^func Benchmark' --include='*_test.go' cmd internal | xargs -r -n1 dirname | sort -u | sed 's|^|./|')
if [ "${#packages[@]}" = 0 ]; then
	echo 'no benchmarks' >&2
	exit 1
fi
go test -p 1 -run '^$' -bench . -benchmem "$@" "${packages[@]}"
