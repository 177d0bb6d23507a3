// Every limit that a hostile rule, event or file can reach, in one place.
// Past a limit: a diagnostic or a counter, never a crash, never silence.

#ifndef HYPERSIGMA_LIB_BASE_LIMITS_H_
#define HYPERSIGMA_LIB_BASE_LIMITS_H_

#include <cstddef>
#include <cstdint>

namespace hypersigma::internal {

// Rule text.
inline constexpr std::size_t kMaxYamlBytes = std::size_t{16} << 20;
inline constexpr std::size_t kMaxYamlNodes = 1'000'000;  // after aliases
inline constexpr int kMaxYamlDepth = 64;
inline constexpr std::size_t kMaxTitleCodePoints = 256;
inline constexpr std::size_t kMaxConditionBytes = std::size_t{64} << 10;
inline constexpr int kMaxConditionDepth = 64;
// Names that the quantifiers of one condition may look at.
inline constexpr std::size_t kMaxConditionNames = 1'000'000;
// Diagnostics of one document; further ones are counted.
inline constexpr std::size_t kMaxDiagnostics = 100;
// Rules, filters and correlations of one rule set; RuleSetOptions::max_rules.
inline constexpr std::size_t kMaxRules = 1'000'000;
// Parts of filters, counted once for each rule that they are copied into.
inline constexpr std::size_t kMaxFilterNodes = 2'000'000;
// Correlations above each other.
inline constexpr int kMaxCorrelationDepth = 64;
// Taxonomies: layouts, places of a field in one, entries of the log source map.
inline constexpr std::size_t kMaxLayouts = 32;
inline constexpr std::size_t kMaxLayoutPlaces = 32;
inline constexpr std::size_t kMaxLogSourceEntries = 10'000;
// Routes that a scanner keeps; bytes of an attribute by which an event states
// its log source.
inline constexpr std::size_t kMaxRoutes = 1024;
inline constexpr std::size_t kMaxLogSourceBytes = 256;
// Computers whose matches are counted apart in a ScanSummary.
inline constexpr std::size_t kMaxCountedComputers = 10'000;
// Variants of one value under expand, windash and encodings, and of all values
// of one rule, by number and by the bytes that they take.
inline constexpr std::size_t kMaxExpansions = 10'000;
inline constexpr std::size_t kMaxRulePatterns = 200'000;
inline constexpr std::size_t kMaxRulePatternBytes = std::size_t{64} << 20;
// A value with more variants under windash, or more bytes in all of them, gets
// one pattern that is confirmed instead.
inline constexpr std::size_t kMaxWindashVariants = 125;
inline constexpr std::size_t kMaxWindashBytes = std::size_t{1} << 20;
// Tests of one rule's program.
inline constexpr std::size_t kMaxProgramTests = 200'000;

// Patterns of one field's database, and of the keywords': some 100 us and 3 KB
// each to compile. EngineOptions::max_field_patterns.
inline constexpr std::size_t kMaxFieldPatterns = 1'000'000;

// Patterns; longer operands use an inner piece as trigger. libhs refuses
// literals over 16,000 bytes, and Hyperscan 5.4.0 answers HS_UNKNOWN_ERROR at
// the scan of some from 512 bytes on.
inline constexpr std::size_t kMaxLiteralBytes = 500;
// Hyperscan 5.4.0 fails to scan sets in which a literal ends in a run of more
// than 33 equal bytes.
inline constexpr std::size_t kMaxLiteralTailRun = 32;
inline constexpr std::size_t kMaxRegexBytes = std::size_t{64} << 10;

// Regular expressions on one value: steps of the whole search, and more of them
// for longer values; steps from one place of the text; nesting, memory, JIT
// stack.
inline constexpr std::size_t kRegexSteps = 1'000'000;
inline constexpr std::size_t kRegexStepsPerByte = 4;
inline constexpr std::uint32_t kRegexMatchLimit = 10'000'000;
inline constexpr std::uint32_t kRegexDepthLimit = 10'000;
inline constexpr std::uint32_t kRegexHeapLimitKib = 4'096;
inline constexpr std::size_t kRegexJitStackBytes = std::size_t{8} << 20;

// Places in one text that a replacement looks at: matches times groups.
inline constexpr std::size_t kMaxRegexSpans = 1'000'000;

// Pipelines: items of one file, those within others counted too; what one rule
// and all rules may grow by, counted as for filters; steps of all regular
// expressions on one rule.
inline constexpr std::size_t kMaxPipelineItems = 10'000;
inline constexpr std::size_t kMaxPipelineRuleNodes = 200'000;
inline constexpr std::size_t kMaxPipelineNodes = 4'000'000;
inline constexpr std::size_t kMaxPipelineRuleSteps = 50'000'000;

// A value and a pattern with wildcards: bytes and parts that are compared.
inline constexpr std::size_t kMaxGlobSteps = std::size_t{16} << 20;
// Two fields of an event that are compared: bytes of all pairs of their values.
inline constexpr std::size_t kMaxFieldRefBytes = std::size_t{16} << 20;

// Explanations: values of one field that are listed whether they hit or not;
// the name of a value's member; bytes that are compared for one event, and what
// is added for each comparison; tests that are looked at for the smallest
// change of a program.
inline constexpr std::size_t kMaxSeenValues = 100;
inline constexpr std::size_t kMaxMemberBytes = 1'024;
inline constexpr std::size_t kMaxExplainBytes = std::size_t{1} << 30;
inline constexpr std::size_t kExplainBytesPerValue = 32;
inline constexpr std::size_t kMaxFlipSteps = 1'000'000;

// Events. FileScanOptions::max_line_bytes bounds their lines.
inline constexpr int kMaxJsonDepth = 64;
// Profiles: bytes of one, its predicates, and bytes of an operand or a field's
// name; predicates past the last one are not counted.
inline constexpr std::size_t kMaxProfileBytes = std::size_t{128} << 20;
inline constexpr std::size_t kMaxProfilePredicates = 1'000'000;
inline constexpr std::size_t kMaxProfileNameBytes = 1'024;
// Arrow batches: rows, so that their numbers and positions fit 32 bits, and
// columns.
inline constexpr std::size_t kMaxBatchRows = 2'147'483'647;
inline constexpr std::size_t kMaxBatchColumns = 65'536;
// Memory of one zstd stream: the logarithm of its window.
inline constexpr int kMaxZstdWindowLog = 27;

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_BASE_LIMITS_H_
