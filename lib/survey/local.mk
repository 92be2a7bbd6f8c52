# Instruments, scores, reliability and agreement.
lib_libkennis_core_la_SOURCES += lib/survey/kennis-instrument-private.h
lib_libkennis_core_la_SOURCES += lib/survey/kennis-instrument-parts.c
lib_libkennis_core_la_SOURCES += lib/survey/kennis-instrument-xml.c
lib_libkennis_core_la_SOURCES += lib/survey/kennis-instrument.c
