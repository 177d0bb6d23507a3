#include "lib/input/record_reader.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <initializer_list>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

absl::StatusOr<RecordReader> Open(std::string_view content,
                                  const RecordReaderOptions& options,
                                  std::string_view name = "plain") {
  const std::string path =
      ::testing::TempDir() + "record_reader_test_" + std::string(name);
  std::ofstream(path, std::ios::binary) << content;
  absl::StatusOr<RecordReader> reader = RecordReader::Open(path, options);
  std::remove(path.c_str());
  return reader;
}

// Returns "index:line:byte text" for each record of a file with this content,
// "!" for a problem.
std::vector<std::string> Records(std::string_view content,
                                 const RecordReaderOptions& options = {},
                                 std::string_view name = "plain") {
  absl::StatusOr<RecordReader> reader = Open(content, options, name);
  EXPECT_TRUE(reader.ok()) << reader.status();
  std::vector<std::string> shown;
  std::uint64_t bytes = 0;
  RecordBlock block;
  while (true) {
    const absl::StatusOr<bool> more = reader->Next(block);
    if (!more.ok()) shown.push_back(std::string(more.status().message()));
    if (!more.ok() || !*more) break;
    bytes += block.byte_count;
    std::uint64_t index = block.first_index;
    for (const Record& record : block.records) {
      const bool is_whole = record.problem == RecordProblem::kNone;
      shown.push_back(std::to_string(index++) + ":" +
                      std::to_string(record.line) + ":" +
                      std::to_string(record.byte) + " " +
                      (is_whole ? std::string(record.text) : "!"));
    }
  }
  if (!name.ends_with(".gz")) {
    EXPECT_EQ(bytes, content.size());
  }
  return shown;
}

TEST(RecordReader, TakesALineForAnEvent) {
  EXPECT_THAT(Records("{\"a\":1}\n\n {\"a\":\n{}{}\nx\n"),
              ElementsAre("0:1:1 {\"a\":1}", "1:3:1  {\"a\":", "2:4:1 {}{}",
                          "3:5:1 x"));
  EXPECT_THAT(Records("{\"a\":\n{}\n"),
              ElementsAre("0:1:1 {\"a\":", "1:2:1 {}"));
  EXPECT_THAT(Records("x\n{\n}\n"),
              ElementsAre("0:1:1 x", "1:2:1 {", "2:3:1 }"));
  EXPECT_THAT(Records("{\"a\":"), ElementsAre("0:1:1 {\"a\":"));
  EXPECT_THAT(Records("\n \n"), IsEmpty());
  EXPECT_THAT(Records(""), IsEmpty());
}

TEST(RecordReader, CountsTheEventsOfALine) {
  EXPECT_THAT(Records("[{},{\"a\":1}]\n{}\n[]\n [5,{}]\r\n"),
              ElementsAre("0:1:2 {}", "1:1:5 {\"a\":1}", "2:2:1 {}", "3:4:3 !",
                          "4:4:5 {}"));
}

TEST(RecordReader, FollowsThePathInLines) {
  EXPECT_THAT(Records("{\"e\":{\"a\":1}}\n{\"e\":[{},{}]}\n{}\n{\"e\":{\"b\"\n",
                      {.slicing = {.event_path = "e"}}),
              ElementsAre("0:1:6 {\"a\":1}", "1:2:7 {}", "2:2:10 {}", "3:3:1 !",
                          "4:4:6 {\"b\"", "5:4:1 !"));
}

TEST(RecordReader, ReadsPrettyPrintedJson) {
  EXPECT_THAT(Records("\n{\n  \"a\": 1\n}\n{\n  \"b\": 2\n}\n"),
              ElementsAre("0:2:1 {\n  \"a\": 1\n}", "1:5:1 {\n  \"b\": 2\n}"));
  EXPECT_THAT(Records("[\n  {\n    \"a\": 1\n  },\n  {}\n]\n"),
              ElementsAre("0:2:3 {\n    \"a\": 1\n  }", "1:5:3 {}"));
  EXPECT_THAT(Records("\xEF\xBB\xBF[{\"a\":1},\n{\"b\":2}]"),
              ElementsAre("0:1:2 {\"a\":1}", "1:2:1 {\"b\":2}"));
  EXPECT_THAT(Records("{\"Records\": [\n  {\"a\":1},\n  {\"b\":2}\n]}\n",
                      {.slicing = {.event_path = "Records"}}),
              ElementsAre("0:2:3 {\"a\":1}", "1:3:3 {\"b\":2}"));
}

