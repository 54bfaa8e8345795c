#include "core/matching/stable.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace tc::matching {

namespace {

constexpr std::uint32_t kNone = StableMatching::kNone;
/// Entries of a queue after which its beginning is thrown away.
constexpr std::size_t kRound = std::size_t{1} << 20U;

/// What a post prefers is smaller. `number` is a resident's, or that of one of their choices.
std::uint64_t key(std::uint32_t rank, std::uint32_t number) {
  return std::uint64_t{rank} << 32U | number;
}

std::vector<std::uint32_t> choices_by_post(const StableProblem& p) {
  std::vector<std::uint32_t> count(p.quota.size(), 0);
  for (std::size_t e = 0; e < p.post.size(); ++e) {
    if (p.rank[e] != StableProblem::kRefused) ++count[p.post[e]];
  }
  return count;
}

}  // namespace

bool is_well_formed(const StableProblem& p) {
  return !p.first.empty() && p.first.front() == 0 && p.first.back() == p.post.size() &&
         p.post.size() < kNone && p.post.size() == p.rank.size() && p.quota.size() < kNone &&
         std::is_sorted(p.first.begin(), p.first.end()) &&
         std::all_of(p.post.begin(), p.post.end(),
                     [&p](std::uint32_t post) { return post < p.quota.size(); });
}

StableMatching match_resident_optimal(const StableProblem& p) {
  StableMatching result;
  if (!is_well_formed(p)) return result;
  const std::uint32_t residents = p.residents();
  // Each post keeps whom it holds in a heap with the least liked on top.
  struct Post {
    std::uint32_t begin = 0;
    std::uint32_t held = 0;
    std::uint32_t room = 0;
  };
  std::vector<Post> posts(p.quota.size());
  {
    const std::vector<std::uint32_t> count = choices_by_post(p);
    std::uint32_t begin = 0;
    for (std::size_t k = 0; k < posts.size(); ++k) {
      posts[k] = {begin, 0, std::min(p.quota[k], count[k])};
      begin += posts[k].room;
    }
  }
  std::vector<std::uint64_t> heaps(
      posts.empty() ? 0 : std::size_t{posts.back().begin} + posts.back().room);
  std::vector<std::uint32_t>& next = result.choice;  // the choice that each one is at
  next.assign(p.first.begin(), p.first.end() - 1);
  for (std::uint32_t r = 0; r < residents; ++r) {
    std::uint32_t proposer = r;
    while (proposer != kNone) {
      const std::uint32_t end = p.first[proposer + 1];
      std::uint32_t choice = next[proposer];
      std::uint32_t displaced = kNone;
      for (; choice < end; ++choice) {
        if (p.rank[choice] == StableProblem::kRefused) continue;
        ++result.proposals;
        Post& post = posts[p.post[choice]];
        std::uint64_t* heap = heaps.data() + post.begin;
        const std::uint64_t mine = key(p.rank[choice], proposer);
        if (post.held < post.room) {
          heap[post.held++] = mine;
          std::push_heap(heap, heap + post.held);
          break;
        }
        if (post.room == 0 || mine >= heap[0]) continue;
        displaced = static_cast<std::uint32_t>(heap[0] & 0xFFFFFFFFU);
        // The newcomer takes the top's place and sinks to where it belongs.
        std::uint32_t hole = 0;
        for (;;) {
          std::uint32_t child = 2 * hole + 1;
          if (child >= post.held) break;
          if (child + 1 < post.held && heap[child + 1] > heap[child]) ++child;
          if (heap[child] <= mine) break;
          heap[hole] = heap[child];
          hole = child;
        }
        heap[hole] = mine;
        break;
      }
      next[proposer] = choice;
      proposer = displaced;
      if (displaced != kNone) ++next[displaced];
    }
  }
  for (std::uint32_t r = 0; r < residents; ++r) {
    if (next[r] >= p.first[r + 1]) next[r] = kNone;
  }
  return result;
}

