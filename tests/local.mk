TEST_EXTENSIONS = .py .sh .js
TAP_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
LOG_DRIVER = $(TAP_DRIVER)
PY_LOG_DRIVER = $(TAP_DRIVER)
PY_LOG_COMPILER = $(PYTHON)
SH_LOG_DRIVER = $(TAP_DRIVER)
SH_LOG_COMPILER = $(SHELL)
JS_LOG_DRIVER = $(TAP_DRIVER)
JS_LOG_COMPILER = $(GJS)
AM_TESTS_ENVIRONMENT = \
	export G_DEBUG=fatal-warnings LC_ALL=C.UTF-8; \
	export KENNIS_SRCDIR=$(abs_top_srcdir) KENNIS_BUILDDIR=$(abs_top_builddir); \
	export KENNIS_SHARED=$${KENNIS_SHARED:-$(abs_top_srcdir)/../shared}; \
	export GI_TYPELIB_PATH=$(abs_builddir) LD_LIBRARY_PATH=$(abs_builddir)/lib/.libs; \
	export KENNIS_OVERRIDES=$(abs_srcdir)/bindings/python; \
	export CC='$(CC)' NM='$(NM)' AWK='$(AWK)' PYTHON='$(PYTHON)' VALAC='$(VALAC)' GJS='$(GJS)' PKG_CONFIG='$(PKG_CONFIG)'; \
	export XMLLINT='$(XMLLINT)' JING='$(JING)' CLANG_FORMAT='$(CLANG_FORMAT)' PROGRAMS='$(bin_PROGRAMS)'; \
	export ASAN_OPTIONS="abort_on_error=1:$$ASAN_OPTIONS" UBSAN_OPTIONS=print_stacktrace=1:abort_on_error=1; \
	export TSAN_OPTIONS="suppressions=$(abs_top_srcdir)/tests/tsan.supp ignore_noninstrumented_modules=1 halt_on_error=1 $$TSAN_OPTIONS";

# A C test is one file: list it here and automake finds tests/unit/NAME.c.
unit_tests =
unit_tests += tests/unit/agreement
unit_tests += tests/unit/answers
unit_tests += tests/unit/activities
unit_tests += tests/unit/calendar
unit_tests += tests/unit/change
unit_tests += tests/unit/column
unit_tests += tests/unit/culture
unit_tests += tests/unit/culture-type
unit_tests += tests/unit/gap
unit_tests += tests/unit/silent-teams
unit_tests += tests/unit/survey-teams
unit_tests += tests/unit/associations
unit_tests += tests/unit/csv
unit_tests += tests/unit/limesurvey
unit_tests += tests/unit/csv-large
unit_tests += tests/unit/csv-decimal
unit_tests += tests/unit/csv-quick
unit_tests += tests/unit/csv-straight
unit_tests += tests/unit/dataset
unit_tests += tests/unit/error
unit_tests += tests/unit/gate
unit_tests += tests/unit/gate-relations
unit_tests += tests/unit/survey-gate
unit_tests += tests/unit/fingerprint
unit_tests += tests/unit/holders
unit_tests += tests/unit/i18n
unit_tests += tests/unit/import
unit_tests += tests/unit/instrument
unit_tests += tests/unit/profile
unit_tests += tests/unit/import-tables
unit_tests += tests/unit/intern
unit_tests += tests/unit/mapping
unit_tests += tests/unit/measure
unit_tests += tests/unit/measure-cancel
unit_tests += tests/unit/metric
unit_tests += tests/unit/moments
unit_tests += tests/unit/measurements
unit_tests += tests/unit/network
unit_tests += tests/unit/network-cancel
unit_tests += tests/unit/network-make
unit_tests += tests/unit/network-paths
unit_tests += tests/unit/network-pagerank
unit_tests += tests/unit/network-positions
unit_tests += tests/unit/network-structure
unit_tests += tests/unit/parallel
unit_tests += tests/unit/progress
unit_tests += tests/unit/quantity
unit_tests += tests/unit/reader
unit_tests += tests/unit/reader-bad-input
unit_tests += tests/unit/reader-plain
unit_tests += tests/unit/reader-utf-16
unit_tests += tests/unit/writer
unit_tests += tests/unit/query
unit_tests += tests/unit/random
unit_tests += tests/unit/reliability
unit_tests += tests/unit/retention
unit_tests += tests/unit/return
unit_tests += tests/unit/return-even
unit_tests += tests/unit/return-known
unit_tests += tests/unit/return-parts
unit_tests += tests/unit/return-percentiles
unit_tests += tests/unit/elementary
unit_tests += tests/unit/replicates
unit_tests += tests/unit/report
unit_tests += tests/unit/report-html
unit_tests += tests/unit/statistics
unit_tests += tests/unit/summary
unit_tests += tests/unit/summary-bytes
unit_tests += tests/unit/summary-merge
unit_tests += tests/unit/temporal-network
unit_tests += tests/unit/temporal-path
unit_tests += tests/unit/texts
unit_tests += tests/unit/value-model
unit_tests += tests/unit/calendar-ranges
unit_tests += tests/unit/calendar-reader
unit_tests += tests/unit/calendar-sources
unit_tests += tests/unit/xapi
unit_tests += tests/unit/xapi-bad-input
unit_tests += tests/unit/xapi-describe
unit_tests += tests/unit/xapi-quick
# Known values from an independent source: tests/reference/NAME.c.
reference_tests =
reference_tests += tests/reference/quantity
reference_tests += tests/reference/exchange
reference_tests += tests/reference/chain
reference_tests += tests/reference/lorenz
reference_tests += tests/reference/retention
reference_tests += tests/reference/statistics
reference_tests += tests/reference/survey
reference_tests += tests/reference/survey-metrics
reference_tests += tests/reference/survey-coverage
reference_tests += tests/reference/value
reference_tests += tests/reference/temporal
reference_tests += tests/reference/uptake
reference_tests += tests/reference/embedding
reference_tests += tests/reference/transfer
# One file per bug: tests/regression/NAME.c.
regression_tests =
# Those of them that start threads, run under TSan as well.
thread_tests =
thread_tests += tests/unit/csv-quick
thread_tests += tests/unit/csv-straight
thread_tests += tests/unit/reader
thread_tests += tests/unit/xapi
thread_tests += tests/unit/xapi-quick
thread_tests += tests/unit/reader-plain
thread_tests += tests/unit/measure
thread_tests += tests/unit/network-make
thread_tests += tests/unit/network-pagerank
thread_tests += tests/unit/network-positions
thread_tests += tests/unit/parallel
thread_tests += tests/unit/progress
thread_tests += tests/unit/return
thread_tests += tests/unit/return-parts
thread_tests += tests/unit/return-percentiles
thread_tests += tests/unit/activities
thread_tests += tests/unit/summary
thread_tests += tests/unit/summary-merge
thread_tests += tests/unit/temporal-network
thread_tests += tests/unit/temporal-path
c_tests = $(unit_tests) $(reference_tests) $(regression_tests)