TEST(RecordReader, CanBeTold) {
  EXPECT_THAT(Records("{}{}\n[\n{}]", {.format = RecordFormat::kJson}),
              ElementsAre("0:1:1 {}", "1:1:3 {}", "2:3:1 {}"));
  EXPECT_THAT(Records("{\n}\n", {.format = RecordFormat::kLines}),
              ElementsAre("0:1:1 {", "1:2:1 }"));
}

TEST(RecordReader, DecidesAlikeForAnyBlockSize) {
  for (const std::string content :
       {"\xEF\xBB\xBF\n {\"a\":1}\n{}", "{\n\"a\":1}\n{}", "[{},\n{}]",
        "\xEF\xBB\xBF[\n{}]", "{\"a\"\n\n{}", "[{}]\n[{},{}]\nx"}) {
    const std::vector<std::string> whole = Records(content);
    for (const std::size_t block_bytes : {16u, 17u, 64u}) {
      EXPECT_EQ(Records(content, {.block_bytes = block_bytes}), whole)
          << content;
    }
  }
}

// A line without end, as some programs export.
TEST(RecordReader, StreamsAnArrayOnOneLine) {
  std::string content = "[";
  for (int i = 0; i < 200'000; ++i) {
    content += "{\"a\":" + std::to_string(i) + "," + "\"b\":\"" +
               std::string(80, 'x') + "\"},";
  }
  content.back() = ']';
  absl::StatusOr<RecordReader> reader =
      Open(content, {.slicing = {.max_event_bytes = 200}});
  ASSERT_TRUE(reader.ok());
  RecordBlock block;
  std::uint64_t count = 0;
  std::size_t largest = 0;
  while (*reader->Next(block)) {
    EXPECT_EQ(block.first_index, count);
    count += block.records.size();
    for (const Record& record : block.records) {
      ASSERT_EQ(record.problem, RecordProblem::kNone);
    }
    largest = std::max(largest, block.buffer.size());
  }
  EXPECT_EQ(count, 200'000u);
  EXPECT_LT(largest, 2'000'000u);
}

TEST(RecordReader, DoesNotBufferAnEventThatIsTooLong) {
  const std::string content =
      "[\n{\"a\":\"" + std::string(20'000'000, 'x') + "\"},\n{\"b\":1}\n]";
  absl::StatusOr<RecordReader> reader =
      Open(content, {.slicing = {.max_event_bytes = 1000}});
  ASSERT_TRUE(reader.ok());
  RecordBlock block;
  std::vector<RecordProblem> problems;
  while (*reader->Next(block)) {
    EXPECT_LT(block.buffer.size(), 1'000'000u);
    for (const Record& record : block.records) {
      problems.push_back(record.problem);
    }
  }
  EXPECT_THAT(problems,
              ElementsAre(RecordProblem::kEventTooLong, RecordProblem::kNone));
}

TEST(RecordReader, GivesItsErrorAfterTheRecords) {
  EXPECT_THAT(Records("plain\n", {}, "x.gz"),
              ElementsAre("damaged gzip data: incorrect header check"));
  EXPECT_THAT(Records("plain\n", {.format = RecordFormat::kJson}, "x.gz"),
              ElementsAre("damaged gzip data: incorrect header check"));
}

// ------------------------------------------------------------------- property

class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  std::size_t Below(std::size_t limit) { return engine_() % limit; }
  std::string Pick(std::initializer_list<const char*> of) {
    return of.begin()[Below(of.size())];
  }

 private:
  std::mt19937 engine_;
};

// A newline and blanks for pretty-printed text.
std::string Break(bool pretty, std::size_t indent) {
  return pretty ? "\n" + std::string(2 * indent, ' ') : "";
}

std::string Value(Random& random, bool pretty, std::size_t indent) {
  const std::size_t kind = random.Below(indent > 4 ? 4 : 6);
  if (kind < 4) {
    return random.Pick({"1", "true", "null", R"("x")", R"("}{")", R"("\"[")",
                        R"("\\")", R"("],")"});
  }
  std::string text(1, kind == 4 ? '{' : '[');
  const std::size_t count = random.Below(4);
  for (std::size_t i = 0; i < count; ++i) {
    text += Break(pretty, indent + 1);
    if (kind == 4) text += "\"k" + std::to_string(i) + "\": ";
    text += Value(random, pretty, indent + 1);
    if (i + 1 < count) text += ',';
  }
  if (count > 0) text += Break(pretty, indent);
  return text + (kind == 4 ? '}' : ']');
}