StableMatching match_post_optimal(const StableProblem& p) {
  StableMatching result;
  if (!is_well_formed(p)) return result;
  const std::uint32_t residents = p.residents();
  const std::size_t posts = p.quota.size();
  std::vector<std::uint32_t> begin(posts + 1, 0);
  {
    const std::vector<std::uint32_t> count = choices_by_post(p);
    for (std::size_t k = 0; k < posts; ++k) begin[k + 1] = begin[k] + count[k];
  }
  // Applicants by post, as keys of rank and choice: choices are numbered in the order of residents,
  // which settles ties. Memory is what takes the time, so keys are all that is moved and sorted;
  // whose choice it is follows from a table of where every so many choices begin.
  const auto applicants = std::make_unique_for_overwrite<std::uint64_t[]>(begin.back());
  constexpr std::uint32_t kBlock = 16;
  std::vector<std::uint32_t> block(p.post.size() / kBlock + 1, 0);
  {
    std::vector<std::uint32_t> at(begin.begin(), begin.end() - 1);
    for (std::size_t e = 0; e < p.post.size(); ++e) {
      if (p.rank[e] == StableProblem::kRefused) continue;
      applicants[at[p.post[e]]++] = key(p.rank[e], static_cast<std::uint32_t>(e));
    }
    std::uint32_t r = 0;
    for (std::size_t k = 0; k < block.size(); ++k) {
      while (r < residents && p.first[r + 1] <= k * kBlock) ++r;
      block[k] = r;
    }
  }
  const auto resident_of = [&](std::uint32_t choice) {
    std::uint32_t r = block[choice / kBlock];
    while (p.first[r + 1] <= choice) ++r;
    return r;
  };
  // Sorted a piece at a time: most posts are full before they have come far.
  std::vector<std::uint32_t> sorted(begin.begin(), begin.end() - 1);
  const auto sort_more = [&](std::uint32_t post) {
    const std::uint32_t from = sorted[post];
    const std::uint32_t end = begin[post + 1];
    const std::uint32_t piece = std::max<std::uint32_t>(128, from - begin[post]);
    const std::uint32_t to = end - from > piece ? from + piece : end;
    std::uint64_t* const all = applicants.get();
    if (to < end) std::nth_element(all + from, all + to, all + end);
    std::sort(all + from, all + to);
    sorted[post] = to;
  };
  struct Current {
    std::uint32_t choice = kNone;
    std::uint32_t post = kNone;
  };
  std::vector<Current> currents(residents);
  std::vector<std::uint32_t> next(begin.begin(), begin.end() - 1);
  std::vector<std::uint32_t> held(posts, 0);
  // In rounds, so that a post makes up for several losses at once. The order changes nothing in
  // the result (McVitie & Wilson 1971).
  std::vector<std::uint32_t> open(posts);
  std::vector<bool> waiting(posts, true);
  for (std::uint32_t k = 0; k < posts; ++k) open[k] = k;
  for (std::size_t turn = 0; turn < open.size(); ++turn) {
    if (turn == kRound) {
      open.erase(open.begin(), open.begin() + static_cast<std::ptrdiff_t>(turn));
      turn = 0;
      if (open.empty()) break;
    }
    const std::uint32_t post = open[turn];
    waiting[post] = false;
    while (held[post] < p.quota[post] && next[post] < begin[post + 1]) {
      if (next[post] == sorted[post]) sort_more(post);
      const auto choice = static_cast<std::uint32_t>(applicants[next[post]++] & 0xFFFFFFFFU);
      ++result.proposals;
      Current& current = currents[resident_of(choice)];
      if (current.choice <= choice) continue;  // nothing is the largest number
      if (current.choice != kNone) {
        --held[current.post];
        if (!waiting[current.post] && current.post != post) {
          waiting[current.post] = true;
          open.push_back(current.post);
        }
      }
      current = {choice, post};
      ++held[post];
    }
  }
  result.choice.reserve(residents);
  for (const Current& current : currents) result.choice.push_back(current.choice);
  return result;
}

std::vector<BlockingPair> blocking_pairs(const StableProblem& p, const StableMatching& matching,
                                         std::size_t limit) {
  std::vector<BlockingPair> pairs;
  if (!is_well_formed(p) || matching.choice.size() != p.residents()) return pairs;
  std::vector<std::uint64_t> worst(p.quota.size(), 0);
  std::vector<std::uint32_t> held(p.quota.size(), 0);
  const auto is_real = [&](std::uint32_t r) {
    const std::uint32_t choice = matching.choice[r];
    return choice >= p.first[r] && choice < p.first[r + 1] &&
           p.rank[choice] != StableProblem::kRefused;
  };
  for (std::uint32_t r = 0; r < p.residents(); ++r) {
    if (!is_real(r)) continue;
    const std::uint32_t choice = matching.choice[r];
    const std::uint32_t post = p.post[choice];
    ++held[post];
    worst[post] = std::max(worst[post], key(p.rank[choice], r));
  }
  for (std::uint32_t r = 0; r < p.residents() && pairs.size() < limit; ++r) {
    const std::uint32_t choice = matching.choice[r];
    if (choice != kNone && (!is_real(r) || held[p.post[choice]] > p.quota[p.post[choice]])) {
      pairs.push_back({r, choice});
      continue;
    }
    const std::uint32_t end = choice == kNone ? p.first[r + 1] : choice;
    for (std::uint32_t e = p.first[r]; e < end && pairs.size() < limit; ++e) {
      if (p.rank[e] == StableProblem::kRefused) continue;
      const std::uint32_t post = p.post[e];
      if (held[post] < p.quota[post] || (held[post] > 0 && key(p.rank[e], r) < worst[post])) {
        pairs.push_back({r, e});
      }
    }
  }
  return pairs;
}

}  // namespace tc::matching
