package dev.kurator.backup.packaging;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of the packaging tool; {@code package/push} calls it. */
@Command(
    name = "package",
    mixinStandardHelpOptions = false,
    subcommands = {BuildCommand.class, PushCommand.class, CommandLine.HelpCommand.class},
    description = "Builds and pushes the Crossplane packages of this project.")
public final class Main {

  private Main() {}

  /**
   * Runs a command and exits with its code.
   *
   * @param args {@code build} or {@code push} with their options
   */
  public static void main(String[] args) {
    CommandLine commands = new CommandLine(new Main());
    commands.setExecutionExceptionHandler(
        (failure, line, parsed) -> {
          System.err.println(failure.getMessage());
          return 1;
        });
    System.exit(commands.execute(args));
  }
}
