#include "lib/pipeline/built_in.h"

#include <gtest/gtest.h>

#include "tests/unit/pipeline/changed_rule.h"

namespace hypersigma::internal {
namespace {

// The first rule under built-in pipelines, and its log source.
std::string Under(const std::vector<std::string>& names,
                  std::string_view source, std::string_view selection) {
  std::vector<Pipeline> pipelines;
  for (const std::string& name : names) {
    pipelines.push_back(*Pipeline::BuiltIn(name));
  }
  const RuleSet rules = RuleSet::FromYaml(
      "title: T\nlogsource: {product: windows, " + std::string(source) +
      "}\ndetection: {s: {" + std::string(selection) + "}, condition: s}\n");
  const auto changed = ApplyPipelines(rules, pipelines);
  if (!changed.ok()) return MessageOf(changed.status());
  if (changed->rules().empty()) {
    return changed->report().documents.front().diagnostics.back().message;
  }
  const Rule& rule = changed->rules().front();
  return rule.category + "/" + rule.service + " " +
         Show(changed->detection_rules().front());
}

TEST(BuiltInPipelines, AreThoseThatAreNamed) {
  for (const std::string_view name : BuiltInPipelineNames()) {
    EXPECT_TRUE(BuiltInPipelineYaml(name).has_value()) << name;
  }
  EXPECT_FALSE(BuiltInPipelineYaml("other").has_value());
}

TEST(SysmonPipeline, AddsTheEventId) {
  EXPECT_EQ(Under({"sysmon"}, "category: process_creation", "Image: x"),
            "process_creation/sysmon s={Image: str x ~ x} "
            "_cond_1={EventID: int 1} | (s and _cond_1)");
  EXPECT_EQ(Under({"sysmon"}, "category: registry_event", "Image: x"),
            "registry_event/sysmon s={Image: str x ~ x} "
            "_cond_1={EventID: int 12, int 13, int 14} | (s and _cond_1)");
  EXPECT_EQ(Under({"sysmon"}, "service: security", "EventID: 4625"),
            "/security s={EventID: int 4625} | s");
}

TEST(WindowsAuditPipeline, TakesProcessesFrom4688) {
  EXPECT_EQ(Under({"windows-audit"}, "category: process_creation",
                  "Image: x, ParentImage: y, CommandLine: z"),
            "/security s={NewProcessName: str x ~ x; ParentProcessName: str y "
            "~ y; CommandLine: str z ~ z} _cond_1={EventID: int 4688} "
            "| (s and _cond_1)");
}

TEST(WindowsAuditPipeline, TakesTheRegistryFrom4657) {
  EXPECT_EQ(Under({"windows-audit"}, "category: registry_set",
                  "TargetObject: x, Details: y, Image: z"),
            "/security s={ObjectName: str x ~ x; NewValue: str y ~ y; "
            "ProcessName: str z ~ z} _cond_1={EventID: int 4657; "
            "OperationType: str Existing registry value modified ~ Existing "
            "registry value modified} | (s and _cond_1)");
  EXPECT_EQ(Under({"windows-audit"}, "category: registry_add",
                  "EventType: CreateKey"),
            "pipeline 'Windows categories as Security audit events', item 5.1 "
            "'windows_audit_registry_unsupported' (detection_item_failure): "
            "event 4657 has nothing like the fields EventType, NewName and "
            "User");
}

TEST(EcsWindowsPipeline, RenamesTheFields) {
  EXPECT_EQ(
      Under({"ecs-windows", "sysmon"}, "category: process_creation",
            "Image: x, CommandLine: y, IntegrityLevel: z"),
      "process_creation/sysmon s={process.executable: str x ~ x; "
      "process.command_line: str y ~ y; winlog.event_data.IntegrityLevel: "
      "str z ~ z} _cond_1={event.code: int 1} "
      "_cond_2={winlog.channel: str Microsoft-Windows-Sysmon/Operational "
      "~ Microsoft-Windows-Sysmon/Operational} "
      "| (s and _cond_1 and _cond_2)");
}

TEST(EcsWindowsPipeline, KnowsFieldsThatDependOnTheEvent) {
  EXPECT_EQ(Under({"ecs-windows"}, "category: image_load", "Company: x"),
            "image_load/ s={file.pe.company: str x ~ x} | s");
  EXPECT_EQ(Under({"ecs-windows"}, "category: file_event", "Company: x"),
            "file_event/ s={winlog.event_data.Company: str x ~ x} | s");
}

TEST(EcsWindowsPipeline, TellsTheDirectionOfConnections) {
  EXPECT_EQ(Under({"ecs-windows"}, "category: network_connection",
                  "Initiated: 'true', DestinationPort: 443"),
            "network_connection/ s={network.direction: str egress ~ egress; "
            "destination.port: int 443} | s");
  EXPECT_EQ(Under({"ecs-windows"}, "category: network_connection",
                  "Initiated: false"),
            "network_connection/ s={network.direction: str ingress ~ ingress} "
            "| s");
}

TEST(EcsWindowsPipeline, LeavesOtherProductsAlone) {
  const std::vector<Pipeline> pipelines{*Pipeline::BuiltIn("ecs-windows")};
  const auto changed = ApplyPipelines(
      RuleSet::FromYaml("title: T\nlogsource: {product: linux}\n"
                        "detection: {s: {Image: x}, condition: s}\n"),
      pipelines);
  ASSERT_TRUE(changed.ok());
  EXPECT_EQ(Show(changed->detection_rules().front()),
            "s={Image: str x ~ x} | s");
}

}  // namespace
}  // namespace hypersigma::internal
