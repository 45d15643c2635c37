// SPDX-License-Identifier: AGPL-3.0-or-later
// Documents over HTTP, for API and pages alike. Who may have which is one table; rendering runs on
// a worker.
#include <string.h>

#include "actions/document_facts.h"
#include "base/log.h"
#include "store/dialogue.h"
#include "store/invitee.h"
#include "web/api/handlers.h"
#include "web/api/problem.h"
#include "web/document_page.html.h"
#include "web/page_common.h"
#include "web/read.h"
#include "web/web.h"

enum { STAFF = (1u << ROLE_ACCOUNT_COUNT) - 1 };

/// From when on everybody may read it; `roles` may at any time.
enum since { NEVER, ISSUED, ANNOUNCED, CLOSED, MINUTES_SIGNED, RESULTS };

static const struct {
    enum since public_since;
    uint32_t roles;
} ACCESS[DOC_TYPE_COUNT] = {
    [DOC_PLAN] = {ISSUED, STAFF},
    [DOC_NOTICE] = {ANNOUNCED, STAFF},
    [DOC_BULLETIN] = {ANNOUNCED, STAFF},
    [DOC_POSTER] = {ANNOUNCED, STAFF},
    [DOC_INVITATION] = {NEVER, STAFF},
    [DOC_PROGRAMME] = {ISSUED, STAFF},
    [DOC_RULES] = {ISSUED, STAFF},
    [DOC_SLIP] = {ANNOUNCED, STAFF},
    [DOC_ATTENDANCE] = {NEVER, WHO(ROLE_OFFICE) | WHO(ROLE_SECRETARY) | WHO(ROLE_CHAIR) |
                                   WHO(ROLE_OVERSIGHT)},
    [DOC_REPORT] = {ANNOUNCED, STAFF},
    [DOC_MINUTES] = {MINUTES_SIGNED, STAFF},
    [DOC_CONCLUSION] = {RESULTS, STAFF},
    [DOC_TASK] = {NEVER,
                  WHO(ROLE_OFFICE) | WHO(ROLE_SECRETARY) | WHO(ROLE_CHAIR) | WHO(ROLE_SPECIALIST)},
    [DOC_ANSWER] = {NEVER, WHO(ROLE_OFFICE) | WHO(ROLE_CHAIR) | WHO(ROLE_SPECIALIST) |
                               WHO(ROLE_KHOM) | WHO(ROLE_ARCHIVIST)},
    [DOC_TIME_NOTICE] = {NEVER,
                         WHO(ROLE_OFFICE) | WHO(ROLE_CHAIR) | WHO(ROLE_KHOM) | WHO(ROLE_ARCHIVIST)},
    [DOC_REFERRAL] = {NEVER, WHO(ROLE_OFFICE) | WHO(ROLE_CHAIR) | WHO(ROLE_ARCHIVIST)},
    [DOC_PROGRESS] = {NEVER,
                      WHO(ROLE_OFFICE) | WHO(ROLE_CHAIR) | WHO(ROLE_OVERSIGHT) | WHO(ROLE_PARTY)},
    [DOC_SYNTHESIS] = {NEVER,
                       WHO(ROLE_OFFICE) | WHO(ROLE_CHAIR) | WHO(ROLE_OVERSIGHT) | WHO(ROLE_PARTY)},
    [DOC_REGISTER] = {NEVER, WHO(ROLE_OFFICE) | WHO(ROLE_CHAIR) | WHO(ROLE_SECRETARY) |
                                 WHO(ROLE_OVERSIGHT)},
};

static bool reached(const struct dialogue *d, enum since since)
{
    switch (since) {
    case NEVER:
        return false;
    case ISSUED:
        return d->issued_day != DAY_NONE;
    case ANNOUNCED:
        return d->announced_ms != 0;
    case CLOSED:
        return d->closed_ms != 0;
    case MINUTES_SIGNED:
        return d->minutes_chair_ms != 0;
    case RESULTS:
        return d->results_ms != 0;
    }
    return false;
}

bool document_is_public(const struct dialogue *d, int type)
{
    return type >= 0 && type < DOC_TYPE_COUNT && reached(d, ACCESS[type].public_since);
}

