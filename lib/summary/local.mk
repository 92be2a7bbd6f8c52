lib_libkennis_core_la_SOURCES += \
	lib/summary/kennis-activities-private.h \
	lib/summary/kennis-activities-rows.c \
	lib/summary/kennis-activities.c \
	lib/summary/kennis-draft-facts.c \
	lib/summary/kennis-draft-finish.c \
	lib/summary/kennis-draft-forget.c \
	lib/summary/kennis-draft-private.h \
	lib/summary/kennis-draft.c \
	lib/summary/kennis-summary-builder.c \
	lib/summary/kennis-summary-bytes-private.h \
	lib/summary/kennis-summary-check.c \
	lib/summary/kennis-summary-merge.c \
	lib/summary/kennis-summary-private.h \
	lib/summary/kennis-summary-read.c \
	lib/summary/kennis-summary-view.c \
	lib/summary/kennis-summary-write.c \
	lib/summary/kennis-summary.c \
	lib/summary/kennis-tally-private.h \
	lib/summary/kennis-tally.c
