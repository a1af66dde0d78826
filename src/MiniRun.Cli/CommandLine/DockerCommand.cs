using System.CommandLine;

namespace MiniRun.Cli.CommandLine;

/// <summary>A command with docker's way of reading its arguments, and what --help says beyond its options.</summary>
internal sealed class DockerCommand : Command
{
    internal DockerCommand(string name, string description, string usage)
        : base(name[(name.LastIndexOf(' ') + 1)..], description)
    {
        FullName = name;
        Usage = usage;
    }

    /// <summary>All words of its name: "system df".</summary>
    internal string FullName { get; }

    /// <summary>What follows "minirun NAME" in the usage line.</summary>
    internal string Usage { get; }

    internal List<OptionGroup> Groups { get; } = [];

    /// <summary>Command lines with a comment before each, at the end of --help.</summary>
    internal IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>Whether options may stand between and after the arguments; in `run` and `exec` what follows the image belongs to the program.</summary>
    internal bool OptionsAnywhere { get; init; } = true;

    /// <summary>What the command exits with when it fails.</summary>
    internal int FailureCode { get; init; } = ExitCode.Failure;

    internal void Add(OptionGroup group)
    {
        Groups.Add(group);
        foreach (Option option in group.Options)
        {
            Options.Add(option);
        }
    }
}
