.PHONY: run test

run: ## a demo desk on this machine
	@bin/setup
	@exec .venv/bin/ambidesk demo

test: ## everything that can fail
	@bin/ci
