# One target per thing a person wants done. JDK 25 is found by build/find-jdk, system programs are installed or named by build/prerequisites.
export JAVA_HOME := $(shell ./build/find-jdk)
MVN := mvn

.PHONY: test build bench fuzz prime check format clean

# Every test the project has: style and nullness, unit tests, real servers, whole stacks.
test: prerequisites
	@mkdir -p target && touch target/tests-began
	$(MVN) -T 2 --fail-at-end verify -pl '!e2e' || { ./build/failures; exit 1; }
	@touch target/built
	@test -d target/aot || ./build/prime
	$(MVN) verify -pl e2e || { ./build/failures; exit 1; }

# Everything that ./ringfence starts, without tests.
build:
	$(MVN) -q -Dquick -DskipTests package
	@mkdir -p target && touch target/built

# Ours beside the limit, in one run; see bench/README.md. BENCH=api|compile|distribution names one of them.
bench: build
	./bench/run $(BENCH)

# Random worlds against the reference, and random walks against compiling from scratch: 1,000 worlds, 100,000 steps.
fuzz: prerequisites
	$(MVN) -Dquick verify -pl policy-engine -am -DskipITs -Dtest='Random*Test' -Dsurefire.failIfNoSpecifiedTests=false -Dringfence.test.steps=100

# Start-up caches for what is built now.
prime: build
	./build/prime

# Style, nullness and unit tests only.
check:
	$(MVN) verify -DskipITs -pl '!e2e'

format:
	$(MVN) -q spotless:apply

clean:
	$(MVN) -q clean
	rm -rf target

.PHONY: prerequisites
prerequisites:
	@./build/prerequisites
	@test -n "$(JAVA_HOME)"
