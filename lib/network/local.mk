# The knowledge network: one file for each algorithm.
lib_libkennis_core_la_SOURCES += lib/network/kennis-temporal-private.h
lib_libkennis_core_la_SOURCES += lib/network/kennis-temporal-arrivals.c
lib_libkennis_core_la_SOURCES += lib/network/kennis-temporal-instant.c
lib_libkennis_core_la_SOURCES += lib/network/kennis-temporal-network.c
lib_libkennis_core_la_SOURCES += lib/network/kennis-temporal-reach.c
lib_libkennis_core_la_SOURCES += lib/network/kennis-temporal-sort.c
lib_libkennis_core_la_SOURCES += lib/network/kennis-temporal-steps.c
lib_libkennis_core_la_SOURCES += lib/network/kennis-temporal-waits.c
lib_libkennis_core_la_SOURCES += lib/network/kennis-holders-private.h
lib_libkennis_core_la_SOURCES += lib/network/kennis-holders.c
lib_libkennis_core_la_SOURCES += lib/network/kennis-holders-bus.c
