# A benchmark is one file: list it here and automake finds bench/NAME.c.  It takes no arguments, prints
# one line per figure ("name<TAB>value<TAB>unit", medians and ratios of one run) and exits non-zero where a bound is missed.
bench_programs =
EXTRA_DIST += bench/bench.h
bench_programs += bench/gate
bench_programs += bench/read-csv
bench_programs += bench/read-xapi
EXTRA_DIST += bench/read-xapi-duckdb.sh
EXTRA_DIST += bench/read-csv-duckdb.sh
bench_programs += bench/summarise
bench_programs += bench/temporal
bench_programs += bench/value
bench_programs += bench/network
bench_programs += bench/network-cancel
bench_programs += bench/survey
EXTRA_DIST += bench/survey-numpy.py
EXTRA_DIST += bench/survey-peers.R
EXTRA_DIST += bench/value-numpy.py
EXTRA_DIST += bench/network-igraph.py
EXTRA_DIST += bench/summarise-duckdb.sh
bench_programs += bench/read-xml
bench_programs += bench/report-memory
bench_report_memory_LDADD =
# Only when asked for: a program by itself, of Debian's libigraph-dev, which nothing of ours is linked with (GPL).
EXTRA_DIST += bench/network-igraph.c
CLEANFILES += bench/network-igraph
bench/network-igraph: bench/network-igraph.c
	$(AM_V_CCLD)$(MKDIR_P) $(@D) && $(CC) -O2 -o $@ $(srcdir)/bench/network-igraph.c `pkg-config --cflags --libs igraph`
# What those need beside them.
bench_helpers =
bench_helpers += bench/make-xml
bench_helpers += bench/sax-walk
bench_make_xml_LDADD =
bench_sax_walk_LDADD = $(KENNIS_LIBS)
EXTRA_PROGRAMS += $(bench_programs) $(bench_helpers)
CLEANFILES += $(bench_programs) $(bench_helpers)

bench: lib/libkennis-1.0.la examples/kennis-report$(EXEEXT) $(bench_programs) $(bench_helpers)
	@echo "Kennis $(VERSION) benchmarks, $$(date -u +%F), $$(getconf _NPROCESSORS_ONLN) processors, $(CC) $(CFLAGS)"; \
	grep -m 1 '^model name' /proc/cpuinfo || true; \
	failed=0; n=0; \
	for program in $(bench_programs); do \
	  n=`expr $$n + 1`; echo "== $$program"; \
	  $(AM_TESTS_ENVIRONMENT) ./$$program || { failed=`expr $$failed + 1`; echo "!! $$program: exit code $$?"; }; \
	done; \
	echo "== $$n benchmarks, $$failed failed"; test $$failed = 0
.PHONY: bench
