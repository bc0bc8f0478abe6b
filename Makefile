# The two commands: `make run` starts the desk, `make test` checks all of it.
# Nothing needs to be installed beforehand but Go, Node and make; what a check
# needs besides (a browser, Chinese fonts) `make test` installs on Debian.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help

ADDR ?= localhost:8080
DATA ?= ./data
UI_SOURCES := $(shell find ui/src ui/public ui/scripts ui/index.html ui/vite.config.ts -type f 2>/dev/null) server/api/testdata/openapi.json

.PHONY: help run build dev test check go-check go-test ui-check e2e screens bench large fuzz dist tools clean

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: build ## build the interface and start on http://localhost:8080
	./bin/chouka serve --addr "$(ADDR)" --data "$(DATA)"

build: ui/dist/app/index.html ## build bin/chouka with the interface inside
	mkdir -p bin
	go build -trimpath -o bin/chouka ./server

dev: ## the interface from its sources on http://localhost:5173, beside a running desk
	npm --prefix ui run dev

test: tools check e2e ## everything that must be green before a change lands
	@echo "make test: everything passed"

check: go-check go-test ui-check

go-check:
	@echo "== format, vet, staticcheck, tidy"
	bad=$$(gofmt -l $$(git ls-files '*.go')); [ -z "$$bad" ] || { echo "not gofmt-ed: $$bad"; exit 1; }
	go vet ./...
	go tool staticcheck ./...
	go mod tidy -diff

go-test:
	@echo "== go test, with the race detector"
	go test -race -shuffle=on -timeout 40m ./...

ui-check: ui/dist/app/index.html
	@echo "== interface: types, lint, words, units, sizes"
	npm --prefix ui run types
	npm --prefix ui run check:style & style=$$!
	npm --prefix ui run check:types && npm --prefix ui test && npm --prefix ui run budget || { kill $$style; exit 1; }
	wait $$style

e2e: build ## the nine steps in a real browser, through the real program
	@echo "== end to end"
	cd ui && node --test --test-concurrency=2 e2e/*.test.mjs

screens: e2e ## take the README's pictures anew
	cp ui/e2e/out/screens/{review,home}.zh-CN.png ui/e2e/screens/

bench: ## the figures of the README: ratios within one run
	go test ./server/studio -run '^$$' -bench 'Insert|Page|Funnel|Groups' -benchtime 1x -timeout 60m
	go test ./server/studio -run '^$$' -bench Near
	GOMAXPROCS=1 go test ./assets -run '^$$' -bench Thumbs -benchtime 5x

large: build ## what the review room costs with 10,000 shots, and the pages of figures with 5,000 titles
	cd ui && node e2e/large.mjs
	cd ui && node e2e/large-wall.mjs

fuzz: ## run every fuzz target for FUZZTIME (default 20s)
	for p in $$(go list ./...); do
	  for f in $$(go test $$p -list '^Fuzz' | grep '^Fuzz' || true); do
	    echo "== $$p $$f"; go test $$p -run '^$$' -fuzz "^$$f$$" -fuzztime $${FUZZTIME:-20s} -fuzzminimizetime 50x
	  done
	done

dist: ui/dist/app/index.html ## one static binary in dist/
	mkdir -p dist
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o dist/chouka ./server

ui/node_modules/.stamp: ui/package-lock.json
	npm --prefix ui ci --no-audit --no-fund
	touch $@

ui/dist/app/index.html: ui/node_modules/.stamp $(UI_SOURCES)
	npm --prefix ui run build

tools: ## install what the checks need and the machine lacks
	@command -v go >/dev/null || { echo "Go 1.26 is needed: install it first"; exit 1; }
	command -v node >/dev/null || { echo "Node 20.19 or newer is needed: install it first"; exit 1; }
	want=()
	command -v gcc >/dev/null || want+=(gcc libc6-dev)
	command -v chromium >/dev/null || want+=(chromium)
	command -v ffmpeg >/dev/null || want+=(ffmpeg)
	fc-list 2>/dev/null | grep -qi 'noto.*cjk' || want+=(fonts-noto-cjk fontconfig)
	if [ $${#want[@]} -gt 0 ]; then
	  command -v apt-get >/dev/null || { echo "please install: $${want[*]}"; exit 1; }
	  sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo
	  $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends "$${want[@]}"
	fi

clean: ## remove everything that was built
	rm -rf bin dist ui/dist/app ui/node_modules
