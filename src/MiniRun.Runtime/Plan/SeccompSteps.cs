using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>The system call filter. The plan says that and with which flags it is loaded; its instructions are compiled outside and given to the encoder.</summary>
internal static class SeccompSteps
{
    private const ulong Tsync = 1;
    private const ulong NewListener = 8;
    private const ulong TsyncEsrch = 16;

    public static void Add(List<LaunchStep> steps, SeccompSpec? seccomp)
    {
        if (seccomp is null)
        {
            return;
        }

        bool notifies = seccomp.Notifies();
        steps.Add(new LaunchStep(StepKind.Seccomp) { Argument0 = Flags(seccomp.Flags, notifies), Source = "linux.seccomp" });
        if (notifies)
        {
            steps.Add(new LaunchStep(StepKind.HandListener) { Text0 = seccomp.ListenerPath!, Source = "linux.seccomp.listenerPath" }); // precedes all that might be asked about: nobody would answer
        }
    }

    private static ulong Flags(IReadOnlyList<string> names, bool notifies)
    {
        ulong flags = notifies ? NewListener : 0;
        for (int i = 0; i < names.Count; i++)
        {
            flags |= names[i] switch
            {
                "SECCOMP_FILTER_FLAG_TSYNC" when notifies => Tsync | TsyncEsrch, // a result must not mean both a descriptor and a thread
                "SECCOMP_FILTER_FLAG_TSYNC" => Tsync,
                "SECCOMP_FILTER_FLAG_LOG" => 2,
                "SECCOMP_FILTER_FLAG_SPEC_ALLOW" => 4,
                "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV" when notifies => 32, // how to wait for an answer: means nothing where none is waited for, and the kernel refuses it
                _ => 0ul, // the validator knows these names only
            };
        }

        return flags;
    }
}
