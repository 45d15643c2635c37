// SPDX-License-Identifier: AGPL-3.0-or-later
// What a document may say, as plain values filled by the caller from the store. Builders never
// invent: NULL, 0 or DAY_NONE means "not known" and prints a dotted line or drops the part. All
// text is UTF-8, NFC, Vietnamese as shown ("xây dựng cơ bản", not "construction"). Sealed opinions
// are never among them, only sealed_count.
#ifndef DOCUMENTS_FACTS_H
#define DOCUMENTS_FACTS_H

#include <stdbool.h>
#include <stdint.h>
#include "base/day.h"

/// Days not known are DAY_NONE or 0, so that zeroed facts know nothing; instants not known are 0.
static inline bool day_known(int32_t day)
{
    return day > 0;
}

struct doc_texts {
    const char *const *items;
    int count;
};

struct doc_unit {
    const char *name;     // "Phường 1": with its kind, as on the place line
    const char *kind;     // "phường", lower case: "UBND phường"
    const char *parent;   // printed above the agency, usually NULL for a People's Committee
    const char *above;    // "UBND tỉnh Đồng Tháp": the competent level above
    const char *office;   // "Văn phòng UBND phường"
    const char *drafting; // unit in a letter's symbol, "VP": 12/UBND-VP
    const char *address, *phone, *email;
    const char *khom;       // "khóm": what the neighbourhood is called here, lower case
    struct doc_texts khoms; // "Khóm 1" ...
};

struct doc_person {
    const char *name;      // "Nguyễn Văn A"
    const char *honorific; // "Ông", "Bà"; NULL prints "Ông/Bà", "" nothing
    const char *position;  // "Chủ tịch UBND phường"
    const char *unit;      // agency or khóm
    const char *group;     // index name of a doc_group, for attendance
    const char *code;      // invitation's code or short link for its QR
    int64_t arrived_ms;    // 0: not arrived
};

/// A group of participants (R22-R35). level decides the heading it stands under in the plan.
enum doc_level { LEVEL_WARD, LEVEL_KHOM, LEVEL_PEOPLE, LEVEL_COUNT };
struct doc_group {
    const char *name;
    enum doc_level level;
    int invited, present; // -1: not known
};

/// Who came (R87, R92): from the door's list; all 0 when nothing was written down.
struct doc_attendance {
    int invited, present, walk_ins, residents, businesses; // present counts everybody
    struct doc_texts by_khom;                              // "Khóm 1: 12 người"
    struct doc_texts absent; // names of those who have to come and did not
};

enum doc_side { BY_AUTHORITY, BY_PEOPLE, BY_BOTH, SIDE_COUNT };
struct doc_item { // of the programme
    const char *title, *owner;
    enum doc_side side;
    int minutes, actual_minutes; // 0: not known
    int64_t began_ms, ended_ms;  // 0: not known
};

struct doc_basis { // Căn cứ, without "Căn cứ" and without punctuation
    const char *text;
    bool in_force; // on the document's day; the caller warns about those that are not
};

struct doc_duty { // one row of "who does what" in plan and conclusion
    const char *who, *what, *with, *product;
    int32_t due_day;
};

/// Signing authority, Decree 30 Art. 13: collective, deputy for head, by order, by mandate; or in
/// one's own right.
enum doc_signing { SIGN_TM, SIGN_KT, SIGN_TL, SIGN_TUQ, SIGN_SELF, SIGN_COUNT };
struct doc_signer {
    enum doc_signing how;
    const char *title; // of who signs: "Chủ tịch", "Phó Chủ tịch", "Chánh Văn phòng"
    const char *name;  // NULL before it is known
};

struct doc_issue {       // of the document being made
    const char *number;  // "66"; NULL: a draft, dotted. "external" numbers go here as given
    const char *symbol;  // "KH-UBND"; NULL: from the type table
    const char *urgency; // "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC" or NULL
    int32_t day;         // of issue
    struct doc_signer signer;
    struct doc_texts recipients; // without dash, punctuation or the last line "Lưu"
    const char *archive;         // "VT" (default) or "VT, VP"
};

enum doc_author { AUTHOR_IS_RESIDENT, AUTHOR_IS_BUSINESS, AUTHOR_IS_ANONYMOUS, AUTHOR_IS_COUNT };

/// How an opinion was, or is being, settled: the columns of R90's synthesis. Exactly one each.
enum doc_handling {
    HANDLED_NOT_YET,   // received or on the floor, nothing decided
    HANDLED_ON_SPOT,   // answered in the hall
    HANDLED_ACCEPTED,  // taken in (tiếp thu) in the hall
    HANDLED_DEFERRED,  // owed after the dialogue (R54)
    HANDLED_OFF_TOPIC, // owed individually in writing (R66)
    HANDLED_COMPLEX,   // several departments, extended (R57)
    HANDLED_BEYOND,    // referred to the competent level (R56, R81)
    HANDLED_DIVERTED,  // another lawful procedure
    HANDLED_WITHDRAWN,
    HANDLED_COUNT
};

enum doc_result { RESULT_SETTLED, RESULT_SETTLING, RESULT_OVERDUE, RESULT_COUNT };

struct doc_answer {
    struct doc_person by;
    const char *text;
    struct doc_texts legal_refs;
    const char *document;              // "45/UBND-VP" of a written one
    int64_t at_ms, entry;              // of the register
    bool written, supplement, accepts; // accepts: "tiếp thu" rather than "trả lời"
};

