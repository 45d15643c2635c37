// SPDX-License-Identifier: AGPL-3.0-or-later
// What of a real ward may go into a rehearsal. A list of what is taken, never of what is left out:
// a column that is new tomorrow stays where it is.
#include "cli/rehearsal.h"

#include <string.h>

#include "base/text.h"
#include "store/opinion_list.h"

enum { OPENING_HOUR = 8, FEWEST_OPINIONS = 8 };

static const char *const taken_settings[] = {
    "unit_name",  "unit_kind",     "parent_name",    "agency_name", "place_name",
    "above_name", "above_council", "above_home",     "office_name", "hall",
    "hall_wifi",  "khom_word",     "synthesis_days",
};

static const struct {
    enum role role;
    const char *username, *title;
} seats[] = {
    {ROLE_CHAIR, "chutich", "Chủ trì"},
    {ROLE_SECRETARY, "thuky", "Thư ký"},
    {ROLE_OFFICE, "vanphong", "Văn phòng"},
    {ROLE_ARCHIVIST, "vanthu", "Văn thư"},
    {ROLE_SPECIALIST, "chuyenmon", "Chuyên môn"},
    {ROLE_CULTURE, "vanhoa", "Văn hóa"},
    {ROLE_KHOM, "khom", "Khóm"},
    {ROLE_OVERSIGHT, "giamsat", "Giám sát"},
    {ROLE_PARTY, "danguy", "Đảng ủy"},
    {ROLE_CUSTODIAN, "baomat", "Giữ hồ sơ niêm phong"},
    {ROLE_ADMIN, "quantri", "Quản trị"},
};
enum { NEEDED_SEATS = 4 }; // without them no dialogue is made and no hall opens

// ---- words without names

/// The text with every name of an account left out: titles are written by people.
static const char *without_names(struct arena *arena, const char *text, const struct people *people)
{
    for (int i = 0; i < people->count; i++) {
        const char *name = people->rows[i].name, *found;
        size_t len = strlen(name);
        while (len > 1 && (found = strstr(text, name)) != NULL)
            text = arena_printf(arena, "%.*s…%s", (int)(found - text), text, found + len);
    }
    return text;
}

// ---- people

static struct cast_row *cast_find(struct rehearsal *r, const char *username)
{
    for (int i = 0; i < r->cast_count; i++)
        if (strcmp(r->cast[i].person.username, username) == 0) return &r->cast[i];
    return NULL;
}

static const char *free_username(struct rehearsal *r, const char *wanted)
{
    const char *username = wanted;
    for (int i = 2; cast_find(r, username) != NULL; i++)
        username = arena_printf(&r->arena, "%s%d", wanted, i);
    return username;
}

static struct cast_row *cast_add(struct rehearsal *r, const char *username, const char *title)
{
    ensure(r->cast_count < REHEARSAL_PEOPLE);
    struct cast_row *row = &r->cast[r->cast_count++];
    *row = (struct cast_row){.real = "",
                             .person = {.username = username,
                                        .name = arena_printf(&r->arena, "Cán bộ %d", r->cast_count),
                                        .title = title,
                                        .active = true}};
    return row;
}

static bool is_cast(const struct rehearsal *r, const char *real)
{
    for (int i = 0; i < r->cast_count; i++)
        if (strcmp(r->cast[i].real, real) == 0) return true;
    return false;
}

static void cast_real(struct rehearsal *r, const struct person *p, const char *username,
                      const struct people *people)
{
    if (p == NULL || !p->active || is_cast(r, p->username)) return;
    const char *title = without_names(&r->arena, p->title, people);
    struct cast_row *row = cast_add(r, free_username(r, username), title);
    row->real = p->username;
    row->person.roles = p->roles;
    row->person.fields = p->fields;
    row->person.khom = p->khom;
}

