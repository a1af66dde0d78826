using System.CommandLine;
using System.Text;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Engine.Containers;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun top`.</summary>
internal static class TopCommand
{
    internal const string Summary = "Show the processes of a running container";

    // docker's columns.
    private const int NarrowestColumn = 20;
    private const int ColumnGap = 3;

    internal static CommandDefinition Define()
    {
        var words = new Argument<string[]>("CONTAINER") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand("top", $"{Summary} as the host's ps shows them: by the host's pids.\nWhat follows the container are options of ps (default: -ef); they must print the column PID.", "CONTAINER [ps OPTIONS]")
        {
            OptionsAnywhere = false,
            Examples = ["minirun top web", "minirun top web -o pid,pcpu,rss,comm"],
        };
        command.Arguments.Add(words);
        return new CommandDefinition(command, invocation =>
        {
            string[] given = Required.Some(invocation.Values.GetValue(words), "top");
            ProcessTable table = new TopContainer(invocation.Store(), invocation.Runtime()).Top(given[0], given[1..]);
            invocation.Terminal.Out.Write(Text(table));
            if (table.IsCut)
            {
                ErrorReport.Print(invocation.Terminal.Error, "ps has printed more than minirun reads of it, so processes are missing here: ask for less, such as -o pid,comm");
            }

            return ExitCode.Success;
        });
    }

    internal static string Text(ProcessTable table)
    {
        var text = new StringBuilder();
        foreach (IReadOnlyList<string> row in (IReadOnlyList<IReadOnlyList<string>>)[table.Titles, .. table.Rows])
        {
            for (int i = 0; i < row.Count - 1; i++)
            {
                text.Append(row[i].PadRight(Width(table, i)));
            }

            text.Append(row[^1]).Append('\n');
        }

        return text.ToString();
    }

    private static int Width(ProcessTable table, int column)
    {
        int width = Math.Max(NarrowestColumn, table.Titles[column].Length + ColumnGap);
        foreach (IReadOnlyList<string> row in table.Rows)
        {
            width = Math.Max(width, row[column].Length + ColumnGap);
        }

        return width;
    }
}
