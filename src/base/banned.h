// SPDX-License-Identifier: AGPL-3.0-or-later
// Functions nobody may call here, each with what to use instead. Forced into every file by the
// build.
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

// Included first, so that the poison below does not hit the declarations themselves.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat strncpy strncat         // arena_printf, buf_puts
#pragma GCC poison sprintf vsprintf gets                 // snprintf, buf_printf
#pragma GCC poison strtok                                // it keeps state between calls
#pragma GCC poison atoi atol atof                        // they can't say no: strtol with checks
#pragma GCC poison gmtime localtime ctime asctime mktime // base/day.h
#pragma GCC poison setlocale // process-wide; our texts carry their language

#endif
