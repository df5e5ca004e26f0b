# Sercom's set-up and tests. Everything is done by dev/, which gets what is missing.
#   make run                   serve the demo company on http://127.0.0.1:8069   (PORT=, DB=, FRESH=1)
#   make copy DB=name          a copy of the demo company, for make run DB=name PORT=…
#   make test                  every test            (T=, K=, N=, SLOW=1, TODAY=1, SCREENS=1, ALONE=1, CLOCK=)
#   make shell                 Odoo's shell on the demo database                 (DB=)
#   eval "$(make -s env)"      psql, odoo and pytest for this checkout in your shell
#   make lint format           check the code; rewrite it as the formatters want
#   make bench upstream        speed; the tests of Odoo and OCA
#   make bench-data N=100000   a firm of so many jobs, kept for the benchmarks
#   make bench-large         every screen of 100,000 jobs beside 10,000
#   make i18n                  the terms of the code into i18n/, and what is not in French yet
#   make map                   the map of the add-ons in docs/architecture.md, drawn from the code
#   make package               each add-on's wheel in dist/, for pip
#   make stop clean            stop the servers; remove the databases            (clean ALL=1)
PYTHON ?= python3
DEV = @PYTHONDONTWRITEBYTECODE=1 $(PYTHON) -m dev

.PHONY: run copy test shell env lint format bench bench-data bench-large upstream map i18n package stop clean

run:
	$(DEV) run $(if $(DB),--db=$(DB)) $(if $(PORT),--port=$(PORT)) $(if $(FRESH),--fresh)

copy:
	$(DEV) copy $(if $(DB),--db=$(DB)) $(if $(FRESH),--fresh)

test:
	$(DEV) test $(if $(K),-k '$(K)') $(if $(N),-n $(N)) $(if $(SLOW),--slow) $(if $(TODAY),--today) \
		$(if $(SCREENS),--screens) $(if $(ALONE),--alone=$(ALONE)) $(if $(CLOCK),--clock='$(CLOCK)') $(T)

shell:
	$(DEV) shell $(if $(DB),--db=$(DB))

env:
	$(DEV) env

format:
	$(DEV) lint --fix

lint:
	$(DEV) lint

bench:
	$(DEV) bench $(T)

bench-data:
	$(DEV) bench-data $(N)

bench-large:
	$(DEV) bench-large

upstream:
	$(DEV) upstream $(T)

map:
	$(DEV) map

i18n:
	$(DEV) i18n

package:
	$(DEV) package

stop:
	$(DEV) stop

clean:
	$(DEV) clean $(if $(ALL),--all)
