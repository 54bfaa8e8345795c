#pragma once

#include <array>

namespace CLI {
class App;
}

namespace tc::cli {

/// Adds a command to the program. When it runs, its exit status goes to `status`.
using AddCommand = void (*)(CLI::App& program, int& status);

void add_validate(CLI::App& program, int& status);
void add_summary(CLI::App& program, int& status);
void add_generate(CLI::App& program, int& status);

/// All commands, in the order of the help.
inline constexpr std::array<AddCommand, 3> kCommands = {
    add_validate,
    add_summary,
    add_generate,
};

}  // namespace tc::cli