struct wanted {
    struct document_request request;
    enum doc_format format;
    bool edition_given;
    struct refusal fault; // of the query (422): told after who may have the paper at all
};

static enum http_next refuse(struct http_exchange *x, struct refusal refusal)
{
    if (http_route(x)->flags & ROUTE_API) return api_problem(x, refusal);
    return http_error(x, refusal_rows[refusal.code].http_status);
}

static struct refusal read_selectors(struct http_exchange *x, struct wanted *w)
{
    const char *opinion = http_query(x, "opinion"), *edition = http_query(x, "edition");
    bool full = edition != NULL && strcmp(edition, "full") == 0;
    w->request.public_edition = !full;
    w->edition_given = edition != NULL;
    w->request.person = http_query(x, "person");
    w->request.unissued = http_query(x, "draft") != NULL;
    if (opinion == NULL && doc_types[w->request.type].selector == SELECT_OPINION)
        return REFUSE_FIELD(REFUSAL_REQUIRED, "opinion");
    if (opinion != NULL && !opinion_number_parse(opinion, &w->request.opinion))
        return REFUSE_FIELD(REFUSAL_INVALID, "opinion");
    if (edition != NULL && !full && strcmp(edition, "public") != 0)
        return REFUSE_FIELD(REFUSAL_INVALID, "edition");
    return visit_of(x)->query_fault;
}

/// "plan.pdf" and the selectors of the query.
static struct refusal read_wanted(struct http_exchange *x, struct wanted *w)
{
    const char *file = http_param(x, "file"), *dot = strrchr(file, '.');
    if (!read_id(http_param(x, "id"), &w->request.dialogue) || dot == NULL)
        return REFUSE(REFUSAL_NOT_FOUND);
    int type = doc_type_parse(arena_strndup(http_arena(x), file, (size_t)(dot - file)));
    int format = doc_format_parse(dot + 1);
    if (type < 0 || format < 0) return REFUSE(REFUSAL_NOT_FOUND);
    w->request.type = (enum doc_type)type;
    w->format = (enum doc_format)format;
    w->fault = read_selectors(x, w);
    return ALLOWED;
}

/// An invitation made out to somebody of the list holds a name: for those alone who may see it.
static struct refusal check_invitee(struct http_exchange *x, struct sql *sql,
                                    const struct dialogue *d, const struct wanted *w)
{
    struct visit *v = visit_of(x);
    struct invitee row;
    int64_t number = w->request.person == NULL ? 0 : attend_number(w->request.person);
    if (w->request.type != DOC_INVITATION || number == 0) return ALLOWED;
    enum status status = store_invitee_load(sql, v->unit, d->id, number, http_arena(x), &row);
    if (status != STATUS_OK || row.struck || row.walk_in) return REFUSE(REFUSAL_NOT_FOUND);
    return attend_shows(d, &v->actor, row.khom) ? ALLOWED : REFUSE(REFUSAL_FORBIDDEN);
}

static bool is_authors(enum doc_type type)
{
    return type == DOC_ANSWER || type == DOC_TIME_NOTICE || type == DOC_SLIP;
}

/// The author may have the papers about the own opinion; of the minutes the public edition is what
/// the public gets.
static struct refusal check_access(struct http_exchange *x, struct sql *sql, struct wanted *w)
{
    struct visit *v = visit_of(x);
    struct dialogue d, of;
    struct opinion o;
    struct opinion_case c;
    enum status status = store_dialogue_load(sql, v->unit, w->request.dialogue, http_arena(x), &d);
    if (status != STATUS_OK || !dialogue_visible(&d, &v->actor)) return REFUSE(REFUSAL_NOT_FOUND);
    uint32_t mine = dialogue_roles(&d, &v->actor);
    bool by_role = (mine & ACCESS[w->request.type].roles) != 0;
    bool is_public = reached(&d, ACCESS[w->request.type].public_since);
    if (w->request.opinion != 0) {
        status = read_opinion_case(x, sql, w->request.opinion, &of, &o, &c);
        if (status != STATUS_OK || of.id != d.id) return REFUSE(REFUSAL_NOT_FOUND);
        bool author = v->actor.kind == ACTOR_AUTHOR &&
                      memcmp(v->actor.receipt_hash, o.receipt_hash, RECEIPT_HASH_BYTES) == 0;
        if (author && is_authors(w->request.type)) return ALLOWED;
        is_public = false; // a filled form holds a name
    }
    if (w->request.type == DOC_MINUTES && by_role && !w->edition_given)
        w->request.public_edition = false;
    // A text without number, of something that was issued otherwise, is for those who work on it.
    if ((!w->request.public_edition || w->request.unissued) && !by_role) is_public = false;
    if (by_role || is_public) return check_invitee(x, sql, &d, w);
    // Which opinion is still to be said: an author may have it, or has asked for another's.
    if (v->actor.kind == ACTOR_AUTHOR && w->request.opinion == 0 && is_authors(w->request.type))
        return ALLOWED;
    return REFUSE(v->actor.kind == ACTOR_PUBLIC ? REFUSAL_UNAUTHENTICATED : REFUSAL_FORBIDDEN);
}

