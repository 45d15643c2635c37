// SPDX-License-Identifier: AGPL-3.0-or-later
// A form for any action of the contract, drawn from its row: the parameters' table gives kind,
// label and length of each field. So every action is reachable without JavaScript, and again with
// its errors and what was typed. Read back by form_read_action (web/form_input.h).
#ifndef WEB_ACTION_FORM_H
#define WEB_ACTION_FORM_H

#include "domain/dialogue.h"
#include "domain/opinion.h"
#include "web/page_common.h"

enum action_input {
    INPUT_AREA,
    INPUT_LINE,
    INPUT_SELECT,
    INPUT_DATE,
    INPUT_INSTANT,
    INPUT_NUMBER,
    INPUT_CHECK, // one box, value "true"
    INPUT_BOXES, // several boxes of one name
    INPUT_PARTS, // repeated text and field
    INPUT_HIDDEN,
};

struct action_field {
    const char *id, *name, *label, *hint, *error, *value;
    enum action_input input;
    bool required;
    int rows; // of an area; 0: 4
    size_t max;
    struct choice_list choices; // of a select or boxes; suggestions of a line
    const bool *ticked;         // of boxes
    const char *const *parts;   // INPUT_PARTS: what was typed, part_count of them
    struct choice_list part_fields;
    const char *const *part_values;
    size_t part_count;
};

struct action_form {
    const char *id;     // "relay-2024-0007": prefix of the fields' ids, anchor of the form
    const char *action; // where it is sent
    const char *title, *button, *intro;
    const char *key, *back, *behalf, *if_version; // hidden; NULL left out
    struct action_field *fields;
    size_t count;
    bool open;    // its <details> stands open: it was sent and refused
    bool danger;  // the button says so
    bool boosted; // hx-post, answered by a fragment
    // of a refusal
    const char *error_title, *error_advice, *error_anchor, *error_label;
};

/// A value the page knows beforehand; `fixed` makes it a hidden field.
struct action_preset {
    enum param_id id;
    const char *value;
    bool fixed;
};

/// Zeroed means: nothing preset, nothing refused, back to this page.
struct action_form_options {
    const char *action;                 // NULL: the page's own path + "/" + code
    const char *title, *button, *intro; // NULL: the rule's label
    const char *back;                   // NULL: this path
    enum on_behalf behalf;
    const struct action_preset *presets;
    size_t preset_count;
    bool proof, no_proof; // ask for a proof although / even though the rule would not / would
    bool danger, boosted;
    const struct refusal
        *refusal; // of this very form, just sent: errors and typed values come back
};

/// In the request's arena.
struct action_form *action_form_opinion(struct http_exchange *x, const struct opinion *o,
                                        enum opinion_action action,
                                        const struct action_form_options *options);
struct action_form *action_form_dialogue(struct http_exchange *x, const struct dialogue *d,
                                         enum dialogue_action action,
                                         const struct action_form_options *options);
struct param_list {
    const struct param_use *uses;
    int count;
};
/// Any other list of parameters (creating a dialogue): `code` names it, `id` makes it unique.
struct action_form *action_form_params(struct http_exchange *x, const char *code, const char *id,
                                       const char *label, struct param_list params,
                                       const struct action_form_options *options);

#endif
