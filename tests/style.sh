# The house style that a machine can see: layers, lengths and layout.
#   sh tests/style.sh             tells in TAP
#   sh tests/style.sh --format    lays the C files out anew and takes doubles out of lists (make format)
cd "${KENNIS_SRCDIR:-$(dirname "$0")/..}" || exit 99
. tests/tap.sh

# Sources that people wrote: what is made by the build has a template beside it.
sources () {
  for folder in lib include examples tests bench bindings; do
    test ! -d $folder || find $folder -name "$1" ! -path '*/_build*' ! -path '*/__pycache__/*'
  done | while read -r file; do test -e "$file.in" || echo "$file"; done | LC_ALL=C sort
}

# ── Layers ──────────────────────────────────────────────────────────────────────────────────────────────────────────
# base ← dataset ← {read, summary} ← {network, survey, value} ← metric ← report, from the #includes.  A public header
# belongs to the folder that has its code: kennis-X.h to the folder of lib/*/kennis-X*.c; those without code to base.
owners () {
  for header in include/kennis/kennis-*.h include/kennis/kennis-*.h.in; do
    test -e "$header" || continue
    name=$(basename "$header" .in); stem=${name%.h}
    owner=$(find lib -name "$stem.c" -o -name "$stem.c.in" -o -name "$stem-private.h" | head -n 1)
    test -n "$owner" || owner=$(find lib -name "$stem*.c" | LC_ALL=C sort | head -n 1)
    case $stem in kennis-enums|kennis-network-enums|kennis-survey-enums|kennis-retention-enums|kennis-temporal-enums|kennis-value-enums|kennis-macros|kennis-version) owner=lib/base/$stem;; esac
    owner=${owner#lib/}
    echo "owner $name ${owner%%/*}"
  done
}

includes () {
  { sources '*.c'; sources '*.cc'; sources '*.h'; } | grep -E '^(lib|include)/' | xargs grep -nE '^[ 	]*#[ 	]*include' /dev/null |
    sed -E 's/^([^:]*):([0-9]+):[^<"]*[<"]([^>"]*)[>"].*/include \1 \2 \3/'
}

