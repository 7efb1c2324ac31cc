.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup build test test-traits test-examples test-threads lint gates format demo bench bench-instructions clean

help: ## Lists the targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Installs what building and testing need: Debian packages and a Python environment in .venv.
	@scripts/check-swift.sh
	@scripts/install-packages.sh test
	@scripts/python-env.sh

build: ## Builds everything with warnings as errors: all dialects, and the tests.
	@scripts/strict-build.sh --build-tests --enable-all-traits

test: setup lint gates ## Installs what is missing, checks the form, builds the sets of traits that matter most, and runs all tests.
	@scripts/test-dialect-example.sh
	@scripts/trait-builds.sh short
	@scripts/check-registry.sh
	@scripts/test-shop-example.sh short
	@scripts/strict-build.sh --build-tests --enable-all-traits
	@scripts/run-tests.sh

test-traits: setup ## Builds all eight sets of traits, and looks into each for C libraries that it did not ask for.
	@scripts/trait-builds.sh full

test-examples: setup ## Builds and tests the packages in Examples.
	@scripts/test-dialect-example.sh
	@scripts/test-shop-example.sh full

test-threads: setup ## Runs the tests under Thread Sanitizer.
	@scripts/test-threads.sh

lint: ## Checks the form of the Swift code and of the scripts.
	@scripts/lint.sh

gates: ## Checks the rules of the code that the compiler does not hold, and that each check can fail.
	@scripts/check-gates.sh
	@scripts/test-gates.sh

format: ## Formats the Swift code in place.
	@scripts/lint.sh --fix

demo: ## Installs the C libraries, builds authfort, and makes a database with a user in demo.db.
	@scripts/check-swift.sh
	@scripts/install-packages.sh build
	@scripts/demo.sh

bench: ## Runs the benchmarks.
	@scripts/bench.sh

bench-instructions: ## Counts the instructions of operations, and compares them with their thresholds.
	@scripts/count-instructions.sh

clean: ## Removes everything that a build or a run made.
	rm -rf .build Benchmarks/.build .venv demo.db demo.db-wal demo.db-shm
