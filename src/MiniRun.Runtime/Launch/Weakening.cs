#if MINIRUN_FAULTS
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Plan;

namespace MiniRun.Runtime.Launch;

/// <summary>
/// What MINIRUN_WEAKEN takes from every launch of a fault-injection build, so that a test can show that its attack succeeds
/// without it: kinds of steps, and protections by these words, separated by commas.
/// </summary>
internal static class Weakening
{
    private const string Variable = "MINIRUN_WEAKEN";
    private const string EarlyRoot = "early-root";
    private const string SealedInit = "sealed-init";

    /// <summary>Protections of init's, and the header's flags that take them away: <c>enum weakness</c> of native-shims/init/weaken.h.</summary>
    private static readonly (string Word, ushort Flag)[] s_ofInit =
    [
        ("rooted-paths", 0x100), ("private-procfs", 0x200), ("terminal-by-descriptor", 0x400), ("single-lookup", 0x800), ("undumpable-init", 0x1000), ("cleared-inheritable", 0x2000),
    ];

    /// <summary>For the plan's header.</summary>
    public static ushort InitFlags
    {
        get
        {
            int flags = 0;
            foreach ((string word, ushort flag) in s_ofInit)
            {
                flags |= Lacks(word) ? flag : 0;
            }

            return (ushort)flags;
        }
    }

    /// <summary>The plan without the steps, and with the root entered late, as asked.</summary>
    /// <exception cref="MiniRunException">A word is neither a kind of step nor a protection: a test that believes in it would prove nothing.</exception>
    public static LaunchPlan Of(LaunchPlan plan)
    {
        HashSet<StepKind> missing = [];
        foreach (string word in Words())
        {
            if (word is EarlyRoot or SealedInit || Array.Exists(s_ofInit, known => known.Word == word))
            {
                continue;
            }

            missing.Add(Enum.TryParse(word, out StepKind kind) && kind.ToString() == word ? kind : throw new MiniRunException($"{Variable}: there is no kind of step and no protection called '{word}'"));
        }

        LaunchPlan without = plan with { Steps = [.. plan.Steps.Where(step => !missing.Contains(step.Kind))] };
        return Lacks(EarlyRoot) ? WithLateRoot(without) : without;
    }

    /// <summary>init's program: sealed, or a file that whoever can open it can overwrite, as runtimes had before CVE-2019-5736.</summary>
    public static FileDescriptor OpenInit()
    {
        if (!Lacks(SealedInit))
        {
            return InitImage.Open();
        }

        string path = Path.Combine(Path.GetTempPath(), "minirun-init");
        if (!File.Exists(path))
        {
            File.WriteAllBytes(path, InitImage.Bytes);
            File.SetUnixFileMode(path, (UnixFileMode)0x1ed);
        }

        return HostFile.Open(path, OpenFlags.O_RDONLY);
    }

    /// <summary>As runtimes did that mount into a folder of the host's and enter it when all is done.</summary>
    private static LaunchPlan WithLateRoot(LaunchPlan plan)
    {
        int enter = IndexOf(plan, StepKind.EnterRoot, last: false);
        if (enter < 0)
        {
            return plan; // exec: the root is another process's
        }

        LaunchStep root = plan.Steps.First(step => step.Kind is StepKind.HostTree or StepKind.HostOverlay && step.Source == "root.path");
        short host = (short)plan.SlotCount;
        LaunchStep[] onHost =
        [
            new(StepKind.OpenTree) { A = host, Text0 = "/", Source = "" },
            new(StepKind.Attach) { A = host, B = root.A, Text0 = root.Text0, Source = "" },
        ];
        int late = new[] { StepKind.Attach, StepKind.MakeNode, StepKind.MakeSymlink }.Max(kind => IndexOf(plan, kind, last: true)) + 1;
        return plan with
        {
            Steps = [.. plan.Steps.Take(enter), .. onHost, .. plan.Steps.Take(late).Skip(enter + 1), plan.Steps[enter], .. plan.Steps.Skip(late)],
            SlotCount = plan.SlotCount + 1,
        };
    }

    private static int IndexOf(LaunchPlan plan, StepKind kind, bool last)
    {
        List<LaunchStep> steps = [.. plan.Steps];
        return last ? steps.FindLastIndex(step => step.Kind == kind) : steps.FindIndex(step => step.Kind == kind);
    }

    /// <summary>Whether a protection of the launcher, or of what else reads containers' files, is taken away.</summary>
    internal static bool Lacks(string word) => Words().Contains(word);

    private static string[] Words() => (Environment.GetEnvironmentVariable(Variable) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
}
#endif