layering () {
  { owners; includes; } | awk '
    BEGIN {
      n = split ("base:0 dataset:1 read:2 summary:2 network:3 survey:3 value:3 metric:4 report:5", layers, " ")
      for (i = 1; i <= n; i++) { split (layers[i], p, ":"); rank[p[1]] = p[2] }
    }
    function base_name(path) { sub (/.*\//, "", path); return path }
    function folder(path,  p) { split (path, p, "/"); return p[1] == "lib" ? p[2] : owner[base_name(path)] }
    $1 == "owner" {
      owner[$2] = $3
      if (!($3 in rank)) print "include/kennis/" $2 ": no lib/*/" $2 " says whose it is (found \"" $3 "\")"
      next
    }
    $2 == "include/kennis/kennis.h" { next }
    {
      from = folder($2); file = $4; to = ""
      if (file == "kennis/kennis.h" || file == "kennis.h") { print $2 ":" $3 ": include the headers that are used, not kennis.h"; next }
      if (file ~ /^kennis\//) { to = owner[base_name(file)] } else if (file ~ /^[a-z]+\/kennis-/) { split (file, p, "/"); to = p[1] }
      else if (file ~ /^kennis-/) { to = base_name(file) in owner ? owner[base_name(file)] : from }
      else next
      if ($2 ~ /^include\// && file ~ /-private\.h$/) print $2 ":" $3 ": a public header includes " file
      else if (!(from in rank)) print $2 ":" $3 ": " from " is no layer"
      else if (!(to in rank)) print $2 ":" $3 ": " file " belongs to no layer"
      else if (from != to && rank[to] >= rank[from]) print $2 ":" $3 ": " from " may not use " to " (" file ")"
    }'
}

# Programs and examples are what users could have written.
private_use () {
  sources '*.[ch]' | grep '^examples/' | xargs grep -nE '#[ 	]*include.*-private\.h|#[ 	]*include "(base|dataset|read|summary|network|survey|value|metric|report)/' /dev/null || true
}

# ── Lengths ─────────────────────────────────────────────────────────────────────────────────────────────────────────
long_files () {
  { sources '*.c'; sources '*.cc'; sources '*.h'; sources '*.py'; } | xargs wc -l | awk '$2 != "total" && $1 >= 600 { print $2 ": " $1 " lines (under 600)" }'
}

# A C function's body is what lies between a brace in the first column and its twin, after a line that ends in a
# parenthesis: FILE:FIRST:LAST:TITLE.
c_functions () {
  awk '
    FNR == 1 { inside = 0; before = "" }
    /^\{/ && before ~ /\)[ \t]*$/ { inside = 1; start = FNR; title = before }
    /^\}/ && inside { print FILENAME ":" start ":" FNR ":" title; inside = 0 }
    /[^ \t]/ { before = $0 }' "$@" /dev/null
}
long_c_functions () {
  { sources '*.c'; sources '*.cc'; sources '*.h'; } | while read -r file; do c_functions "$file"; done | awk -F: '
    $3 - $2 + 1 >= 60 { print $1 ":" $2 ": " $3 - $2 + 1 " lines (under 60): " $4 }'
}

long_py_functions () {
  sources '*.py' | xargs "$PYTHON" -c '
import ast, sys
for name in sys.argv[1:]:
    for node in ast.walk(ast.parse(open(name, encoding="utf-8").read(), name)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno - node.lineno + 1 >= 60:
            print("%s:%d: %s has %d lines (under 60)" % (name, node.lineno, node.name, node.end_lineno - node.lineno + 1))'
}

# A message that translators never see stays English.
untranslated () {
  grep -v '^#' po/POTFILES.in | LC_ALL=C sort >"$tap_scratch"
  { sources '*.c'; sources '*.h'; } | LC_ALL=C sort | grep -E '^(lib|examples)/' | grep -v i18n-private |
    xargs grep -lE '(^|[^A-Za-z0-9_])(N?_|kennis_ngettext|ngettext) ?\("' /dev/null | LC_ALL=C comm -23 - "$tap_scratch" |
    sed 's/$/ has messages and is not in po\/POTFILES.in/'
  xargs ls -d <"$tap_scratch" 2>&1 >/dev/null | sed 's/^/po\/POTFILES.in: /'
}

# Two branches that add to a list make doubles of it, and the second "=" throws the first away.
list_files () { find lib include tests bench docs examples bindings -name local.mk ! -path '*/_build*' | LC_ALL=C sort; }
doubles () {
  list_files | xargs awk '
    FNR == 1 || /^(if|else|endif)/ { split ("", seen) }
    !/^[A-Za-z_0-9]+ *\+?=/ { next }
    { text = $0; if (text !~ /\+=/) sub (/=.*/, "=", text) }
    seen[text]++ { print FILENAME ":" FNR ": again: " text (text ~ /\+=/ ? " (sh tests/style.sh --format)" : "") }'
}
undouble () {
  list_files | while read -r list; do
    awk '/^(if|else|endif)/ { split ("", seen) } !(/^[A-Za-z_0-9]+ \+= [^ \\]+$/ && seen[$0]++)' "$list" >"$tap_scratch"
    cmp -s "$list" "$tap_scratch" || cat "$tap_scratch" >"$list"
  done
}

spaces () { { sources '*.[ch]'; sources '*.cc'; sources '*.py'; } | xargs grep -nE '[ 	]+$|	' /dev/null | grep -v '\.mk:' || true; }

# ── Layout ──────────────────────────────────────────────────────────────────────────────────────────────────────────
# clang-format of the bodies of functions.  What stands between them is tables, prototypes and parameters, which it would
# pack as tightly as they fit and people lay out to be read; so are tables inside functions: --lines=FIRST:LAST.
layout_ranges () {
  awk '
    function tell(to) { if (from && to >= from) print "--lines=" from ":" to; from = 0 }
    FNR == 1 { before = "" }
    /^\{/ && before ~ /\)[ \t]*$/ { from = FNR; inside = 1 }
    inside && !table && /(=|\]\))[ \t]*\{/ && !/\}[,;)]*[ \t]*$/ { tell(FNR - 1); table = 1; next }
    table && /\}\)?;[ \t]*$/ { table = 0; from = FNR + 1; next }
    /^\}/ && inside { tell(FNR); inside = 0 }
    /[^ \t]/ { before = $0 }' "$1"
}
# One thing it has no setting for: the house writes _("message") without a space, and what continues it a column earlier.
tighten () {
  awk '
    { continued = open && /^ +"/; open = 0 }
    { while (match ($0, /(^|[^A-Za-z0-9_])N?_ \("/)) {
        $0 = substr ($0, 1, RSTART + RLENGTH - 4) substr ($0, RSTART + RLENGTH - 2); last = RSTART } }
    continued { sub (/^ /, ""); last = 1 }
    last { open = $0 ~ /"$/; last = 0 }
    { print }'
}
lay_out () { $CLANG_FORMAT $(layout_ranges "$1") "$1" | tighten; }
unlike_layout () {
  { sources '*.c'; sources '*.cc'; } | while read -r file; do
    test -z "$(layout_ranges "$file")" || lay_out "$file" | diff "$file" - | sed -n "1s|^\\([0-9]*\\).*|$file:\\1: not laid out as .clang-format says (make format does it)|p"
  done
}
format () {
  undouble
  { sources '*.c'; sources '*.cc'; } | while read -r file; do
    test -z "$(layout_ranges "$file")" || { lay_out "$file" >"$tap_scratch" && cmp -s "$file" "$tap_scratch" || cat "$tap_scratch" >"$file"; }
  done
}

tap_scratch=$(mktemp) && trap 'rm -f "$tap_scratch"' EXIT || exit 99
: "${CLANG_FORMAT:=$(command -v clang-format)}"
if test "$1" = --format; then format; exit; fi

empty "every file uses its own layer and those below it" layering
empty "examples use public headers only" private_use
empty "files have under 600 lines" long_files
empty "C functions have under 60 lines" long_c_functions
if test "${PYTHON:-:}" != :; then
  empty "Python functions have under 60 lines" long_py_functions
else
  skip "Python functions have under 60 lines" "no python was found by configure"
fi
empty "every file with messages stands in po/POTFILES.in" untranslated
empty "every list of the build names a thing once" doubles
empty "no tabs, no spaces at the end of a line" spaces
if test -n "$CLANG_FORMAT"; then
  empty "bodies of functions are laid out as .clang-format says" unlike_layout
else
  skip "bodies of functions are laid out as .clang-format says" "clang-format is not installed"
fi
finish
