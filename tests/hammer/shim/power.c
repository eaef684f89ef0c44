/* Preloaded into a program that writes under the folder POWER_LIVE.
 *
 * A power cut: after each sync, the file is copied to the same place under POWER_SHADOW. When the
 * program is killed, the shadow is what a disk would hold that keeps nothing but what was synced.
 *
 * An ailing disk: while the file POWER_SWITCH says "SERIAL CALLS ERRNO FIRST LAST", such as
 * "7 write,fsync 28 3 3", the calls FIRST to LAST of those named fail with ERRNO, counted anew for
 * each SERIAL; with ERRNO 0 the program is killed there. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static pthread_mutex_t counting = PTHREAD_MUTEX_INITIALIZER;

/* What follows the folder in an absolute path, or nothing. */
static const char *below(const char *path) {
    const char *live = getenv("POWER_LIVE");
    size_t length = live ? strlen(live) : 0;
    return length && path && !strncmp(path, live, length) && path[length] == '/' ? path + length : NULL;
}

static const char *path_of(int fd, char path[4096]) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, 4095);
    if (length < 0) return NULL;
    path[length] = 0;
    return below(path);
}

static int is_named(const char *calls, const char *call) {
    size_t length = strlen(call);
    for (const char *at = calls; (at = strstr(at, call)); at += length)
        if ((at == calls || at[-1] == ',') && (at[length] == 0 || at[length] == ',')) return 1;
    return 0;
}

/* Whether this call is to fail; errno is set then. */
static int fails(const char *call, const char *file) {
    static long serial = -1, count;
    const char *at = getenv("POWER_SWITCH");
    char text[256], calls[128];
    long now, number, first, last;
    if (!file || !at) return 0;
    int kept = errno, fd = (int)syscall(SYS_openat, AT_FDCWD, at, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        errno = kept;
        return 0;
    }
    ssize_t length = syscall(SYS_read, fd, text, sizeof text - 1);
    syscall(SYS_close, fd);
    errno = kept;
    text[length < 0 ? 0 : length] = 0;
    if (sscanf(text, "%ld %127s %ld %ld %ld", &now, calls, &number, &first, &last) != 5) return 0;
    if (!is_named(calls, call)) return 0;
    pthread_mutex_lock(&counting);
    if (serial != now) serial = now, count = 0;
    count++;
    int hit = count >= first && count <= last;
    pthread_mutex_unlock(&counting);
    if (hit && number == 0) raise(SIGKILL);
    if (hit) errno = (int)number;
    return hit;
}

static int shadow_path(const char *file, char path[4096]) {
    const char *folder = getenv("POWER_SHADOW");
    return folder && file && snprintf(path, 4096, "%s%s", folder, file) < 4096;
}

/* Byte by byte over what is there, as a disk does it: a cut in the middle leaves both. */
static void keep(int from, const char *file) {
    char path[4096], buffer[65536];
    struct stat status;
    if (!shadow_path(file, path) || fstat(from, &status) || !S_ISREG(status.st_mode)) return;
    int to = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (to < 0) return;
    flock(to, LOCK_EX);
    off_t at = 0;
    for (ssize_t got; (got = syscall(SYS_pread64, from, buffer, sizeof buffer, at)) > 0; at += got)
        if (syscall(SYS_pwrite64, to, buffer, (size_t)got, at) != got) abort();
    if (syscall(SYS_ftruncate, to, at)) abort();
    syscall(SYS_close, to);
}

#define SYNC(name) \
    int name(int fd) { \
        char path[4096]; \
        const char *file = path_of(fd, path); \
        REAL(name); \
        if (fails(#name, file)) return -1; \
        int result = real(fd); \
        if (!result) keep(fd, file); \
        return result; \
    }
SYNC(fsync)
SYNC(fdatasync)

#define ON_FD(type, failed, name, call, parameters, arguments) \
    type name parameters { \
        char path[4096]; \
        REAL(name); \
        if (fails(call, path_of(fd, path))) return failed; \
        return real arguments; \
    }
ON_FD(ssize_t, -1, write, "write", (int fd, const void *data, size_t n), (fd, data, n))
ON_FD(ssize_t, -1, pwrite, "write", (int fd, const void *data, size_t n, off_t at), (fd, data, n, at))
ON_FD(ssize_t, -1, pwrite64, "write", (int fd, const void *data, size_t n, off64_t at), (fd, data, n, at))
ON_FD(int, -1, ftruncate, "ftruncate", (int fd, off_t n), (fd, n))
ON_FD(int, -1, ftruncate64, "ftruncate", (int fd, off64_t n), (fd, n))
ON_FD(void *, MAP_FAILED, mmap, "mmap", (void *to, size_t n, int prot, int flags, int fd, off_t at),
      (to, n, prot, flags, fd, at))
ON_FD(void *, MAP_FAILED, mmap64, "mmap", (void *to, size_t n, int prot, int flags, int fd, off64_t at),
      (to, n, prot, flags, fd, at))

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        va_list more; \
        va_start(more, flags); \
        mode_t mode = va_arg(more, mode_t); \
        va_end(more); \
        REAL(name); \
        if (fails("open", below(path))) return -1; \
        return real(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)

int unlink(const char *path) {
    char shadow[4096];
    REAL(unlink);
    if (fails("unlink", below(path))) return -1;
    int result = real(path);
    /* Else a journal that is no more would be replayed. */
    if (!result && shadow_path(below(path), shadow)) syscall(SYS_unlinkat, AT_FDCWD, shadow, 0);
    return result;
}

int rename(const char *from, const char *to) {
    char old[4096], new[4096];
    REAL(rename);
    if (fails("rename", below(to))) return -1;
    int result = real(from, to);
    if (!result && shadow_path(below(from), old) && shadow_path(below(to), new))
        syscall(SYS_renameat2, AT_FDCWD, old, AT_FDCWD, new, 0);
    return result;
}
