#if defined(__APPLE__)
#include "CDialectReactor.h"
#include <errno.h>
#include <stdbool.h>
#include <sys/event.h>
#include <sys/time.h>
#include <unistd.h>

enum { batch = 64 };

int reactor_open(reactor_poller *poller) {
    poller->queue = kqueue();
    if (poller->queue < 0) return errno;
    poller->waker = -1;
    struct kevent event;
    EV_SET(&event, 0, EVFILT_USER, EV_ADD | EV_CLEAR, 0, 0, 0);
    if (kevent(poller->queue, &event, 1, 0, 0, 0) < 0) {
        int code = errno;
        close(poller->queue);
        return code;
    }
    return 0;
}

void reactor_close(reactor_poller poller) { close(poller.queue); }

static int change(reactor_poller poller, int descriptor, int16_t filter, bool was, bool is) {
    if (was == is) return 0;
    struct kevent event;
    EV_SET(&event, descriptor, filter, is ? EV_ADD : EV_DELETE, 0, 0, 0);
    return kevent(poller.queue, &event, 1, 0, 0, 0) < 0 ? errno : 0;
}

int reactor_watch(reactor_poller poller, int descriptor, uint32_t old, uint32_t new) {
    int code = change(poller, descriptor, EVFILT_READ, old & reactor_readable, new & reactor_readable);
    if (code != 0) return code;
    return change(poller, descriptor, EVFILT_WRITE, old & reactor_writable, new & reactor_writable);
}

void reactor_forget(reactor_poller poller, int descriptor) {
    change(poller, descriptor, EVFILT_READ, true, false);
    change(poller, descriptor, EVFILT_WRITE, true, false);
}

int reactor_wait(reactor_poller poller, reactor_event *events, int capacity, int milliseconds) {
    struct kevent found[batch];
    struct timespec limit = {milliseconds / 1000, (milliseconds % 1000) * 1000000L};
    int size = capacity < batch ? capacity : batch;
    int count = kevent(poller.queue, 0, 0, found, size, milliseconds < 0 ? 0 : &limit);
    int kept = 0;
    for (int index = 0; index < count; index++) {
        if (found[index].filter == EVFILT_USER) continue;
        uint32_t readiness = found[index].filter == EVFILT_READ ? reactor_readable : reactor_writable;
        if (found[index].flags & (EV_EOF | EV_ERROR)) readiness = reactor_readable | reactor_writable;
        events[kept++] = (reactor_event){(int)found[index].ident, readiness};
    }
    return kept;
}

void reactor_wake(reactor_poller poller) {
    struct kevent event;
    EV_SET(&event, 0, EVFILT_USER, 0, NOTE_TRIGGER, 0, 0);
    kevent(poller.queue, &event, 1, 0, 0, 0);
}
#endif
