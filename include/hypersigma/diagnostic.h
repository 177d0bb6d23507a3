// Problems found in rule text, as values: what, where, and what was expected.
//
// A RuleSet gathers every diagnostic of every document; none is dropped and
// none stops the other documents. Printing is left to the caller: Format()
// gives the text with a caret, the members give the parts.

#ifndef HYPERSIGMA_DIAGNOSTIC_H_
#define HYPERSIGMA_DIAGNOSTIC_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "hypersigma/export.h"

namespace hypersigma {

enum class Severity : std::uint8_t {
  // A remark that never changes matching, e.g. an unusual date.
  kNote,
  // The rule works, under a meaning that the message states.
  kWarning,
  // Strict loading refuses this; lenient loading gives it the meaning that the
  // message states. Source: design document "semantics", "Refuse, strict".
  kStrictWarning,
  // The document is refused, or part of its meaning is missing.
  kError,
};

// Returns "note", "warning" (also for kStrictWarning) or "error".
HYPERSIGMA_EXPORT std::string_view SeverityName(Severity severity);

// One problem at one place. Plain data; owns its text.
struct Diagnostic {
  Severity severity = Severity::kError;
  // Path as given to the loader, or the label of an in-memory text.
  std::string file;
  // Both from 1; the column counts code points. 0 when the problem has no
  // place (an unreadable file).
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  // Lower case, no final period: what is wrong.
  std::string message;
  // What stands there and what would be right; either may be empty.
  std::string found;
  std::string expected;
  // The source line, control characters replaced, at most 160 code points,
  // and under it a line with a caret. Empty when there is no place.
  std::string caret;
};

// Returns `file:line:column: severity: message` and, where present, the caret
// lines, each ending with a newline. Text from rules is shown escaped.
HYPERSIGMA_EXPORT std::string Format(const Diagnostic& diagnostic);

}  // namespace hypersigma

#endif  // HYPERSIGMA_DIAGNOSTIC_H_
