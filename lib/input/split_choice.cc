#include "lib/input/split_choice.h"

namespace hypersigma::internal {

bool SplitChoice::Admit(const Path& path, std::vector<FieldValue>& values) {
  for (std::size_t i = 0; i < objects_.size(); ++i) {
    const Object& object = objects_[i];
    const bool literal = i + 1 == objects_.size();
    const std::uint32_t rank =
        literal ? 0 : (*paths_)[object.member].name_bytes + 1;
    Choice& choice = choices_[path.first_split + i];
    if (choice.object != object.serial) {
      choice = {object.serial, rank, values.size()};
    } else if (rank > choice.rank) {
      return false;
    } else if (rank < choice.rank) {
      displaced_ = true;
      for (std::size_t v = choice.first_value; v < values.size(); ++v) {
        if (values[v].field == path.field) values[v].field = kUnnamedField;
      }
      choice.rank = rank;
      choice.first_value = values.size();
    }
  }
  return true;
}

}  // namespace hypersigma::internal