# Scripts that tell of themselves in TAP: sh on the tree or the build, python and gjs through introspection.
sh_tests =
sh_tests += tests/abi.sh
sh_tests += tests/examples.sh
sh_tests += tests/install.sh
sh_tests += tests/style.sh
sh_tests += tests/translations.sh
py_tests =
py_tests += tests/reference/gate-attack.py
py_tests += tests/reference/survey-attack.py
py_tests += tests/bindings/python-dataset.py
py_tests += tests/bindings/python-value.py
py_tests += tests/bindings/python-survey.py
py_tests += tests/bindings/python-instruments.py
py_tests += tests/bindings/python-temporal.py
py_tests += tests/bindings/python-retention.py
py_tests += tests/bindings/python-line.py
py_tests += tests/bindings/python-load.py
py_tests += tests/bindings/python-network.py
py_tests += tests/reference/network.py
py_tests += tests/reference/csv-real.py
py_tests += tests/reference/limesurvey.py
py_tests += tests/reference/calendar-rules.py
py_tests += tests/reference/xapi-conformance.py
py_tests += tests/reference/xapi-real.py
py_tests += tests/bindings/python-report.py
py_tests += tests/reference/real-input.py
py_tests += tests/reference/truth.py
py_tests += tests/reference/culture.py
py_tests += tests/reference/retention-truth.py
py_tests += tests/browser/report.py
py_tests += tests/reading.py
py_tests += tests/report.py
py_tests += tests/simulate.py
py_tests += tests/network.py
py_tests += tests/survey.py
py_tests += tests/value.py
js_tests =
js_tests += tests/bindings/gjs-dataset.js
js_tests += tests/bindings/gjs-load.js
js_tests += tests/bindings/gjs-value.js
EXTRA_DIST += $(sh_tests) $(py_tests) $(js_tests) tests/tap.sh tests/tap.py