enum doc_exchange_kind { EXCHANGE_ASK_BACK, EXCHANGE_REPLY, EXCHANGE_OTHER, EXCHANGE_KIND_COUNT };
struct doc_exchange {
    enum doc_exchange_kind kind;
    const char *speaker, *text; // speaker NULL: chair asks back, author replies
    int64_t at_ms, entry;
};

struct doc_assignment {
    const char *to, *with, *directive; // person or body; taking part; the chair's directive
    int32_t given_day, due_day;
    int64_t entry;
};

struct doc_referral {
    const char *agency, *why; // reason in words
    int32_t referred_day, expected_day, notified_day, replied_day;
    const char *document, *reply; // number of the referral; the agency's answer
    int64_t entry;
};

struct doc_due {
    int32_t start_day, legal_day, safe_day;
    const char *rule; // "30 ngày kể từ ngày kết thúc hội nghị"
};

struct doc_opinion {
    const char *number; // "2024-0007"
    enum doc_author author_type;
    const char *author, *honorific, *organisation, *khom, *contact;
    const char *public_name; // what the public edition prints: initials, full name with consent,
                             // business name
    const char *kind, *field, *topic, *channel, *wants, *reply_by; // Vietnamese names
    const char *text;                                              // as given
    const char *public_text; // redacted; NULL: the same as text
    enum doc_handling handling;
    enum doc_result result;
    const struct doc_answer *answers;
    const struct doc_exchange *exchanges;
    const struct doc_assignment *assignments;
    const struct doc_referral *referrals;
    int answers_count, exchanges_count, assignments_count, referrals_count;
    struct doc_due due;
    int32_t received_day, answered_day; // answered_day: the last delivered answer
    const char *responsible;            // who owes it now
    const char *conclusion, *outcome; // text; "thống nhất", "chưa thống nhất", "im lặng"
    const char *diverted_to;          // procedure, in words
    const char *document, *note;      // number of the written answer; remark
    bool policy_proposal;             // R14: asks for a rule to be changed
    bool publish_name;                // on slips
};

struct doc_promise { // of an earlier dialogue (chair's report)
    const char *text, *responsible, *outcome;
    enum doc_result result;
};

struct doc_talk {             // one person, or one khóm, businesses, the authority
    const char *name, *group; // group NULL in a row that is one
    bool authority;
    int seconds, times; // their seconds add up to those of the sides
};

struct doc_note {              // of the secretary, as it happened
    int64_t at_ms, entry;      // of the register
    const char *text, *during; // who spoke then, NULL nobody
};

struct doc_speaking { // R62-R63, seconds; 0 and 0: not measured
    int authority_s, people_s, speakers;
    int silent_s; // nobody spoke: the three add up to the elapsed time
    const struct doc_talk *talks, *groups;
    const struct doc_note *notes;
    int talks_count, groups_count, notes_count;
    struct doc_texts left; // hands still up at the close, with their khóm
};

struct doc_dialogue {
    const char *subject; // "Hội nghị tiếp xúc, đối thoại giữa Chủ tịch UBND phường với Nhân dân,
                         // doanh nghiệp năm 2024"
    int year, profile; // profile 2024 or 2025
    int planned_month; // 1-12 while the exact time is not known
    int64_t starts_ms, opened_ms, closed_ms;
    int32_t opinions_from_day, opinions_until_day;
    const char *place;
    int seats, deferred_days, window_days; // 30; 15
    int notice_days, results_days; // of the profile: 7 before, 10 after; 0 where it has none
    struct doc_texts topics;       // contents people are asked to speak on (R40-R47)
    struct doc_texts send_ways;    // where opinions can be sent beforehand
    const char *link, *short_code; // public page; code to type
    const char *plan;              // "66/KH-UBND ngày 18 tháng 01 năm 2024"
    struct doc_person chair, co_chair, secretary, deputy;
    const struct doc_item *programme;
    const struct doc_group *groups;
    const struct doc_duty *duties;
    int programme_count, groups_count, duties_count;
    struct doc_speaking speaking;
    struct doc_attendance attendance;
    const char *conclusion;     // the chair's closing words
    const char *assessment;     // general assessment, for conclusion and synthesis
    struct doc_texts proposals; // to the Party committee, for the synthesis
};

struct doc_overview { // the chair's report (R37-R39): paragraphs, '\n' between them
    const char *economy, *military, *security, *other;
};

struct doc_facts {
    struct doc_unit unit;
    struct doc_dialogue dialogue;
    struct doc_issue issue;
    const struct doc_basis *bases;
    const struct doc_person *people;    // attendance: invited and present
    const struct doc_opinion *opinions; // in the order of the register
    const struct doc_promise *promises;
    int bases_count, people_count, opinions_count, promises_count;
    int sealed_count;                  // told as a bare total in the full edition only
    const struct doc_opinion *opinion; // selected
    const struct doc_person *person;   // selected
    struct doc_overview overview;
    bool public_edition;      // minutes
    const char *minutes_text; // their body as the secretary edited it, '\n' between paragraphs;
                              // NULL: drafted from the rest. The public edition is always drafted
    int32_t today_day;        // for days left and "as of"
};

#endif
