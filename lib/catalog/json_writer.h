// JSON objects of the catalogue, written from front to back.
//
// Strings come out such that no reader obeys them: controls are escaped, and
// so is what HTML would take for markup.

#ifndef HYPERSIGMA_LIB_CATALOG_JSON_WRITER_H_
#define HYPERSIGMA_LIB_CATALOG_JSON_WRITER_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace hypersigma::internal {

// Writes commas by itself. REQUIRES: every Open has its Close, and members of
// objects are a Key and a value. Not thread safe.
class JsonWriter {
 public:
  // Borrows `out` and appends to it.
  explicit JsonWriter(std::string* out) : out_(out) {}

  void OpenObject() { Open('{'); }
  void CloseObject() { Close('}'); }
  void OpenArray() { Open('['); }
  void CloseArray() { Close(']'); }
  void Key(std::string_view name);
  void String(std::string_view text);
  void Number(std::uint64_t number);
  void Bool(bool value) { Bare(value ? "true" : "false"); }
  void Null() { Bare("null"); }

  // A key and its value.
  void Member(std::string_view name, std::string_view text);
  void Member(std::string_view name, std::uint64_t number);
  void MemberBool(std::string_view name, bool value);
  void MemberNull(std::string_view name);
  // Null where `text` has no data().
  void MemberOrNull(std::string_view name, std::string_view text);
  template <typename Texts>
  void MemberStrings(std::string_view name, const Texts& texts) {
    Key(name);
    OpenArray();
    for (const auto& text : texts) String(text);
    CloseArray();
  }

 private:
  void Open(char bracket);
  void Close(char bracket);
  void Bare(std::string_view text);
  void Separate();

  std::string* out_;
  bool needs_comma_ = false;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CATALOG_JSON_WRITER_H_
