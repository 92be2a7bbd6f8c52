# The knowledge network: one file for each algorithm.
lib_libkennis_core_la_SOURCES += lib/network/kennis-network-build.c
lib_libkennis_core_la_SOURCES += lib/network/kennis-network-columns.c
lib_libkennis_core_la_SOURCES += lib/network/kennis-network-components.c
lib_libkennis_core_la_SOURCES += lib/network/kennis-network-contacts.c
lib_libkennis_core_la_SOURCES += lib/network/kennis-network-degrees.c
lib_libkennis_core_la_SOURCES += lib/network/kennis-network-dyads.c
lib_libkennis_core_la_SOURCES += lib/network/kennis-network-groups.c
lib_libkennis_core_la_SOURCES += lib/network/kennis-network-make.c
lib_libkennis_core_la_SOURCES += lib/network/kennis-network-options.c
lib_libkennis_core_la_SOURCES += lib/network/kennis-network-people-private.h
lib_libkennis_core_la_SOURCES += lib/network/kennis-network-people.c
lib_libkennis_core_la_SOURCES += lib/network/kennis-network-private.h
lib_libkennis_core_la_SOURCES += lib/network/kennis-network-sharings.c
lib_libkennis_core_la_SOURCES += lib/network/kennis-network.c
