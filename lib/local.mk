# All objects go into a convenience library, so that unit tests reach
# private functions while the installed library exports only KENNIS_API.
noinst_LTLIBRARIES += lib/libkennis-core.la
lib_libkennis_core_la_SOURCES =
nodist_lib_libkennis_core_la_SOURCES = lib/base/kennis-enum-types.c
# What its one C++ file needs; libtool hands this on to all that link it.
lib_libkennis_core_la_LIBADD = $(SIMDJSON_LIBS) $(LIBICAL_LIBS) $(XXHASH_LIBS)

include lib/base/local.mk
include lib/dataset/local.mk
include lib/read/local.mk
include lib/summary/local.mk
include lib/network/local.mk
include lib/survey/local.mk
include lib/value/local.mk
include lib/metric/local.mk
include lib/report/local.mk

lib_LTLIBRARIES += lib/libkennis-1.0.la
lib_libkennis_1_0_la_SOURCES =
lib_libkennis_1_0_la_LIBADD = lib/libkennis-core.la $(KENNIS_LIBS)
lib_libkennis_1_0_la_LDFLAGS = $(AM_LDFLAGS) -version-info $(KENNIS_LT_VERSION) \
	-export-symbols-regex '^kennis_'
