# Instruments, scores, reliability and agreement.
lib_libkennis_core_la_SOURCES += lib/survey/kennis-answers-groups.c
lib_libkennis_core_la_SOURCES += lib/survey/kennis-answers-private.h
lib_libkennis_core_la_SOURCES += lib/survey/kennis-answers-summary.c
lib_libkennis_core_la_SOURCES += lib/survey/kennis-answers.c
lib_libkennis_core_la_SOURCES += lib/survey/kennis-factor.c
lib_libkennis_core_la_SOURCES += lib/survey/kennis-group-rows-private.h
lib_libkennis_core_la_SOURCES += lib/survey/kennis-group-rows.c
lib_libkennis_core_la_SOURCES += lib/survey/kennis-instrument-parts.c
lib_libkennis_core_la_SOURCES += lib/survey/kennis-instrument-private.h
lib_libkennis_core_la_SOURCES += lib/survey/kennis-instrument-xml.c
lib_libkennis_core_la_SOURCES += lib/survey/kennis-instrument.c
lib_libkennis_core_la_SOURCES += lib/survey/kennis-moments-private.h
lib_libkennis_core_la_SOURCES += lib/survey/kennis-moments.c
lib_libkennis_core_la_SOURCES += lib/survey/kennis-reliability-figures.c
lib_libkennis_core_la_SOURCES += lib/survey/kennis-reliability-private.h
lib_libkennis_core_la_SOURCES += lib/survey/kennis-reliability.c
lib_libkennis_core_la_SOURCES += lib/survey/kennis-scores.c
