// SPDX-License-Identifier: AGPL-3.0-or-later
// What export writes and import reads.
#ifndef CLI_EXPORT_H
#define CLI_EXPORT_H

#define EXPORT_FORMAT "doithoai-export"
enum { EXPORT_VERSION = 1, EXPORT_LINE_MAX = 128 * 1024 * 1024 };

#endif
