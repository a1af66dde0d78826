using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Commands;
using MiniRun.Cli.Output;
using MiniRun.Engine.Build.Dockerfiles.Source;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Monitoring;
using MiniRun.Linux;
using MiniRun.Linux.Interop;
using MiniRun.Runtime.Launch;
using Tty = MiniRun.Linux.Files.Terminal;

namespace MiniRun.Cli;

/// <summary>The minirun program: the only place that turns failures into a line on stderr and an exit code.</summary>
internal static class Program
{
    private static int Main(string[] words)
    {
        if (words is ["oci", .. string[] ociWords])
        {
            // One grammar, minirun-oci's own: nothing of it is read here.
            return Oci.OciProgram.Run(ociWords);
        }

        if (words is [MonitorProgram.ResumeWord, ..])
        {
            return MonitorCommand.Resume(words);
        }

        if (words is [TerminalKeeper.Word, _])
        {
            TerminalKeeper.Run();
            return ExitCode.Success;
        }

        return Run(words, new Terminal(StandardStream.Output(), StandardStream.Error()) { IsScreen = Tty.Is(FileDescriptor.Borrow(1)) });
    }

    /// <summary>Carries a command line out; exit code and all output as a caller sees them.</summary>
    internal static int Run(string[] words, Terminal terminal)
    {
        int failureCode = ExitCode.MiniRunFailed;
        try
        {
            return Dispatch(words, terminal, ref failureCode);
        }
        catch (UsageException failure)
        {
            ErrorReport.Print(terminal.Error, failure.Message);
            return ExitCode.MiniRunFailed;
        }
        catch (LaunchException failure) when (failure.ProgramExitCode is { } programExitCode)
        {
            ErrorReport.Print(terminal.Error, failure.Message);
            return programExitCode;
        }
        catch (ContainerStartException failure)
        {
            ErrorReport.Print(terminal.Error, failure.Message);
            return failure.ExitCode;
        }
        catch (DockerfileException failure)
        {
            ErrorReport.Print(terminal.Error, failure.Message, failure.Excerpt);
            return failureCode;
        }
        catch (MiniRunException failure)
        {
            ErrorReport.Print(terminal.Error, failure.Data["cleanup"] is string cleanup ? $"{failure.Message} ({cleanup})" : failure.Message);
            return failureCode;
        }
        catch (Exception bug)
        {
            ErrorReport.Print(terminal.Error, $"this is a bug in minirun, please report it: {bug.GetType().Name}: {bug.Message} {bug.StackTrace}");
            return ExitCode.MiniRunFailed;
        }
        finally
        {
            terminal.Out.Flush();
        }
    }

    private static int Dispatch(string[] words, Terminal terminal, ref int failureCode)
    {
        int place = Overview.PlaceOfCommand(words);
        if (place == words.Length || words[place] == "help")
        {
            return Overview.Run(words.AsSpan(0, place), place == words.Length ? [] : words.AsSpan(place + 1), terminal);
        }

        if (words.AsSpan(place + 1) is [] or ["--help" or "-h"] && CommandTable.Group(words[place]) is not null)
        {
            return Overview.Run([], words.AsSpan(place, 1), terminal);
        }

        CommandDefinition definition = CommandTable.Find(words.AsSpan(place), out int length)
            ?? throw new UsageException($"'{string.Join(' ', words.AsSpan(place, length)!)}' is not a minirun command; see 'minirun --help'");
        failureCode = definition.Command.FailureCode;
        // Global options before the command's name are the same options behind it.
        string[] all = [.. words.AsSpan(0, place), .. words.AsSpan(place + length)];
        return CommandRunner.Run(definition, all, terminal);
    }
}
