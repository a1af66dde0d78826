namespace MiniRun.Runtime.Plan.Wire;

/// <summary>Mirrors plan.h's ATTACH_*.</summary>
[Flags]
public enum AttachFlags : ushort
{
    None = 0,

    /// <summary>No component of the destination may be a symlink (/proc and /sys: CVE-2019-19921).</summary>
    NoSymlinks = 1,

    /// <summary>The destination must exist.</summary>
    NoCreate = 2,
}
