// SPDX-License-Identifier: AGPL-3.0-or-later
// One line per event on stderr: "instant level message". Boundaries log, once. Never personal data,
// never a text that a person wrote.
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/ensure.h"

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

void log_set_level(enum log_level level); // default LOG_INFO
void log_line(enum log_level level, const char *format, ...) PRINTF_LIKE(2, 3);

#define log_error(...) log_line(LOG_ERROR, __VA_ARGS__)
#define log_warn(...)  log_line(LOG_WARN, __VA_ARGS__)
#define log_info(...)  log_line(LOG_INFO, __VA_ARGS__)
#define log_debug(...) log_line(LOG_DEBUG, __VA_ARGS__)

#endif