static const char *usual_username(struct rehearsal *r, const struct person *p)
{
    if ((p->roles & WHO(ROLE_KHOM)) && p->khom > 0)
        return arena_printf(&r->arena, "khom%d", p->khom);
    for (size_t i = 0; i < ARRAY_LEN(seats); i++)
        if (p->roles & WHO(seats[i].role)) return seats[i].username;
    return "canbo";
}

/// The appointed first, so that they get the plain names; then everybody; then whoever is missing.
static void cast_people(struct rehearsal *r, const struct people *people)
{
    static const char *const appointed[APPOINT_COUNT] = {"chutich", "phochutich", "thuky",
                                                         "nguoiduyet"};
    for (int i = 0; i < APPOINT_COUNT; i++)
        cast_real(r, people_find(people, r->dialogue.appointed[i]), appointed[i], people);
    for (int i = 0; i < people->count && r->cast_count < REHEARSAL_PEOPLE - NEEDED_SEATS - 1; i++)
        cast_real(r, &people->rows[i], usual_username(r, &people->rows[i]), people);
    for (size_t i = 0; i < ARRAY_LEN(seats); i++) {
        bool needed = i < NEEDED_SEATS || seats[i].role == ROLE_ADMIN;
        struct cast_row *row = cast_find(r, seats[i].username);
        if (row == NULL && needed) row = cast_add(r, seats[i].username, seats[i].title);
        if (row != NULL) row->person.roles |= WHO(seats[i].role);
    }
    r->has_deputy = cast_find(r, "phochutich") != NULL;
    const char *reader = r->dialogue.appointed[APPOINT_SECOND_READER];
    for (int i = 0; *reader != 0 && i < r->cast_count; i++)
        if (strcmp(r->cast[i].real, reader) == 0) r->second_reader = r->cast[i].person.username;
}

// ---- opinions and invitees: how many and of which kind, no word of theirs

static void invent(struct rehearsal *r, const struct opinion *o)
{
    if (o->visibility == VISIBILITY_SEALED || o->about != ABOUT_POLICY) return;
    if (o->state == OPINION_DIVERTED || o->state == OPINION_WITHDRAWN) return;
    if (r->opinion_count == REHEARSAL_OPINIONS) return;
    r->opinions[r->opinion_count++] =
        (struct invented_opinion){.kind = o->kind,
                                  .field = o->field,
                                  .author = o->author_type,
                                  .khom = o->khom,
                                  .relayed = o->state != OPINION_RECEIVED};
}

static enum status invent_opinions(struct rehearsal *r, struct sql *sql, int64_t unit)
{
    struct opinion_filter filter = {
        .dialogue = r->dialogue.id, .state = -1, .field = -1, .khom = -1};
    struct opinion_rows rows = {.more = true};
    while (rows.more && r->opinion_count < REHEARSAL_OPINIONS) {
        enum status status = store_opinion_list(sql, unit, &filter, &r->arena, &rows);
        if (status != STATUS_OK) return status;
        for (int i = 0; i < rows.count; i++)
            invent(r, &rows.rows[i]);
        if (rows.count > 0) filter.after = rows.rows[rows.count - 1].id;
    }
    while (r->opinion_count < FEWEST_OPINIONS) { // an early rehearsal needs something to talk about
        int i = r->opinion_count++;
        r->opinions[i] = (struct invented_opinion){.field = (enum field)(i % FIELD_COUNT),
                                                   .relayed = i % 2 == 0};
    }
    return STATUS_OK;
}

static enum status invent_invitees(struct rehearsal *r, struct sql *sql, int64_t unit)
{
    struct invitee_list list;
    enum status status = store_invitees(sql, unit, r->dialogue.id, &r->arena, &list);
    if (status != STATUS_OK) return status;
    r->invitees = arena_array(&r->arena, struct invite_row, (size_t)list.count + 1);
    for (int i = 0; i < list.count && r->invitee_count < INVITE_AT_ONCE; i++) {
        const struct invitee *real = &list.rows[i];
        if (real->struck || real->walk_in || *real->username != 0) continue; // accounts: as staff
        struct invite_row *row = &r->invitees[r->invitee_count++];
        *row = (struct invite_row){.name = arena_printf(&r->arena, "Đại biểu %d", r->invitee_count),
                                   .title = "",
                                   .part = real->part,
                                   .khom = real->khom};
    }
    return STATUS_OK;
}

