# shellcheck shell=bash
# Sourced by the other scripts: the same Go environment for all of them, whatever the caller has set.

# A workspace file of a parent folder must not change what is built, and the version stamp of a binary is of no use
# to tests, while git refuses to give it in a checkout that another user owns.
export GOWORK=off
GOFLAGS="$(go env GOFLAGS) -buildvcs=false"
export GOFLAGS
