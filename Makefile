# The two commands of a fresh machine are in README.md; these are the rest.
GO ?= go
TAGS := nomsgpack
PROGRAM := bin/padome

.PHONY: all build test tools lint unit second race bench soak clean

all: build

build: ## the program, as one file, and the one that checks papers without it
	$(GO) build -trimpath -tags $(TAGS) -o $(PROGRAM) ./cmd/padome
	$(GO) build -trimpath -o bin/padome-verify ./cmd/padome-verify

# Browsers and servers of databases wait more than they work: two at a time.
test: tools lint ## everything that must hold before a change lands
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target unit second race

tools: ## what the tests need and a fresh machine lacks
	@scripts/tools

lint:
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); echo "gofmt: the files above are not formatted"; exit 1; }
	$(GO) vet ./...
	$(GO) vet -tags pictures ./cmd/padome/browser
	$(GO) vet -tags office ./internal/docx
	$(GO) run honnef.co/go/tools/cmd/staticcheck@v0.8.2 ./...
	$(GO) mod tidy -diff
	@scripts/vulnerabilities

unit: ## all tests
	$(GO) test -count=1 -timeout 30m ./...

second: ## those above the engines once more, on PostgreSQL
	PADOME_TEST_STORE=postgres $(GO) test -count=1 -timeout 30m -skip 'OfAnyChanges|FollowEveryChange|Backup|Older' ./storage ./office

# Where several do something at once; of the large packages the tests that do.
ATONCE := Rac|AtOnce|Fifty|Stall|Stream|Listen|Live|While|Shutdown|Guesses|Repeat|Kept

race: ## the race detector
	$(GO) test -count=1 -race -timeout 30m ./storage/store/bolt ./storage/store/blob ./internal/auth
	$(GO) test -count=1 -race -timeout 30m -run '$(ATONCE)' ./office ./storage ./storage/store/postgres ./internal/pdf ./web

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./agenda ./storage/... ./internal/pdf ./internal/locale ./plan ./web
	@scripts/tools office
	$(GO) test -run '^$$' -bench LibreOffice -benchtime 3x -tags office ./internal/docx

soak: ## longer campaigns: power failures, damaged files, kills, failing disks, races, a siege, an installed machine, fuzzing of every parser
	PADOME_SOAK=500 $(GO) test -count=1 -timeout 60m -v -run 'WhenThePowerFails' ./cmd/padome
	PADOME_SOAK=20000 $(GO) test -count=1 -timeout 60m -v -run 'ADamagedFileAlwaysEnds' ./storage/store/bolt
	PADOME_SOAK=60 $(GO) test -count=1 -timeout 60m -v -run 'WhenTheProgramIsKilled' ./cmd/padome
	PADOME_SOAK=150 $(GO) test -count=1 -timeout 60m -v -run 'ThatIsKilled' ./cmd/padome
	PADOME_SOAK=1 $(GO) test -count=1 -timeout 60m -v -run 'EveryOperationOfTheDisk' ./web
	PADOME_SOAK=200 $(GO) test -count=1 -timeout 60m -v -run 'OneLegalResult' ./office
	PADOME_SOAK=5000 $(GO) test -count=1 -timeout 60m -v -run 'Siege' ./cmd/padome
	@scripts/tools office machine
	$(GO) test -count=1 -v -tags office -run LibreOffice ./internal/docx
	scripts/installed
	@scripts/fuzz 60s

clean:
	rm -rf bin
