lib_libkennis_core_la_SOURCES +=
