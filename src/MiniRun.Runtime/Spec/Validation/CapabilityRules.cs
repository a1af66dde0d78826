namespace MiniRun.Runtime.Spec.Validation;

/// <summary>
/// process.capabilities. capset(2) refuses (EPERM) an effective capability that is not permitted, so that is an error.
/// PR_CAP_AMBIENT_RAISE refuses (EPERM) one that is not both permitted and inheritable; engines write such sets, so the
/// plan leaves those out, as runc does: the program then has less than was asked for, never more.
/// </summary>
internal static class CapabilityRules
{
    public static void Check(CapabilitiesSpec capabilities, SpecProblems problems)
    {
        for (int i = 0; i < capabilities.Effective.Count; i++)
        {
            if (!Holds(capabilities.Permitted, capabilities.Effective[i], i))
            {
                problems.Add($"process.capabilities.effective[{i}]", $"{Shown.Quote(capabilities.Effective[i])} is not in permitted, and the kernel refuses that");
            }
        }
    }

    /// <summary>Lists are mostly written in the same order, so the place to look first is known.</summary>
    private static bool Holds(IReadOnlyList<string> names, string name, int likely)
    {
        if (likely < names.Count && names[likely] == name)
        {
            return true;
        }

        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
            {
                return true;
            }
        }

        return false;
    }
}
