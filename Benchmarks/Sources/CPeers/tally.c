#include "tally.h"

int64_t cpeers_latency(int class_) {
    if (class_ < 256) return class_;
    int shift = class_ / 128 - 1;
    return (int64_t)(class_ - shift * 128) << shift;
}

int64_t cpeers_latency_count(const struct cpeers_tally *tally, int class_) { return tally->latencies[class_]; }

int64_t cpeers_operations_of_task(const struct cpeers_tally *tally, int task) {
    return tally->operations_of_task[task];
}
