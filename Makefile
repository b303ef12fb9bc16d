# Longhand: `make run` opens the window, `make test` runs all tests.
# Both install what they lack (see .ci/deps). `make help` lists the rest.

GO       ?= go
SHELL    := /bin/sh
ARGS     ?=
SHOTS    ?= build/shots
FUZZTIME ?= 5s
DATA     ?= ../shared/data

# The same tag everywhere, so that Fyne is compiled once: it tells Fyne that the
# program calls it by fyne.Do, which keeps the terminal quiet at start-up.
TAGS    := migrated_fynedo
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -X main.version=$(VERSION)
BIN     := build/longhand

# Goes into the cache of go run; pinned, so that a new check never breaks an old commit.
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

# One language on every machine. Fyne complains of the locale C and C.UTF-8, which
# alone are there everywhere: it looks at LANG, the C library at LC_CTYPE.
TESTENV := LC_ALL= LANGUAGE= LANG=en_US.UTF-8 LC_CTYPE=C.UTF-8
# There is no Xvfb on macOS: window tests skip there, elsewhere they must run.
ifneq ($(shell uname -s),Darwin)
WINDOWS := LONGHAND_WINDOW_TESTS=1
endif

ifeq ($(shell id -u),0)
PREFIX ?= /usr/local
else
PREFIX ?= $(HOME)/.local
endif
DEST  := $(DESTDIR)$(PREFIX)
SHARE := $(DEST)/share
ICONS := $(SHARE)/icons/hicolor

.PHONY: all help run build test torture check fmt vet staticcheck deps-test race fuzz bench realdata pages shots install uninstall clean

# Targets share caches and package managers, and their output is for people.
.NOTPARALLEL:

all: build

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## */\1	/p' Makefile | awk -F'	' '{ printf "  make %-12s %s\n", $$1, $$2 }'

run: build ## build and open the window (ARGS="FILE" to open an article)
	./$(BIN) $(ARGS)

build: ## build the program into build/
	@sh .ci/deps run
	@mkdir -p build
	$(GO) build -tags $(TAGS) -ldflags "$(LDFLAGS)" -o $(BIN) .

test: ## run all tests
	@sh .ci/deps test
	$(TESTENV) $(WINDOWS) $(GO) test -tags $(TAGS) -timeout 15m ./...

# Those that `make test` runs for seconds, with many more moments of chance.
TORTURED := ./library ./library/disk/... ./library/journal ./library/merge ./library/search ./library/versions

torture: ## let calls of the disk fail, the machine stop and the program be killed, for long
	@sh .ci/deps test
	LONGHAND_TORTURE=1 $(TESTENV) $(GO) test -tags $(TAGS) -timeout 2h -count=1 -v -run 'Fault|Session|Full|ReadOnly|Taken|Huge' $(TORTURED)
	LONGHAND_TORTURE=1 $(TESTENV) $(WINDOWS) $(GO) test -tags $(TAGS) -timeout 2h -count=1 -v -run 'Simulated|Torture' ./app

check: fmt deps-test vet staticcheck race fuzz ## formatting, vet, staticcheck, race detector, short fuzzing

fmt:
	@bad=$$(gofmt -l .); [ -z "$$bad" ] || { echo "gofmt -w is needed for:"; echo "$$bad"; exit 1; } >&2

deps-test:
	@sh .ci/deps_test

vet:
	@sh .ci/deps check
	$(GO) vet -tags $(TAGS) ./...

staticcheck:
	@sh .ci/deps check
	$(GO) run $(STATICCHECK) -tags $(TAGS) ./...

# Whole windows and long forms of tests with one goroutine are too slow under the race
# detector and run in `make test`.
race:
	@sh .ci/deps check
	$(TESTENV) LONGHAND_WINDOW_TESTS=0 $(GO) test -race -short -tags $(TAGS) -timeout 20m ./...

fuzz: ## fuzz each fuzz test for FUZZTIME
	@GO="$(GO)" TAGS="$(TAGS)" $(TESTENV) sh .ci/fuzz $(FUZZTIME)

bench: ## run the benchmarks
	@sh .ci/deps test
	$(TESTENV) $(GO) test -tags $(TAGS) -run '^$$' -bench . -benchmem ./...

# Only the packages that have such tests, for the others would fill the screen with their names.
realdata: ## run the tests over a collection of real articles (DATA=DIR)
	@if [ -d "$(DATA)" ]; then \
		dirs=$$(find . -name '*_test.go' -exec grep -l '^func Test.*RealData' {} + | sed 's|/[^/]*$$||' | sort -u); \
		[ -n "$$dirs" ] || { echo "realdata: no package has such tests"; exit 0; }; \
		sh .ci/deps test && LONGHAND_DATA="$$(cd "$(DATA)" && pwd)" $(TESTENV) $(GO) test -tags $(TAGS) -timeout 15m -count=1 -v -run RealData $$dirs; \
	else echo "realdata: skipped, there is no folder $(DATA)"; fi

pages: build ## validate finished pages and feeds with vnu, axe-core and schemas, where npm is (DATA=DIR, SAMPLE)
	@if [ -d "$(DATA)/library" ]; then sh .ci/pages "$(DATA)"/library/*; \
	else echo "pages: skipped, there is no folder $(DATA)/library"; fi

shots: build ## take screenshots of the window's main states into SHOTS
	@sh .ci/deps shots
	@mkdir -p "$(SHOTS)"
	$(TESTENV) $(GO) run -tags $(TAGS) ./app/internal/shots -bin $(BIN) -out "$(SHOTS)"

# The menu entry gets the full path, for a desktop's PATH often lacks ~/.local/bin.
# Root takes the program as built before: `make && sudo make install`. Building as
# root would start again with an empty cache and leave root's files in build/.
install: ## install the program, its icons and its menu entry (PREFIX, DESTDIR)
	@if [ "$$(id -u)" != 0 ] || [ ! -x $(BIN) ]; then $(MAKE) build; fi
	mkdir -p "$(DEST)/bin" "$(SHARE)/applications" "$(ICONS)/scalable/apps" "$(ICONS)/512x512/apps"
	install -m 755 $(BIN) "$(DEST)/bin/longhand"
	sed 's|^Exec=longhand|Exec="$(PREFIX)/bin/longhand"|' resources/longhand.desktop >"$(SHARE)/applications/longhand.desktop"
	chmod 644 "$(SHARE)/applications/longhand.desktop"
	install -m 644 resources/icon.svg "$(ICONS)/scalable/apps/longhand.svg"
	install -m 644 resources/icon.png "$(ICONS)/512x512/apps/longhand.png"
	@$(MAKE) -s refresh
	@case ":$$PATH:" in *":$(PREFIX)/bin:"*) ;; *) echo "note: $(PREFIX)/bin is not in your PATH" ;; esac

uninstall: ## remove what install put there (articles and settings stay)
	rm -f "$(DEST)/bin/longhand" "$(SHARE)/applications/longhand.desktop" \
		"$(ICONS)/scalable/apps/longhand.svg" "$(ICONS)/512x512/apps/longhand.png"
	@$(MAKE) -s refresh

# Desktops find new entries by these caches; a package (DESTDIR) refreshes them itself.
.PHONY: refresh
refresh:
	@[ -n "$(DESTDIR)" ] || { \
		command -v update-desktop-database >/dev/null 2>&1 && update-desktop-database -q "$(SHARE)/applications"; \
		command -v gtk-update-icon-cache >/dev/null 2>&1 && gtk-update-icon-cache -q -t -f "$(ICONS)"; \
		true; }

clean: ## remove build/
	rm -rf build
