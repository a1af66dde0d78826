using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Runtime;

namespace MiniRun.Engine.Monitoring;

/// <summary>
/// The process that keeps the terminal of a program which `minirun exec` was left in by the detach keys: without somebody at the other
/// end it would be hung up on, or stand still once nobody reads. It is minirun itself, and ends when all who had the terminal have.
/// </summary>
public static class TerminalKeeper
{
    /// <summary>The first word of its command line; the container's id follows, for people who look at processes.</summary>
    public const string Word = "keep-terminal";

    private const int ChunkSize = 4096;

    internal static void Start(ContainerId id, FileDescriptor terminal)
    {
        string program = Environment.ProcessPath!;
        BackgroundProgram.Start(program, [program, Word, id.Value], terminal, [], []);
    }

    /// <summary>In that process: reads what nobody wants to see.</summary>
    public static void Run()
    {
        using var terminal = FileDescriptor.Adopt(BackgroundProgram.Handed);
        byte[] unread = new byte[ChunkSize];
        try
        {
            while (HostFile.Read(terminal, unread, "terminal") > 0)
            {
            }
        }
        catch (SyscallException)
        {
            // EIO: all others have closed it.
        }
    }
}
