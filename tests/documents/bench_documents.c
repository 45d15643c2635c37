// SPDX-License-Identifier: AGPL-3.0-or-later
// How long documents take: bench_documents [ROUNDS]. Medians in milliseconds, first call apart, and
// the growth of resident memory over the rounds (a leak would show).
#include <stdlib.h>
#include "base/day.h"
#include "sample_facts.h"

static int by_size(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static long resident_kb(void)
{
    long pages = 0, total = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%ld %ld", &total, &pages) != 2) pages = 0;
    if (file != NULL) fclose(file);
    return pages * 4;
}

static int64_t now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * INT64_C(1000000) + t.tv_nsec / 1000;
}

static int64_t once(enum doc_type type, enum doc_format format, enum sample sample)
{
    ARENA arena = {0};
    BUF out = {0};
    const struct doc_facts *facts = sample_facts(&arena, type, sample);
    int64_t start = now_us();
    enum status status = document_render(&arena, document_build(&arena, type, facts), format, &out);
    return status == STATUS_OK ? now_us() - start : -1;
}

static void measure(const char *name, enum doc_type type, enum sample sample, int rounds)
{
    int64_t *took = malloc((size_t)rounds * sizeof *took);
    for (int format = 0; took != NULL && format <= DOC_HTML; format++) {
        for (int i = 0; i < rounds; i++)
            took[i] = once(type, (enum doc_format)format, sample);
        qsort(took, (size_t)rounds, sizeof *took, by_size);
        printf("%-24s %-5s %8.2f ms\n", name, doc_formats[format].code,
               (double)took[rounds / 2] / 1000);
    }
    free(took);
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? strtol(argv[1], NULL, 10) : 20;
    if (rounds < 1 || rounds > 100000) return 2;
    printf("resident before          %8ld KB\n", resident_kb());
    printf("first PDF                %8.2f ms\n",
           (double)once(DOC_PLAN, DOC_PDF, SAMPLE_RICH) / 1000);
    printf("resident after           %8ld KB\n", resident_kb());
    measure("plan (4 pages)", DOC_PLAN, SAMPLE_RICH, (int)rounds);
    measure("answer (1 page)", DOC_ANSWER, SAMPLE_RICH, (int)rounds);
    measure("minutes (20 pages)", DOC_MINUTES, SAMPLE_LARGE, (int)rounds);
    measure("synthesis (30 pages)", DOC_SYNTHESIS, SAMPLE_LARGE, (int)rounds);
    printf("resident at the end      %8ld KB\n", resident_kb());
    return 0;
}
