/* Times and what is said of many of them. */

#ifndef MOMENTS_H
#define MOMENTS_H

#include <stdint.h>
#include <stdlib.h>
#include <time.h>

static inline int64_t clock_ns(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

/* The clock that the orchestrator reads too, so that both speak of the same moments. */
static inline int64_t now_ns(void) { return clock_ns(CLOCK_MONOTONIC); }

static inline int64_t own_cpu_ns(void) { return clock_ns(CLOCK_PROCESS_CPUTIME_ID); }

static inline int earlier(const void *one, const void *other) {
    int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
    return (a > b) - (a < b);
}

/* The nearest rank among sorted values; 0 if there are none. */
static inline int64_t percentile(const int64_t *sorted, int count, int percent) {
    if (count == 0) return 0;
    int rank = (int)(((int64_t)count * percent + 99) / 100);
    return sorted[rank > 0 ? rank - 1 : 0];
}

#endif
