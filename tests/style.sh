# The house style that a machine can see: layers, lengths and layout.
#   sh tests/style.sh             tells in TAP
#   sh tests/style.sh --format    lays the C files out anew (make format)
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
    test -n "$owner" || owner=$(find lib -name "$stem-*.c" | LC_ALL=C sort | head -n 1)
    case $stem in kennis-enums|kennis-macros|kennis-version) owner=lib/base/$stem;; esac
    owner=${owner#lib/}
    echo "owner $name ${owner%%/*}"
  done
}

includes () {
  { sources '*.c'; sources '*.h'; } | grep -E '^(lib|include)/' | xargs grep -nE '^[ 	]*#[ 	]*include' /dev/null |
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
  { sources '*.c'; sources '*.h'; sources '*.py'; } | xargs wc -l | awk '$2 != "total" && $1 >= 600 { print $2 ": " $1 " lines (under 600)" }'
}

# A C function is what lies between a brace in the first column and its twin, after a line that ends in a parenthesis.
long_c_functions () {
  { sources '*.c'; sources '*.h'; } | xargs awk '
    FNR == 1 { inside = 0; before = "" }
    /^\{/ && before ~ /\)[ \t]*$/ { inside = 1; start = FNR; title = before }
    /^\}/ && inside {
      if (FNR - start + 1 >= 60) print FILENAME ":" start ": " FNR - start + 1 " lines (under 60): " title
      inside = 0
    }
    /[^ \t]/ { before = $0 }'
}

long_py_functions () {
  sources '*.py' | xargs "$PYTHON" -c '
import ast, sys
for name in sys.argv[1:]:
    for node in ast.walk(ast.parse(open(name, encoding="utf-8").read(), name)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno - node.lineno + 1 >= 60:
            print("%s:%d: %s has %d lines (under 60)" % (name, node.lineno, node.name, node.end_lineno - node.lineno + 1))'
}

spaces () { { sources '*.[ch]'; sources '*.py'; } | xargs grep -nE '[ 	]+$|	' /dev/null | grep -v '\.mk:' || true; }

# ── Layout ──────────────────────────────────────────────────────────────────────────────────────────────────────────
# clang-format of the C files; headers are tables of prototypes and laid out by hand, as is the table of tests in main.
lay_out () {
  sources '*.c' | while read -r file; do
    lines=
    case $file in tests/unit/*|tests/reference/*|tests/regression/*)
      lines=$(grep -nE '^main \(' "$file" | head -n 1 | cut -d: -f1)
      lines=--lines=1:$((${lines:-100002} - 2));;
    esac
    $CLANG_FORMAT "$@" $lines "$file" || echo "$file: clang-format ended with $?"
  done
}
unlike_layout () { lay_out --dry-run -Werror 2>&1 | grep -E 'error:|ended with' | cut -d: -f1,2,4- | awk -F: '!seen[$1]++ { print $0 " (make format)" }'; }

: "${CLANG_FORMAT:=$(command -v clang-format)}"
if test "$1" = --format; then lay_out -i; exit; fi

empty "every file uses its own layer and those below it" layering
empty "examples use public headers only" private_use
empty "files have under 600 lines" long_files
empty "C functions have under 60 lines" long_c_functions
if test "${PYTHON:-:}" != :; then
  empty "Python functions have under 60 lines" long_py_functions
else
  skip "Python functions have under 60 lines" "no python was found by configure"
fi
empty "no tabs, no spaces at the end of a line" spaces
if test -n "$CLANG_FORMAT"; then
  empty "the layout is that of .clang-format" unlike_layout
else
  skip "the layout is that of .clang-format" "clang-format is not installed"
fi
finish
