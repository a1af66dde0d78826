using MiniRun.Engine.Containers;
using MiniRun.Engine.Images;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Users;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Lookups;

/// <summary>Finds users and groups in an image, by its own passwd and group.</summary>
internal static class UserLookup
{
    internal static (UserSpec User, string Home) Find(ProcessChoices choices, Image image) =>
        Find(choices.User ?? image.Config.User, choices.AdditionalGroups, image.TopLayer);

    /// <exception cref="MiniRunException">There is no such user or group in it.</exception>
    internal static (UserSpec User, string Home) Find(string user, IReadOnlyList<string> additionalGroups, string rootfs)
    {
        if (FileStatus.Of(rootfs) is null)
        {
            return Find(user, additionalGroups, new UserDatabase("", ""));
        }

        using FileDescriptor root = HostFile.OpenDirectory(rootfs);
        return Find(user, additionalGroups, UserDatabase.Read(root));
    }

    /// <summary>The same, in a database that is there already.</summary>
    internal static (UserSpec User, string Home) Find(string user, IReadOnlyList<string> additionalGroups, UserDatabase database)
    {
        UserIdentity identity = database.Resolve(user);
        List<uint> groups = [.. identity.SupplementaryGroups];
        foreach (string name in additionalGroups)
        {
            uint group = database.ResolveGroup(name);
            if (!groups.Contains(group))
            {
                groups.Add(group);
            }
        }

        return (new UserSpec { Uid = identity.Uid, Gid = identity.Gid, AdditionalGids = groups }, identity.Home);
    }
}
