using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Completion;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Images.Store;
using MiniRun.Linux;

namespace MiniRun.Cli.Commands;

/// <summary>`minirun completion`, and what the scripts that it prints call.</summary>
internal static class CompletionCommand
{
    internal const string Summary = "Print the completion script of a shell: bash, zsh or fish";

    /// <summary>The command that the scripts call.</summary>
    internal const string Hidden = "__complete";

    internal static CommandDefinition Define()
    {
        var shells = new Argument<string[]>("SHELL") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand("completion", $"{Summary}.", "bash|zsh|fish")
        {
            Examples = ["minirun completion bash > /etc/bash_completion.d/minirun", "source <(minirun completion bash)"],
        };
        command.Arguments.Add(shells);
        return new CommandDefinition(command, invocation =>
        {
            string shell = Required.One(invocation.Values.GetValue(shells), "completion");
            invocation.Terminal.Out.Write(shell switch
            {
                "bash" => ShellScripts.Bash,
                "zsh" => ShellScripts.Zsh,
                "fish" => ShellScripts.Fish,
                _ => throw new UsageException($"there is no completion for '{shell}': bash, zsh and fish have one"),
            });
            return ExitCode.Success;
        });
    }

    internal static CommandDefinition DefineHidden()
    {
        var words = new Argument<string[]>("WORDS") { Arity = ArgumentArity.ZeroOrMore };
        var command = new DockerCommand(Hidden, "Candidates for the last word of a command line.", "-- WORD...");
        command.Arguments.Add(words);
        return new CommandDefinition(command, invocation =>
        {
            foreach (string candidate in new Candidates(kind => Names(invocation, kind)).Of(invocation.Values.GetValue(words) ?? []))
            {
                invocation.Terminal.Out.WriteLine(candidate);
            }

            return ExitCode.Success;
        });
    }

    /// <summary>Whoever may not look at the store gets no names, and no error under the fingers.</summary>
    private static List<string> Names(Invocation invocation, string kind)
    {
        try
        {
            return kind switch
            {
                "container" => [.. Containers(invocation.Store())],
                "image" => [.. Images(invocation)],
                _ => [],
            };
        }
        catch (MiniRunException)
        {
            return [];
        }
    }

    private static IEnumerable<string> Containers(ContainerStore store)
    {
        foreach (MiniRun.Runtime.ContainerId id in store.List())
        {
            if (store.NameOf(id) is { } name)
            {
                yield return name;
            }
        }
    }

    private static IEnumerable<string> Images(Invocation invocation)
    {
        foreach (StoredReference reference in new ImageStore(invocation.DataRoot()).References())
        {
            if (reference.Name is { } name)
            {
                yield return name.Familiar;
            }
        }
    }
}
