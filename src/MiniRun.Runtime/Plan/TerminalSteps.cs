using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>The process's terminal, from the container's own devpts.</summary>
internal static class TerminalSteps
{
    public static void Open(List<LaunchStep> steps, short root, ProcessSpec process, ConsoleSize? size, bool asConsole)
    {
        if (!process.Terminal)
        {
            return;
        }

        size ??= process.ConsoleSize;
        steps.Add(new LaunchStep(StepKind.OpenTerminal)
        {
            A = root,
            Argument0 = size?.Height ?? 0,
            Argument1 = size?.Width ?? 0,
            Argument2 = process.User.Uid,
            Argument3 = asConsole ? 1ul : 0,
            Source = "process.terminal",
        });
    }
}
