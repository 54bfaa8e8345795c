#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <iostream>
#include <string>

#include "native/cli/commands.hpp"
#include "native/cli/options.hpp"
#include "native/cli/terminal.hpp"

namespace {

using namespace tc::cli;

bool is_command(const CLI::App& program, const std::string& name) {
  const auto wanted = [&name](const CLI::App* command) { return command->get_name() == name; };
  return !program.get_subcommands(wanted).empty();
}

int usage(const CLI::App& program, const CLI::ParseError& error, int argc, char** argv) {
  const bool named = argc > 1 && argv[1][0] != '-' && argv[1][0] != '\0';
  if (argc < 2) {
    std::cerr << program.help();
  } else if (named && !is_command(program, argv[1])) {
    std::cerr << "tongcheng: there is no command \"" << printable(argv[1])
              << "\"; see tongcheng --help\n";
  } else {
    std::cerr << "tongcheng: " << printable(error.what()) << "; see tongcheng "
              << (named ? argv[1] + std::string(" ") : "") << "--help\n";
  }
  return kUsage;
}

int run(int argc, char** argv) {
  CLI::App program("Tongcheng 同城: joint programmes of two cities, on the command line.",
                   "tongcheng");
  program.set_version_flag("--version", "tongcheng " TONGCHENG_VERSION);
  program.require_subcommand(1);
  program.footer(
      "Exit status: 0 done; 1 the input is at fault or the output can't be written, with\n"
      "FILE:/json/pointer: MESSAGE on standard error; 2 wrong usage.\n"
      "FILE may be - for the standard input.");
  int status = kDone;
  for (const AddCommand add : kCommands) add(program, status);
  try {
    program.parse(argc, argv);
  } catch (const CLI::Success& help) {
    program.exit(help);
  } catch (const CLI::ParseError& error) {
    return usage(program, error, argc, argv);
  }
  if (!std::cout.flush()) {
    std::cerr << "tongcheng: the standard output can't be written\n";
    return kFailed;
  }
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  prepare_terminal();
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "tongcheng: %s\n", error.what());
    return kFailed;
  }
}
