lib_libkennis_core_la_SOURCES += lib/base/kennis-calendar-amounts.c
lib_libkennis_core_la_SOURCES += lib/base/kennis-calendar-format.c
lib_libkennis_core_la_SOURCES += lib/base/kennis-calendar-parse.c
lib_libkennis_core_la_SOURCES += lib/base/kennis-calendar-private.h
lib_libkennis_core_la_SOURCES += lib/base/kennis-calendar.c
lib_libkennis_core_la_SOURCES += lib/base/kennis-distributions.c
lib_libkennis_core_la_SOURCES += lib/base/kennis-document-private.h
lib_libkennis_core_la_SOURCES += lib/base/kennis-document.c
lib_libkennis_core_la_SOURCES += lib/base/kennis-eight-private.h
lib_libkennis_core_la_SOURCES += lib/base/kennis-elementary-private.h
lib_libkennis_core_la_SOURCES += lib/base/kennis-elementary.c
lib_libkennis_core_la_SOURCES += lib/base/kennis-error.c
lib_libkennis_core_la_SOURCES += lib/base/kennis-hash-private.h
lib_libkennis_core_la_SOURCES += lib/base/kennis-hashes-private.h
lib_libkennis_core_la_SOURCES += lib/base/kennis-hashes.c
lib_libkennis_core_la_SOURCES += lib/base/kennis-pages-private.h
lib_libkennis_core_la_SOURCES += lib/base/kennis-pages.c
lib_libkennis_core_la_SOURCES += lib/base/kennis-i18n-private.h
lib_libkennis_core_la_SOURCES += lib/base/kennis-i18n.c
lib_libkennis_core_la_SOURCES += lib/base/kennis-incidence.c
lib_libkennis_core_la_SOURCES += lib/base/kennis-parallel-private.h
lib_libkennis_core_la_SOURCES += lib/base/kennis-parallel.c
lib_libkennis_core_la_SOURCES += lib/base/kennis-progress-private.h
lib_libkennis_core_la_SOURCES += lib/base/kennis-progress.c
lib_libkennis_core_la_SOURCES += lib/base/kennis-random-private.h
lib_libkennis_core_la_SOURCES += lib/base/kennis-random.c
lib_libkennis_core_la_SOURCES += lib/base/kennis-statistics-private.h
lib_libkennis_core_la_SOURCES += lib/base/kennis-statistics.c
lib_libkennis_core_la_SOURCES += lib/base/kennis-resources-private.h
lib_libkennis_core_la_SOURCES += lib/base/kennis-texts-private.h
lib_libkennis_core_la_SOURCES += lib/base/kennis-texts.c
lib_libkennis_core_la_SOURCES += lib/base/kennis-translate.c

# What the library carries as GResource: each file here and in data/kennis.gresource.xml.  A catalogue is made of po/'s
# sources by a rule of its own, as po/ is built after the library.
resource_files =
resource_files += data/fr.mo
resource_files += data/nl.mo
resource_files += data/mappings/activities.keys
resource_files += data/mappings/adobe-learning-manager.keys
resource_files += data/mappings/ibm-hr.keys
resource_files += data/mappings/limesurvey.keys
resource_files += data/mappings/microsoft-forms.keys
resource_files += data/mappings/moodle-log.keys
resource_files += data/mappings/outcomes.keys
resource_files += data/mappings/people.keys
resource_files += data/mappings/purview-leavers.keys
resource_files += data/mappings/qualtrics.keys
resource_files += data/mappings/responses.keys
resource_files += data/mappings/sharings.keys
resource_files += data/mappings/teams-attendance-names.keys
resource_files += data/mappings/teams-attendance.keys
resource_files += data/mappings/totara-certifications.keys
resource_files += data/mappings/totara-completions.keys
resource_files += data/mappings/viva-p2p.keys
resource_files += data/mappings/viva-people.keys
resource_files += data/mappings/viva-person-query.keys
resource_files += data/mappings/workday-workers.keys
resource_files += data/mappings/xapi.keys
resource_files += data/mappings/personas.keys
resource_files += data/instruments/carriers.xml
resource_files += data/instruments/conditions.xml
resource_files += data/instruments/features.xml
resource_files += data/instruments/foundation.xml
resource_files += data/instruments/mindset.xml
resource_files += data/instruments/motivation.xml
resource_files += data/instruments/outcomes.xml
resource_files += data/profiles/default.keys
resource_files += data/profiles/small.keys
data/%.mo: po/%.po
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(MSGFMT) -c -o $@ $<
data/kennis-resources.c: data/kennis.gresource.xml $(resource_files)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(GLIB_COMPILE_RESOURCES) --sourcedir=. --sourcedir=$(srcdir) --generate-source \
	  --internal --c-name=kennis --target=$@ $<
nodist_lib_libkennis_core_la_SOURCES += data/kennis-resources.c
CLEANFILES += data/kennis-resources.c data/fr.mo data/nl.mo
EXTRA_DIST += data/kennis.gresource.xml
lib_libkennis_core_la_SOURCES += lib/base/kennis-work-private.h
lib_libkennis_core_la_SOURCES += lib/base/kennis-work.c
lib_libkennis_core_la_SOURCES += lib/base/kennis-xml-private.h
lib_libkennis_core_la_SOURCES += lib/base/kennis-xml.c
lib_libkennis_core_la_SOURCES += lib/base/kennis-wide-private.h
