#include "core/matching/stable.hpp"

#include <algorithm>
#include <utility>

namespace tc::matching {

namespace {

constexpr std::uint32_t kNone = StableMatching::kNone;

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

/// Each post keeps whom it holds in a heap with the least liked on top.
struct Held {
  struct Post {
    std::uint32_t begin = 0;
    std::uint32_t held = 0;
    std::uint32_t room = 0;
  };
  std::vector<Post> posts;
  std::vector<std::uint64_t> heaps;

  explicit Held(const StableProblem& p) : posts(p.quota.size()) {
    const std::vector<std::uint32_t> count = choices_by_post(p);
    std::uint32_t begin = 0;
    for (std::size_t k = 0; k < posts.size(); ++k) {
      posts[k] = {begin, 0, std::min(p.quota[k], count[k])};
      begin += posts[k].room;
    }
    heaps.resize(begin);
  }

  std::uint64_t worst(const Post& post) const { return heaps[post.begin]; }

  /// The newcomer takes the top's place and sinks to where it belongs.
  void replace_worst(const Post& post, std::uint64_t mine) {
    std::uint64_t* heap = heaps.data() + post.begin;
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
  }
};

std::uint32_t resident_of(std::uint64_t key) {
  return static_cast<std::uint32_t>(key & 0xFFFFFFFFU);
}

StableMatching residents_propose(const StableProblem& p, Held& held) {
  StableMatching result;
  const std::uint32_t residents = p.residents();
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
        Held::Post& post = held.posts[p.post[choice]];
        const std::uint64_t mine = key(p.rank[choice], proposer);
        if (post.held < post.room) {
          std::uint64_t* heap = held.heaps.data() + post.begin;
          heap[post.held++] = mine;
          std::push_heap(heap, heap + post.held);
          break;
        }
        if (post.room == 0 || mine >= held.worst(post)) continue;
        displaced = resident_of(held.worst(post));
        held.replace_worst(post, mine);
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

}  // namespace

bool is_well_formed(const StableProblem& p) {
  return !p.first.empty() && p.first.front() == 0 && p.first.back() == p.post.size() &&
         p.post.size() < kNone && p.post.size() == p.rank.size() && p.quota.size() < kNone &&
         std::is_sorted(p.first.begin(), p.first.end()) &&
         std::all_of(p.post.begin(), p.post.end(),
                     [&p](std::uint32_t post) { return post < p.quota.size(); });
}

StableMatching match_resident_optimal(const StableProblem& p) {
  if (!is_well_formed(p)) return {};
  Held held(p);
  return residents_propose(p, held);
}

StableMatching match_post_optimal(const StableProblem& p) {
  if (!is_well_formed(p)) return {};
  Held held(p);
  StableMatching result = residents_propose(p, held);
  const std::uint32_t residents = p.residents();
  std::vector<std::uint32_t>& choice = result.choice;
  // Where a resident looks further: posts before it would not have them, and never will again.
  std::vector<std::uint32_t> at(residents);
  std::vector<bool> settled(residents);  // is where every stable matching from here on has them
  for (std::uint32_t r = 0; r < residents; ++r) {
    settled[r] = choice[r] == kNone;
    if (!settled[r]) at[r] = choice[r] + 1;
  }
  // The next post that would rather have the resident than the worst of those it holds. One with
  // room left holds the same people in every stable matching (Roth 1986): nobody gets past it.
  const auto advance = [&](std::uint32_t r) {
    for (std::uint32_t& e = at[r]; e < p.first[r + 1]; ++e) {
      if (p.rank[e] == StableProblem::kRefused || p.post[e] == p.post[choice[r]]) continue;
      if (p.quota[p.post[e]] == 0) continue;
      ++result.proposals;
      const Held::Post& post = held.posts[p.post[e]];
      if (post.held < p.quota[p.post[e]]) return kNone;
      if (key(p.rank[e], r) < held.worst(post)) return resident_of(held.worst(post));
    }
    return kNone;
  };
  std::vector<std::uint32_t> path;
  std::vector<std::uint32_t> place(residents, 0);  // on the path, from 1
  const auto push = [&](std::uint32_t r) {
    path.push_back(r);
    place[r] = static_cast<std::uint32_t>(path.size());
  };
  for (std::uint32_t start = 0; start < residents; ++start) {
    while (!settled[start]) {
      push(start);
      while (!path.empty()) {
        const std::uint32_t r = path.back();
        const std::uint32_t displaced = advance(r);
        if (displaced == kNone || settled[displaced]) {
          settled[r] = true;
          place[r] = 0;
          path.pop_back();
        } else if (place[displaced] == 0) {
          push(displaced);
        } else {
          // A rotation: each one moves to the post whose worst is the next one.
          const std::size_t from = place[displaced] - 1;
          for (std::size_t i = from; i < path.size(); ++i) {
            const std::uint32_t mover = path[i];
            const std::uint32_t e = at[mover]++;
            held.replace_worst(held.posts[p.post[e]], key(p.rank[e], mover));
            choice[mover] = e;
            place[mover] = 0;
          }
          path.resize(from);
        }
      }
    }
  }
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
