using MiniRun.Engine.Build.Dockerfiles.Instructions;
using MiniRun.Engine.Build.Dockerfiles.Source;
using MiniRun.Engine.Build.Dockerfiles.Words;

namespace MiniRun.Engine.Build.Dockerfiles.Reading;

/// <summary>RUN [--network=N] COMMAND, with here-documents.</summary>
internal static class RunReader
{
    internal static RunInstruction Read(InstructionLine line)
    {
        line.Flags.RefuseBuildKit(
            ("mount", "minirun has no cache, secret, ssh or bind mounts in builds; COPY what the program needs, or use a stage of its own"),
            ("security", "a build's programs run with the default profile; there is no insecure mode"),
            ("device", "a build's programs get no devices of the host"));
        RunNetwork network = NetworkOf(line);
        CommandLine command = line.Command();
        if (command.Words.Count == 0)
        {
            throw line.Error("RUN requires at least one argument");
        }

        List<Heredoc> heredocs = command.IsShell ? line.Heredocs() : [];
        return new RunInstruction { Offset = line.Offset, Original = line.Original, Command = command, Network = network, Heredocs = heredocs };
    }

    private static RunNetwork NetworkOf(InstructionLine line)
    {
        SourceWord? network = line.Flags.Take("network");
        return network?.Text switch
        {
            null or "default" => RunNetwork.Default,
            "none" => RunNetwork.None,
            "host" => RunNetwork.Host,
            _ => throw line.Source.Error(network.Value, $"RUN --network={network} is not supported: it is default, none or host"),
        };
    }
}
