using MiniRun.Linux;

namespace MiniRun.Cli.CommandLine;

/// <summary>The command line itself is wrong: exit code 125, whatever the command.</summary>
internal sealed class UsageException(string message) : MiniRunException(message);
