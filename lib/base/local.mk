lib_libkennis_core_la_SOURCES += \
	lib/base/kennis-error.c
