// Whether an event that is parsed already has a keyword: a look at its texts
// where they are, before any is copied.

#ifndef HYPERSIGMA_LIB_ENGINE_EVENT_FRAGMENTS_H_
#define HYPERSIGMA_LIB_ENGINE_EVENT_FRAGMENTS_H_

#include "hypersigma/event.h"
#include "lib/engine/fragment_filter.h"
#include "lib/engine/joined_texts.h"

namespace hypersigma::internal {

// Returns false when no literal of `filter` occurs in a text that the event's
// values have for patterns: never where a text is not ASCII, or a number's is
// not as it was written. `joined` is working memory. REQUIRES:
// filter.is_active(). Cost: 64 bytes a step, at least one for each text.
bool TextsMayHold(const FragmentFilter& filter, Event event,
                  JoinedTexts& joined);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_EVENT_FRAGMENTS_H_
