using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Linux;

namespace MiniRun.Cli.Commands;

/// <summary>Commands on several containers: each is tried, each that worked is printed, and one failure makes the exit code 1.</summary>
internal static class EachContainer
{
    internal static int Do(Invocation invocation, string command, string[] references, Action<string> act)
    {
        int result = ExitCode.Success;
        foreach (string reference in Required.Some(references, command))
        {
            try
            {
                act(reference);
                invocation.Terminal.Out.WriteLine(reference);
            }
            catch (MiniRunException failure)
            {
                ErrorReport.Print(invocation.Terminal.Error, failure.Message);
                result = ExitCode.Failure;
            }
        }

        return result;
    }
}
