// SPDX-License-Identifier: AGPL-3.0-or-later
// The builders, one per document type, and what they share. A builder only arranges facts; it
// decides nothing, invents nothing and reads nothing else.
#ifndef DOCUMENTS_TYPES_H
#define DOCUMENTS_TYPES_H

#include "documents/facts.h"
#include "documents/model.h"
#include "documents/words.h"

void build_plan(struct doc *doc, const struct doc_facts *f);
void build_notice(struct doc *doc, const struct doc_facts *f);
void build_bulletin(struct doc *doc, const struct doc_facts *f);
void build_poster(struct doc *doc, const struct doc_facts *f);
void build_invitation(struct doc *doc, const struct doc_facts *f);
void build_programme(struct doc *doc, const struct doc_facts *f);
void build_rules(struct doc *doc, const struct doc_facts *f);
void build_slip(struct doc *doc, const struct doc_facts *f);
void build_attendance(struct doc *doc, const struct doc_facts *f);
void build_report(struct doc *doc, const struct doc_facts *f);
void build_minutes(struct doc *doc, const struct doc_facts *f);
void build_conclusion(struct doc *doc, const struct doc_facts *f);
void build_task(struct doc *doc, const struct doc_facts *f);
void build_answer(struct doc *doc, const struct doc_facts *f);
void build_time_notice(struct doc *doc, const struct doc_facts *f);
void build_referral(struct doc *doc, const struct doc_facts *f);
void build_progress(struct doc *doc, const struct doc_facts *f);
void build_synthesis(struct doc *doc, const struct doc_facts *f);
void build_register(struct doc *doc, const struct doc_facts *f);

/// Head of the page by the type's form. A letter's subject follows "V/v"; NULL elsewhere.
void common_head(struct doc *doc, const struct doc_facts *f, const char *letter_subject);
/// TYPE NAME, subject and the rule below it; sets the file's title.
void common_title(struct doc *doc, const char *name, const char *subject);
void common_bases(struct doc *doc, const struct doc_facts *f);
/// "Kính gửi: ..."
void common_addressee(struct doc *doc, const char *to);
/// Several, one a line.
void common_addressees(struct doc *doc, const char *const *to, int count);
/// A bold label and one sentence, its full stop added.
void common_sentence(struct doc *doc, const char *label, const char *text);
/// A last paragraph: punctuation of the text replaced by the end mark "./."
void common_end(struct doc *doc, const char *text);
/// Signature with recipients; `first` (NULL: none) goes before those of the facts: "Như trên".
void common_sign(struct doc *doc, const struct doc_facts *f, const char *first);
/// Recipient lines with dashes and punctuation, "Lưu" last.
const char *const *common_recipients(struct doc *doc, const struct doc_facts *f, const char *first,
                                     int *ret_count);

/// "hội nghị tiếp xúc, đối thoại ...", to stand inside a sentence.
const char *common_meeting(struct doc *doc, const struct doc_facts *f);
/// "07 giờ 30 phút, thứ Năm, ngày 20 tháng 6 năm 2024", "tháng 6 năm 2024" or dots.
const char *common_when(struct doc *doc, const struct doc_facts *f);
const char *common_chair(struct doc *doc, const struct doc_facts *f);
/// One line of a list: "- text;" or with "." when it is the last.
void common_listed(struct doc *doc, enum doc_style style, const char *text, bool last);
/// The i-th letter of a list by the Vietnamese alphabet: a, b, c, d, đ, e, g ...
const char *common_letter(int i);

/// Who asked: name (or business) and khóm; initials in the public edition.
const char *common_author(struct doc *doc, const struct doc_facts *f, const struct doc_opinion *o);
/// "bà Nguyễn Thị B", "ông/bà ...", the business's name: as one addresses a letter.
const char *common_addressed_author(struct doc *doc, const struct doc_opinion *o);
const char *common_text(const struct doc_facts *f, const struct doc_opinion *o);
const char *common_result(const struct doc_opinion *o);
extern const char *const common_handlings[HANDLED_COUNT];
/// The last answer of an opinion, NULL when none.
const struct doc_answer *common_last_answer(const struct doc_opinion *o);

/// Counting by a name: the rows in order of first appearance.
struct tally_row {
    const char *name; // NULL was counted as "Chưa xác định"
    int count, settled;
};
struct tally {
    struct tally_row *rows;
    int count, total;
};
enum tally_by {
    TALLY_FIELD,
    TALLY_KHOM,
    TALLY_CHANNEL,
    TALLY_AUTHOR,
    TALLY_HANDLING,
    TALLY_OUTCOME
};
struct tally tally_of(struct doc *doc, const struct doc_facts *f, enum tally_by by);
int tally_handled(const struct doc_facts *f, enum doc_handling handling);
int tally_result(const struct doc_facts *f, enum doc_result result);
/// Opinions that a people's meeting can settle at once: all but diverted and withdrawn.
int tally_countable(const struct doc_facts *f);
/// A three-column table: name, number, share.
void tally_table(struct doc *doc, const char *heading, const struct tally *tally);
/// The programme as a table; with hours of the day when the start is known.
void common_programme(struct doc *doc, const struct doc_facts *f);

/// minutes_text.c: the minutes' body from the text that the secretary kept, one line a paragraph.
void minutes_text(struct doc *doc, const char *text);

/// Who came, by group, khóm and side, and who had to and did not (R87, R92); the sum of the groups.
int common_present(struct doc *doc, const struct doc_facts *f);

#endif
