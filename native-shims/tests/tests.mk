# Tests of the C part; each prints `ok NAME` or `not ok NAME: why`.
TEST_OUT = $(OUT)/tests
TEST_FLAGS = $(WARNINGS) $(DEFINES) -Itests -O1 -g
BUSYBOX ?= $(shell command -v busybox)
SANITIZERS = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
TEST_HEADERS := $(sort $(wildcard tests/*.h))
LAUNCH_TESTS = tests/harness.c tests/channel.c tests/plan_builder.c
IS_ROOT := $(filter 0,$(shell id -u))

LAUNCHES = $(patsubst %,$(TEST_OUT)/test_%,launch process refusals race)

test: $(TEST_OUT)/test_plan $(LAUNCHES)
	@$(TEST_OUT)/test_plan
	@$(if $(IS_ROOT),for test in $(LAUNCHES); do $$test || exit 1; done,echo 'skip launch: needs root')

$(TEST_OUT):
	mkdir -p $@

$(TEST_OUT)/test_plan: tests/test_plan.c tests/plan_builder.c init/decode.c $(HEADERS) $(TEST_HEADERS) | $(TEST_OUT)
	$(CC) $(TEST_FLAGS) $(SANITIZERS) $(filter %.c,$^) -o $@

$(TEST_OUT)/test_%: tests/test_%.c $(LAUNCH_TESTS) $(OUT)/libminirun_spawn.a $(TEST_HEADERS) | $(TEST_OUT)
	$(CC) $(TEST_FLAGS) -DBUSYBOX='"$(BUSYBOX)"' $(filter %.c %.a,$^) -o $@

# The same launches with an init that is built with sanitizers, on glibc.
$(TEST_OUT)/init-asan: $(INIT_SOURCES) $(HEADERS) $(OUT)/build_id.h | $(TEST_OUT)
	$(CC) $(TEST_FLAGS) $(SANITIZERS) -static-libasan -static-libubsan $(INIT_SOURCES) -o $@

asan: $(TEST_OUT)/init-asan $(TEST_OUT)/test_plan $(LAUNCHES)
	@$(TEST_OUT)/test_plan
	@for test in $(LAUNCHES); do MINIRUN_INIT=$(TEST_OUT)/init-asan $$test || exit 1; done

$(TEST_OUT)/fuzz_plan: tests/fuzz_plan.c init/decode.c $(HEADERS) | $(TEST_OUT)
	$(CLANG) $(TEST_FLAGS) -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all $(filter %.c,$^) -o $@

$(TEST_OUT)/fuzz_driver: tests/fuzz_plan.c init/decode.c $(HEADERS) | $(TEST_OUT)
	$(CC) $(TEST_FLAGS) -DFUZZ_DRIVER $(SANITIZERS) $(filter %.c,$^) -o $@

$(TEST_OUT)/write_seed: tests/write_seed.c tests/plan_builder.c $(TEST_HEADERS) $(HEADERS) | $(TEST_OUT)
	$(CC) $(TEST_FLAGS) $(filter %.c,$^) -o $@

fuzz: $(TEST_OUT)/fuzz_plan $(TEST_OUT)/write_seed
	mkdir -p $(TEST_OUT)/corpus
	$(TEST_OUT)/write_seed > $(TEST_OUT)/corpus/seed
	@$(TEST_OUT)/fuzz_plan -max_total_time=$(FUZZ_SECONDS) -max_len=8192 -artifact_prefix=$(TEST_OUT)/ \
		$(TEST_OUT)/corpus > $(TEST_OUT)/fuzz.log 2>&1 \
		|| { tail -40 $(TEST_OUT)/fuzz.log; echo 'not ok fuzz: see above'; exit 1; }
	@sed -n 's/^Done \([0-9]*\) runs in \([0-9]*\) .*/ok fuzz: \1 executions in \2 s/p' $(TEST_OUT)/fuzz.log

# Where clang has no libFuzzer.
fuzz-driver: $(TEST_OUT)/fuzz_driver $(TEST_OUT)/write_seed
	$(TEST_OUT)/write_seed > $(TEST_OUT)/seed
	$(TEST_OUT)/fuzz_driver $(TEST_OUT)/seed
	@echo 'ok fuzz driver'

ALL_C = $(INIT_SOURCES) $(filter %.c,$(SPAWN_SOURCES))

lint: $(OUT)/build_id.h
	clang-format --dry-run --Werror $(ALL_C) $(HEADERS) tests/*.[ch]
	for file in $(ALL_C); do \
		$(CLANG) $(WARNINGS) $(DEFINES) -fsyntax-only $$file && \
		$(CLANG) $(DEFINES) --analyze -Xclang -analyzer-werror -Xanalyzer -analyzer-output=text -o /dev/null $$file && \
		$(CC) $(WARNINGS) $(DEFINES) -O2 -fanalyzer -c $$file -o /dev/null || exit 1; done
	cppcheck --quiet --error-exitcode=1 --enable=warning,performance,portability --inline-suppr \
		--suppress=missingIncludeSystem -D_GNU_SOURCE -D__x86_64__ -I$(OUT) -Iinit -Ispawn $(ALL_C)

# That it builds for arm64, where its headers are (libc6-dev-arm64-cross).
ARM64_HEADERS = /usr/aarch64-linux-gnu/include
arm64: $(OUT)/build_id.h
	for file in $(ALL_C); do $(CLANG) --target=aarch64-linux-gnu -nostdlibinc -isystem $(ARM64_HEADERS) \
		$(WARNINGS) $(DEFINES) -O2 -c $$file -o /dev/null || exit 1; done
	@echo 'ok arm64: compiles'

.PHONY: arm64 test asan fuzz fuzz-driver lint