std::string Event(Random& random, bool pretty, std::size_t indent, int number) {
  return "{" + Break(pretty, indent + 1) + "\"n\": " + std::to_string(number) +
         "," + Break(pretty, indent + 1) +
         "\"v\": " + Value(random, pretty, indent + 1) + Break(pretty, indent) +
         "}";
}

// Objects in lines of their own, or an array of such.
struct File {
  std::string text;
  std::vector<std::string> events;
  std::vector<std::size_t> begins;
};

File MakeFile(Random& random) {
  File file;
  const bool pretty = random.Below(3) > 0;
  const bool array = random.Below(2) == 0;
  const std::size_t indent = array && pretty ? 1 : 0;
  if (array) file.text = "[\n";
  const std::size_t count = 2 + random.Below(5);
  for (std::size_t i = 0; i < count; ++i) {
    file.text += std::string(2 * indent, ' ');
    file.begins.push_back(file.text.size());
    file.events.push_back(Event(random, pretty, indent, static_cast<int>(i)));
    file.text += file.events.back();
    file.text += array && i + 1 < count ? ",\n" : "\n";
  }
  if (array) file.text += "]\n";
  return file;
}

std::vector<std::string> Texts(std::string_view content,
                               const RecordReaderOptions& options) {
  absl::StatusOr<RecordReader> reader = Open(content, options);
  std::vector<std::string> texts;
  RecordBlock block;
  while (reader.ok() && *reader->Next(block)) {
    for (const Record& record : block.records) {
      texts.emplace_back(record.text);
    }
  }
  return texts;
}

TEST(RecordReaderProperty, FindsEveryEvent) {
  Random random(20261124);
  for (int i = 0; i < 3000; ++i) {
    const File file = MakeFile(random);
    const std::size_t block_bytes = std::size_t{16} << random.Below(10);
    ASSERT_EQ(Texts(file.text, {.format = RecordFormat::kJson,
                                .block_bytes = block_bytes}),
              file.events)
        << file.text;
  }
}

// One event is damaged; those on other lines are all found. It is not the
// first: how far in events are is learned from those before.
TEST(RecordReaderProperty, LosesNoEventToTheDamageOfAnother) {
  Random random(20261125);
  int damaged = 0;
  for (int i = 0; i < 20'000; ++i) {
    const File file = MakeFile(random);
    const std::size_t victim = 1 + random.Below(file.events.size() - 1);
    std::string text = file.text;
    std::size_t end = file.begins[victim] + file.events[victim].size();
    for (std::size_t left = 1 + random.Below(4); left > 0; --left) {
      const std::size_t at =
          file.begins[victim] + random.Below(end - file.begins[victim]);
      if (text[at] == '\n') continue;
      switch (random.Below(3)) {
        case 0:
          text[at] = random.Pick(
              {"{", "}", "[", "]", ",", ":", "\"", "\\", "x", "\xFF"})[0];
          break;
        case 1:
          text.insert(at, random.Pick({"{", "}", "[", "]", ",", ":", "\"", "\\",
                                       "{\"a\":", "[{", "}]"}));
          end += 1;
          break;
        default: {
          // The rest of a line.
          const std::size_t newline = std::min(text.find('\n', at), end);
          text.erase(at, newline - at);
          end -= newline - at;
        }
      }
      if (end <= file.begins[victim] + 1) break;
    }
    std::vector<std::string> wanted = file.events;
    wanted.erase(wanted.begin() + static_cast<std::ptrdiff_t>(victim));
    const std::vector<std::string> found =
        Texts(text, {.format = RecordFormat::kJson,
                     .block_bytes = std::size_t{16} << random.Below(10)});
    damaged += found != file.events;
    auto at = found.begin();
    for (const std::string& event : wanted) {
      at = std::find(at, found.end(), event);
      ASSERT_NE(at, found.end()) << event << "\nis lost in\n" << text;
      ++at;
    }
  }
  EXPECT_GT(damaged, 10'000);
}

}  // namespace
}  // namespace hypersigma::internal
