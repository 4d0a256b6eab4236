# Go 1.26, make and a C compiler (for the race detector) are all that is needed; `make test` installs the rest.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo build test bench lint fmt generate clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## run surveyd with synthetic students in a scratch directory
	@scripts/prerequisites.sh
	go run ./cmd/surveyd demo

build: ## ./surveyd, one static binary with time zones inside
	@scripts/prerequisites.sh
	CGO_ENABLED=0 GOWORK=off go build -trimpath -ldflags='-s -w' -o surveyd ./cmd/surveyd

test: ## every test of every module, under the race detector
	@scripts/test.sh

bench: ## every benchmark
	@scripts/bench.sh

lint: ## gofmt, go vet, staticcheck
	@scripts/lint.sh

fmt: ## format the Go code
	@scripts/prerequisites.sh
	"$$(go env GOROOT)/bin/gofmt" -l -w cmd instruments internal locales tools

generate: ## make generated files anew
	@scripts/generate.sh

clean: ## remove what build has made
	rm -f surveyd
