lib_libkennis_core_la_SOURCES += \
	lib/base/kennis-error.c \
	lib/base/kennis-i18n.c
