// SPDX-License-Identifier: AGPL-3.0-or-later
// The tree of segments. Literal children are found by binary search, and only a place that has both
// a literal and a {name} child is ever looked at twice, so the work is bounded by the depth.
#include "http/router.h"

#include <stdlib.h>
#include <string.h>

struct node {
    char *text; // literal segment, or the parameter's name; NULL at the root
    size_t len;
    struct node **literals; // sorted by text once the tree is built
    unsigned literal_count;
    struct node *param, *rest;
    const struct http_route *routes[HTTP_METHOD_COUNT];
};

struct router {
    struct node root;
};

static int text_compare(const char *a, size_t a_len, const char *b, size_t b_len)
{
    int order = memcmp(a, b, a_len < b_len ? a_len : b_len);
    if (order != 0) return order;
    return a_len < b_len ? -1 : a_len > b_len;
}

static struct node *node_new(const char *text, size_t len)
{
    struct node *node = calloc(1, sizeof(*node));
    ensure(node != NULL);
    node->text = strndup(text, len);
    ensure(node->text != NULL);
    node->len = len;
    return node;
}

static struct node *literal_find(const struct node *node, const char *text, size_t len)
{
    unsigned low = 0, high = node->literal_count;
    while (low < high) {
        unsigned middle = (low + high) / 2;
        struct node *at = node->literals[middle];
        int order = text_compare(text, len, at->text, at->len);
        if (order == 0) return at;
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NULL;
}

static struct node *literal_add(struct node *node, const char *text, size_t len)
{
    struct node *found = literal_find(node, text, len);
    if (found != NULL) return found;
    size_t bytes = (node->literal_count + 1) * sizeof(struct node *);
    node->literals = realloc(node->literals, bytes);
    ensure(node->literals != NULL);
    unsigned at = node->literal_count++;
    for (; at > 0; at--) {
        const struct node *before = node->literals[at - 1];
        if (text_compare(before->text, before->len, text, len) < 0) break;
        node->literals[at] = node->literals[at - 1];
    }
    return node->literals[at] = node_new(text, len);
}

// {name} or {name*}: the name must be the same wherever the place in the tree is the same, because
// the match reports names of the tree.
static struct node *param_add(struct node *node, const char *text, size_t len)
{
    ensure(len > 2 && text[len - 1] == '}');
    bool rest = text[len - 2] == '*';
    size_t name_len = len - (rest ? 3 : 2);
    struct node **place = rest ? &node->rest : &node->param;
    if (*place == NULL) *place = node_new(text + 1, name_len);
    ensure(text_compare((*place)->text, (*place)->len, text + 1, name_len) == 0);
    return *place;
}

static void route_add(struct router *router, const struct http_route *route)
{
    ensure(route->pattern != NULL && route->pattern[0] == '/' && route->handler != NULL);
    ensure((unsigned)route->method < HTTP_METHOD_COUNT);
    struct node *node = &router->root;
    unsigned depth = 0, params = 0;
    for (const char *at = route->pattern; *at == '/' && at[1] != '\0';) {
        size_t len = strcspn(++at, "/");
        ensure(len > 0 && ++depth <= ROUTER_SEGMENTS);
        bool param = *at == '{';
        params += param;
        node = param ? param_add(node, at, len) : literal_add(node, at, len);
        at += len;
        ensure(node->text == NULL || *at == '\0' || at[-2] != '*'); // the rest is last
    }
    ensure(params <= ROUTER_PARAMS);
    ensure(node->routes[route->method] == NULL); // the same row twice
    node->routes[route->method] = route;
}

struct router *router_new(const struct http_route *routes, size_t count)
{
    struct router *router = calloc(1, sizeof(*router));
    ensure(router != NULL);
    for (size_t i = 0; i < count; i++)
        route_add(router, &routes[i]);
    return router;
}

static void node_done(struct node *node)
{
    for (unsigned i = 0; i < node->literal_count; i++) {
        node_done(node->literals[i]);
        free(node->literals[i]);
    }
    if (node->param != NULL) node_done(node->param);
    if (node->rest != NULL) node_done(node->rest);
    free(node->literals);
    free(node->param);
    free(node->rest);
    free(node->text);
}

void router_free(struct router *router)
{
    if (router == NULL) return;
    node_done(&router->root);
    free(router);
}

struct search {
    const char *const *segments;
    unsigned count;
    struct router_match *match;
};

static bool node_has_routes(const struct node *node)
{
    for (unsigned i = 0; i < HTTP_METHOD_COUNT; i++)
        if (node->routes[i] != NULL) return true;
    return false;
}

static const struct node *node_find(const struct node *node, struct search *search, unsigned at)
{
    if (at == search->count) return node_has_routes(node) ? node : NULL;
    const char *segment = search->segments[at];
    const struct node *child = literal_find(node, segment, strlen(segment));
    const struct node *found = child == NULL ? NULL : node_find(child, search, at + 1);
    if (found != NULL) return found;
    struct router_match *match = search->match;
    if (node->param != NULL) {
        unsigned slot = match->count++;
        match->params[slot] = (struct router_param){node->param->text, segment};
        found = node_find(node->param, search, at + 1);
        if (found != NULL) return found;
        match->count = slot;
    }
    if (node->rest == NULL) return NULL;
    match->params[match->count++] = (struct router_param){node->rest->text, NULL};
    return node->rest;
}

static const char *rest_text(struct arena *arena, const struct search *search, unsigned from)
{
    const char *text = search->segments[from];
    for (unsigned i = from + 1; i < search->count; i++)
        text = arena_printf(arena, "%s/%s", text, search->segments[i]);
    return text;
}

void router_find(const struct router *router, struct arena *arena, enum http_method method,
                 const char *const *segments, unsigned count, struct router_match *ret_match)
{
    *ret_match = (struct router_match){0};
    struct search search = {segments, count, ret_match};
    if (count > ROUTER_SEGMENTS) return;
    const struct node *node = node_find(&router->root, &search, 0);
    if (node == NULL) {
        ret_match->count = 0;
        return;
    }
    for (unsigned i = 0; i < HTTP_METHOD_COUNT; i++)
        if (node->routes[i] != NULL) ret_match->allowed |= 1u << i;
    ret_match->route = node->routes[method];
    // Only a rest has no value yet; where it begins follows from the depth of the pattern.
    for (unsigned i = 0; i < ret_match->count; i++) {
        if (ret_match->params[i].value != NULL) continue;
        const struct http_route *any = node->routes[__builtin_ctz(ret_match->allowed)];
        unsigned depth = 0;
        for (const char *p = any->pattern; *p != '\0'; p++)
            depth += *p == '/';
        ret_match->params[i].value = rest_text(arena, &search, depth - 1);
    }
}
