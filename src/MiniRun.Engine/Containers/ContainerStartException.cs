using MiniRun.Linux;

namespace MiniRun.Engine.Containers;

/// <summary>A monitor could not start its container's program.</summary>
/// <param name="exitCode">docker's: 125 minirun's own failure, 126 the program may not be executed, 127 it is missing.</param>
public sealed class ContainerStartException(int exitCode, string message) : MiniRunException(message)
{
    public int ExitCode => exitCode;
}
