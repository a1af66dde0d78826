using System.Text;
using MiniRun.Engine.Build.Dockerfiles.Instructions;
using MiniRun.Engine.Build.Dockerfiles.Words;
using MiniRun.Engine.Build.Stages;
using MiniRun.Linux;

namespace MiniRun.Engine.Build.Steps;

/// <summary>RUN: a program in a container on the stage's files.</summary>
internal static class RunStep
{
    // Where BuildKit puts the script of "RUN <<EOF" that begins with "#!".
    private const string ScriptFolder = "/dev/pipes";

    internal static StepResult Do(StepInputs inputs, StageState state, RunInstruction instruction)
    {
        (IReadOnlyList<string> words, Heredoc? script) = CommandOf(state, instruction);
        IReadOnlyList<string> arguments = inputs.Scope.Variables(state.Config.Env);
        var program = new BuildProgram
        {
            Words = words,
            Arguments = arguments,
            Proxies = inputs.Scope.Given.Proxies().ToList(),
            Network = NetworkOf(inputs, instruction),
            Script = script is null ? null : Encoding.UTF8.GetBytes(script.Data),
            ScriptPath = script is null ? "" : $"{ScriptFolder}/{script.Name}",
        };
        string shown = arguments.Count == 0 ? "" : $"|{arguments.Count} {string.Join(' ', arguments)} ";
        StepKey key = state.Key.After(["RUN", program.Network.ToString(), script?.Data ?? "", .. arguments, "--", .. words]);
        return LayerStep.Do(inputs.Session, state, key, $"RUN {shown}{string.Join(' ', words)}", root => new BuildContainer(inputs.Session, state, root).Run(program));
    }

    /// <summary>A Dockerfile may ask for less network than the build was given, never for more: it is not the caller's.</summary>
    private static Options.NamespaceChoice NetworkOf(StepInputs inputs, RunInstruction instruction)
    {
        Options.NamespaceChoice given = inputs.Session.Request.Network;
        return instruction.Network switch
        {
            RunNetwork.None => Options.NamespaceChoice.None,
            RunNetwork.Host when given != Options.NamespaceChoice.Host => throw new MiniRunException("RUN --network=host asks for the host's network, and this build has none: leave out --network none of the build, if the program may use it"),
            RunNetwork.Host => Options.NamespaceChoice.Host,
            _ => given,
        };
    }

    /// <summary>A here-document alone is the shell's text, or a script of its own where it begins with "#!"; others are the shell's to read.</summary>
    private static (IReadOnlyList<string> Words, Heredoc? Script) CommandOf(StageState state, RunInstruction instruction)
    {
        IReadOnlyList<Heredoc> heredocs = instruction.Heredocs;
        if (heredocs.Count == 0)
        {
            return (instruction.Command.With(state.Shell), null);
        }

        string line = instruction.Command.Words[0];
        bool alone = heredocs.Count == 1 && HeredocReader.TryParse(line, out _);
        if (alone && heredocs[0].Data.StartsWith("#!", StringComparison.Ordinal))
        {
            return ([$"{ScriptFolder}/{heredocs[0].Name}"], heredocs[0]);
        }

        return ([.. state.Shell, alone ? heredocs[0].Data : WithHeredocs(line, heredocs)], null);
    }

    private static string WithHeredocs(string line, IReadOnlyList<Heredoc> heredocs)
    {
        var text = new StringBuilder(line);
        foreach (Heredoc heredoc in heredocs)
        {
            text.Append('\n').Append(heredoc.Content).Append(heredoc.Name);
        }

        return text.ToString();
    }
}
