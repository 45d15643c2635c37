// SPDX-License-Identifier: AGPL-3.0-or-later
// Help, privacy, accessibility.
#include "web/public/info.h"

#include "web/public/handlers.h"
#include "web/public/info.html.h"

static enum http_next show(struct http_exchange *x, const char *title,
                           void (*write)(struct tpl *t, const struct page *page,
                                         const struct info_view *view))
{
    struct visit *v = visit_of(x);
    struct tpl t;
    struct page page;
    page_begin(x, &t, &page, tr(visit_lang(v), title));
    page.index = true;
    struct info_view view = {unit_setting(v->facts, "contact"),
                             unit_setting(v->facts, "khom_word")};
    write(&t, &page, &view);
    return HTTP_DONE;
}

enum http_next get_public_help(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return show(x, N_("Cách tham gia"), tpl_public_help);
}

enum http_next get_public_privacy(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return show(x, N_("Bảo vệ dữ liệu cá nhân"), tpl_public_privacy);
}

enum http_next get_public_access(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return show(x, N_("Khả năng tiếp cận"), tpl_public_access);
}
