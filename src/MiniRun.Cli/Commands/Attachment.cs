using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Monitoring;

namespace MiniRun.Cli.Commands;

/// <summary>What a command that was attached to a program says and exits with at the end.</summary>
internal static class Attachment
{
    /// <param name="invocation">The command.</param>
    /// <param name="outcome">How the attachment ended.</param>
    /// <param name="container">What the caller calls the container.</param>
    internal static int Report(Invocation invocation, AttachOutcome outcome, string container)
    {
        if (outcome.Program is { } program)
        {
            return Report(invocation, program);
        }

        if (outcome.Detached)
        {
            // docker's words, which end the line that the program's prompt has begun.
            invocation.Terminal.Error.WriteLine("read escape sequence");
            return ExitCode.Success;
        }

        ErrorReport.Print(invocation.Terminal.Error, $"the monitor of container {container} was killed: minirun ps -a says whether its program runs on");
        return ExitCode.MiniRunFailed;
    }

    internal static int Report(Invocation invocation, RunOutcome outcome)
    {
        if (outcome.Remark is not null)
        {
            ErrorReport.Print(invocation.Terminal.Error, outcome.Remark);
        }

        return outcome.ExitCode;
    }
}
