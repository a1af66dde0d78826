using MiniRun.Engine.Build.Dockerfiles.Source;
using MiniRun.Linux.Users;

namespace MiniRun.Engine.Build.Stages;

/// <summary>Refuses numbers no kernel has as ids before they get into an image, where another runtime may take one for root's (CVE-2024-40635).</summary>
internal static class UserText
{
    /// <exception cref="DockerfileException">The uid or gid is too large.</exception>
    internal static void Check(SourceText source, SourceWord word, string user)
    {
        foreach (string part in user.Split(':', 2))
        {
            if (NumericId.LooksNumeric(part) && !NumericId.TryParse(part, out _))
            {
                throw source.Error(word, $"{part} is no user or group id: they go from 0 to {NumericId.Max}");
            }
        }
    }
}
