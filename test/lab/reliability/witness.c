/* Loaded into every program that starts: notes those whose arguments or environment hold one of the marks. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static char given[1 << 20], marks[1 << 12], name[1 << 9];

static ssize_t load(const char *path, char *into, size_t room) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t all = 0, got;
  while (all < (ssize_t)room - 1 && (got = read(file, into + all, room - 1 - all)) > 0) all += got;
  close(file);
  into[all] = 0;
  return all;
}

static void add(const char *path, const char *text, size_t length) {
  int file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
  if (file < 0) return;
  if (write(file, text, length) < 0) { /* The test counts. */ }
  close(file);
}

static void look(const char *path, const char *what) {
  ssize_t length = load(path, given, sizeof given);
  char *mark, *rest = 0, copy[sizeof marks];
  memcpy(copy, marks, sizeof copy);
  for (mark = strtok_r(copy, "\n", &rest); mark; mark = strtok_r(0, "\n", &rest)) {
    if (!memmem(given, length, mark, strlen(mark))) continue;
    ssize_t known = load("/proc/self/comm", name, sizeof name - 64);
    if (known > 0) known--;
    strcpy(name + known, what);
    add("/run/witness/seen", name, strlen(name));
  }
}

__attribute__((constructor)) static void begin(void) {
  if (load("/run/witness/marks", marks, sizeof marks) <= 0) return;
  look("/proc/self/cmdline", " arguments\n");
  look("/proc/self/environ", " environment\n");
  add("/run/witness/count", ".", 1);
}
