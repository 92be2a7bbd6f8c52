kennisincludedir = $(includedir)/kennis-1.0/kennis
kennis_headers = \
	include/kennis/kennis.h \
	include/kennis/kennis-macros.h \
	include/kennis/kennis-enums.h \
	include/kennis/kennis-error.h \
	include/kennis/kennis-progress.h
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
