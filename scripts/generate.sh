#!/usr/bin/env bash
# Runs go generate in every module. With --check it also fails where a checked-in file was out of date.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scripts/prerequisites.sh
# shellcheck source=scripts/environment.sh
source scripts/environment.sh

# Checksums rather than git: they hold for a tree with changes of one's own as well, and without a repository.
state() {
	find . \( -name .git -o -name node_modules -o -name surveyd-data \) -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
}

[ "${1:-}" != --check ] || before="$(state)"
while read -r module; do
	go generate -C "$module" ./...
done < <(scripts/modules.sh)
if [ "${1:-}" = --check ] && ! changed="$(diff <(printf '%s\n' "$before") <(state))"; then
	printf 'generated files were out of date; run make generate and commit:\n'
	printf '%s\n' "$changed" | sed -n 's/^[<>] [0-9a-f]*  /  /p' | sort -u
	exit 1
fi
