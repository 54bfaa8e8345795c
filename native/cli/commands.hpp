#pragma once

#include <array>

namespace CLI {  // NOLINT(readability-identifier-naming): the library's
class App;
}

namespace tc::cli {

/// Adds a command to the program. When it runs, its exit status goes to `status`.
using AddCommand = void (*)(CLI::App& program, int& status);

void add_validate(CLI::App& program, int& status);
void add_summary(CLI::App& program, int& status);
void add_generate(CLI::App& program, int& status);
void add_schedule(CLI::App& program, int& status);
void add_taskbook(CLI::App& program, int& status);
void add_export(CLI::App& program, int& status);
void add_ledger(CLI::App& program, int& status);
void add_merge(CLI::App& program, int& status);
void add_import(CLI::App& program, int& status);
void add_alliances(CLI::App& program, int& status);
void add_policy(CLI::App& program, int& status);
void add_match(CLI::App& program, int& status);

/// All commands, in the order of the help.
inline constexpr std::array<AddCommand, 12> kCommands = {
    add_validate, add_summary, add_generate, add_schedule,  add_taskbook, add_export,
    add_import,   add_ledger,  add_merge,    add_alliances, add_policy,   add_match,
};

}  // namespace tc::cli
