// Two macros that pass a status up. Debian 12's Abseil has none.

#ifndef HYPERSIGMA_LIB_BASE_STATUS_MACROS_H_
#define HYPERSIGMA_LIB_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define HS_CONCAT_INNER(a, b) a##b
#define HS_CONCAT(a, b) HS_CONCAT_INNER(a, b)

#define HS_RETURN_IF_ERROR(expression)     \
  do {                                     \
    absl::Status hs_status = (expression); \
    if (!hs_status.ok()) return hs_status; \
  } while (false)

#define HS_ASSIGN_OR_RETURN(declaration, expression)                        \
  HS_ASSIGN_OR_RETURN_IMPL(HS_CONCAT(hs_status_or_, __LINE__), declaration, \
                           expression)
#define HS_ASSIGN_OR_RETURN_IMPL(status_or, declaration, expression) \
  auto status_or = (expression);                                     \
  if (!status_or.ok()) return std::move(status_or).status();         \
  declaration = *std::move(status_or)

#endif  // HYPERSIGMA_LIB_BASE_STATUS_MACROS_H_
