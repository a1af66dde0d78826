using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Cli.RunOptions;
using MiniRun.Engine.Containers;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun explain run …` and `minirun explain exec …`.</summary>
internal static class ExplainCommand
{
    internal const string Summary = "Print the launch plan of a run or exec, without running anything";

    internal static CommandDefinition Define()
    {
        Option<string?> format = Format();
        var words = new Argument<string[]>("COMMAND") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand(
            "explain",
            $"{Summary}: every kernel call in order, its arguments,\nwhat it is for, which option asked for it and which capability it takes. Needs no root for `run`.",
            "[--format text|json] run|exec [OPTIONS] ...")
        {
            OptionsAnywhere = false,
            FailureCode = ExitCode.MiniRunFailed,
            Examples = ["minirun explain run --read-only --cap-drop=ALL busybox id", "minirun explain --format json run busybox true"],
        };
        command.Add(new OptionGroup("Options", [format]));
        command.Arguments.Add(words);
        return new CommandDefinition(command, invocation => Explain(invocation, invocation.Values.GetValue(format), invocation.Values.GetValue(words) ?? []));
    }

    private static Option<string?> Format() => Value("--format", "text|json", "How to print it (default: text)");

    private static int Explain(Invocation invocation, string? format, string[] words) => words switch
    {
        ["run", .. string[] rest] => Run(invocation, format, rest),
        ["exec", .. string[] rest] => Exec(invocation, format, rest),
        _ => throw new UsageException("'minirun explain' takes run or exec and their options; see 'minirun explain --help'"),
    };

    private static int Run(Invocation outer, string? format, string[] words)
    {
        DockerCommand command = RunCommand.Declare();
        var options = new RunOptionSet();
        options.AddTo(command);
        Invocation inner = Read(outer, command, words, ref format);
        if (!inner.WantsHelp)
        {
            ExplainedPlan plan = new ExplainContainer(Chosen(outer, inner).AnyDataRoot()).Explain(options.Read(inner.Values));
            PlanOutput.Print(outer.Terminal.Out, plan, format);
        }

        return ExitCode.Success;
    }

    private static int Exec(Invocation outer, string? format, string[] words)
    {
        DockerCommand command = ExecCommand.Declare();
        var options = new ExecOptionSet();
        options.AddTo(command);
        Invocation inner = Read(outer, command, words, ref format);
        if (!inner.WantsHelp)
        {
            Invocation chosen = Chosen(outer, inner);
            ExplainedPlan plan = new ExecContainer(chosen.Store(), chosen.Runtime()).Explain(options.Read(inner.Values));
            PlanOutput.Print(outer.Terminal.Out, plan, format);
        }

        return ExitCode.Success;
    }

    /// <summary>Reads the words of the explained command, which may have --format too.</summary>
    private static Invocation Read(Invocation outer, DockerCommand command, string[] words, ref string? format)
    {
        Option<string?> innerFormat = Format();
        command.Add(new OptionGroup("Of explain", [innerFormat]));
        Invocation inner = CommandRunner.Read(command, words, outer.Terminal);
        format = inner.Values.GetValue(innerFormat) ?? format;
        if (inner.WantsHelp)
        {
            outer.Terminal.Out.Write(HelpText.Of(command));
        }

        return inner;
    }

    /// <summary>The folders may be given before or behind the explained command's name.</summary>
    private static Invocation Chosen(Invocation outer, Invocation inner) => inner.ChoosesFolders ? inner : outer;
}
