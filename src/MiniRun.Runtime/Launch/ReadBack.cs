using System.Globalization;
using MiniRun.Linux;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Plan;

namespace MiniRun.Runtime.Launch;

/// <summary>
/// Compares what the kernel says of the process that is about to become the program with what was asked for. A protection
/// that was silently lost on the way ends the launch here.
/// </summary>
internal static class ReadBack
{
    /// <param name="inheritedFilters">How many seccomp filters the process had from its launcher (minirun inside a container), or null where that is not known.</param>
    /// <exception cref="LaunchException">Something differs; the message names each field.</exception>
    public static void Check(int pid, ProcessStatus actual, ProcessExpectation expected, IdTranslation uids, IdTranslation gids, int? inheritedFilters = null)
    {
        List<string> differences = [];
        CompareIds(differences, "Uid", actual.Uid, uids.ToHost(expected.Uid));
        CompareIds(differences, "Gid", actual.Gid, gids.ToHost(expected.Gid));
        CompareGroups(differences, actual.Groups, expected.Groups, gids);
        CompareMask(differences, "CapEff", actual.Effective, expected.Effective);
        CompareMask(differences, "CapPrm", actual.Permitted, expected.Permitted);
        CompareMask(differences, "CapInh", actual.Inheritable, expected.Inheritable);
        CompareMask(differences, "CapAmb", actual.Ambient, expected.Ambient);
        CompareMask(differences, "CapBnd", actual.Bounding, expected.Bounding);
        Compare(differences, "NoNewPrivs", actual.NoNewPrivileges ? "1" : "0", expected.NoNewPrivileges ? "1" : "0");
        if (expected.Seccomp)
        {
            Compare(differences, "Seccomp", actual.Seccomp.ToString(CultureInfo.InvariantCulture), "2");
        }

        if (expected.Seccomp && inheritedFilters is { } inherited)
        {
            Compare(differences, "Seccomp_filters", actual.SeccompFilters.ToString(CultureInfo.InvariantCulture), (inherited + 1).ToString(CultureInfo.InvariantCulture));
        }

        ThrowIfAny(pid, differences);
    }

    /// <summary>What SELinux will confine the program by.</summary>
    /// <exception cref="LaunchException">It is not what was asked for.</exception>
    public static void CheckLabel(int pid, ProcessExpectation expected)
    {
        if (expected.SelinuxLabel.Length > 0)
        {
            List<string> differences = [];
            Compare(differences, "attr/exec", SecurityModules.LabelOnExecve(pid), expected.SelinuxLabel);
            ThrowIfAny(pid, differences);
        }
    }

    /// <summary>Compares only what no program can take back: for one that runs already.</summary>
    /// <exception cref="LaunchException">Something differs; the message names each field.</exception>
    public static void CheckIrrevocable(int pid, ProcessStatus actual, ProcessExpectation expected)
    {
        List<string> differences = [];
        CompareMask(differences, "CapBnd", actual.Bounding | expected.Bounding, expected.Bounding);
        Compare(differences, "NoNewPrivs", actual.NoNewPrivileges || !expected.NoNewPrivileges ? "1" : "0", "1");
        Compare(differences, "Seccomp", actual.Seccomp.ToString(CultureInfo.InvariantCulture), "2");
        ThrowIfAny(pid, differences);
    }

    private static void ThrowIfAny(int pid, List<string> differences)
    {
        if (differences.Count > 0)
        {
            throw new LaunchException($"read-back of /proc/{pid}: {string.Join(", ", differences)}: the program was stopped before it could do anything, because a protection it was to have is missing; please report this");
        }
    }

    private static void CompareIds(List<string> differences, string field, IdQuadruple actual, uint expected)
    {
        if (!actual.AllAre(expected))
        {
            differences.Add($"{field} is {actual.Real} {actual.Effective} {actual.Saved} {actual.FileSystem}, not {expected}");
        }
    }

    private static void CompareGroups(List<string> differences, IReadOnlyList<uint> actual, IReadOnlyList<uint>? expected, IdTranslation gids)
    {
        if (expected is null)
        {
            return;
        }

        // The kernel keeps groups sorted by the host's ids.
        uint[] wanted = new uint[expected.Count];
        for (int i = 0; i < wanted.Length; i++)
        {
            wanted[i] = gids.ToHost(expected[i]);
        }

        Array.Sort(wanted);
        Compare(differences, "Groups", Join(actual), Join(wanted));
    }

    private static void CompareMask(List<string> differences, string field, ulong actual, ulong expected) =>
        Compare(differences, field, actual.ToString("x16", CultureInfo.InvariantCulture), expected.ToString("x16", CultureInfo.InvariantCulture));

    private static void Compare(List<string> differences, string field, string actual, string expected)
    {
        if (actual != expected)
        {
            differences.Add($"{field} is {actual}, not {expected}");
        }
    }

    private static string Join(IReadOnlyList<uint> ids) => string.Join(' ', ids);
}
