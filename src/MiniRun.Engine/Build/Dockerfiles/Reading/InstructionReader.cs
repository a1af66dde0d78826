using MiniRun.Engine.Build.Dockerfiles.Instructions;
using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Build.Dockerfiles.Reading;

/// <summary>From a line to the instruction it is.</summary>
internal static class InstructionReader
{
    /// <exception cref="DockerfileException">There is no such instruction, or it cannot have these arguments.</exception>
    internal static Instruction Read(InstructionLine line)
    {
        Instruction instruction = line.Keyword switch
        {
            "FROM" => FromReader.Read(line),
            "RUN" => RunReader.Read(line),
            "COPY" => CopyReader.ReadCopy(line),
            "ADD" => CopyReader.ReadAdd(line),
            "ARG" => KeyValueReader.ReadArg(line),
            "ENV" => KeyValueReader.ReadEnv(line),
            "LABEL" => KeyValueReader.ReadLabel(line),
            "CMD" => new CmdInstruction { Offset = line.Offset, Original = line.Original, Command = line.Command() },
            "ENTRYPOINT" => new EntrypointInstruction { Offset = line.Offset, Original = line.Original, Command = line.Command() },
            "WORKDIR" => new WorkdirInstruction { Offset = line.Offset, Original = line.Original, Path = line.Rest() },
            "USER" => new UserInstruction { Offset = line.Offset, Original = line.Original, User = line.Rest() },
            "STOPSIGNAL" => new StopSignalInstruction { Offset = line.Offset, Original = line.Original, Signal = line.Rest() },
            "MAINTAINER" => new MaintainerInstruction { Offset = line.Offset, Original = line.Original, Author = line.Rest() },
            "EXPOSE" => ListReader.ReadExpose(line),
            "VOLUME" => ListReader.ReadVolume(line),
            "SHELL" => ListReader.ReadShell(line),
            "HEALTHCHECK" => HealthcheckReader.Read(line),
            "ONBUILD" => OnbuildReader.Read(line),
            _ => throw line.Error($"unknown instruction: {line.Keyword}{InstructionNames.Suggestion(line.Keyword)}"),
        };
        line.Flags.RefuseOthers();
        return instruction;
    }
}
