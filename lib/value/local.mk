lib_libkennis_core_la_SOURCES += lib/value/kennis-distribution.c
lib_libkennis_core_la_SOURCES += lib/value/kennis-draws.c
lib_libkennis_core_la_SOURCES += lib/value/kennis-quantity-private.h
lib_libkennis_core_la_SOURCES += lib/value/kennis-quantity.c
lib_libkennis_core_la_SOURCES += lib/value/kennis-sampler.c
