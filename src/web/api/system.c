// SPDX-License-Identifier: AGPL-3.0-or-later
// Health and figures for operators. No personal data, no names.
#include "store/outbox.h"
#include "web/api/handlers.h"
#include "web/web.h"

enum http_next get_healthz(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    http_content_type(x, "text/plain; charset=utf-8");
    buf_puts(http_out(x), "ok\n");
    return HTTP_DONE;
}

/// Messages to authors, of all units: a failed one wants the office's hand.
static void put_outbox(struct web *web, struct buf *out)
{
    STORE_READ ro = NULL;
    int64_t n[OUTBOX_STATE_COUNT];
    if (store_read_begin(web->app->store, &ro) != STATUS_OK ||
        store_outbox_counts(store_ro_sql(ro), n) != STATUS_OK)
        return;
    buf_printf(out,
               "doithoai_outbox_waiting %lld\ndoithoai_outbox_sent_total %lld\n"
               "doithoai_outbox_failed %lld\n",
               (long long)n[OUTBOX_WAITING], (long long)n[OUTBOX_SENT],
               (long long)n[OUTBOX_FAILED]);
}

static struct http_figures both_servers(const struct web *web)
{
    struct http_figures sum = {0}; // asked for before the second one has started: nothing yet
    if (web->server != NULL) sum = http_server_figures(web->server);
    if (web->tls_server == NULL) return sum;
    struct http_figures tls = http_server_figures(web->tls_server);
    sum.requests += tls.requests;
    sum.refused += tls.refused;
    sum.reaped += tls.reaped;
    sum.connections += tls.connections;
    sum.streams += tls.streams;
    sum.deferred += tls.deferred;
    return sum;
}

enum http_next get_metrics(struct http_exchange *x, void *ctx)
{
    struct web *web = ctx;
    struct http_figures h = both_servers(web);
    struct live_figures l = live_hub_figures(web->hub);
    http_content_type(x, "text/plain; version=0.0.4; charset=utf-8");
    struct buf *out = http_out(x);
    buf_printf(out, "doithoai_http_requests_total %lu\ndoithoai_http_refused_total %lu\n",
               h.requests, h.refused);
    buf_printf(out, "doithoai_http_reaped_total %lu\ndoithoai_http_connections %u\n", h.reaped,
               h.connections);
    buf_printf(out, "doithoai_http_streams %u\ndoithoai_http_deferred %u\n", h.streams, h.deferred);
    buf_printf(out, "doithoai_live_published_total %llu\ndoithoai_live_subscribers %zu\n",
               (unsigned long long)l.published, l.subscribers);
    struct store_stats s = store_stats(web->app->store);
    buf_printf(out, "doithoai_store_jobs_total %lld\ndoithoai_store_commits_total %lld\n",
               (long long)s.jobs, (long long)s.commits);
    put_outbox(web, out);
    return HTTP_DONE;
}
