// Makes a failing case small enough to read.

#ifndef HYPERSIGMA_TESTS_PROPERTY_MINIMIZE_H_
#define HYPERSIGMA_TESTS_PROPERTY_MINIMIZE_H_

#include <functional>

#include "lib/reference/json_value.h"

namespace hypersigma::property {

// Returns an event for which `still_fails`, with members and elements of
// `event` left out and texts cut where possible.
// REQUIRES: still_fails(event).
reference::JsonValue Minimize(
    reference::JsonValue event,
    const std::function<bool(const reference::JsonValue&)>& still_fails);

}  // namespace hypersigma::property

#endif  // HYPERSIGMA_TESTS_PROPERTY_MINIMIZE_H_
