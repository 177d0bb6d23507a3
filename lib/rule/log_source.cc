#include "lib/rule/log_source.h"

#include <string>

#include "lib/base/text.h"

namespace hypersigma::internal {

LogSource FoldLogSource(const LogSource& source) {
  return {FoldedAscii(source.product), FoldedAscii(source.category),
          FoldedAscii(source.service)};
}

bool Admits(const LogSource& member, const LogSource& rule) {
  const auto admits = [](const std::string& has, const std::string& wanted) {
    return wanted.empty() || wanted == has;
  };
  return admits(member.product, rule.product) &&
         admits(member.category, rule.category) &&
         admits(member.service, rule.service);
}

bool Agrees(const LogSource& stated, const LogSource& rule) {
  const auto agrees = [](const std::string& a, const std::string& b) {
    return a.empty() || b.empty() || a == b;
  };
  return agrees(stated.product, rule.product) &&
         agrees(stated.category, rule.category) &&
         agrees(stated.service, rule.service);
}

}  // namespace hypersigma::internal
