using MiniRun.Engine.Containers;
using MiniRun.Engine.Images;
using MiniRun.Engine.Layers;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Users;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Lookups;

/// <summary>Finds users and groups in an image, by its own passwd and group.</summary>
internal static class UserLookup
{
    /// <summary>Looks in the image's layers as the container will see them; none of them is mounted for it.</summary>
    /// <exception cref="MiniRunException">There is no such user or group in it.</exception>
    internal static (UserSpec User, string Home) Find(ProcessChoices choices, Image image)
    {
        using LayeredFiles files = LayeredFiles.Open(image.Layers);
        return Find(choices.User ?? image.Config.User, choices.AdditionalGroups, UserDatabase.Read(files.TryOpen));
    }


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
        // The primary group counts as a supplementary one too, as docker has it since CVE-2022-36109: else a program that
        // changes its primary group would pass by permissions that deny the former one.
        List<uint> groups = [identity.Gid];
        foreach (uint group in identity.SupplementaryGroups)
        {
            AddOnce(groups, group);
        }

        foreach (string name in additionalGroups)
        {
            AddOnce(groups, database.ResolveGroup(name));
        }

        return (new UserSpec { Uid = identity.Uid, Gid = identity.Gid, AdditionalGids = groups }, identity.Home);
    }

    private static void AddOnce(List<uint> groups, uint group)
    {
        if (!groups.Contains(group))
        {
            groups.Add(group);
        }
    }
}
