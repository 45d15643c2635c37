// SPDX-License-Identifier: AGPL-3.0-or-later
// The frame from the visit, and what all pages show alike.
#include "web/page_common.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "domain/dialogue.h"
#include "web/form_input.h"

static const struct {
    struct nav_item item;
    bool staff; // only who is signed in, also with no role but one a dialogue gave
} nav_rows[] = {
    {{"/", N_("Trang chủ"), "landmark", 0}, false},
    {{"/tra-cuu", N_("Theo dõi ý kiến"), "search", 0}, false},
    {{"/tro-giup", N_("Cách tham gia"), "info", 0}, false},
    {{"/lam-viec", N_("Bàn làm việc"), "list", 0}, true},
};

static const struct {
    const char *word, *text;
    enum tone tone;
} flash_rows[] = {
    {"saved", N_("Đã ghi nhận."), TONE_OK},
    {"sent", N_("Đã gửi."), TONE_OK},
    {"sent_again", N_("Thư được gửi lại ngay bây giờ."), TONE_OK},
    {"signed_in", N_("Đã đăng nhập."), TONE_OK},
    {"signed_out", N_("Đã đăng xuất."), TONE_OK},
    {"receipt_closed",
     N_("Đã đóng hồ sơ theo dõi trên thiết bị này. Muốn xem lại, ông/bà nhập mã tra cứu."),
     TONE_OK},
    {"nothing_new", N_("Không có gì thay đổi."), TONE_BLUE},
};

static const char flash_cookie[] = "loi-nhan";

enum lang visit_lang(const struct visit *v)
{
    return v->english ? LANG_EN : LANG_VI;
}

// ---- the message of what was just done

static const char *action_flash(struct arena *arena, enum lang lang, const char *word)
{
    const char *label = NULL;
    if (strncmp(word, "opinion.", 8) == 0) {
        int action = opinion_action_parse(word + 8);
        if (action >= 0) label = opinion_rules[action].label;
    } else if (strncmp(word, "dialogue.", 9) == 0) {
        int action = dialogue_action_parse(word + 9);
        if (action >= 0) label = dialogue_rules[action].label;
    }
    if (label == NULL) return NULL;
    return arena_printf(arena, "%s: %s", tr(lang, "Đã ghi nhận"), tr(lang, label));
}

const char *flash_text(struct arena *arena, enum lang lang, const char *word)
{
    for (size_t i = 0; i < ARRAY_LEN(flash_rows); i++)
        if (strcmp(flash_rows[i].word, word) == 0) return tr(lang, flash_rows[i].text);
    return action_flash(arena, lang, word);
}

static enum tone flash_tone(const char *word)
{
    for (size_t i = 0; i < ARRAY_LEN(flash_rows); i++)
        if (strcmp(flash_rows[i].word, word) == 0) return flash_rows[i].tone;
    return TONE_OK;
}

void page_flash(struct http_exchange *x, const char *word)
{
    enum { SECONDS = 30 };
    http_set_cookie(x, &(struct http_cookie){.name = flash_cookie,
                                             .value = word,
                                             .max_age_s = SECONDS,
                                             .secure = http_is_tls(x),
                                             .strict = false});
}

static void read_flash(struct http_exchange *x, struct page *page, enum lang lang)
{
    const char *word = http_cookie(x, flash_cookie);
    if (word == NULL || *word == 0) return;
    page->flash = flash_text(http_arena(x), lang, word);
    page->flash_tone = flash_tone(word);
    http_set_cookie(
        x, &(struct http_cookie){
               .name = flash_cookie, .value = "", .max_age_s = -1, .secure = http_is_tls(x)});
}

// ---- the frame

static void add_nav(struct arena *arena, struct page *page, enum lang lang, bool staff)
{
    struct nav_item *items = arena_array(arena, struct nav_item, ARRAY_LEN(nav_rows));
    for (size_t i = 0; i < ARRAY_LEN(nav_rows); i++) {
        if (nav_rows[i].staff && !staff) continue;
        struct nav_item *item = &items[page->nav_count++];
        *item = nav_rows[i].item;
        item->label = tr(lang, item->label);
    }
    page->nav = items;
}

