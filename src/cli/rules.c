// SPDX-License-Identifier: AGPL-3.0-or-later
// rules: the tables that run the program, for people to read: as text, as a diagram for dot, as
// JSON.
#include <jansson.h>
#include <string.h>

#include "cli/cli.h"
#include "domain/dialogue.h"
#include "domain/hall.h"
#include "domain/opinion.h"

static void print_mask(const struct value_set *set, uint32_t mask)
{
    bool first = true;
    for (int i = 0; i < set->count; i++) {
        if (!(mask & UINT32_C(1) << i)) continue;
        printf("%s%s", first ? "" : " ", set->rows[i].code);
        first = false;
    }
}

static void print_params(const struct param_use *uses, int count)
{
    for (int i = 0; i < count; i++)
        printf(" %s%s", param_rows[uses[i].id].name, uses[i].required ? "" : "?");
}

static void print_rule(const char *code, uint32_t who, const struct value_set *states,
                       uint32_t from, uint32_t to)
{
    printf("%s | ", code);
    print_mask(&roles, who);
    printf(" | ");
    print_mask(states, from);
    printf(" -> ");
    print_mask(states, to == 0 ? from : to);
    printf(" |");
}

static void print_actions(void)
{
    printf("# hội nghị: việc | ai | từ -> đến | tham số\n");
    for (int i = 0; i < DIALOGUE_ACTION_COUNT; i++) {
        const struct dialogue_rule *r = &dialogue_rules[i];
        print_rule(r->code, r->who, &dialogue_states, r->from, r->to);
        print_params(r->params, r->param_count);
        printf("\n");
    }
    printf("\n# ý kiến: việc | ai | từ -> đến | tham số\n");
    for (int i = 0; i < OPINION_ACTION_COUNT; i++) {
        const struct opinion_rule *r = &opinion_rules[i];
        print_rule(r->code, r->who, &opinion_states, r->from, r->to);
        print_params(r->params, r->param_count);
        printf("%s\n", r->no_own_case ? " | không phải việc của mình" : "");
    }
    printf("\n# hội trường: việc | ai | khi hội nghị | tham số\n");
    for (int i = 0; i < HALL_ACTION_COUNT; i++) {
        const struct hall_rule *r = &hall_rules[i];
        print_rule(r->code, r->who, &dialogue_states, r->from, 0);
        print_params(r->params, r->param_count);
        printf("\n");
    }
}

static void print_text(void)
{
    print_actions();
    printf("\n# thời hạn\n");
    for (int p = 0; p < DEADLINE_PROFILE_COUNT; p++)
        for (int k = 0; k < DEADLINE_RULE_COUNT; k++) {
            const struct deadline_term *t =
                deadline_term((enum deadline_profile)p, (enum deadline_rule)k);
            if (t->applies && t->length > 0)
                printf("%d %s | %s | %d | %s | %s\n",
                       deadline_profile_row((enum deadline_profile)p)->year, t->word, t->name,
                       t->length, t->rules, t->source);
        }
    printf("\n# giá trị\n");
    for (const struct value_set *const *set = value_sets; *set != NULL; set++) {
        printf("%s:", (*set)->name);
        for (int i = 0; i < (*set)->count; i++)
            if (*(*set)->rows[i].code != 0)
                printf(" %s (%s)%s", (*set)->rows[i].code, (*set)->rows[i].label,
                       i + 1 < (*set)->count ? "," : "");
        printf("\n");
    }
}

/// An edge per action that changes the state; what keeps it would only clutter the drawing.
static void print_edges(const char *code, uint32_t from, uint32_t to,
                        const struct value_set *states, const char *prefix)
{
    if (to == 0) return;
    for (int a = 0; a < states->count; a++)
        for (int b = 0; b < states->count; b++)
            if ((from & 1u << a) && (to & 1u << b) && a != b)
                printf("  %s_%s -> %s_%s [label=\"%s\"];\n", prefix, states->rows[a].code, prefix,
                       states->rows[b].code, code);
}

