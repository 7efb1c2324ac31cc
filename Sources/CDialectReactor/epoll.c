#if defined(__linux__)
#include "CDialectReactor.h"
#include <errno.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { batch = 64 };

int reactor_open(reactor_poller *poller) {
    poller->queue = epoll_create1(EPOLL_CLOEXEC);
    if (poller->queue < 0) return errno;
    poller->waker = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = poller->waker};
    if (poller->waker < 0 || epoll_ctl(poller->queue, EPOLL_CTL_ADD, poller->waker, &event) < 0) {
        int code = errno;
        if (poller->waker >= 0) close(poller->waker);
        close(poller->queue);
        return code;
    }
    return 0;
}

void reactor_close(reactor_poller poller) {
    close(poller.waker);
    close(poller.queue);
}

int reactor_watch(reactor_poller poller, int descriptor, uint32_t old, uint32_t new) {
    if (old == new) return 0;
    struct epoll_event event = {.events = 0, .data.fd = descriptor};
    if (new & reactor_readable) event.events |= EPOLLIN | EPOLLRDHUP;
    if (new & reactor_writable) event.events |= EPOLLOUT;
    // A descriptor that is watched for nothing is taken out: its errors and hang-ups would be reported all the same.
    int operation = old == 0 ? EPOLL_CTL_ADD : new == 0 ? EPOLL_CTL_DEL : EPOLL_CTL_MOD;
    return epoll_ctl(poller.queue, operation, descriptor, &event) < 0 ? errno : 0;
}

void reactor_forget(reactor_poller poller, int descriptor) {
    epoll_ctl(poller.queue, EPOLL_CTL_DEL, descriptor, 0);
}

int reactor_wait(reactor_poller poller, reactor_event *events, int capacity, int milliseconds) {
    struct epoll_event found[batch];
    int count = epoll_wait(poller.queue, found, capacity < batch ? capacity : batch, milliseconds);
    int kept = 0;
    for (int index = 0; index < count; index++) {
        if (found[index].data.fd == poller.waker) {
            uint64_t value;
            ssize_t size = read(poller.waker, &value, sizeof value);
            (void)size;
            continue;
        }
        uint32_t readiness = 0;
        if (found[index].events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) readiness |= reactor_readable;
        if (found[index].events & (EPOLLOUT | EPOLLHUP | EPOLLERR)) readiness |= reactor_writable;
        events[kept++] = (reactor_event){found[index].data.fd, readiness};
    }
    return kept;
}

void reactor_wake(reactor_poller poller) {
    uint64_t one = 1;
    ssize_t size = write(poller.waker, &one, sizeof one);
    (void)size;
}
#endif
