gir = Kennis-1.0.gir
if HAVE_INTROSPECTION
include $(INTROSPECTION_MAKEFILE)
INTROSPECTION_GIRS = $(gir)
if ENABLE_SANITIZERS
INTROSPECTION_SCANNER_ENV = CFLAGS="$(CFLAGS) $(DEV_FLAGS)" LDFLAGS="$(LDFLAGS) $(DEV_FLAGS)" ASAN_OPTIONS=detect_leaks=0
endif
INTROSPECTION_SCANNER_ARGS = --warn-all --warn-error \
	--identifier-prefix=Kennis --symbol-prefix=kennis \
	--c-include=kennis/kennis.h
Kennis-1.0.gir: lib/libkennis-1.0.la
Kennis_1_0_gir_INCLUDES = Gio-2.0
Kennis_1_0_gir_EXPORT_PACKAGES = kennis-1.0
Kennis_1_0_gir_CFLAGS = $(AM_CPPFLAGS) $(KENNIS_CFLAGS)
Kennis_1_0_gir_LIBS = lib/libkennis-1.0.la
Kennis_1_0_gir_FILES = $(kennis_headers) $(nodist_kennisinclude_HEADERS) \
	$(filter-out %-private.h,$(lib_libkennis_core_la_SOURCES)) lib/base/kennis-enum-types.c
girdir = $(datadir)/gir-1.0
gir_DATA = $(gir)
typelibdir = $(libdir)/girepository-1.0
typelib_DATA = $(gir:.gir=.typelib)
CLEANFILES += $(gir_DATA) $(typelib_DATA)
endif

if ENABLE_VAPIGEN
include $(VAPIGEN_MAKEFILE)
VAPIGEN_VAPIS = kennis-1.0.vapi
kennis-1.0.vapi: $(gir)
kennis_1_0_vapi_DEPS = gio-2.0
kennis_1_0_vapi_METADATADIRS = $(srcdir)/bindings/vala
kennis_1_0_vapi_FILES = $(gir)
kennis-1.0.deps:
	$(AM_V_GEN)printf '%s\n' $(kennis_1_0_vapi_DEPS) > $@
vapidir = $(datadir)/vala/vapi
vapi_DATA = kennis-1.0.vapi kennis-1.0.deps
CLEANFILES += $(vapi_DATA)
endif
EXTRA_DIST += bindings/vala/Kennis-1.0.metadata

# Kennis.py lies where the interpreter found by configure looks: see --with-python-overrides-dir.
python_overrides = bindings/python/gi/overrides/Kennis.py
EXTRA_DIST += $(python_overrides)
if INSTALL_OVERRIDES
pyoverrides_DATA = $(python_overrides)
endif