static void print_nodes(const struct value_set *states, const char *prefix, const char *title)
{
    printf("  subgraph cluster_%s { label=\"%s\";\n", prefix, title);
    for (int i = 0; i < states->count; i++)
        printf("    %s_%s [label=\"%s\"];\n", prefix, states->rows[i].code, states->rows[i].label);
    printf("  }\n");
}

static void print_dot(void)
{
    printf("digraph doithoai {\n  rankdir=LR; node [shape=box, style=rounded, "
           "fontname=\"Liberation Sans\"];\n"
           "  edge [fontname=\"Liberation Sans\", fontsize=9];\n");
    print_nodes(&dialogue_states, "d", "Hội nghị");
    print_nodes(&opinion_states, "o", "Ý kiến");
    for (int i = 0; i < DIALOGUE_ACTION_COUNT; i++)
        print_edges(dialogue_rules[i].code, dialogue_rules[i].from, dialogue_rules[i].to,
                    &dialogue_states, "d");
    for (int i = 0; i < OPINION_ACTION_COUNT; i++)
        print_edges(opinion_rules[i].code, opinion_rules[i].from, opinion_rules[i].to,
                    &opinion_states, "o");
    printf("}\n");
}

static json_t *codes(const struct value_set *set, uint32_t mask)
{
    json_t *list = json_array();
    for (int i = 0; i < set->count; i++)
        if (mask & UINT32_C(1) << i) json_array_append_new(list, json_string(set->rows[i].code));
    return list;
}

static json_t *rule_json(const char *code, json_t *who, json_t *from, json_t *to,
                         const struct param_use *uses, int count)
{
    json_t *params = json_array();
    for (int i = 0; i < count; i++)
        json_array_append_new(params, json_pack("{s:s, s:b}", "name", param_rows[uses[i].id].name,
                                                "required", uses[i].required));
    return json_pack("{s:s, s:o, s:o, s:o, s:o}", "action", code, "who", who, "from", from, "to",
                     to, "params", params);
}

static void print_json(void)
{
    json_t *opinion = json_array(), *dialogue = json_array(), *hall = json_array();
    for (int i = 0; i < OPINION_ACTION_COUNT; i++) {
        const struct opinion_rule *r = &opinion_rules[i];
        json_array_append_new(
            opinion, rule_json(r->code, codes(&roles, r->who), codes(&opinion_states, r->from),
                               codes(&opinion_states, r->to == 0 ? r->from : r->to), r->params,
                               r->param_count));
    }
    for (int i = 0; i < DIALOGUE_ACTION_COUNT; i++) {
        const struct dialogue_rule *r = &dialogue_rules[i];
        json_array_append_new(
            dialogue, rule_json(r->code, codes(&roles, r->who), codes(&dialogue_states, r->from),
                                codes(&dialogue_states, r->to == 0 ? r->from : r->to), r->params,
                                r->param_count));
    }
    for (int i = 0; i < HALL_ACTION_COUNT; i++) {
        const struct hall_rule *r = &hall_rules[i];
        json_t *from = codes(&dialogue_states, r->from);
        json_array_append_new(hall, rule_json(r->code, codes(&roles, r->who), from,
                                              json_deep_copy(from), r->params, r->param_count));
    }
    json_t *all =
        json_pack("{s:o, s:o, s:o}", "opinion", opinion, "dialogue", dialogue, "hall", hall);
    json_dumpf(all, stdout, JSON_INDENT(2));
    printf("\n");
    json_decref(all);
}

int cmd_rules(struct cli *cli)
{
    if (cli->format == NULL) return print_text(), CLI_DONE;
    if (strcmp(cli->format, "dot") == 0) return print_dot(), CLI_DONE;
    if (strcmp(cli->format, "json") == 0) return print_json(), CLI_DONE;
    return cli_fail(CLI_MISUSED, "--format là dot hoặc json", cli->format);
}
