// SPDX-License-Identifier: AGPL-3.0-or-later
// The page from which a rehearsal is begun and ended. It writes nothing into the real ward: a
// rehearsal is no act of the dialogue and leaves no entry.
#include "web/office/rehearsal.h"
#include "web/office/handlers.h"
#include "web/office/rehearsal.html.h"

#include <string.h>

#include "web/form_input.h"
#include "web/form_names.h"

enum { PEOPLE_MOST = 200 };

static const uint32_t who_rehearses = WHO(ROLE_OFFICE) | WHO(ROLE_SECRETARY) | WHO(ROLE_ADMIN);

static const char *path_of(struct arena *arena, int64_t dialogue)
{
    return arena_printf(arena, "/lam-viec/dien-tap/%lld", (long long)dialogue);
}

static bool enter(struct http_exchange *x, struct desk *d, enum http_next *ret_next)
{
    STORE_READ ro = NULL;
    return visit_read(x, &ro, ret_next) &&
           office_enter(x, d, store_ro_sql(ro), who_rehearses, ret_next);
}

/// Where it listens everywhere it is found as this ward is, at its own port.
static const char *address_of(struct http_exchange *x, const struct rehearsal_now *now)
{
    const char *own = web_people_url(x), *host = strstr(own, "://") + 3;
    size_t len = *host == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":");
    if (!now->everywhere) return now->url;
    return arena_printf(http_arena(x), "http://%.*s:%u", (int)len, host, now->port);
}

static const char *unable(const struct desk *d)
{
    if (*unit_setting(d->visit->facts, "rehearsal") != 0)
        return tr(d->t.lang, "Đây đã là một buổi diễn tập. Hãy diễn tập từ trang của phường thật.");
    return tr(
        d->t.lang,
        "Chương trình này chạy với PostgreSQL và chưa biết được lập buổi diễn tập ở thư mục nào. "
        "Người quản trị máy chủ thêm vào lệnh chạy: --rehearsals THƯ_MỤC; hoặc dùng lệnh: "
        "doithoai rehearse --run");
}

static bool is_its_own(const struct desk *d, const struct rehearsal_now *now)
{
    return now->unit == d->visit->unit && now->dialogue == d->dialogue.id;
}

static void fill(struct desk *d, const struct rehearsal_host *host, struct rehearsal_view *v)
{
    *v = (struct rehearsal_view){.path = path_of(d->arena, d->dialogue.id)};
    v->end_path = arena_printf(d->arena, "%s/ket-thuc", v->path);
    if (host == NULL) {
        v->unable = unable(d);
        return;
    }
    host->look(host->ctx, d->arena, &v->now);
    bool going = v->now.state != REHEARSAL_NONE && v->now.state != REHEARSAL_OVER;
    bool others = v->now.state != REHEARSAL_NONE && !is_its_own(d, &v->now);
    v->elsewhere = going && others;
    if (v->now.unit == d->visit->unit) v->elsewhere_path = path_of(d->arena, v->now.dialogue);
    if (others && !going) v->now.state = REHEARSAL_NONE; // what came of it is not this one's
    if (v->now.state != REHEARSAL_RUNNING) return;
    v->url = address_of(d->x, &v->now);
    v->alone = !v->now.everywhere && (strncmp(v->now.url, "http://127.", 11) == 0 ||
                                      strncmp(v->now.url, "http://[::1]", 12) == 0);
}

static enum http_next show(struct http_exchange *x, struct refusal refusal)
{
    struct desk d;
    struct rehearsal_view v;
    enum http_next next;
    if (!enter(x, &d, &next)) return next;
    fill(&d, d.visit->web->rehearsal, &v);
    v.error = office_error_of(&d, refusal);
    office_status(x, refusal);
    bool passing = v.now.state == REHEARSAL_STARTING || v.now.state == REHEARSAL_ENDING;
    if (passing && !v.elsewhere) http_set_header(x, "Refresh", "2"); // without the script too
    http_set_header(x, "Cache-Control", "no-store");                 // a password stands here
    desk_title(&d, tr(d.t.lang, "Diễn tập"));
    tpl_rehearsal_page(&d.t, &d.page, d.dialogue.title, &v);
    return HTTP_DONE;
}

enum http_next get_rehearsal(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return show(x, ALLOWED);
}

enum http_next post_rehearsal(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct desk d;
    enum http_next next;
    if (!enter(x, &d, &next)) return next;
    const struct rehearsal_host *host = d.visit->web->rehearsal;
    int people = office_number(form_typed(x, "people"));
    struct refusal fault = form_names_fault(x, &(struct form_names){.others = "people"});
    bool many = people < 0 || people > PEOPLE_MOST;
    if (fault.code == REFUSAL_NONE && many) fault = REFUSE_FIELD(REFUSAL_INVALID, "people");
    if (fault.code != REFUSAL_NONE) return show(x, fault);
    // Begun already, by another press or by somebody else: the page that follows shows it.
    if (host != NULL) (void)host->begin(host->ctx, d.visit->unit, d.dialogue.id, people);
    return http_redirect(x, 303, path_of(d.arena, d.dialogue.id));
}

enum http_next post_rehearsal_end(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct desk d;
    enum http_next next;
    if (!enter(x, &d, &next)) return next;
    struct refusal fault = form_names_fault(x, &(struct form_names){0});
    if (fault.code != REFUSAL_NONE) return show(x, fault);
    const struct rehearsal_host *host = d.visit->web->rehearsal;
    struct rehearsal_now now = {.state = REHEARSAL_NONE};
    if (host != NULL) host->look(host->ctx, d.arena, &now);
    if (is_its_own(&d, &now) && now.state != REHEARSAL_NONE) host->end(host->ctx);
    return http_redirect(x, 303, path_of(d.arena, d.dialogue.id));
}
