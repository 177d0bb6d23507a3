#include "lib/pipeline/built_in.h"

#include <array>

namespace hypersigma::internal {

// Made of the files by cmake/EmbedFile.cmake.
std::string_view EcsWindowsPipelineYaml();
std::string_view SysmonPipelineYaml();
std::string_view WindowsAuditPipelineYaml();

std::span<const std::string_view> BuiltInPipelineNames() {
  static constexpr std::array<std::string_view, 3> kNames{
      "ecs-windows", "sysmon", "windows-audit"};
  return kNames;
}

std::optional<std::string_view> BuiltInPipelineYaml(std::string_view name) {
  if (name == "ecs-windows") return EcsWindowsPipelineYaml();
  if (name == "sysmon") return SysmonPipelineYaml();
  if (name == "windows-audit") return WindowsAuditPipelineYaml();
  return std::nullopt;
}

}  // namespace hypersigma::internal
