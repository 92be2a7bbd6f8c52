# What "make install" puts into an empty prefix works from there, with no environment variables: C through pkg-config,
# Debian's python, gjs and valac.  The prefix is /usr, since GIRepository, ld.so and pkg-config look nowhere else by
# themselves; it is empty, since it is a folder of its own that lies over the system's /usr in a mount namespace.
. "$KENNIS_SRCDIR/tests/tap.sh"

work=$KENNIS_BUILDDIR/tests/install.tmp
root=$work/root
libdir=/usr/lib/$(${CC:-cc} -print-multiarch 2>/dev/null)
test ! -e "$KENNIS_SRCDIR/config.status" || skip_all "the source tree is configured itself: build in a folder of its own"
rm -rf "$work"; mkdir -p "$work/build" "$root/usr" || exit 99
trap 'rm -rf "$work"' EXIT

# Nothing of the build under way may reach this one.
unset MAKEFLAGS MAKELEVEL MFLAGS GI_TYPELIB_PATH LD_LIBRARY_PATH G_DEBUG DESTDIR TESTS

install_it () {
  cd "$work/build" &&
    "$KENNIS_SRCDIR/configure" -q --prefix=/usr --libdir="$libdir" PYTHON=/usr/bin/python3 CFLAGS=-O0 CC="$CC" >configure.log 2>&1 &&
    make -s -j2 >make.log 2>&1 && make -s install DESTDIR="$root" >install.log 2>&1 || { tail -n 30 ./*.log; return 1; }
}

# Runs a command where the new prefix lies over /usr, with a bare environment.  Who may not mount may do so as the root of
# a user namespace of their own.
alone="unshare -m"
$alone true 2>/dev/null || alone="unshare -rm"
there () {
  $alone sh -c 'mount -t overlay overlay -o lowerdir="$0":/usr /usr && exec env -i PATH=/usr/bin:/bin LC_ALL=C.UTF-8 "$@"' \
    "$root/usr" "$@"
}

cat > "$work/small.c" <<'END'
#include <kennis/kennis.h>
int main (void) { return KENNIS_ERROR == kennis_error_quark () && KENNIS_TYPE_FORM != 0 ? 0 : 1; }
END
cat > "$work/small.py" <<'END'
import os, sys
import gi
gi.require_version("Kennis", "1.0")
from gi.repository import GLib, Kennis
import gi.overrides.Kennis as overrides
assert not [v for v in os.environ if v.startswith(("GI_", "LD_", "PYTHON", "KENNIS"))], os.environ
assert overrides.__file__.startswith("/usr/lib/python3/dist-packages/"), overrides.__file__
assert GLib.quark_to_string(Kennis.error_quark()) == "kennis-error-quark"
assert Kennis.Form.UNKNOWN == 0
END
cat > "$work/small.js" <<'END'
imports.gi.versions.Kennis = '1.0';
const { GLib, Kennis } = imports.gi;
if (GLib.quark_to_string(Kennis.error_quark()) !== 'kennis-error-quark') throw new Error('another domain');
END
cat > "$work/small.vala" <<'END'
int main () { return new Kennis.Error.INVALID ("x").code == Kennis.Error.INVALID ? 0 : 1; }
END

speaks () { there kennis-value "--language=$1" --until=-1 none.xml 2>&1 | grep -qF "$2"; }
speaks_everywhere () {
  speaks nl "is niet toegestaan; geef een bedrag van 0 of meer" && speaks fr "n’est pas admis ; donnez un montant de 0 ou plus" &&
    speaks en "is not accepted; give an amount of 0 or more"
}
uses_c () { there sh -c "cd $work && $1 $2 small.c -o small-c \$(pkg-config --cflags --libs kennis-1.0) && ./small-c"; }
uses_vala () { there sh -c "cd $work && $VALAC -q --pkg kennis-1.0 small.vala -o small-vala && ./small-vala"; }
uses_uninstalled () {
  cd "$work" && PKG_CONFIG_PATH=$work/build/pkgconfig && export PKG_CONFIG_PATH &&
    ${CC:-cc} small.c -o small-un $(${PKG_CONFIG:-pkg-config} --cflags --libs kennis-1.0) &&
    LD_LIBRARY_PATH=$work/build/lib/.libs ./small-un
}
program_works () {
  test -s "$root/usr/share/man/man1/$1.1" || { echo "no man page $1(1)"; return 1; }
  there "$1" --help >"$work/help" && test -s "$work/help" || { echo "$1 --help says nothing"; return 1; }
}

check "builds and installs into an empty prefix" install_it
test $tap_failed = 0 || finish
check "an uninstalled build is found through kennis-1.0-uninstalled.pc" uses_uninstalled

if ! there true 2>"$work/refused"; then
  skip "the installed library works" "no mount namespace with an overlay here: $(tail -n 1 "$work/refused" | tr -d '#')"
  finish
fi
check "a C program finds it with pkg-config" uses_c "${CC:-cc}" "-std=c99 -Wall -Wextra -Werror"
if there sh -c 'command -v c++' >/dev/null; then
  check "a C++ program compiles with its headers" uses_c c++ "-x c++ -Wall -Werror"
else
  skip "a C++ program compiles with its headers" "no c++"
fi
for program in $PROGRAMS; do
  check "$(basename "$program") works and has a man page" program_works "$(basename "$program")"
done
check "messages are in the language that is asked for" speaks_everywhere
if test -e "$root$libdir/girepository-1.0/Kennis-1.0.typelib"; then
  check "Debian's python imports it, overrides too" there /usr/bin/python3 "$work/small.py"
  if test -n "$GJS"; then check "gjs imports it" there "$GJS" "$work/small.js"; else skip "gjs imports it" "no gjs"; fi
else
  skip "Debian's python and gjs import it" "built without introspection"
fi
if test -n "$VALAC" && test -e "$root/usr/share/vala/vapi/kennis-1.0.vapi"; then
  check "a Vala program compiles with its vapi" uses_vala
else
  skip "a Vala program compiles with its vapi" "no valac or no vapi"
fi
finish
