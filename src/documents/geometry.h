// SPDX-License-Identifier: AGPL-3.0-or-later
// Measures that depend on the text and must be the same in PDF and DOCX. Points.
#ifndef DOCUMENTS_GEOMETRY_H
#define DOCUMENTS_GEOMETRY_H

#include "documents/model.h"

#define NATION_TEXT "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
#define MOTTO_TEXT  "Độc lập - Tự do - Hạnh phúc"

struct head_geometry {
    double left, right; // column widths; the whole width is left when there is no nation block
    double agency_rule, motto_rule; // lengths of the rules
};

/// The right column holds Quốc hiệu on one line, the place line too when it can.
struct head_geometry geometry_head(const struct doc_head *head, double width);

/// Points to leave free on both sides so that the lines of a centred text come out about equally
/// long.
double geometry_balance(enum doc_style style, const char *text, double width);

/// Length of the rule below a subject: within 1/3 to 1/2 of its text's length.
double geometry_subject_rule(const char *text, double width);

/// Left edge of each column and, at [count], the right edge of the last. `edges` has count + 1
/// places.
void geometry_columns(const struct doc_table *table, double width, double *edges);

#endif
