#!/bin/bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Collects the messages of templates and C files into po/en.po, keeping what is translated.
# Use: po/update.sh BUILD_DIR. Needs gettext (xgettext, msgcat, msgmerge) and a built htmlc.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
htmlc=${1:?BUILD_DIR}/tools/htmlc
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

head='msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
'
mapfile -t templates < <(find src -name '*.html' | LC_ALL=C sort)
mapfile -t sources < <(find src -name '*.c' | LC_ALL=C sort)
{ echo "$head"; "$htmlc" --messages "${templates[@]}"; } | msguniq --no-wrap -o "$work/templates.po"
# What templates hand on as an argument: {% call notice(TONE_WARN, tr(t->lang, "...")) %}.
for template in "${templates[@]}"; do
    mkdir -p "$work/arguments/$(dirname "$template")"
    grep -oE 'tr\(t->lang, ("([^"\\]|\\.)*"\s*)+\)' "$template" | sed 's/$/;/' >"$work/arguments/$template" || true
done
xgettext --language=C --from-code=UTF-8 --keyword --keyword=tr:2 --keyword=trc:2c,3 \
    --keyword=trn:2,2 --keyword=N_ --keyword=cli_fail:2 --no-wrap -o "$work/c.raw" "${sources[@]}"
(cd "$work/arguments" && xgettext --language=C --from-code=UTF-8 --keyword --keyword=tr:2 --no-wrap \
    -o "$work/arguments.raw" "${templates[@]}")
sed -i 's/charset=CHARSET/charset=UTF-8/' "$work/c.raw" "$work/arguments.raw"
# No dates and no line numbers: the catalogue changes only when a message does.
msgcat --use-first --no-wrap --sort-output --add-location=file "$work/templates.po" "$work/c.raw" "$work/arguments.raw" -o "$work/all.pot"
msgmerge --quiet --no-wrap --no-fuzzy-matching --sort-output --add-location=file \
    po/en.po "$work/all.pot" -o "$work/en.po"
msgattrib --no-obsolete --no-wrap --sort-output "$work/en.po" | grep -v '^"\(POT-Creation\|PO-Revision\)' >po/en.po
msgfmt --check --output-file=/dev/null po/en.po
