using MiniRun.Linux;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>Who gets the terminal's master: somebody must, and only where there is a terminal.</summary>
internal static class TerminalRules
{
    /// <exception cref="MiniRunException">runc's two errors.</exception>
    public static void Check(ProcessSpec? process, string? consoleSocket, bool detach)
    {
        bool terminal = process is { Terminal: true };
        if (terminal && detach && consoleSocket is null)
        {
            throw new MiniRunException("cannot allocate tty if the runtime will detach without setting console socket: give --console-socket, or set process.terminal to false");
        }

        if (consoleSocket is not null && !(terminal && detach))
        {
            throw new MiniRunException("cannot use console socket if the runtime will not detach or allocate tty: leave --console-socket out");
        }
    }
}
