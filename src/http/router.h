// SPDX-License-Identifier: AGPL-3.0-or-later
// Path to row. Pure: a tree of segments built once from the table, read by any thread. A path is
// never rewritten: what is not in the table is not found.
#ifndef HTTP_ROUTER_H
#define HTTP_ROUTER_H

#include "http/server.h"

struct router;

enum { ROUTER_SEGMENTS = 12, ROUTER_PARAMS = 6 };

struct router_param {
    const char *name, *value;
};

struct router_match {
    const struct http_route *route; // NULL: the path, or the method on it, is not there
    unsigned allowed;               // bit per enum http_method that this path has; 0: no such path
    unsigned count;
    struct router_param params[ROUTER_PARAMS];
};

/// The table must outlive the router. A pattern that is malformed or twice there is a bug (ensure).
struct router *router_new(const struct http_route *routes, size_t count);
void router_free(struct router *router); // accepts NULL

/// `segments` are the decoded parts of the path ("/a/b" is 2, "/" is 0); param values point into
/// them, a rest ({name*}) is put together in the arena.
void router_find(const struct router *router, struct arena *arena, enum http_method method,
                 const char *const *segments, unsigned count, struct router_match *ret_match);

#endif