const char *unit_setting(const struct unit_facts *facts, const char *name)
{
    return setting_of(&facts->settings, name, "");
}

static const char *or_null(const char *text)
{
    return *text != 0 ? text : NULL;
}

void page_begin_public(struct arena *arena, const struct unit_facts *facts, bool demo,
                       const struct tpl *t, struct page *page)
{
    *page = (struct page){
        .ward = unit_setting(facts, "unit_name"),
        .place = or_null(unit_setting(facts, "parent_name")),
        .contact = or_null(unit_setting(facts, "contact")),
        .demo = demo,
        .rehearsal = *unit_setting(facts, "rehearsal") != 0,
        .index = true,
    };
    add_nav(arena, page, t->lang, false);
}

static const char *roles_shown(struct arena *arena, enum lang lang, const struct person *person)
{
    if (*person->title != 0) return person->title;
    for (int role = 0; role < ROLE_ACCOUNT_COUNT; role++)
        if (person->roles & WHO(role)) return title_of(arena, lang, &roles, role);
    return NULL;
}

void page_begin(struct http_exchange *x, struct tpl *t, struct page *page, const char *title)
{
    struct visit *v = visit_of(x);
    struct arena *arena = http_arena(x);
    enum lang lang = visit_lang(v);
    *t = (struct tpl){.out = http_out(x), .lang = lang, .now_ms = v->now_ms, .path = "/"};
    page_begin_public(arena, v->facts, v->web->app->demo, t, page);
    t->csrf = v->csrf;
    t->key = form_new_key(x);
    t->path = http_target(x);
    t->fragment = http_is_htmx(x);
    page->title = title;
    page->here = http_path(x);
    page->index = false;
    page->nav_count = 0;
    const struct person *person = v->actor.kind == ACTOR_ACCOUNT ? v->actor.person : NULL;
    add_nav(arena, page, lang, person != NULL);
    if (person != NULL) {
        page->user_name = person->name;
        page->user_role = roles_shown(arena, lang, person);
    }
    if (!t->fragment) read_flash(x, page, lang);
}

// ---- words

const char *label_of(enum lang lang, const struct value_set *set, int value)
{
    return tr(lang, value_label(set, value));
}

const char *title_of(struct arena *arena, enum lang lang, const struct value_set *set, int value)
{
    return text_capital(arena, label_of(lang, set, value));
}

const char *khom_name(const struct unit_facts *facts, int khom)
{
    for (int i = 0; i < facts->khoms.count; i++)
        if (facts->khoms.rows[i].khom == khom) return facts->khoms.rows[i].name;
    return NULL;
}

const char *person_shown(const struct people *people, const char *username)
{
    const struct person *person = people_find(people, username);
    if (person == NULL) return username;
    return *person->title != 0 ? person->title : person->name;
}

// ---- an opinion in short

static const char *author_shown(const struct opinion_case *c, enum lang lang)
{
    const struct opinion *o = c->opinion;
    if (o->visibility == VISIBILITY_SEALED && !opinion_shows_contacts(c))
        return tr(lang, "Không công bố");
    bool business = o->author_type == AUTHOR_BUSINESS;
    const char *name = business && *o->organisation != 0 ? o->organisation : o->name;
    if (*name == 0)
        return o->author_type == AUTHOR_ANONYMOUS ? tr(lang, "Không nêu tên")
               : business                         ? tr(lang, "Doanh nghiệp")
                                                  : tr(lang, "Người dân");
    return opinion_shows_name(c) ? name : text_initials(c->arena, name);
}

const char *page_excerpt(struct arena *arena, const char *content, size_t chars)
{
    size_t len = text_prefix(content, chars);
    if (content[len] == 0) return content;
    size_t cut = len;
    while (cut > len / 2 && content[cut] != ' ' && content[cut] != '\n')
        cut--;
    return arena_printf(arena, "%.*s…", (int)(content[cut] == ' ' ? cut : len), content);
}

