# The two commands of a fresh machine are in README.md; these are the rest.
GO ?= go
TAGS := nomsgpack
PROGRAM := bin/padome

.PHONY: all build test tools lint unit race bench soak clean

all: build

build: ## the program, as one file
	$(GO) build -trimpath -tags $(TAGS) -o $(PROGRAM) ./cmd/padome

test: tools lint unit race ## everything that must hold before a change lands

tools: ## what the tests need and a fresh machine lacks
	@scripts/tools

lint:
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); echo "gofmt: the files above are not formatted"; exit 1; }
	$(GO) vet ./...
	$(GO) vet -tags pictures ./cmd/padome/browser
	$(GO) run honnef.co/go/tools/cmd/staticcheck@v0.8.2 ./...
	$(GO) mod tidy -diff
	@scripts/vulnerabilities

# Where several do something at once: tested once, with the race detector.
RACING := ./office ./storage/... ./web ./internal/auth ./internal/pdf

unit: ## all other tests, and those above the engines once more on PostgreSQL
	$(GO) test -count=1 -timeout 30m $$($(GO) list ./... | grep -vxF "$$($(GO) list $(RACING))")
	PADOME_TEST_STORE=postgres $(GO) test -count=1 -timeout 30m ./storage ./office

race: ## what RACING names
	$(GO) test -count=1 -race -timeout 30m $(RACING)

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./agenda ./storage/... ./internal/pdf ./internal/locale ./plan ./web

soak: ## longer campaigns: power failures, kills, a siege, fuzzing of every parser
	PADOME_SOAK=500 $(GO) test -count=1 -timeout 60m -v -tags powerfail -run 'WhenThePowerFails' ./cmd/padome
	PADOME_SOAK=60 $(GO) test -count=1 -timeout 60m -v -run 'WhenTheProgramIsKilled' ./cmd/padome
	PADOME_SOAK=5000 $(GO) test -count=1 -timeout 60m -v -run 'Siege' ./cmd/padome
	@scripts/fuzz 60s

clean:
	rm -rf bin