/// The same address with another ending.
static const char *other_format(struct http_exchange *x, const char *ending)
{
    const char *target = http_target(x), *query = strchr(target, '?'), *path = http_path(x);
    const char *dot = strrchr(path, '.');
    return arena_printf(http_arena(x), "%.*s.%s%s", (int)(dot - path), path, ending,
                        query != NULL ? query : "");
}

/// A person reads it in the frame of the pages; the API gives the bare article.
static enum http_next show(struct http_exchange *x, const struct wanted *w,
                           const struct buf *article)
{
    struct tpl t;
    struct page page;
    enum lang lang = visit_lang(visit_of(x));
    page_begin(x, &t, &page, tr(lang, doc_types[w->request.type].name));
    struct document_view view = {
        .body = tpl_html_of(article),
        .docx = other_format(x, "docx"),
        .pdf = other_format(x, "pdf"),
        .back = arena_printf(http_arena(x), "/doi-thoai/%lld", (long long)w->request.dialogue),
        .back_label = tr(lang, "Trang hội nghị"),
    };
    tpl_document_page(&t, &page, &view);
    return HTTP_DONE;
}

static enum http_next render(struct http_exchange *x, void *arg)
{
    struct wanted *w = arg;
    struct visit *v = visit_of(x);
    bool framed = w->format == DOC_HTML && !(http_route(x)->flags & ROUTE_API);
    BUF article = {0};
    struct document_file file = {.format = w->format};
    enum status status = STATUS_OK;
    {
        STORE_READ ro = NULL;
        enum http_next next;
        if (!visit_read(x, &ro, &next)) return next;
        file.out = framed ? &article : http_out(x);
        status = document_make(v->web->app, store_ro_sql(ro), &w->request, http_arena(x), &file);
    }
    if (status == STATUS_NOT_FOUND) return refuse(x, REFUSE(REFUSAL_NOT_FOUND));
    if (status != STATUS_OK) {
        log_error("document %s: %s", doc_types[w->request.type].code, status_name(status));
        return http_error(x, 503);
    }
    http_set_header(x, "Cache-Control", "no-store");
    if (framed) return show(x, w, &article);
    http_content_type(x, doc_formats[w->format].media_type);
    const char *how = w->format == DOC_HTML || w->format == DOC_TXT ? "inline" : "attachment";
    http_set_header(x, "Content-Disposition",
                    arena_printf(http_arena(x), "%s; filename=\"%s\"", how, file.name));
    return HTTP_DONE;
}

enum http_next get_document(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct wanted *w = arena_new(http_arena(x), struct wanted);
    struct refusal refusal = read_wanted(x, w);
    w->request.unit = visit_of(x)->unit;
    w->request.now_ms = visit_of(x)->now_ms;
    if (refusal.code == REFUSAL_NONE) {
        STORE_READ ro = NULL;
        enum http_next next;
        if (!visit_read(x, &ro, &next)) return next;
        refusal = check_access(x, store_ro_sql(ro), w);
    }
    if (refusal.code == REFUSAL_NONE) refusal = w->fault;
    if (refusal.code != REFUSAL_NONE) return refuse(x, refusal);
    return http_offload(x, render, w);
}
