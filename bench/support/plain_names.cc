#include "bench/support/plain_names.h"

namespace hypersigma::bench {

bool PlainNames::ReportContext(const Context& context) {
  to_->SetOutputStream(&GetOutputStream());
  to_->SetErrorStream(&GetErrorStream());
  return to_->ReportContext(context);
}

void PlainNames::ReportRuns(const std::vector<Run>& runs) {
  std::vector<Run> plain = runs;
  for (Run& run : plain) {
    run.run_name.iterations.clear();
    run.run_name.repetitions.clear();
    run.run_name.time_type.clear();
  }
  to_->ReportRuns(plain);
}

}  // namespace hypersigma::bench
