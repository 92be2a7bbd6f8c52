bin_PROGRAMS += examples/kennis-simulate
examples_kennis_simulate_SOURCES = examples/kennis-simulate.c \
	examples/simulate/sim-calendar.c examples/simulate/sim-calendar.h \
	examples/simulate/sim-emit.c examples/simulate/sim-emit.h \
	examples/simulate/sim-exchange.c \
	examples/simulate/sim-json.c examples/simulate/sim-json.h \
	examples/simulate/sim-learning.c \
	examples/simulate/sim-log.c \
	examples/simulate/sim-meetings.c \
	examples/simulate/sim-model.c examples/simulate/sim-model.h \
	examples/simulate/sim-moments.c \
	examples/simulate/sim-names.c examples/simulate/sim-names.h \
	examples/simulate/sim-options.c examples/simulate/sim-options.h \
	examples/simulate/sim-random.c examples/simulate/sim-random.h \
	examples/simulate/sim-staff.c \
	examples/simulate/sim-structure.c \
	examples/simulate/sim-survey.c \
	examples/simulate/sim-talks.c \
	examples/simulate/sim-truth.c
# Public API only, from the shared library.
examples_kennis_simulate_CPPFLAGS = -I$(top_srcdir)/include -I$(top_builddir)/include -I$(srcdir)/examples \
	-DG_LOG_DOMAIN=\"kennis-simulate\" -DKENNIS_LOCALEDIR=\"$(localedir)\"
examples_kennis_simulate_LDADD = lib/libkennis-1.0.la $(KENNIS_LIBS)

bin_PROGRAMS += examples/kennis-report
examples_kennis_report_SOURCES = examples/kennis-report.c \
	examples/reporting/report-metrics.c examples/reporting/report-metrics.h \
	examples/simulate/sim-json.c examples/simulate/sim-json.h \
	examples/reporting/report-options.c examples/reporting/report-options.h \
	examples/reporting/report-output.c examples/reporting/report-output.h \
	examples/reporting/report-progress.c examples/reporting/report-progress.h \
	examples/reporting/report-sources.c examples/reporting/report-sources.h \
	examples/reporting/report-reading.c examples/reporting/report-reading.h \
	examples/reporting/report-words.c examples/reporting/report-words.h
examples_kennis_report_CPPFLAGS = -I$(top_srcdir)/include -I$(top_builddir)/include -I$(srcdir)/examples \
	-DG_LOG_DOMAIN=\"kennis-report\" -DKENNIS_LOCALEDIR=\"$(localedir)\"
examples_kennis_report_CFLAGS = $(AM_CFLAGS) $(GIO_UNIX_CFLAGS)
examples_kennis_report_LDADD = lib/libkennis-1.0.la $(KENNIS_LIBS)

bin_PROGRAMS += examples/kennis-value
examples_kennis_value_SOURCES = examples/kennis-value.c \
	examples/reporting/report-output.c examples/reporting/report-output.h \
	examples/reporting/report-progress.c examples/reporting/report-progress.h \
	examples/reporting/report-words.c examples/reporting/report-words.h
examples_kennis_value_CPPFLAGS = -I$(top_srcdir)/include -I$(top_builddir)/include -I$(srcdir)/examples \
	-DG_LOG_DOMAIN=\"kennis-value\" -DKENNIS_LOCALEDIR=\"$(localedir)\"
examples_kennis_value_LDADD = lib/libkennis-1.0.la $(KENNIS_LIBS)
EXTRA_DIST += examples/value-model.xml
EXTRA_DIST += examples/value-programmes.xml
EXTRA_DIST += examples/instruments/mixed-ranges.xml
EXTRA_DIST += examples/instruments/seven-items.xml
EXTRA_DIST += examples/instruments/twenty-one-items.xml
# Small ones, to copy; tests/examples.sh runs them.
noinst_PROGRAMS += examples/small
examples_small_SOURCES = examples/small.c
examples_small_LDADD = lib/libkennis-1.0.la $(KENNIS_LIBS)
EXTRA_DIST += examples/small.py
EXTRA_DIST += examples/small.js
EXTRA_DIST += examples/small.vala

bin_PROGRAMS += examples/kennis-network
examples_kennis_network_SOURCES = examples/kennis-network.c \
	examples/networking/net-graph.c \
	examples/networking/net-groups.c \
	examples/networking/net-json.c \
	examples/networking/net-options.c examples/networking/net-options.h \
	examples/networking/net-spread.c \
	examples/networking/net-study.c examples/networking/net-study.h \
	examples/networking/net-svg.c \
	examples/networking/net-text.c \
	examples/reporting/report-output.c examples/reporting/report-output.h \
	examples/reporting/report-progress.c examples/reporting/report-progress.h \
	examples/reporting/report-reading.c examples/reporting/report-reading.h \
	examples/reporting/report-words.c examples/reporting/report-words.h \
	examples/reporting/report-sources.c examples/reporting/report-sources.h \
	examples/simulate/sim-json.c examples/simulate/sim-json.h
examples_kennis_network_CPPFLAGS = -I$(top_srcdir)/include -I$(top_builddir)/include -I$(srcdir)/examples \
	-DG_LOG_DOMAIN=\"kennis-network\" -DKENNIS_LOCALEDIR=\"$(localedir)\"
examples_kennis_network_CFLAGS = $(AM_CFLAGS) $(GIO_UNIX_CFLAGS)
examples_kennis_network_LDADD = lib/libkennis-1.0.la $(KENNIS_LIBS)

bin_PROGRAMS += examples/kennis-survey
examples_kennis_survey_SOURCES = examples/kennis-survey.c \
	examples/reporting/report-output.c examples/reporting/report-output.h \
	examples/reporting/report-progress.c examples/reporting/report-progress.h \
	examples/reporting/report-reading.c examples/reporting/report-reading.h \
	examples/reporting/report-words.c examples/reporting/report-words.h \
	examples/reporting/report-sources.c examples/reporting/report-sources.h \
	examples/simulate/sim-json.c examples/simulate/sim-json.h \
	examples/surveying/sur-change.c \
	examples/surveying/sur-lss.c \
	examples/surveying/sur-mapping.c \
	examples/surveying/sur-options.c examples/surveying/sur-options.h \
	examples/surveying/sur-print.c \
	examples/surveying/sur-reliability.c \
	examples/surveying/sur-study.c examples/surveying/sur-study.h \
	examples/surveying/sur-table.c examples/surveying/sur-table.h \
	examples/surveying/sur-tables.c \
	examples/surveying/sur-withheld.c
examples_kennis_survey_CPPFLAGS = -I$(top_srcdir)/include -I$(top_builddir)/include -I$(srcdir)/examples \
	-DG_LOG_DOMAIN=\"kennis-survey\" -DKENNIS_LOCALEDIR=\"$(localedir)\"
examples_kennis_survey_CFLAGS = $(AM_CFLAGS) $(GIO_UNIX_CFLAGS)
examples_kennis_survey_LDADD = lib/libkennis-1.0.la $(KENNIS_LIBS)
