// SPDX-License-Identifier: AGPL-3.0-or-later
// The smallest parts: names of statuses, failing loudly, log lines.
#include "base/ensure.h"
#include "base/log.h"
#include "base/status.h"
#include "base/day.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static enum log_level threshold = LOG_INFO;

const char *status_name(enum status status)
{
    switch (status) {
    case STATUS_OK:
        return "ok";
    case STATUS_NOT_FOUND:
        return "not found";
    case STATUS_CONFLICT:
        return "conflict";
    case STATUS_RETRY:
        return "retry";
    case STATUS_FULL:
        return "full";
    case STATUS_BROKEN:
        return "broken";
    }
    return "unknown";
}

void ensure_failed(const char *what, const char *file, int line)
{
    fprintf(stderr, "bug: %s, at %s:%d\n", what, file, line);
    abort();
}

void log_set_level(enum log_level level)
{
    threshold = level;
}

void log_line(enum log_level level, const char *format, ...)
{
    static const char *const names[] = {"error", "warn", "info", "debug"};
    if (level > threshold) return;
    char instant[INSTANT_TEXT], line[1024];
    int used = snprintf(line, sizeof(line), "%s %s ", instant_format(clock_now_ms(NULL), instant),
                        names[level]);
    va_list args;
    va_start(args, format);
    vsnprintf(line + used, sizeof(line) - (size_t)used, format, args);
    va_end(args);
    fprintf(stderr, "%s\n", line); // one call, so that threads do not mix within a line
}
