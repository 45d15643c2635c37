// SPDX-License-Identifier: AGPL-3.0-or-later
// What the admin's pages show: accounts, khóm, days off, settings. No sealed matter, no opinion.
#ifndef WEB_OFFICE_ADMIN_H
#define WEB_OFFICE_ADMIN_H

#include "web/office/work.h"

struct account_row {
    const char *username, *name, *title, *roles, *path;
    bool active;
};
struct admin_view {
    struct account_row *rows;
    size_t count;
    bool too_few_custodians, uncovered_year;
    const char *holidays_path;
};

struct box {
    const char *value, *label;
    bool ticked;
};
struct account_view {
    const char *path, *password_path, *username, *name, *title, *version;
    struct office_error error;
    bool is_new, active, self, too_few_custodians;
    struct box roles[ROLE_ACCOUNT_COUNT], fields[FIELD_COUNT];
    struct field_view khom;
};

struct khom_row {
    const char *number, *name, *quota;
};
struct khoms_view {
    struct office_error error;
    struct khom_row *rows;
    size_t count;
};

struct holiday_row {
    const struct calendar_day *day;
    const char *kind, *weekday, *value;
};
struct holidays_view {
    int year;
    const char *path, *previous, *next;
    struct office_error error;
    struct holiday_row *rows;
    size_t count;
    struct field_view kind;
    const char *day, *name, *source;
    bool confirmed;
};

struct setting_field {
    const char *name, *label, *value;
};
struct settings_view {
    struct office_error error;
    struct setting_field *rows;
    size_t count;
};

#endif
