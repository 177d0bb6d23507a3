#include "hypersigma/diagnostic.h"

#include <gtest/gtest.h>

namespace hypersigma {
namespace {

Diagnostic UnknownModifier() {
  Diagnostic diagnostic;
  diagnostic.file = "rules/a.yml";
  diagnostic.line = 7;
  diagnostic.column = 9;
  diagnostic.message = "unknown modifier 'contain'";
  return diagnostic;
}

TEST(SeverityName, NamesWhatAPersonReads) {
  EXPECT_EQ(SeverityName(Severity::kNote), "note");
  EXPECT_EQ(SeverityName(Severity::kWarning), "warning");
  EXPECT_EQ(SeverityName(Severity::kStrictWarning), "warning");
  EXPECT_EQ(SeverityName(Severity::kError), "error");
}

TEST(FormatDiagnostic, GivesPlaceSeverityAndMessage) {
  EXPECT_EQ(Format(UnknownModifier()),
            "rules/a.yml:7:9: error: unknown modifier 'contain'\n");
}

TEST(FormatDiagnostic, LeavesOutAPlaceThatIsNotThere) {
  Diagnostic diagnostic = UnknownModifier();
  diagnostic.line = 0;
  EXPECT_EQ(Format(diagnostic),
            "rules/a.yml: error: unknown modifier 'contain'\n");
  diagnostic.file.clear();
  EXPECT_EQ(Format(diagnostic), "error: unknown modifier 'contain'\n");
}

TEST(FormatDiagnostic, ShowsTheCaretLines) {
  Diagnostic diagnostic = UnknownModifier();
  diagnostic.caret = "Image|contain: x\n      ^~~~~~~";
  EXPECT_EQ(Format(diagnostic),
            "rules/a.yml:7:9: error: unknown modifier 'contain'\n"
            "Image|contain: x\n"
            "      ^~~~~~~\n");
}

TEST(FormatDiagnostic, AddsFoundAndExpectedThatTheMessageLacks) {
  Diagnostic diagnostic = UnknownModifier();
  diagnostic.found = "contain";
  diagnostic.expected = "contains";
  EXPECT_EQ(Format(diagnostic),
            "rules/a.yml:7:9: error: unknown modifier 'contain'; "
            "expected contains\n");
  diagnostic.message = "unknown modifier";
  EXPECT_EQ(Format(diagnostic),
            "rules/a.yml:7:9: error: unknown modifier; found contain, "
            "expected contains\n");
  diagnostic.expected.clear();
  EXPECT_EQ(Format(diagnostic),
            "rules/a.yml:7:9: error: unknown modifier; found contain\n");
}

TEST(FormatDiagnostic, EscapesTextFromRules) {
  Diagnostic diagnostic = UnknownModifier();
  diagnostic.file = "a\nb.yml";
  diagnostic.message = "bad \x1b[31m\u202e";
  diagnostic.found = "\xff";
  EXPECT_EQ(Format(diagnostic),
            "a\\nb.yml:7:9: error: bad \\x1b[31m\\u202e; found \\xff\n");
}

}  // namespace
}  // namespace hypersigma
