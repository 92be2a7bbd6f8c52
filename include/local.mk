kennisincludedir = $(includedir)/kennis-1.0/kennis
kennis_headers =
kennis_headers += include/kennis/kennis-activity.h
kennis_headers += include/kennis/kennis-agreement.h
kennis_headers += include/kennis/kennis-answers.h
kennis_headers += include/kennis/kennis-change.h
kennis_headers += include/kennis/kennis-coverage.h
kennis_headers += include/kennis/kennis-dataset.h
kennis_headers += include/kennis/kennis-description.h
kennis_headers += include/kennis/kennis-diagnostic.h
kennis_headers += include/kennis/kennis-enums.h
kennis_headers += include/kennis/kennis-error.h
kennis_headers += include/kennis/kennis-goal.h
kennis_headers += include/kennis/kennis-holding.h
kennis_headers += include/kennis/kennis-import.h
kennis_headers += include/kennis/kennis-instrument.h
kennis_headers += include/kennis/kennis-invitation.h
kennis_headers += include/kennis/kennis-macros.h
kennis_headers += include/kennis/kennis-mapping.h
kennis_headers += include/kennis/kennis-measurement.h
kennis_headers += include/kennis/kennis-measurements.h
kennis_headers += include/kennis/kennis-metric.h
kennis_headers += include/kennis/kennis-moment.h
kennis_headers += include/kennis/kennis-need.h
kennis_headers += include/kennis/kennis-network-enums.h
kennis_headers += include/kennis/kennis-network-options.h
kennis_headers += include/kennis/kennis-network.h
kennis_headers += include/kennis/kennis-outcome.h
kennis_headers += include/kennis/kennis-person.h
kennis_headers += include/kennis/kennis-programme.h
kennis_headers += include/kennis/kennis-progress.h
kennis_headers += include/kennis/kennis-quantity.h
kennis_headers += include/kennis/kennis-reader.h
kennis_headers += include/kennis/kennis-record.h
kennis_headers += include/kennis/kennis-query.h
kennis_headers += include/kennis/kennis-profile.h
kennis_headers += include/kennis/kennis-associations.h
kennis_headers += include/kennis/kennis-reliability.h
kennis_headers += include/kennis/kennis-report.h
kennis_headers += include/kennis/kennis-response.h
kennis_headers += include/kennis/kennis-retention-enums.h
kennis_headers += include/kennis/kennis-retention.h
kennis_headers += include/kennis/kennis-return.h
kennis_headers += include/kennis/kennis-scores.h
kennis_headers += include/kennis/kennis-sharing.h
kennis_headers += include/kennis/kennis-summary.h
kennis_headers += include/kennis/kennis-suppression.h
kennis_headers += include/kennis/kennis-survey-enums.h
kennis_headers += include/kennis/kennis-survey-gate.h
kennis_headers += include/kennis/kennis-talk.h
kennis_headers += include/kennis/kennis-team.h
kennis_headers += include/kennis/kennis-temporal-enums.h
kennis_headers += include/kennis/kennis-temporal-network.h
kennis_headers += include/kennis/kennis-topic.h
kennis_headers += include/kennis/kennis-translate.h
kennis_headers += include/kennis/kennis-value-enums.h
kennis_headers += include/kennis/kennis-value-model.h
kennis_headers += include/kennis/kennis-value-report.h
kennis_headers += include/kennis/kennis-writer.h
kennis_headers += include/kennis/kennis.h
kennisinclude_HEADERS = $(kennis_headers)
nodist_kennisinclude_HEADERS = \
	include/kennis/kennis-version.h \
	include/kennis/kennis-enum-types.h

include/kennis/kennis-enum-types.h: include/kennis/kennis-enum-types.h.in $(kennis_headers)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(GLIB_MKENUMS) --template $< --output $@ \
	  $(filter %-enums.h %-error.h,$^)
lib/base/kennis-enum-types.c: lib/base/kennis-enum-types.c.in $(kennis_headers)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(GLIB_MKENUMS) --template $< --output $@ \
	  $(filter %-enums.h %-error.h,$^)
BUILT_SOURCES += include/kennis/kennis-enum-types.h
CLEANFILES += include/kennis/kennis-enum-types.h lib/base/kennis-enum-types.c
EXTRA_DIST += include/kennis/kennis-enum-types.h.in lib/base/kennis-enum-types.c.in
