kennisincludedir = $(includedir)/kennis-1.0/kennis
kennis_headers = \
	include/kennis/kennis.h \
	include/kennis/kennis-macros.h \
	include/kennis/kennis-enums.h \
	include/kennis/kennis-error.h \
	include/kennis/kennis-progress.h \
	include/kennis/kennis-record.h \
	include/kennis/kennis-coverage.h \
	include/kennis/kennis-person.h \
	include/kennis/kennis-team.h \
	include/kennis/kennis-topic.h \
	include/kennis/kennis-need.h \
	include/kennis/kennis-holding.h \
	include/kennis/kennis-programme.h \
	include/kennis/kennis-activity.h \
	include/kennis/kennis-sharing.h \
	include/kennis/kennis-moment.h \
	include/kennis/kennis-talk.h \
	include/kennis/kennis-goal.h \
	include/kennis/kennis-invitation.h \
	include/kennis/kennis-response.h \
	include/kennis/kennis-outcome.h \
	include/kennis/kennis-suppression.h \
	include/kennis/kennis-dataset.h
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
