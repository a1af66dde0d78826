using MiniRun.Linux;
using MiniRun.Linux.Cgroups;

namespace MiniRun.Engine.Options;

/// <summary>--cgroup-parent: the cgroup below which the container's is made.</summary>
public static class CgroupParentOption
{
    /// <exception cref="OptionException">It cannot be a cgroup's path.</exception>
    public static string? Parse(string text, string option)
    {
        try
        {
            return CgroupPath.Parse("/" + text) == CgroupPath.Root ? null : text;
        }
        catch (MiniRunException refused)
        {
            throw new OptionException(option, text, refused.Message);
        }
    }
}
