using MiniRun.Linux;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>What AppArmor or SELinux confine the program by from its execve on: written early, since nothing of it is in force before.</summary>
internal static class LabelSteps
{
    public const string Profile = "process.apparmorProfile";
    public const string Label = "process.selinuxLabel";

    /// <summary>Whether a configuration asks for any label.</summary>
    public static bool AreIn(RuntimeSpec spec) => !string.IsNullOrEmpty(spec.Linux.MountLabel) || (spec.Process is { } process && AreIn(process));

    public static bool AreIn(ProcessSpec process) => !string.IsNullOrEmpty(process.ApparmorProfile) || !string.IsNullOrEmpty(process.SelinuxLabel);

    /// <summary>Writes what was asked for, through a procfs of minirun's own (CVE-2019-16884).</summary>
    /// <exception cref="MiniRunException">The host does not run the module.</exception>
    public static void Add(List<LaunchStep> steps, short procfs, ProcessSpec process, SecurityModules modules)
    {
        if (!string.IsNullOrEmpty(process.ApparmorProfile))
        {
            Require(modules.AppArmor, Profile, process.ApparmorProfile, "AppArmor", "apparmor=1 security=apparmor");
            steps.Add(new LaunchStep(StepKind.WriteProc) { A = procfs, Text0 = "self/attr/apparmor/exec", Text1 = "exec " + process.ApparmorProfile, Source = Profile });
        }

        if (!string.IsNullOrEmpty(process.SelinuxLabel))
        {
            Require(modules.Selinux, Label, process.SelinuxLabel, "SELinux", "security=selinux selinux=1, with a policy");
            steps.Add(new LaunchStep(StepKind.WriteProc) { A = procfs, Text0 = "self/attr/exec", Text1 = process.SelinuxLabel, Source = Label });
        }
    }

    /// <summary>The option that gives all files of a new mount linux.mountLabel; none where it is not asked for, or where the file system is one that is there already (proc, sysfs, mqueue).</summary>
    /// <exception cref="MiniRunException">The host does not run SELinux.</exception>
    public static string[] OfMount(PlanDraft draft, string type)
    {
        string? label = draft.Spec.Linux.MountLabel;
        if (string.IsNullOrEmpty(label) || type is not ("tmpfs" or "devpts"))
        {
            return [];
        }

        Require(draft.Facts.Modules.Selinux, "linux.mountLabel", label, "SELinux", "security=selinux selinux=1, with a policy");
        return ["context=" + label];
    }

    private static void Require(bool enabled, string field, string value, string module, string boot)
    {
        if (!enabled)
        {
            throw new MiniRunException($"{field} '{OneLine.Of(value)}': {module} is not enabled on this host: leave it out, or boot with {boot}");
        }
    }
}
