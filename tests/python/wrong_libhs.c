// A pattern library that is wrong, to be loaded before the right one with
// LD_PRELOAD. Tests of --verify and of warnings compile it.
//
// LOSE_MATCHES: hs_scan() finds nothing in a text that holds "lose-this", so
// that the test with planted literals passes and an event's matches are lost.
// VECTORSCAN: hs_version() is that of a Vectorscan known to lose matches.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <string.h>

#ifdef LOSE_MATCHES
typedef int (*scan_function)(const void* database, const char* data,
                             unsigned length, unsigned flags, void* scratch,
                             void* callback, void* context);

int hs_scan(const void* database, const char* data, unsigned length,
            unsigned flags, void* scratch, void* callback, void* context) {
  static scan_function right_one;
  if (memmem(data, length, "lose-this", 9) != NULL) return 0;
  if (right_one == NULL) {
    // The module brought it, so it is in no scope that RTLD_NEXT searches.
    void* library = dlopen("libhs.so.5", RTLD_NOW);
    right_one = (scan_function)dlsym(library, "hs_scan");
  }
  return right_one(database, data, length, flags, scratch, callback, context);
}
#endif

#ifdef VECTORSCAN
const char* hs_version(void) { return "5.4.9 "; }
#endif
