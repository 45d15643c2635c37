// SPDX-License-Identifier: AGPL-3.0-or-later
// The measures of the document's head and of tables; see geometry.h. Draws nothing.
#include "documents/geometry.h"

#include "documents/fonts.h"

#define SLACK 4.0 // word processors round widths up

static double larger(double a, double b)
{
    return a > b ? a : b;
}

static double smaller(double a, double b)
{
    return a < b ? a : b;
}

struct head_geometry geometry_head(const struct doc_head *head, double width)
{
    struct head_geometry g = {.left = width};
    if (head->nation) {
        double nation = fonts_text_width(STYLE_NATION, NATION_TEXT) + SLACK;
        double place = fonts_text_width(STYLE_PLACE, head->place_date) + SLACK;
        g.right = larger(larger(nation, smaller(place, width * 0.62)), width * 0.55);
        g.left = width - g.right;
        g.motto_rule = fonts_text_width(STYLE_MOTTO, MOTTO_TEXT);
    }
    double agency = larger(fonts_text_width(STYLE_AGENCY, head->agency),
                           fonts_text_width(STYLE_AGENCY, head->agency_place));
    g.agency_rule = smaller(agency, g.left) * RULE_PART;
    return g;
}

double geometry_balance(enum doc_style style, const char *text, double width)
{
    int lines = fonts_line_count(style, text, width);
    if (lines < 2 || lines > 6) return 0;
    double narrow = width / lines / 2, wide = width;
    for (int i = 0; i < 8; i++) {
        double middle = (narrow + wide) / 2;
        if (fonts_line_count(style, text, middle) > lines)
            narrow = middle;
        else
            wide = middle;
    }
    return wide + SLACK < width ? (width - wide - SLACK) / 2 : 0;
}

double geometry_subject_rule(const char *text, double width)
{
    return smaller(fonts_text_width(STYLE_SUBJECT, text), width) * RULE_PART;
}

void geometry_columns(const struct doc_table *table, double width, double *edges)
{
    double shares = 0, x = 0;
    for (int i = 0; i < table->columns_count; i++)
        shares += table->columns[i].share;
    for (int i = 0; i < table->columns_count; i++) {
        edges[i] = x;
        x += width * table->columns[i].share / shares;
    }
    edges[table->columns_count] = width;
}
