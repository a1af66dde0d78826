using System.CommandLine;
using MiniRun.Cli.Output;
using MiniRun.Engine;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Monitoring;
using MiniRun.Linux.Processes;

namespace MiniRun.Cli.CommandLine;

/// <summary>One command being carried out: the values of its options, and what every command needs.</summary>
internal sealed class Invocation(ParseResult values, GlobalOptions globals, Terminal terminal)
{
    internal ParseResult Values { get; } = values;

    internal Terminal Terminal { get; } = terminal;

    internal bool WantsHelp => Values.GetValue(globals.Help);

    /// <summary>Whether --root or --data-root was given.</summary>
    internal bool ChoosesFolders => Values.GetValue(globals.Root) is not null || Values.GetValue(globals.DataRoot) is not null;

    /// <summary>The samples and containers this command works on.</summary>
    internal ContainerStore Store() => new(DataRoot());

    internal DataRoot DataRoot()
    {
        DataRoot data = AnyDataRoot();
        data.Check();
        return data;
    }

    /// <summary>The same, whoever it belongs to: for what only looks at it.</summary>
    internal DataRoot AnyDataRoot() =>
        Engine.DataRoot.Of(Values.GetValue(globals.DataRoot) ?? Variable("MINIRUN_DATA"), CurrentProcess.EffectiveUid == 0, Variable);

    /// <summary>The runtime with the state of running containers.</summary>
    internal Runtime.Lifecycle.Containers Runtime() => new(StateRoot());

    internal string StateRoot() => Path.GetFullPath(Values.GetValue(globals.Root) ?? Variable("MINIRUN_STATE") ?? MiniRun.Runtime.Lifecycle.Containers.DefaultRoot()); // monitors work in "/"

    /// <summary>How the monitors of containers are started.</summary>
    internal MonitorProgram Monitor() => MonitorOf(StateRoot(), DataRoot());

    /// <summary>The same for given folders.</summary>
    internal static MonitorProgram MonitorOf(string stateRoot, DataRoot data) =>
        new([Environment.ProcessPath!, $"--root={stateRoot}", $"--data-root={data.Folder}", MonitorProgram.Command]);

    /// <summary>The value of one of those words.</summary>
    internal static string ValueOf(string word) => word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..];

    /// <summary>The log that was asked for; a silent one else.</summary>
    internal CommandLog OpenLog() => CommandLog.Open(Values.GetValue(globals.LogLevel), Values.GetValue(globals.LogFile), Terminal);

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
