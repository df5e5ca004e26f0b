/*
 * A library to preload (LD_PRELOAD): the date is SERCOM_CLOCK seconds later than it is.
 *
 * Only the date is moved. The clocks that measure how long something takes stay as they are, and a
 * wait until a date is a wait until the true one. libfaketime does more, and Chromium does not
 * survive it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* The monotonic clock counts from the machine's start: no such moment is this late. */
#define IS_DATE(moment) ((moment)->tv_sec > 1000000000L)

static long seconds;

__attribute__((constructor)) static void read_distance(void) {
    const char *text = getenv("SERCOM_CLOCK");
    seconds = text ? atol(text) : 0;
}

static int is_moved(clockid_t clock) {
    return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_TAI;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    static int (*original)(clockid_t, struct timespec *);
    if (!original && !(original = dlsym(RTLD_NEXT, "clock_gettime")))
        return syscall(SYS_clock_gettime, clock, now);
    int status = original(clock, now);
    if (!status && is_moved(clock))
        now->tv_sec += seconds;
    return status;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    (void)zone;
    struct timespec moment;
    int status = clock_gettime(CLOCK_REALTIME, &moment);
    if (!status) {
        now->tv_sec = moment.tv_sec;
        now->tv_usec = moment.tv_nsec / 1000;
    }
    return status;
}

time_t time(time_t *answer) {
    struct timespec moment;
    clock_gettime(CLOCK_REALTIME, &moment);
    if (answer)
        *answer = moment.tv_sec;
    return moment.tv_sec;
}

int timespec_get(struct timespec *now, int base) {
    return base == TIME_UTC && !clock_gettime(CLOCK_REALTIME, now) ? base : 0;
}

static const struct timespec *true_moment(const struct timespec *moment, struct timespec *buffer) {
    if (!moment || !IS_DATE(moment))
        return moment;
    *buffer = *moment;
    buffer->tv_sec -= seconds;
    return buffer;
}

#define ORIGINAL(name, ...) \
    static int (*original)(__VA_ARGS__); \
    if (!original) \
        original = dlsym(RTLD_NEXT, name); \
    struct timespec buffer

int sem_timedwait(sem_t *restrict sem, const struct timespec *restrict until) {
    ORIGINAL("sem_timedwait", sem_t *, const struct timespec *);
    return original(sem, true_moment(until, &buffer));
}

int pthread_mutex_timedlock(pthread_mutex_t *restrict mutex, const struct timespec *restrict until) {
    ORIGINAL("pthread_mutex_timedlock", pthread_mutex_t *, const struct timespec *);
    return original(mutex, true_moment(until, &buffer));
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *wait, struct timespec *rest) {
    ORIGINAL("clock_nanosleep", clockid_t, int, const struct timespec *, struct timespec *);
    int until = is_moved(clock) && (flags & TIMER_ABSTIME);
    return original(clock, flags, until ? true_moment(wait, &buffer) : wait, rest);
}

int pthread_cond_timedwait(
    pthread_cond_t *restrict cond, pthread_mutex_t *restrict mutex, const struct timespec *restrict until
) {
    static int (*original)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
    struct timespec buffer;
    /* Two versions of it live in glibc: the first found would be the one of 1997. */
    if (!original && !(original = dlvsym(RTLD_NEXT, "pthread_cond_timedwait", "GLIBC_2.3.2")))
        original = dlsym(RTLD_NEXT, "pthread_cond_timedwait");
    return original(cond, mutex, true_moment(until, &buffer));
}