// ---- the dialogue

static void take_agenda(struct rehearsal *r, const struct people *people)
{
    static const char *const owners[AGENDA_COUNT] = {[AGENDA_AUTHORITY] = "Cơ quan",
                                                     [AGENDA_PEOPLE] = "Nhân dân, doanh nghiệp",
                                                     [AGENDA_BOTH] = "Chủ trì và Nhân dân"};
    struct agenda_item *rows =
        arena_array(&r->arena, struct agenda_item, (size_t)r->agenda.count + 1);
    for (int i = 0; i < r->agenda.count; i++) {
        const struct agenda_item *real = &r->agenda.rows[i];
        rows[i] = (struct agenda_item){.step = real->step,
                                       .title = without_names(&r->arena, real->title, people),
                                       .owner = owners[real->side],
                                       .minutes = real->minutes,
                                       .side = real->side};
    }
    r->agenda.rows = rows;
}

static void clean_dialogue(struct rehearsal *r, const struct people *people, int64_t now_ms)
{
    struct dialogue *d = &r->dialogue;
    const char *title = without_names(&r->arena, d->title, people);
    d->title = arena_printf(&r->arena, "DIỄN TẬP: %s", title);
    d->place = *d->place == 0 ? "Hội trường" : without_names(&r->arena, d->place, people);
    if (d->seats <= 0) d->seats = 80;
    if (d->year <= 0) d->year = day_civil(instant_day(now_ms)).year;
    r->starts_ms = d->starts_at_ms != 0 ? d->starts_at_ms
                                        : instant_at(instant_day(now_ms) + 1, OPENING_HOUR, 0);
}

static void add_setting(struct rehearsal *r, const char *name, const char *value)
{
    ensure(r->setting_count < REHEARSAL_SETTINGS);
    r->settings[r->setting_count++] = (struct setting){name, value};
}

static enum status take_settings(struct rehearsal *r, struct sql *sql, int64_t unit,
                                 const struct people *people)
{
    struct setting_list real;
    enum status status = store_settings(sql, unit, &r->arena, &real);
    for (size_t i = 0; status == STATUS_OK && i < ARRAY_LEN(taken_settings); i++) {
        const char *value = setting_of(&real, taken_settings[i], NULL);
        if (value != NULL)
            add_setting(r, taken_settings[i], without_names(&r->arena, value, people));
    }
    add_setting(r, "contact", "Buổi diễn tập, không nhận ý kiến thật");
    add_setting(r, "rehearsal", "1");
    return status;
}

enum status rehearsal_read(struct rehearsal *r, struct sql *sql, int64_t unit, int64_t dialogue,
                           int64_t now_ms)
{
    struct people people;
    enum status status = store_dialogue_load(sql, unit, dialogue, &r->arena, &r->dialogue);
    if (status == STATUS_OK) status = store_people(sql, unit, &r->arena, &people);
    if (status == STATUS_OK) status = store_agenda(sql, unit, dialogue, &r->arena, &r->agenda);
    if (status == STATUS_OK) status = store_khoms(sql, unit, &r->arena, &r->khoms);
    if (status == STATUS_OK) status = store_calendar(sql, unit, &r->arena, &r->calendar);
    if (status == STATUS_OK) status = take_settings(r, sql, unit, &people);
    if (status != STATUS_OK) return status;
    cast_people(r, &people);
    take_agenda(r, &people);
    clean_dialogue(r, &people, now_ms);
    status = invent_opinions(r, sql, unit);
    return status == STATUS_OK ? invent_invitees(r, sql, unit) : status;
}