# A fuzz target is tests/fuzz/NAME.c with LLVMFuzzerTestOneInput and a folder of seeds, tests/fuzz/corpus/NAME.  List it
# here and give it its flags: tests_fuzz_NAME_LDFLAGS and tests_fuzz_NAME_LDADD, as calendar has them.
fuzz_targets =
fuzz_targets += tests/fuzz/fuzz-instrument
tests_fuzz_fuzz_instrument_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_instrument_LDADD = $(fuzz_ldadd)
fuzz_targets += tests/fuzz/fuzz-summary
tests_fuzz_fuzz_summary_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_summary_LDADD = $(fuzz_ldadd)
fuzz_targets += tests/fuzz/fuzz-value
tests_fuzz_fuzz_value_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_fuzz_value_LDADD = $(fuzz_ldadd)
fuzz_targets += tests/fuzz/reader
tests_fuzz_reader_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_reader_LDADD = $(fuzz_ldadd)
fuzz_targets += tests/fuzz/calendar
fuzz_targets += tests/fuzz/csv
fuzz_targets += tests/fuzz/limesurvey
tests_fuzz_limesurvey_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_limesurvey_LDADD = $(fuzz_ldadd)
tests_fuzz_csv_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_csv_LDADD = $(fuzz_ldadd)
fuzz_targets += tests/fuzz/calendar-reader
tests_fuzz_calendar_reader_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_calendar_reader_LDADD = $(fuzz_ldadd)
fuzz_targets += tests/fuzz/xapi
tests_fuzz_xapi_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_xapi_LDADD = $(fuzz_ldadd)
tests_fuzz_calendar_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_calendar_LDADD = $(fuzz_ldadd)
EXTRA_DIST += tests/fuzz/corpus
EXTRA_DIST += tests/fuzz/round-trip.h

fuzz_ldadd = $(fuzz_main) lib/libkennis-core.la $(KENNIS_LIBS)
if ENABLE_FUZZING
fuzz_main =
fuzz_ldflags = $(AM_LDFLAGS) -fsanitize=fuzzer
noinst_PROGRAMS += $(fuzz_targets)
EXTRA_DIST += tests/fuzz/replay.c
else
fuzz_main = tests/fuzz/libreplay.a
fuzz_ldflags = $(AM_LDFLAGS)
check_LIBRARIES += tests/fuzz/libreplay.a
tests_fuzz_libreplay_a_SOURCES = tests/fuzz/replay.c
check_PROGRAMS += $(fuzz_targets)
TESTS += $(fuzz_targets)
endif

if HAVE_CUNIT
AM_CPPFLAGS += -I$(top_srcdir)/tests $(CUNIT_CFLAGS)
noinst_LTLIBRARIES += tests/libkennis-test.la
tests_libkennis_test_la_SOURCES = tests/kennis-test.c tests/kennis-test.h tests/kennis-metrics.h tests/summary-records.h tests/value-models.h tests/survey-tables.h tests/networks.h tests/looks.h tests/reading.h tests/kennis-gate-sets.h
tests_unit_report_SOURCES = tests/unit/report.c tests/unit/report-models.c tests/unit/report-models.h
tests_unit_report_html_SOURCES = tests/unit/report-html.c tests/unit/report-models.c tests/unit/report-models.h
LDADD = tests/libkennis-test.la lib/libkennis-core.la $(KENNIS_LIBS) $(CUNIT_LIBS)
check_PROGRAMS += $(c_tests)
TESTS += $(c_tests)
endif

if !ENABLE_SANITIZERS
TESTS += $(sh_tests)
if HAVE_INTROSPECTION
if HAVE_PYTHON
TESTS += $(py_tests)
endif
if HAVE_GJS
TESTS += $(js_tests)
endif
endif
endif

# Random organisations for the attack on the gate.
check_PROGRAMS += tests/reference/gate-sets
tests_reference_gate_sets_LDADD = lib/libkennis-core.la $(KENNIS_LIBS)

# What a build with sanitizers is for.
check-c: all
	$(MAKE) check TESTS='$(c_tests) $(fuzz_targets)'
check-threads: all
	$(MAKE) check TESTS='$(thread_tests)' check_PROGRAMS='$(thread_tests)'

list-thread-tests:
	@echo $(thread_tests)

# The exported symbols are a reviewed file, not an accident; tests/abi.sh compares.
check-abi: lib/libkennis-1.0.la
	@$(AM_TESTS_ENVIRONMENT) $(SHELL) $(srcdir)/tests/abi.sh
update-abi: lib/libkennis-1.0.la
	$(NM) -D --defined-only lib/.libs/libkennis-1.0.so | $(AWK) '{ print $$3 }' | LC_ALL=C sort > $(srcdir)/lib/kennis.symbols
EXTRA_DIST += lib/kennis.symbols
EXTRA_DIST += tests/tsan.supp

# Layout is clang-format's: tests/style.sh asks it, this obeys it.
format:
	CLANG_FORMAT='$(CLANG_FORMAT)' $(SHELL) $(srcdir)/tests/style.sh --format
.PHONY: check-c check-threads list-thread-tests check-abi update-abi format
