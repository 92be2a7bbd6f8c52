# The library exports what lib/kennis.symbols lists, no more and no less.
. "$KENNIS_SRCDIR/tests/tap.sh"

exported () { ${NM:-nm} -D --defined-only "$KENNIS_BUILDDIR/lib/.libs/libkennis-1.0.so" | awk '{ print $3 }' | LC_ALL=C sort; }
compare () { exported | diff -u "$KENNIS_SRCDIR/lib/kennis.symbols" -; }
foreign () { exported | grep -v '^kennis_' || true; }

check "exported symbols are those of lib/kennis.symbols (make update-abi after review)" compare
empty "every exported symbol begins with kennis_" foreign
finish
