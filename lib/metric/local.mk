lib_libkennis_core_la_SOURCES += lib/metric/kennis-gate-atoms.c
lib_libkennis_core_la_SOURCES += lib/metric/kennis-gate-close.c
lib_libkennis_core_la_SOURCES += lib/metric/kennis-gate-leaks.c
lib_libkennis_core_la_SOURCES += lib/metric/kennis-gate-narrow.c
lib_libkennis_core_la_SOURCES += lib/metric/kennis-gate-private.h
lib_libkennis_core_la_SOURCES += lib/metric/kennis-gate.c
