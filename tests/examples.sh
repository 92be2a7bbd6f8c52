# The small examples work on the sample organisation, in every language, and the README shows the one in C as it is.
. "$KENNIS_SRCDIR/tests/tap.sh"

work=$KENNIS_BUILDDIR/tests/examples.tmp
rm -rf "$work"; mkdir -p "$work" || exit 99
trap 'rm -rf "$work"' EXIT
examples=$KENNIS_SRCDIR/examples
organisation=$work/organisation.xml

# Every language tells the same, line by line, but for the spaces between.
squeeze () { tr -s ' ' <"$1" | tr A-Z a-z | sed 's/ *$//'; }
same () { "$@" >"$work/other" 2>"$work/err" || { cat "$work/err"; return 1; }; squeeze "$work/other" | head -n "$lines" | diff "$work/c" -; }
uses_python () { PYTHONPATH= "$PYTHON" -c 'import os, runpy, sys
import gi.overrides
gi.overrides.__path__.insert(0, os.environ["KENNIS_OVERRIDES"] + "/gi/overrides")
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")' "$examples/small.py" "$organisation"; }
uses_vala () {
  cd "$work" && "$VALAC" -q --vapidir="$KENNIS_BUILDDIR" --pkg kennis-1.0 -C "$examples/small.vala" -b "$examples" -d "$work" &&
    $CC -w small.c -o small-vala -I"$KENNIS_SRCDIR/include" -I"$KENNIS_BUILDDIR/include" $(pkg-config --cflags --libs gio-2.0) \
      -L"$KENNIS_BUILDDIR/lib/.libs" -lkennis-1.0 && ./small-vala "$organisation"
}
readme_shows_it () { awk '/^```c$/ { on = 1; next } /^```$/ { on = 0 } on' "$KENNIS_SRCDIR/README.md" >"$work/readme" &&
  sed -n '/^#include/,$p' "$examples/small.c" | diff "$work/readme" -; }

check "the sample organisation is made" "$KENNIS_BUILDDIR/examples/kennis-simulate" --people 90 --months 12 --seed 1 --output "$work"
check "the example in C works" sh -c "'$KENNIS_BUILDDIR/examples/small' '$organisation' >'$work/raw'"
squeeze "$work/raw" >"$work/c"; lines=$(wc -l <"$work/c")
check "and tells of several teams" test "$lines" -gt 3
check "a file that is not there is told" sh -c "'$KENNIS_BUILDDIR/examples/small' '$work/none.xml' 2>&1 | grep -q none.xml"
check "the README shows it as it is" readme_shows_it
if test -n "$PYTHON" && test "$PYTHON" != : && test -f "$KENNIS_BUILDDIR/Kennis-1.0.typelib"; then
  check "the one in Python works" uses_python
else
  skip "the one in Python works" "no python with gi, or no typelib"
fi
if command -v "$GJS" >/dev/null && test -f "$KENNIS_BUILDDIR/Kennis-1.0.typelib"; then
  check "the one in GJS tells the same" same "$GJS" "$examples/small.js" "$organisation"
else
  skip "the one in GJS tells the same" "no gjs, or no typelib"
fi
if command -v "$VALAC" >/dev/null && test -f "$KENNIS_BUILDDIR/kennis-1.0.vapi"; then
  check "the one in Vala tells the same" same uses_vala
else
  skip "the one in Vala tells the same" "no valac, or no vapi"
fi
finish
