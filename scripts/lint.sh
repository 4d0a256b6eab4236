#!/usr/bin/env bash
# gofmt, go vet and staticcheck over every module. All of them run, so that one look shows everything.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root="$PWD"

scripts/prerequisites.sh
# shellcheck source=scripts/environment.sh
source scripts/environment.sh
failed=0

unformatted="$(find . \( -name .git -o -name testdata -o -name node_modules \) -prune -o -name '*.go' -print0 |
	xargs -0 "$(go env GOROOT)/bin/gofmt" -l)"
if [ -n "$unformatted" ]; then
	printf 'not formatted (run make fmt):\n%s\n' "$unformatted"
	failed=1
fi

while read -r module; do
	go vet -C "$module" ./... || failed=1
	(cd "$module" && go tool -modfile="$root/tools/go.mod" staticcheck ./...) || failed=1
done < <(scripts/modules.sh)

exit "$failed"
