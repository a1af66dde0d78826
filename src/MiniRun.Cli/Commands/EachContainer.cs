using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Linux;

namespace MiniRun.Cli.Commands;

/// <summary>Commands on several containers (or images, or volumes): each is tried, and one failure makes the exit code 1.</summary>
internal static class EachContainer
{
    /// <summary>Each that worked is printed.</summary>
    internal static int Do(Invocation invocation, string command, string[] references, Action<string> act) =>
        Try(invocation, Required.Some(references, command), reference =>
        {
            act(reference);
            invocation.Terminal.Out.WriteLine(reference);
        });

    /// <summary>Prints nothing but failures.</summary>
    internal static int Try(Invocation invocation, string[] references, Action<string> act)
    {
        int result = ExitCode.Success;
        foreach (string reference in references)
        {
            try
            {
                act(reference);
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
