#!/usr/bin/env bash
# Runs every test of every module under the race detector and holds each skipped test against allowed-skips.txt.
# Arguments go to go test.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scripts/prerequisites.sh --race
scripts/chromium.sh
scripts/r.sh
# shellcheck source=scripts/environment.sh
source scripts/environment.sh
# The race detector needs cgo; the product itself is built without.
export CGO_ENABLED=1

bin="$(mktemp -d)"
trap 'rm -rf "$bin"' EXIT
go build -C tools -o "$bin/testreport" ./testreport
modules="$(scripts/modules.sh | paste -sd, -)"
"$bin/testreport" -skips scripts/allowed-skips.txt -modules "$modules" -- -race "$@" ./...
