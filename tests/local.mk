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
	export TSAN_OPTIONS="suppressions=$(abs_top_srcdir)/tests/tsan.supp $$TSAN_OPTIONS"; \
	export KENNIS_OVERRIDES=$(abs_srcdir)/bindings/python;

# A C test is one file: list it here and automake finds tests/unit/NAME.c.
unit_tests = \
	tests/unit/calendar \
	tests/unit/error \
	tests/unit/parallel \
	tests/unit/progress \
	tests/unit/random \
	tests/unit/statistics
reference_tests = \
	tests/reference/statistics
regression_tests =

if HAVE_CUNIT
AM_CPPFLAGS += -I$(top_srcdir)/tests $(CUNIT_CFLAGS)
noinst_LTLIBRARIES += tests/libkennis-test.la
tests_libkennis_test_la_SOURCES = tests/kennis-test.c tests/kennis-test.h
LDADD = tests/libkennis-test.la lib/libkennis-core.la $(KENNIS_LIBS) $(CUNIT_LIBS)
check_PROGRAMS += $(unit_tests) $(reference_tests) $(regression_tests)
TESTS += $(unit_tests) $(reference_tests) $(regression_tests)
endif

# The exported symbols are a reviewed file, not an accident.
check-abi: lib/libkennis-1.0.la
	$(NM) -D --defined-only lib/.libs/libkennis-1.0.so | awk '{print $$3}' | LC_ALL=C sort | \
	  diff -u $(srcdir)/lib/kennis.symbols -
update-abi: lib/libkennis-1.0.la
	$(NM) -D --defined-only lib/.libs/libkennis-1.0.so | awk '{print $$3}' | LC_ALL=C sort > $(srcdir)/lib/kennis.symbols
EXTRA_DIST += lib/kennis.symbols tests/tsan.supp
check-local: check-abi
.PHONY: check-abi update-abi
