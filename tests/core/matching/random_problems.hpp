#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <random>
#include <vector>

#include "core/matching/assignment.hpp"
#include "core/matching/stable.hpp"

namespace tc::matching::test {

struct RandomAssignment {
  std::uint32_t rows = 0;
  std::uint32_t cols = 0;
  std::uint32_t degree = 0;  ///< arcs a row, at most; distinct columns
  std::int32_t max_weight = 0;
  std::int32_t max_capacity = 1;
  bool negative = false;  ///< weights of both signs
};

inline AssignmentProblem random_assignment(const RandomAssignment& shape, std::mt19937& random) {
  const auto below = [&random](std::uint32_t n) {
    return static_cast<std::uint32_t>(random() % n);
  };
  AssignmentProblem p;
  p.cols = shape.cols;
  std::vector<std::uint32_t> cols(shape.cols);
  std::iota(cols.begin(), cols.end(), 0U);
  for (std::uint32_t i = 0; i < shape.rows; ++i) {
    const std::uint32_t degree = std::min(shape.degree, shape.cols);
    for (std::uint32_t k = 0; k < degree; ++k) {
      std::swap(cols[k], cols[k + below(shape.cols - k)]);
      auto weight =
          static_cast<std::int32_t>(1 + random() % static_cast<std::uint32_t>(shape.max_weight));
      if (shape.negative) weight -= shape.max_weight / 2;
      p.arcs.push_back({cols[k], weight});
    }
    p.first.push_back(static_cast<std::uint32_t>(p.arcs.size()));
  }
  if (shape.max_capacity > 1) {
    const auto capacity = [&] {
      return static_cast<std::int32_t>(below(static_cast<std::uint32_t>(shape.max_capacity) + 1));
    };
    for (std::uint32_t i = 0; i < shape.rows; ++i) p.row_capacity.push_back(capacity());
    for (std::uint32_t j = 0; j < shape.cols; ++j) p.col_capacity.push_back(capacity());
  }
  return p;
}

struct RandomStable {
  std::uint32_t residents = 0;
  std::uint32_t posts = 0;
  std::uint32_t choices = 0;  ///< a resident, at most; distinct posts
  std::uint32_t max_quota = 1;
  std::uint32_t max_rank = 100;  ///< small: many ties
  std::uint32_t refused = 0;     ///< of 100 pairs
};

inline StableProblem random_stable(const RandomStable& shape, std::mt19937& random) {
  StableProblem p;
  std::vector<std::uint32_t> posts(shape.posts);
  std::iota(posts.begin(), posts.end(), 0U);
  for (std::uint32_t r = 0; r < shape.residents; ++r) {
    const std::uint32_t count = std::min(shape.choices, shape.posts);
    for (std::uint32_t k = 0; k < count; ++k) {
      std::swap(posts[k], posts[k + random() % (shape.posts - k)]);
      p.post.push_back(posts[k]);
      p.rank.push_back(random() % 100 < shape.refused
                           ? StableProblem::kRefused
                           : static_cast<std::uint32_t>(random() % shape.max_rank));
    }
    p.first.push_back(static_cast<std::uint32_t>(p.post.size()));
  }
  for (std::uint32_t k = 0; k < shape.posts; ++k) {
    p.quota.push_back(static_cast<std::uint32_t>(random() % (shape.max_quota + 1)));
  }
  return p;
}

}  // namespace tc::matching::test
