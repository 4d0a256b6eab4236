#!/usr/bin/env bash
# Prints the folder of every Go module of this repository, one a line, the main module first.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

find . \( -name .git -o -name testdata -o -name node_modules -o -name surveyd-data \) -prune \
	-o -name go.mod -printf '%h\n' | LC_ALL=C sort