struct opinion_view opinion_view_of(const struct opinion_case *c, const struct unit_facts *facts,
                                    enum lang lang)
{
    const struct opinion *o = c->opinion;
    const char *khom = khom_name(facts, o->khom);
    bool sealed = o->visibility == VISIBILITY_SEALED;
    struct opinion_view view = {
        .id = o->id,
        .version = o->version,
        .state = o->state,
        .visibility = o->visibility,
        .tag = opinion_tag(lang, o->state),
        .kind = title_of(c->arena, lang, &opinion_kinds, (int)o->kind),
        .field = title_of(c->arena, lang, &fields, (int)o->field),
        .channel = title_of(c->arena, lang, &channels, (int)o->channel),
        .khom = khom,
        .author = author_shown(c, lang),
        .named_author = opinion_shows_name(c),
        .content = o->content,
        .excerpt = page_excerpt(c->arena, o->content, EXCERPT_CHARS),
        .responsible = *o->responsible == 0     ? NULL
                       : o->responsible_is_body ? o->responsible
                                                : person_shown(c->people, o->responsible),
        .due_legal = o->due_legal,
        .due_safe = o->due_safe,
        .today = c->today,
        .overdue = opinion_is_overdue(o, c->today),
        .round = o->round,
        .support = o->support,
        .created_ms = sealed ? instant_at(instant_day(o->created_ms), 0, 0) : o->created_ms,
    };
    opinion_number_format(o->id, view.number);
    view.path = arena_printf(c->arena, "/y-kien/%s", view.number);
    return view;
}

// ---- choices

static struct choice *choices_begin(struct arena *arena, size_t room, const char *none,
                                    struct choice_list *list)
{
    struct choice *rows = arena_array(arena, struct choice, room + 1);
    *list = (struct choice_list){.rows = rows};
    if (none != NULL) rows[list->count++] = (struct choice){.value = "", .label = none};
    return rows;
}

struct choice_list choices_of(struct arena *arena, enum lang lang, const struct value_set *set,
                              const char *none)
{
    struct choice_list list;
    struct choice *rows = choices_begin(arena, (size_t)set->count, none, &list);
    for (int i = 0; i < set->count; i++) {
        if (*value_code(set, i) == 0) continue;
        if (set == &visibilities && i == VISIBILITY_SEALED) continue; // by diverting alone
        rows[list.count++] =
            (struct choice){.value = value_code(set, i), .label = title_of(arena, lang, set, i)};
    }
    return list;
}

struct choice_list choices_of_khoms(struct arena *arena, const struct unit_facts *facts,
                                    const char *none)
{
    struct choice_list list;
    struct choice *rows = choices_begin(arena, (size_t)facts->khoms.count, none, &list);
    for (int i = 0; i < facts->khoms.count; i++)
        rows[list.count++] =
            (struct choice){.value = arena_printf(arena, "khom%d", facts->khoms.rows[i].khom),
                            .label = facts->khoms.rows[i].name};
    return list;
}

struct choice_list choices_of_people(struct arena *arena, const struct people *people,
                                     uint32_t wanted, const char *none)
{
    struct choice_list list;
    struct choice *rows = choices_begin(arena, (size_t)people->count, none, &list);
    for (int i = 0; i < people->count; i++) {
        const struct person *p = &people->rows[i];
        if (!p->active || (wanted != 0 && (p->roles & wanted) == 0)) continue;
        rows[list.count++] = (struct choice){
            .value = p->username,
            .label = *p->title != 0 ? arena_printf(arena, "%s – %s", p->name, p->title) : p->name};
    }
    return list;
}

// ---- refusals

const char *refusal_title(enum lang lang, struct refusal refusal)
{
    return tr(lang, refusal_rows[refusal.code].title);
}

const char *refusal_advice(enum lang lang, struct refusal refusal)
{
    return tr(lang, refusal.detail != NULL ? refusal.detail : refusal_rows[refusal.code].detail);
}

enum http_next page_failed(struct http_exchange *x, enum status status)
{
    if (status == STATUS_NOT_FOUND) return http_error(x, 404);
    log_error("%s: %s", http_route(x)->name, status_name(status));
    return http_error(x, 503);
}
