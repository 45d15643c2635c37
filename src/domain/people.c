// SPDX-License-Identifier: AGPL-3.0-or-later
// Looking people up in the unit's accounts.
#include "domain/people.h"

#include <string.h>

bool word_list_has(const char *list, const char *word)
{
    if (list == NULL || word == NULL || *word == 0) return false;
    size_t len = strlen(word);
    for (const char *at = strstr(list, word); at != NULL; at = strstr(at + 1, word)) {
        bool starts = at == list || at[-1] == ' ';
        if (starts && (at[len] == ' ' || at[len] == 0)) return true;
    }
    return false;
}

const struct person *people_find(const struct people *people, const char *username)
{
    if (username == NULL) return NULL;
    for (int i = 0; i < people->count; i++)
        if (strcmp(people->rows[i].username, username) == 0) return &people->rows[i];
    return NULL;
}

bool person_may_handle(const struct person *person)
{
    const uint32_t apart = WHO(ROLE_PARTY) | WHO(ROLE_CUSTODIAN) | WHO(ROLE_ADMIN);
    if (!person->active || (person->roles & WHO(ROLE_OVERSIGHT)) != 0) return false;
    return person->roles == 0 || (person->roles & ~apart) != 0;
}

const struct person *people_with_role(const struct people *people, enum role role)
{
    for (int i = 0; i < people->count; i++)
        if (people->rows[i].active && (people->rows[i].roles & WHO(role))) return &people->rows[i];
    return NULL;
}

const struct person *people_for_field(const struct people *people, enum field field,
                                      const char *not_in)
{
    for (int i = 0; i < people->count; i++) {
        const struct person *p = &people->rows[i];
        bool in_charge = (p->fields & UINT32_C(1) << field) != 0 && person_may_handle(p);
        if (in_charge && !word_list_has(not_in, p->username)) return p;
    }
    return NULL;
}
