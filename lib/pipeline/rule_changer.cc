#include "lib/pipeline/rule_changer.h"

#include <variant>

#include "lib/pipeline/condition_adder.h"
#include "lib/pipeline/condition_matcher.h"
#include "lib/pipeline/field_changer.h"
#include "lib/pipeline/hash_splitter.h"
#include "lib/pipeline/item_walk.h"
#include "lib/pipeline/value_changer.h"

namespace hypersigma::internal {
namespace {

// One function for each transformation.
class ItemApplier {
 public:
  ItemApplier(const PipelineItem& item, RuleRun& run)
      : item_(item), run_(run) {}

  void operator()(const NoEffect& /*none*/) const {}
  void operator()(const ReplacePlaceholders& /*done*/) const {}
  void operator()(const MapFieldNames& map) const {
    ChangeFields(map, item_, run_);
  }
  void operator()(const MapFieldPrefixes& map) const {
    ChangeFields(map, item_, run_);
  }
  void operator()(const ExtendFieldNames& extend) const {
    ChangeFields(extend, item_, run_);
  }
  void operator()(const SplitHashes& split) const {
    SplitHashItems(split, item_, run_);
  }
  void operator()(const DropItem& /*drop*/) const {
    ForEachItem(run_, [this](WorkDetection& detection) {
      if (!ItemMatches(item_, detection, run_)) return;
      detection = WorkDetection();
      detection.kind = Detection::Kind::kAllOf;
    });
  }
  void operator()(const AddCondition& add) const {
    AddSelection(add, item_, run_);
  }
  void operator()(const ChangeLogSource& change) const {
    if (run_.rule().correlation != nullptr) return;
    Rule& rule = *run_.rule().attributes;
    rule.product = change.product;
    rule.category = change.category;
    rule.service = change.service;
  }
  void operator()(const ReplaceString& replace) const {
    ChangeValues(replace, item_, run_);
  }
  void operator()(const MapString& map) const {
    ChangeValues(map, item_, run_);
  }
  void operator()(const SetValue& set) const { ChangeValues(set, item_, run_); }
  void operator()(const ConvertType& convert) const {
    ChangeValues(convert, item_, run_);
  }
  void operator()(const ChangeCase& change) const {
    ChangeValues(change, item_, run_);
  }
  void operator()(const Fail& fail) const {
    if (!fail.on_item) {
      run_.Fail(fail.message);
      return;
    }
    ForEachItem(run_, [&](WorkDetection& detection) {
      if (ItemMatches(item_, detection, run_)) run_.Fail(fail.message);
    });
  }
  void operator()(const SetState& set) const {
    run_.rule().state[set.key] = set.value;
  }
  void operator()(const SetAttribute& set) const {
    run_.rule().custom_attributes[set.name] = set;
  }
  void operator()(const Nest& nest) const;

 private:
  const PipelineItem& item_;
  RuleRun& run_;
};

void ApplyItems(const std::vector<PipelineItem>& items, RuleRun& run) {
  for (const PipelineItem& item : items) {
    if (run.failed()) return;
    const bool matches = RuleMatches(item, run);
    if (matches && !run.failed()) {
      if (!item.id.empty()) run.rule().applied.insert(item.id);
      std::visit(ItemApplier(item, run), item.transformation);
    }
    run.NameFailure(item.label);
  }
}

void ItemApplier::operator()(const Nest& nest) const {
  if (nest.items != nullptr) ApplyItems(*nest.items, run_);
}

}  // namespace

void ChangeRule(const PipelineDefinition& pipeline, RuleRun& run) {
  ApplyItems(pipeline.items, run);
}

}  // namespace hypersigma::internal
