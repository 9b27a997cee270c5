# Every verb sets up first what it needs; that takes no time when nothing changed.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo run test quick check format cases bench prove-engine prove-records prove-doses prove-data prove-mutation prove-alignment prove-calendar prove-replay prove-pauses prove-monkey prove-stories coverage screenshots fonts lock clean

PYTHON := .venv/bin/python
OFFSCREEN := QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen}

help: ## list these verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/make \1|\2/' | awk -F'|' '{printf "%-18s%s\n", $$1, $$2}'

demo: ## plan the example patient; calendar, check sheet and a picture of the window into build/demo/
	@packaging/setup.sh run
	@$(OFFSCREEN) $(PYTHON) -m mbc_desktop.demo --out build/demo

run: ## open the window
	@packaging/setup.sh window
	@$(PYTHON) -m mbc_desktop.cli

test: ## run all tests (TESTS="tests/core -k name" runs some)
	@packaging/setup.sh dev
	@$(PYTHON) -m pytest -n auto $(TESTS)

quick: ## run all tests but the slow ones
	@packaging/setup.sh dev
	@$(PYTHON) -m pytest -n auto -m "not slow" $(TESTS)

cases: ## compute every worked case again and compare
	@packaging/setup.sh dev
	@$(PYTHON) -m pytest tests/cases

check: ## format, style, types and the rules between packages
	@packaging/setup.sh dev
	@.venv/bin/ruff format --check --quiet --output-format concise . || { echo "run: make format"; exit 1; }
	@.venv/bin/ruff check --quiet --output-format concise .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-cache
	@$(PYTHON) -m pytest -q -m "not slow" tests/architecture

format: ## format the code and sort its imports
	@packaging/setup.sh dev
	@.venv/bin/ruff check --quiet --select I --fix .
	@.venv/bin/ruff format --quiet .

bench: ## measure start, planning, repainting and printing against their baselines
	@packaging/setup.sh bench
	@$(OFFSCREEN) $(PYTHON) -m benchmarks

prove-engine: ## a million random treatments through both engines (ORDERS=, SEED=); report in docs/proofs/engine.md
	@packaging/setup.sh dev
	@$(PYTHON) -m tests.prove_engine $(if $(ORDERS),--orders $(ORDERS)) $(if $(SEED),--seed $(SEED))

prove-doses: ## a million random orders through both dose implementations (ORDERS=, SEED=, MINUTES=, RESUME=file); report in docs/proofs/doses.md
	@packaging/setup.sh dev
	@nice -n 10 $(PYTHON) -m tests.prove_doses $(if $(ORDERS),--orders $(ORDERS)) $(if $(SEED),--seed $(SEED)) \
		$(if $(MINUTES),--minutes $(MINUTES)) $(if $(RESUME),--resume $(RESUME))

prove-data: ## every digit of every clinical number changed, and who notices (SEED=, SAMPLE=); report in docs/proofs/data_mutation.md
	@packaging/setup.sh dev
	@$(PYTHON) -m tests.prove_data $(if $(SEED),--seed $(SEED)) $(if $(SAMPLE),--sample $(SAMPLE))

prove-mutation: ## small slips in dosing and patient, one at a time, and whether a test sees them (ONLY=, RESUME=1); docs/proofs/mutation.md
	@packaging/setup.sh dev
	@nice -n 10 $(PYTHON) -m tests.prove_mutation $(if $(ONLY),--only $(ONLY)) $(if $(RESUME),--resume)

prove-stories: ## whole stories by real keys and a mouse in a real window under Xvfb; report in docs/proofs/stories.md
	@packaging/setup.sh dev
	@$(PYTHON) -m tests.stories

prove-monkey: ## twenty thousand random actions in the window, memory measured over the last ten (ACTIONS=, SEED=); a line of docs/proofs/monkey.md
	@packaging/setup.sh dev
	@$(OFFSCREEN) $(PYTHON) -m tests.prove_monkey $(if $(ACTIONS),--actions $(ACTIONS)) $(if $(SEED),--seed $(SEED))

coverage: ## every branch of core, patient, regimen, dosing and planning is taken by a test, or it fails; docs/proofs/coverage.md
	@packaging/setup.sh dev
	@nice -n 10 $(PYTHON) -m tests.prove_coverage

prove-records: ## kills, power cuts, failing disks, forgeries, names, figures of the store (PART=, COUNT=, SEED=); docs/proofs/records.md
	@packaging/setup.sh dev
	@nice -n 10 $(PYTHON) -m tests.prove_records $(if $(PART),--part $(PART)) $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED))

prove-alignment: ## ten thousand small cases of shared visits against trying everything (CASES=, SEED=); docs/proofs/alignment.md
	@packaging/setup.sh dev
	@nice -n 10 $(PYTHON) -m tests.prove_alignment $(if $(CASES),--cases $(CASES)) $(if $(SEED),--seed $(SEED))

prove-calendar: ## every regimen from every day of 2026 to 2040; docs/proofs/calendar.md
	@packaging/setup.sh dev
	@nice -n 10 $(PYTHON) -m tests.prove_calendar

prove-pauses: ## ten thousand random pauses of tablets (CASES=, SEED=); docs/proofs/pauses.md
	@packaging/setup.sh dev
	@nice -n 10 $(PYTHON) -m tests.prove_pauses $(if $(CASES),--cases $(CASES)) $(if $(SEED),--seed $(SEED))

prove-replay: ## ten thousand random histories, one by one, all at once, and taken back (CASES=, SEED=); docs/proofs/replay.md
	@packaging/setup.sh dev
	@nice -n 10 $(PYTHON) -m tests.prove_replay $(if $(CASES),--cases $(CASES)) $(if $(SEED),--seed $(SEED))

screenshots: ## make the pictures of docs/gallery/ again, and every page in every language, theme and size into build/screens/
	@packaging/setup.sh run
	@rm -rf build/gallery build/screens
	@$(OFFSCREEN) $(PYTHON) packaging/all_screens.py build/screens
	@$(OFFSCREEN) $(PYTHON) -m mbc_desktop.demo --out build/gallery
	@cp build/screens/timeline-fr-dark-ward.png build/gallery/timeline.png
	@$(PYTHON) packaging/gallery.py build/gallery docs/gallery

fonts: ## make the document fonts again from the full ones
	@packaging/setup.sh dev
	@$(PYTHON) packaging/subset_fonts.py

lock: ## resolve the dependencies again (needs uv)
	@packaging/lock.sh $(LOCK)

.PHONY: prove-sheets
prove-sheets: ## every sheet of every regimen in all four languages, read back
	@packaging/setup.sh dev
	@MBC_SHEETS=all $(PYTHON) -m pytest -q -n auto tests/documents/test_every_regimen.py

clean: ## remove what these verbs made, .venv included
	@rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
