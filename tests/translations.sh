# Every message stands in every language: a fresh template of the sources against po/LANGUAGE.po.
#   sh tests/translations.sh          tells in TAP
cd "${KENNIS_SRCDIR:-$(dirname "$0")/..}" || exit 99
. tests/tap.sh

for tool in xgettext msgmerge msgfmt msgcat msgattrib; do
  command -v $tool >/dev/null || skip_all "$tool is not installed"
done
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT || exit 99

template () {
  options=$(sed -n 's/^XGETTEXT_OPTIONS *= *//p' po/Makevars)
  xgettext $options --files-from=po/POTFILES.in --output="$work/fresh.pot" &&
    sed 's/charset=CHARSET/charset=UTF-8/' "$work/fresh.pot" >"$work/template.pot" && test -s "$work/template.pot"
}

# "% G_GUINT64_FORMAT" ends the message for xgettext: the program looks for a text that no catalogue has.
cut_off () { msgcat --no-wrap "$work/template.pot" | grep -nE '^(msgid|msgid_plural)? ?".*%"$' || true; }

merged () { msgmerge --quiet --no-fuzzy-matching --output-file="$work/$1.po" "po/$1.po" "$work/template.pot"; }
sound () { msgfmt --check --check-format --output-file=/dev/null "$work/$1.po"; }

lacking () { msgattrib --no-wrap --no-obsolete "$2" "$work/$1.po" | sed -n 's/^msgid "\(..*\)"$/\1/p'; }
untranslated () { lacking "$1" --untranslated; }
fuzzy () { msgattrib --no-wrap --no-obsolete --only-fuzzy "po/$1.po" | sed -n 's/^msgid "\(..*\)"$/\1/p'; }
numbers () {
  LC_ALL=C msgfmt --statistics --output-file=/dev/null "$work/$1.po" 2>&1 | grep -E 'untranslated|fuzzy' || true
}
unused () { msgattrib --no-wrap --only-obsolete "$work/$1.po" | grep '^#~ msgid' || true; }

# {names} are filled in by name: they may change places, none may get lost.
placeholders () {
  msgattrib --no-wrap --no-obsolete "$work/$1.po" | awk '
    function names(text,  list, i, j, n, t, found) {
      n = 0
      while (match (text, /\{[^ {}]+\}/)) { found[++n] = substr (text, RSTART, RLENGTH); text = substr (text, RSTART + RLENGTH) }
      for (i = 2; i <= n; i++) for (j = i; j > 1 && found[j] < found[j - 1]; j--) { t = found[j]; found[j] = found[j - 1]; found[j - 1] = t }
      for (i = 1; i <= n; i++) list = list found[i]
      return list
    }
    function tell() { if (text != "" && answer != "" && names(text) != names(answer)) print text; text = answer = "" }
    /^$/ { tell(); part = ""; next }
    /^msg/ { part = "" }
    /^msgid / { part = "text"; sub (/^msgid /, "") }
    /^msgstr / { part = "answer"; sub (/^msgstr /, "") }
    /^msgstr\[/ { if (answer != "" && names(text) != names(answer)) print text
                  part = "answer"; answer = ""; sub (/^msgstr\[[0-9]+\] /, "") }
    part == "text" { text = text $0 }
    part == "answer" { answer = answer $0 }
    END { tell() }'
}

check "the template is made of the files in po/POTFILES.in" template
empty "no message ends where a macro of its format begins" cut_off
for language in $(grep -v '^#' po/LINGUAS); do
  check "$language.po merges with the template" merged "$language"
  check "$language.po is sound, with the formats of the messages" sound "$language"
  empty "every message is translated in $language.po" untranslated "$language"
  empty "no translation is fuzzy in $language.po" fuzzy "$language"
  empty "msgfmt counts none untranslated or fuzzy in $language.po" numbers "$language"
  empty "every translation in $language.po has a message" unused "$language"
  empty "every {name} of a message is in its translation in $language.po" placeholders "$language"
done
finish
