using MiniRun.Linux.Files;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Launch;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>Stays with a program until its end, or until its terminal is left: passes signals on, carries bytes between the caller's terminal and the program's.</summary>
internal sealed class ForegroundSession(LaunchedProcess process, SignalPipe? signals, TerminalLeaving? leaving = null)
{
    public ExitReport Wait()
    {
        if (process.Terminal is null && signals is null)
        {
            return Report(process.Pidfd.Wait());
        }

        using ConsoleProxy? console = process.Terminal is null ? null : new ConsoleProxy(process.Terminal, leaving?.Keys ?? []);
        Poll poll = new();
        int end = poll.Add(process.Pidfd.Descriptor);
        int signal = signals is null ? -1 : poll.Add(signals.Descriptor);
        console?.Join(poll);
        while (true)
        {
            poll.Wait();
            if (signal >= 0 && poll.IsReadable(signal))
            {
                PassSignals(signals!, console);
            }

            console?.Carry(poll);
            if (poll.IsReadable(end))
            {
                console?.Drain();
                return Report(process.Pidfd.Wait());
            }

            if (console is { Left: true })
            {
                leaving!.Keep(process.Terminal!);
                return ExitReport.Detached;
            }
        }
    }

    private void PassSignals(SignalPipe pipe, ConsoleProxy? console)
    {
        for (int number = pipe.Next(); number != 0; number = pipe.Next())
        {
            if (console is not null && number == Signals.SIGWINCH)
            {
                console.Resize();
            }
            else
            {
                process.Pidfd.Signal(number);
            }
        }
    }

    internal static ExitReport Report(ProcessExit exit) => new(exit.ShellStatus, exit.Signaled ? exit.Status : null);
}
