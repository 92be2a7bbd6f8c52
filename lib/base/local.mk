lib_libkennis_core_la_SOURCES += lib/base/kennis-calendar-amounts.c
lib_libkennis_core_la_SOURCES += lib/base/kennis-calendar-format.c
lib_libkennis_core_la_SOURCES += lib/base/kennis-calendar-parse.c
lib_libkennis_core_la_SOURCES += lib/base/kennis-calendar-private.h
lib_libkennis_core_la_SOURCES += lib/base/kennis-calendar.c
lib_libkennis_core_la_SOURCES += lib/base/kennis-error.c
lib_libkennis_core_la_SOURCES += lib/base/kennis-hash-private.h
lib_libkennis_core_la_SOURCES += lib/base/kennis-i18n-private.h
lib_libkennis_core_la_SOURCES += lib/base/kennis-i18n.c
lib_libkennis_core_la_SOURCES += lib/base/kennis-parallel-private.h
lib_libkennis_core_la_SOURCES += lib/base/kennis-parallel.c
lib_libkennis_core_la_SOURCES += lib/base/kennis-progress-private.h
lib_libkennis_core_la_SOURCES += lib/base/kennis-progress.c
lib_libkennis_core_la_SOURCES += \
	lib/base/kennis-calendar-amounts.c \
	lib/base/kennis-calendar-format.c \
	lib/base/kennis-calendar-parse.c \
	lib/base/kennis-calendar-private.h \
	lib/base/kennis-calendar.c \
	lib/base/kennis-distributions.c \
	lib/base/kennis-error.c \
	lib/base/kennis-hash-private.h \
	lib/base/kennis-incidence.c \
	lib/base/kennis-parallel-private.h \
	lib/base/kennis-parallel.c \
	lib/base/kennis-progress-private.h \
	lib/base/kennis-progress.c \
	lib/base/kennis-statistics-private.h \
	lib/base/kennis-statistics.c
